package org.greenchannel.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.camunda.bpm.engine.RepositoryService;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TestModels;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the calendar of a city starts: once for each area and period, whatever happens to the nodes. */
@AppTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScheduledStartsTests {

    private static final String MODEL =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
              xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test"><message id="M" name="m"/>
            <process id="%1$s" name="%1$s" isExecutable="true" camunda:historyTimeToLive="P1D">
            <extensionElements><camunda:properties><camunda:property name="person" value="%2$s"/></camunda:properties>
            </extensionElements><startEvent id="start"/><receiveTask id="wait" messageRef="M"/>
            <sequenceFlow id="f" sourceRef="start" targetRef="wait"/></process></definitions>
            """;

    @Autowired
    private ScheduledStarts starts;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Processes processes;

    @Autowired
    private RunTable runs;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private String deployment = "";

    @BeforeAll
    void deploy() {
        deployment = TestModels.deploy(
                context,
                Map.of(
                        "t-meeting.bpmn", MODEL.formatted("t-meeting", "NONE"),
                        "t-person.bpmn", MODEL.formatted("t-person", "PERSON")));
    }

    @AfterAll
    void tidy() {
        repository.deleteDeployment(deployment, true, true, true);
    }

    @AfterEach
    void back() {
        clock.reset();
    }

    private static Schedule monthly(String mark) {
        return new Schedule("t-meeting", "MONTH", "CITY", Map.of("exchangeKind", mark));
    }

    private record Opened(String number, @Nullable Object person, String area, String period, String instance) {}

    private List<Opened> opened(Schedule schedule) {
        return jdbc.sql(
                        """
                select c.number, c.person_id, c.area_code, s.period, p.process_instance_id
                from casefile.scheduled_start s join casefile.case_file c using (case_file_id)
                join casefile.case_process p using (case_file_id)
                where s.schedule = :schedule order by s.period, c.area_code
                """)
                .param("schedule", schedule.key())
                .query((row, index) -> new Opened(
                        row.getString(1), row.getObject(2), row.getString(3), row.getString(4), row.getString(5)))
                .list();
    }

    private void at(String day) {
        clock.moveTo(Instant.parse(day + "T02:00:00Z"));
    }

    @Test
    void oneCaseAboutNobodyForThePeriod() {
        Schedule schedule = monthly("ONCE");
        at("2026-05-20");
        assertThat(starts.run(List.of(schedule))).isOne();
        assertThat(starts.run(List.of(schedule))).isZero();
        at("2026-05-31");
        assertThat(starts.run(List.of(schedule))).isZero();
        List<Opened> opened = opened(schedule);
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).person()).isNull();
        assertThat(opened.get(0).area()).isEqualTo("990100000000");
        assertThat(processes.variables(opened.get(0).instance()))
                .containsEntry("exchangeKind", "ONCE")
                .containsEntry("period", "2026-05")
                .containsEntry("starterRole", "system")
                .containsEntry("areaCode", "990100000000");
    }

    @Test
    void everyAreaOfTheLevelHasItsOwn() {
        Schedule schedule = new Schedule("t-meeting", "QUARTER", "TOWN", Map.of());
        at("2026-05-20");
        long towns = organisations.areas().stream()
                .filter(area -> area.level().equals("TOWN"))
                .count();
        assertThat(towns).isGreaterThan(1);
        assertThat(starts.run(List.of(schedule))).isEqualTo((int) towns);
        assertThat(opened(schedule)).extracting(Opened::area).doesNotHaveDuplicates();
    }

    @Test
    void whatWasMissedIsMadeUpFor() {
        Schedule schedule = monthly("MISSED");
        at("2025-11-20");
        starts.run(List.of(schedule));
        at("2026-02-03");
        assertThat(starts.run(List.of(schedule))).isEqualTo(3);
        assertThat(opened(schedule))
                .extracting(Opened::period)
                .containsExactly("2025-11", "2025-12", "2026-01", "2026-02");
    }

    @Test
    void twoNodesStartItOnce() throws Exception {
        Schedule schedule = monthly("NODES");
        at("2026-06-01");
        var pool = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> node = () -> starts.run(List.of(schedule));
            int started = 0;
            for (var result : pool.invokeAll(List.of(node, node, node, node))) {
                started += result.get();
            }
            assertThat(started).isOne();
        } finally {
            pool.shutdownNow();
        }
        assertThat(opened(schedule)).hasSize(1);
    }

    @Test
    void aProcessAboutAPersonOrAnUnknownOneIsNotStarted() {
        at("2026-05-20");
        assertThat(starts.run(List.of(
                        new Schedule("t-person", "MONTH", "CITY", Map.of()),
                        new Schedule("t-nowhere", "MONTH", "CITY", Map.of()))))
                .isZero();
    }

    @Test
    void thePackIsRead() {
        assertThat(starts.read()).anySatisfy(schedule -> {
            assertThat(schedule.process()).isEqualTo("info-exchange");
            assertThat(schedule.facts()).containsKey("exchangeKind");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "WEEK,2026-01-01,2026-W01",
        "WEEK,2024-12-30,2025-W01",
        "MONTH,2026-05-31,2026-05",
        "QUARTER,2026-12-31,2026-Q4",
        "YEAR,2026-01-01,2026"
    })
    void periodsHaveNames(String every, String day, String period) {
        assertThat(new Schedule("p", every, "CITY", Map.of()).period(LocalDate.parse(day)))
                .isEqualTo(period);
    }

    @ParameterizedTest
    @CsvSource({"WEEK,2026-W20", "MONTH,2026-04", "QUARTER,2026-Q1", "YEAR,2025"})
    void theNextPeriodFollowsTheLast(String every, String last) {
        var schedule = new Schedule("p", every, "CITY", Map.of());
        assertThat(schedule.due(LocalDate.parse("2026-05-17"), last)).hasSizeBetween(every.equals("WEEK") ? 0 : 1, 1);
        assertThat(schedule.due(LocalDate.parse("2026-05-17"), schedule.period(LocalDate.parse("2026-05-17"))))
                .isEmpty();
        assertThat(schedule.due(LocalDate.parse("2026-05-17"), "1990")).hasSize(12);
    }
}
