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
import org.junit.jupiter.params.provider.ValueSource;

/** Absence without leave, every path of the model. */
class AbscondingProcessTests {

    private static final String KEY = "absconding";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    private static ProcessInstance missing(String type, String risk, Object... facts) {
        Map<String, Object> all = ProcessHarness.facts(
                "admissionType", type, "absenceRisk", risk, "guardianStatus", "PRESENT_CONSENT", "hospital", "hosp-1");
        all.putAll(ProcessHarness.facts(facts));
        return HARNESS.start(
                KEY,
                all.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"VOLUNTARY", "VOLUNTARY_BY_REPRESENTATIVE"})
    void aVoluntaryPatientWithoutDangerHasAskedToLeave(String type) {
        var absence = missing(type, "NONE");
        assertThat(HARNESS.steps().parameters("AskDischarge"))
                .containsEntry("process", "discharge-resettlement")
                .containsEntry("case", "SAME")
                .containsEntry("fact_requester", "PATIENT")
                .containsEntry("fact_admissionType", type);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().calls("changeLegalStatus"))
                .as("not an absconding")
                .isEmpty();
        assertThat(HARNESS.steps().calls("sendMessage")).isEmpty();
        assertThat(HARNESS.outcomes(absence)).containsExactly("DISCHARGE_REQUESTED");
    }

    @Test
    void dangerousPatientsAreReportedAtOnceAndBroughtBack() {
        var absence = missing("INVOLUNTARY_HARM_OTHERS", "HARM_OTHERS");
        assertThat(HARNESS.steps().parameters("MarkAbsent")).containsEntry("status", "ABSENT");
        assertThat(HARNESS.steps().parameters("TellCase")).containsEntry("message", "absconded");
        assertThat(HARNESS.steps().parameters("TellAll").get("to")).startsWith("guardian,");
        assertThat(HARNESS.open()).containsExactly("ReportPoliceNow", "SearchAndTell");
        assertThat(HARNESS.task("SearchAndTell").getDueDate().toInstant()).isEqualTo(ProcessHarness.START);
        assertThat(HARNESS.task("ReportPoliceNow").getDueDate().toInstant()).isEqualTo(ProcessHarness.START);
        HARNESS.complete("ReportPoliceNow", "returnHelp", true);
        assertThat(HARNESS.steps().parameters("TellPolice")).containsEntry("to", "police-officer@org-police");
        HARNESS.complete("SearchAndTell", "absenceOutcome", "STILL_AWAY");

        HARNESS.message("patient-found", "absenceOutcome", "STILL_AWAY");
        assertThat(HARNESS.waitsFor("patient-found")).isTrue();
        HARNESS.message("patient-found", "absenceOutcome", "RETURNED");
        assertThat(HARNESS.steps().parameters("RestoreStatus")).containsEntry("status", "INVOLUNTARY_HARM_OTHERS");
        assertThat(HARNESS.steps().parameters("TellReturned")).containsEntry("message", "person-returned");
        assertThat(HARNESS.open()).containsExactly("CheckReturned");
        HARNESS.complete("CheckReturned");
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("absconding-report");
        assertThat(HARNESS.path(KEY)).doesNotContain("AssignCourt");
        assertThat(HARNESS.outcomes(absence)).containsExactly("RETURNED");
    }

    @ParameterizedTest
    @CsvSource({"24, ReportPoliceLater", "1, ReportPoliceNow", "0, ReportPoliceLater"})
    void theCitySaysWhenThePoliceIsTold(int hours, String task) {
        if (hours > 0) {
            HARNESS.steps().answer("readSettings", (parameters, variables) -> Map.of("policeHours", hours));
        }
        missing("INVOLUNTARY_SELF_HARM", "UNKNOWN");
        assertThat(HARNESS.steps().parameters("ReadRules")).containsEntry("policeHours", "abscond.policeHours");
        assertThat(HARNESS.open()).containsExactly(task, "SearchAndTell");
        assertThat(HARNESS.task(task).getDueDate().toInstant())
                .isEqualTo(ProcessHarness.START.plus(hours == 1 ? Duration.ZERO : Duration.ofHours(24)));
        HARNESS.complete(task);
        assertThat(HARNESS.steps().parameters("TellPolice")).containsEntry("template", "absconded-police");
    }

    @Test
    void foundInsideTheHouseEverythingStops() {
        var absence = missing("OBSERVATION", "UNKNOWN");
        HARNESS.complete("SearchAndTell", "absenceOutcome", "RETURNED");
        assertThat(HARNESS.open()).containsExactly("CheckReturned");
        assertThat(HARNESS.steps().parameters("RestoreStatus")).containsEntry("status", "OBSERVATION");
        HARNESS.complete("CheckReturned");
        assertThat(HARNESS.outcomes(absence)).containsExactly("RETURNED");
    }

    @Test
    void anEscapeFromCompulsoryTreatmentIsToldToPoliceCourtAndProcuratorate() {
        missing("COMPULSORY_TREATMENT", "NONE");
        assertThat(HARNESS.steps().parameters("AssignCourt"))
                .containsEntry("functions", "policeCounty,court,procurator");
        assertThat(HARNESS.steps().parameters("TellCourt"))
                .containsEntry("to", "police-approver@org-policeCounty,court@org-court,procurator@org-procurator");
        assertThat(HARNESS.open()).containsExactly("ReportPoliceNow", "SearchAndTell");
    }

    @Test
    void theGuardianMayTakeAPersonHeldForSelfHarmHome() {
        var absence = missing("INVOLUNTARY_SELF_HARM", "SELF_HARM");
        HARNESS.message("patient-found", "absenceOutcome", "DISCHARGE_ASKED", "dischargeRequester", "GUARDIAN");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().parameters("StartDischarge"))
                .containsEntry("process", "discharge-resettlement")
                .containsEntry("fact_requester", "GUARDIAN")
                .containsEntry("fact_admissionType", "INVOLUNTARY_SELF_HARM");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("ABSENT");
        assertThat(HARNESS.outcomes(absence)).containsExactly("DISCHARGE_REQUESTED");
    }

    @Test
    void aLongAbsenceIsReviewedAndMayEndTheStay() {
        var absence = missing("INVOLUNTARY_HARM_OTHERS", "UNKNOWN");
        HARNESS.pass(Duration.ofDays(29));
        assertThat(HARNESS.open()).doesNotContain("ReviewAbsence");
        HARNESS.pass(Duration.ofDays(1));
        HARNESS.complete("ReviewAbsence", "absenceDecision", "CONTINUE");
        HARNESS.pass(Duration.ofDays(30));
        HARNESS.complete("ReviewAbsence", "absenceDecision", "CLOSED");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("ABSENT", "RELEASED");
        assertThat(HARNESS.steps().parameters("TellClosed").get("to")).contains("primary-doctor@org-primary");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(absence)).containsExactly("ABSENCE_CLOSED");
    }

    @ParameterizedTest
    @CsvSource({"stay-ended, STAY_ENDED", "person-died, DEATH"})
    void nobodySearchesAfterTheStay(String message, String outcome) {
        var absence = missing("INVOLUNTARY_HARM_OTHERS", "HARM_OTHERS");
        HARNESS.message(message);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(absence)).containsExactly(outcome);
    }
}
