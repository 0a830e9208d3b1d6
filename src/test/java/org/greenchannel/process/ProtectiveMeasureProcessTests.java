package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restraint and isolation: ordered, checked, reviewed, told, ended; every path of the model. */
class ProtectiveMeasureProcessTests {

    private static final String KEY = "protective-measure";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    private static ProcessInstance order(Object... facts) {
        Map<String, Object> all = ProcessHarness.facts(
                "measureType",
                "RESTRAINT",
                "insideInstitution",
                true,
                "releaseDue",
                false,
                "behaviour",
                "HARM_OTHERS",
                "alternativesTried",
                true,
                "asPunishment",
                false,
                "guardianNoticePlanned",
                true,
                "checkMinutes",
                30,
                "maxHours",
                2,
                "guardianStatus",
                "PRESENT_CONSENT");
        all.putAll(ProcessHarness.facts(facts));
        return HARNESS.start(
                KEY,
                all.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }

    private static void check(String state) {
        HARNESS.complete("CheckPerson", "measureState", state);
    }

    @Test
    void isCheckedAllTheTimeAndEndsWhenItIsNotNeeded() {
        var measure = order();
        assertThat(HARNESS.steps().parameters("StartLimit")).containsEntry("clock", "T10");
        assertThat(HARNESS.open()).containsExactly("CheckPerson", "TellGuardian");
        assertThat(HARNESS.task("CheckPerson").getDueDate().toInstant())
                .isEqualTo(ProcessHarness.START.plus(Duration.ofMinutes(30)));
        assertThat(HARNESS.groups("CheckPerson"))
                .containsExactly("psychiatrist-attending@org-starter", "ward-nurse@org-starter");
        HARNESS.pass(Duration.ofMinutes(29));
        check("CONTINUE");
        assertThat(HARNESS.task("CheckPerson").getDueDate().toInstant())
                .isEqualTo(ProcessHarness.START.plus(Duration.ofMinutes(59)));
        HARNESS.complete("TellGuardian");
        HARNESS.pass(Duration.ofMinutes(25));
        check("END");

        assertThat(HARNESS.open()).containsExactly("RecordEnd");
        assertThat(HARNESS.steps().parameters("StopLimit")).containsEntry("clock", "T10");
        HARNESS.complete("RecordEnd");
        assertThat(HARNESS.steps().parameters("IssueRecord")).containsEntry("document", "restraint-record");
        HARNESS.complete("ServePatient");
        HARNESS.complete("ServeGuardian");
        assertThat(HARNESS.outcomes(measure)).containsExactly("MEASURE_ENDED");
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "releaseDue, true, RELEASE_DUE",
        "insideInstitution, false, OUTSIDE",
        "alternativesTried, false, NO_ALTERNATIVES",
        "asPunishment, true, PUNISHMENT",
        "guardianNoticePlanned, false, NO_NOTICE"
    })
    void oneMissingConditionBlocksIt(String condition, boolean value, String block) {
        var measure = order(condition, value);
        assertThat(HARNESS.variable(measure, "measureBlock")).isEqualTo(block);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().calls("startClock")).isEmpty();
        assertThat(HARNESS.outcomes(measure)).containsExactly("MEASURE_BLOCKED");
    }

    @Test
    void aDoctorReviewsEveryTwoHours() {
        order();
        HARNESS.pass(Duration.ofHours(2));
        assertThat(HARNESS.open()).contains("ReviewMeasure");
        assertThat(HARNESS.groups("ReviewMeasure"))
                .containsExactly("psychiatrist-attending@org-starter", "psychiatrist-initial@org-starter");
        HARNESS.complete("ReviewMeasure", "reviewDecision", "CONTINUE");
        assertThat(HARNESS.open()).doesNotContain("ReviewMeasure");
        HARNESS.pass(Duration.ofHours(2));
        HARNESS.complete("ReviewMeasure", "reviewDecision", "END");
        assertThat(HARNESS.open()).containsExactly("RecordEnd");
    }

    @Test
    void silenceIsReported() {
        order();
        HARNESS.pass(Duration.ofMinutes(39));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        HARNESS.pass(Duration.ofMinutes(1));
        assertThat(HARNESS.steps().parameters("AlertCheckMissed")).containsEntry("kind", "MEASURE_UNCHECKED");
        HARNESS.pass(Duration.ofHours(4));
        assertThat(HARNESS.steps().parameters("AlertGuardian")).containsEntry("kind", "MEASURE_GUARDIAN_NOT_TOLD");
        assertThat(HARNESS.open()).containsExactly("CheckPerson", "ReviewMeasure", "TellGuardian");
    }

    @Test
    void after24HoursTheAlarmIsHardAndTheMeasureIsLookedInto() {
        order("guardianStatus", "NONE_EXISTS");
        assertThat(HARNESS.open()).containsExactly("CheckPerson");
        HARNESS.pass(Duration.ofHours(24));
        assertThat(HARNESS.steps().parameters("AlertTooLong"))
                .containsEntry("kind", "MEASURE_TOO_LONG")
                .containsEntry("to", "hosp-medical-affairs@org-starter,health-commission@org-healthCommission");
        assertThat(HARNESS.open()).contains("JustifyLength", "CheckPerson");
        HARNESS.complete("JustifyLength");
        check("END");
        HARNESS.complete("RecordEnd");
        HARNESS.complete("ServePatient");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.path(KEY)).doesNotContain("ServeGuardian", "TellGuardian");
    }

    @Test
    void aReleaseEndsItAtOnce() {
        order();
        HARNESS.message("release-required");
        assertThat(HARNESS.steps().parameters("TellEndNow")).containsEntry("template", "measure-end-now");
        assertThat(HARNESS.open()).containsExactly("RecordEnd");
    }

    @Test
    void aSeriousInjuryStartsItsOwnProcess() {
        order();
        check("END");
        HARNESS.complete("RecordEnd", "seriousInjury", true);
        assertThat(HARNESS.steps().parameters("StartEvent"))
                .containsEntry("process", "adverse-event")
                .containsEntry("fact_eventKind", "SERIOUS_INJURY");
        assertThat(HARNESS.open()).containsExactly("ServePatient");
    }

    @ParameterizedTest
    @CsvSource({"stay-ended, MEASURE_ENDED_BY_RELEASE", "person-died, DEATH"})
    void nothingGoesOnAfterTheStay(String message, String outcome) {
        var measure = order();
        HARNESS.message(message);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().values("stopClock", "clock")).containsExactly("T10");
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("restraint-record");
        HARNESS.pass(Duration.ofDays(2));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        assertThat(HARNESS.outcomes(measure)).containsExactly(outcome);
    }
}
