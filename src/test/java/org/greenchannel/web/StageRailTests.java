package org.greenchannel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rail shows the way of the case, whatever else runs in it. */
class StageRailTests {

    private static final Instant T = Instant.parse("2026-11-22T00:00:00Z");

    private final Processes processes = mock(Processes.class);
    private final StageRail rail = new StageRail(processes);

    StageRailTests() {
        var main = new LinkedHashMap<String, String>();
        main.put("Record", "SCENE");
        main.put("Diagnose", "DIAGNOSIS");
        main.put("Object", "OBJECTION");
        main.put("Tell", "ADMITTED");
        when(processes.stagesOfSteps(anyString())).thenReturn(Map.of());
        when(processes.stagesOfSteps("main")).thenReturn(main);
        when(processes.stages("main")).thenReturn(List.copyOf(main.values()));
        when(processes.stagesOfSteps("assess")).thenReturn(Map.of("Examine", "DIAGNOSIS"));
    }

    private static CaseSummary file(@Nullable String stage, @Nullable Instant closed) {
        return new CaseSummary(
                UUID.randomUUID(), "X-1", "main", null, "99", null, null, stage, null, null, "officer", T, closed, 1);
    }

    private static InstanceState.Step step(String id, boolean ended, boolean withdrawn) {
        return new InstanceState.Step(id, Text.same(id), "userTask", T, ended ? T : null, withdrawn, null, Map.of());
    }

    private static InstanceState run(String process, boolean ended, List<String> active, InstanceState.Step... steps) {
        return new InstanceState(
                UUID.randomUUID().toString(),
                process,
                Text.same(process),
                1,
                null,
                T,
                ended ? T : null,
                active,
                List.of(steps));
    }

    @Test
    void anAssessmentBesideAStayDoesNotMoveTheRailBack() {
        var way = rail.way(
                file("DIAGNOSIS", null),
                List.of(
                        run(
                                "main",
                                false,
                                List.of("Wait"),
                                step("Record", true, false),
                                step("Diagnose", true, false),
                                step("Object", true, true),
                                step("Tell", true, false)),
                        run("assess", false, List.of("Examine"), step("Examine", false, false))));
        assertThat(way.current()).isEqualTo("ADMITTED");
        assertThat(way.passed()).containsExactly("SCENE", "DIAGNOSIS");
        assertThat(way.beside()).containsExactly(new StageRail.Beside("assess", "DIAGNOSIS"));
    }

    @Test
    void theEarliestOpenStepCounts() {
        var way = rail.way(
                file("ADMITTED", null),
                List.of(run(
                        "main",
                        false,
                        List.of("Diagnose", "Tell"),
                        step("Record", true, false),
                        step("Tell", false, false),
                        step("Diagnose", false, false))));
        assertThat(way.current()).isEqualTo("DIAGNOSIS");
        assertThat(way.passed()).containsExactly("SCENE");
        assertThat(way.beside()).isEmpty();
    }

    @Test
    void aWayThatIsOverHasNoCurrentStage() {
        var over = run("main", true, List.of(), step("Record", true, false), step("Tell", true, false));
        var beside = run("assess", false, List.of());
        assertThat(rail.way(file("ADMITTED", null), List.of(over, beside)).current())
                .isNull();
        assertThat(rail.way(file("ADMITTED", null), List.of(over, beside)).passed())
                .containsExactly("SCENE", "ADMITTED");
        assertThat(rail.way(file("ADMITTED", T), List.of(over, beside)).beside())
                .isEmpty();
        // before the engine knows anything the case says where it stands
        assertThat(rail.way(file("SCENE", null), List.of()).current()).isEqualTo("SCENE");
    }
}
