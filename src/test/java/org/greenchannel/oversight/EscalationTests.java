package org.greenchannel.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseProcesses;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.Participant;
import org.greenchannel.clock.ClockBreached;
import org.greenchannel.clock.ClockDefinition;
import org.greenchannel.clock.Due;
import org.greenchannel.clock.EscalationLevel;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.ModuleDatabase;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A breach climbs its chain until the clock ends: each level once, whatever restarts or runs twice. */
class EscalationTests {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final ModuleDatabase DATABASE = new ModuleDatabase("casefile", "oversight");
    private static final Instant END = Instant.parse("2026-11-23T02:00:00Z");

    private static final ClockDefinition ASSESSMENT = new ClockDefinition(
            "T44A",
            new Text("评估", "Assessment"),
            "CAL_CIVIL",
            3,
            new Text("精神卫生法44条5款", "MHL 44(5)"),
            "D",
            "LIBERTY_RISK");

    private final UUID caseId = UUID.randomUUID();
    private final UUID clockId = UUID.randomUUID();
    private final LegalClocks clocks = mock();
    private final Alerts alerts = mock();
    private final CaseFiles cases = mock();
    private final CaseProcesses processes = mock();
    private final Organisations organisations = mock();
    private final Texts texts = mock();
    private final TestClock clock = new TestClock();
    private final List<ClockEscalated> told = Collections.synchronizedList(new ArrayList<>());
    private final EscalationTable table = new EscalationTable(DATABASE.jdbc());
    private final Escalations escalations = escalations();

    private Escalations escalations() {
        return new Escalations(
                clocks,
                table,
                alerts,
                cases,
                processes,
                organisations,
                mock(),
                texts,
                event -> told.add((ClockEscalated) event),
                DATABASE.transaction(),
                clock,
                ZONE);
    }

    @BeforeEach
    void anAssessmentThatIsOverdue() {
        clock.moveTo(END.plusSeconds(5));
        DATABASE.jdbc().sql("update oversight.escalation set next_at = null").update();
        when(clocks.definition("T44A")).thenReturn(ASSESSMENT);
        when(clocks.chain("T44A"))
                .thenReturn(List.of(
                        level(
                                Duration.ZERO,
                                null,
                                "psychiatrist-attending@hospital",
                                "compulsory-institution@compulsoryInstitution"),
                        level(Duration.ofHours(4), null, "hosp-medical-affairs@hospital"),
                        level(Duration.ofDays(1), "ASSESSMENT_OVERDUE", "health-commission@healthCommission")));
        running(null);
        var file = new CaseSummary(
                caseId,
                "EA-2026-000001",
                "emergency-admission",
                UUID.randomUUID(),
                "990105001001",
                null,
                null,
                null,
                null,
                "zz-hosp-8",
                "officer",
                END,
                null,
                1);
        when(cases.byId(caseId)).thenReturn(file);
        when(cases.byIds(any())).thenReturn(Map.of(caseId, file));
        when(cases.participants(caseId)).thenReturn(List.of(new Participant("hospital", "zz-hosp-8")));
        when(organisations.holders(anyString(), anyString(), any())).thenReturn(List.of());
        when(organisations.holders(eq("healthCommission"), eq("990105001001"), any()))
                .thenReturn(List.of(new Organisation(
                        "zz-health", Text.same("h"), "HEALTH_COMMISSION", "990100000000", null, java.util.Set.of())));
        when(organisations.holders(eq("compulsoryInstitution"), anyString(), any()))
                .thenReturn(List.of(new Organisation(
                        "zz-compulsory",
                        Text.same("c"),
                        "COMPULSORY_INSTITUTION",
                        "990100000000",
                        null,
                        java.util.Set.of())));
        when(texts.of(anyString(), any())).thenReturn(Text.same("x"));
    }

