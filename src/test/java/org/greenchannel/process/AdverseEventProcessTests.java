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
import org.junit.jupiter.params.provider.ValueSource;

/** Death and serious injury, every path of the model. */
class AdverseEventProcessTests {

    private static final String KEY = "adverse-event";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    private static ProcessInstance event(String kind, String cause, Object... facts) {
        Map<String, Object> all =
                ProcessHarness.facts("eventKind", kind, "causeKind", cause, "admissionType", "VOLUNTARY");
        all.putAll(ProcessHarness.facts(facts));
        return HARNESS.start(
                KEY,
                all.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }

    @Test
    void aDeathEndsEverythingAndIsSettledAndReported() {
        var event = event("DEATH", "NATURAL", "hospital", "hosp-1");
        assertThat(HARNESS.steps().parameters("EndEverything"))
                .containsEntry("message", "person-died")
                .containsEntry("to", "PERSON");
        assertThat(HARNESS.steps().parameters("CloseStatus")).containsEntry("status", "CLOSED");
        assertThat(HARNESS.steps().parameters("StopClocks")).containsEntry("clock", "ALL");
        assertThat(HARNESS.steps().parameters("KeepRecords")).containsEntry("clock", "T55");
        assertThat(HARNESS.steps().parameters("TellDeath").get("to"))
                .contains("health-commission@org-healthCommission");
        assertThat(HARNESS.steps().parameters("StartSettlement"))
                .containsEntry("process", "funding-approval")
                .containsEntry("once", "true");

        assertThat(HARNESS.open()).as("no police, no procuratorate").containsExactly("SealRecords", "TellFamily");
        assertThat(HARNESS.groups("TellFamily")).contains("hosp-medical-affairs@hosp-1");
        assertThat(HARNESS.task("TellFamily").getDueDate().toInstant()).isEqualTo(ProcessHarness.START);
        HARNESS.complete("TellFamily");
        HARNESS.complete("SealRecords");
        assertThat(HARNESS.open()).containsExactly("CloseReport");
        HARNESS.complete("CloseReport");
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("death-report");
        assertThat(HARNESS.outcomes(event)).containsExactly("DEATH");
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCIDENT", "SUICIDE", "VIOLENCE", "MEASURE", "UNKNOWN"})
    void anUnnaturalDeathIsToldToThePolice(String cause) {
        event("DEATH", cause);
        assertThat(HARNESS.open()).containsExactly("ReportPolice", "SealRecords", "TellFamily");
        assertThat(HARNESS.task("ReportPolice").getDueDate().toInstant()).isEqualTo(ProcessHarness.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPULSORY_TREATMENT", "TEMP_PROTECTIVE"})
    void onTheCriminalTrackTheProcuratorateInspects(String type) {
        event("SERIOUS_INJURY", "ACCIDENT", "admissionType", type);
        assertThat(HARNESS.steps().parameters("TellProcurator")).containsEntry("to", "procurator@org-procurator");
        assertThat(HARNESS.groups("InspectAccident")).containsExactly("procurator@org-procurator");
        HARNESS.complete("TellFamily");
        HARNESS.complete("SealRecords");
        HARNESS.complete("ReportPolice");
        assertThat(HARNESS.open()).as("the report waits for the finding").containsExactly("InspectAccident");
        HARNESS.complete("InspectAccident");
        assertThat(HARNESS.open()).containsExactly("CloseReport");
    }

    @Test
    void aDeathAtHomeIsSeenToByPrimaryCareAndSettlesNothing() {
        var event = event("DEATH", "NATURAL", "admissionType", "NONE", "starterRole", "primary-doctor");
        assertThat(HARNESS.open()).containsExactly("SealRecords", "TellFamily");
        assertThat(HARNESS.groups("TellFamily")).contains("primary-doctor@org-starter");
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
        HARNESS.complete("TellFamily");
        HARNESS.complete("SealRecords");
        HARNESS.complete("CloseReport");
        assertThat(HARNESS.outcomes(event)).containsExactly("DEATH");
    }

    @Test
    void whatThePoliceReportOutsideOfHospitalFallsToPrimaryCare() {
        event("DEATH", "SUICIDE", "admissionType", "NONE", "starterRole", "police-officer");
        assertThat(HARNESS.groups("TellFamily")).contains("primary-doctor@org-primary");
        assertThat(HARNESS.groups("ReportPolice")).contains("police-officer@org-police");
    }

    @Test
    void anInjuryLetsTheCaseGoOn() {
        var event = event("SERIOUS_INJURY", "NATURAL", "starterRole", "ward-nurse");
        assertThat(HARNESS.steps().calls("sendMessage")).isEmpty();
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.steps().calls("stopClock")).isEmpty();
        assertThat(HARNESS.variable(event, "hospital")).isEqualTo("org-starter");
        HARNESS.complete("TellFamily");
        HARNESS.complete("SealRecords");
        HARNESS.complete("CloseReport");
        assertThat(HARNESS.outcomes(event)).containsExactly("INJURY_REPORTED");
    }

    @Test
    void aFamilyThatIsNotToldIsReported() {
        event("SERIOUS_INJURY", "NATURAL");
        HARNESS.pass(Duration.ofMinutes(119));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        HARNESS.pass(Duration.ofMinutes(1));
        assertThat(HARNESS.steps().parameters("AlertLate")).containsEntry("kind", "EVENT_DUTIES_LATE");
        assertThat(HARNESS.open()).contains("TellFamily");
    }

    @Test
    void aDeathAfterTheInjuryTakesOver() {
        var event = event("SERIOUS_INJURY", "VIOLENCE");
        HARNESS.message("person-died");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(event)).containsExactly("DEATH");
    }
}