    private static EscalationLevel level(Duration after, String alert, String... to) {
        return new EscalationLevel(
                after,
                List.of(to),
                Optional.ofNullable(alert),
                alert == null ? Optional.empty() : Optional.of(new Text("精神卫生法74条2项", "MHL 44(5), 74(2)")));
    }

    private void running(Instant stopped) {
        var clock = new LegalClock(
                clockId,
                caseId,
                ASSESSMENT,
                null,
                null,
                END,
                new Due(END, END),
                stopped == null ? "RUNNING" : "MET",
                stopped,
                null,
                END);
        when(clocks.find(clockId)).thenReturn(Optional.of(clock));
    }

    private void breach() {
        DATABASE.transaction()
                .executeWithoutResult(
                        t -> escalations.on(new ClockBreached(clockId, caseId, "T44A", "LIBERTY_RISK", null, END)));
    }

    @Test
    void climbsLevelByLevelUntilTheHealthCommissionHasAnAlert() {
        breach();
        verify(processes)
                .tell(caseId, "clock-breached", Map.of("breachedClock", "T44A", "breachConsequence", "LIBERTY_RISK"));
        assertThat(told).singleElement().satisfies(event -> assertThat(event.groups())
                .as("an institution that is no part of the case is not told")
                .containsExactly("psychiatrist-attending@zz-hosp-8"));
        clock.moveTo(END.plus(Duration.ofHours(4)).minusSeconds(10));
        escalations.tick();
        assertThat(told).hasSize(1);
        clock.moveTo(END.plus(Duration.ofHours(4)).plusSeconds(1));
        escalations.tick();
        escalations.tick();
        assertThat(told).hasSize(2).last().satisfies(event -> {
            assertThat(event.level()).isEqualTo(2);
            assertThat(event.groups()).containsExactly("hosp-medical-affairs@zz-hosp-8");
        });
        clock.moveTo(END.plus(Duration.ofDays(1)).plusSeconds(1));
        escalations.tick();
        escalations.tick();
        verify(alerts)
                .raise(
                        eq(caseId),
                        eq("ASSESSMENT_OVERDUE"),
                        eq("MHL 44(5), 74(2)"),
                        eq(List.of("health-commission@zz-health")),
                        eq("clock"),
                        eq("T44A"),
                        any());
        assertThat(told).hasSize(2);
    }

    @Test
    void endsWithTheClock() {
        breach();
        running(END.plus(Duration.ofHours(1)));
        clock.moveTo(END.plus(Duration.ofDays(2)));
        escalations.tick();
        assertThat(told).hasSize(1);
        verify(alerts, times(0)).raise(any(), any(), any(), any(), any(), any(), any());
    }

    @Test
    void aRestartForgetsNothingAndTellsNobodyTwice() {
        breach();
        breach();
        assertThat(told).hasSize(1);
        clock.moveTo(END.plus(Duration.ofDays(2)));
        escalations().tick();
        escalations().tick();
        assertThat(told).as("the level missed while nothing ran is made up for").hasSize(2);
        verify(alerts, times(1)).raise(any(), any(), any(), any(), any(), any(), any());
    }

    @Test
    void aLevelThatFailsIsTriedAgain() {
        breach();
        doThrow(new IllegalStateException("invented for a test"))
                .doNothing()
                .when(alerts)
                .raise(any(), any(), any(), any(), any(), any(), any());
        clock.moveTo(END.plus(Duration.ofDays(2)));
        escalations.tick();
        escalations.tick();
        verify(alerts, times(2)).raise(any(), any(), any(), any(), any(), any(), any());
    }

    @Test
    void whoeverLooksAtTheSameMomentReachesALevelOnce() throws Exception {
        breach();
        clock.moveTo(END.plus(Duration.ofHours(5)));
        var pool = Executors.newFixedThreadPool(4);
        try {
            Callable<Object> look = () -> {
                escalations().tick();
                return null;
            };
            for (var job : pool.invokeAll(Collections.nCopies(8, look))) {
                job.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(told).hasSize(2);
    }
}
