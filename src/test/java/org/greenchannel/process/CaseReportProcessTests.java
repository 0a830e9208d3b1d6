package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Case report and clues, every path of the model. */
class CaseReportProcessTests {

    private static final String KEY = "case-report";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    private static ProcessInstance report(String kind) {
        return HARNESS.start(KEY, "reportKind", kind, "hospital", "hosp-1");
    }

    private static Instant due(String task) {
        return HARNESS.task(task).getDueDate().toInstant();
    }

    private static void routed() {
        HARNESS.complete("AuditReport", "auditResult", "PASS", "routeArea", "990105002001");
    }

    @ParameterizedTest
    @CsvSource({
        "REPORT_CARD, ReportCard, report-card, AGREE",
        "DISCHARGE_SHEET, DischargeSheet, discharge-sheet, STATUTORY"
    })
    void aReportReachesPrimaryCareWithinItsPeriods(String kind, String task, String paper, String consent) {
        var report = report(kind);
        assertThat(HARNESS.groups(task)).containsExactly("hosp-info-officer@hosp-1");
        assertThat(due(task)).as("ten working days").isEqualTo(ProcessHarness.START.plus(Duration.ofDays(14)));
        HARNESS.complete(task, "communityConsent", consent);

        assertThat(HARNESS.steps().parameters("IssueCard")).containsEntry("document", paper);
        assertThat(HARNESS.groups("AuditReport")).containsExactly("prevention-center@org-preventionCenter");
        assertThat(due("AuditReport")).isEqualTo(ProcessHarness.START.plus(Duration.ofDays(7)));
        routed();
        assertThat(HARNESS.steps().parameters("AddPrimary")).containsEntry("area", "990105002001");
        assertThat(HARNESS.groups("AcceptReport")).containsExactly("primary-doctor@org-primary");
        assertThat(due("AcceptReport")).isEqualTo(ProcessHarness.START.plus(Duration.ofDays(7)));
        HARNESS.complete("AcceptReport", "acceptance", "ACCEPTED");

        assertThat(HARNESS.steps().parameters("EnrolPerson")).containsEntry("consent", consent);
        assertThat(HARNESS.path(KEY)).doesNotContain("AskConsent", "CountyEntry", "LocateAddress");
        assertThat(HARNESS.outcomes(report)).containsExactly("REPORT_COMPLETED");
        assertThat(HARNESS.variable(report, "reportResult")).isEqualTo("ENROLLED");
    }

    @Test
    void aPaperCardIsEnteredByTheCounty() {
        report("REPORT_CARD");
        HARNESS.complete("ReportCard", "submittedBy", "PAPER");
        assertThat(HARNESS.open()).containsExactly("CountyEntry");
        assertThat(due("CountyEntry")).isEqualTo(ProcessHarness.START.plus(Duration.ofDays(7)));
        HARNESS.complete("CountyEntry");
        assertThat(HARNESS.open()).containsExactly("AuditReport");
    }

    @Test
    void aReturnedReportComesAgain() {
        report("DISCHARGE_SHEET");
        HARNESS.complete("DischargeSheet");
        HARNESS.complete("AuditReport", "auditResult", "RETURN");
        assertThat(HARNESS.steps().parameters("TellReturned")).containsEntry("to", "hosp-info-officer@hosp-1");
        assertThat(HARNESS.open()).containsExactly("DischargeSheet");
        assertThat(HARNESS.steps().calls("enrolPerson")).isEmpty();
    }

    @Test
    void theOneAskedMayRefuseAndIsAskedAgainAfterAYear() {
        var report = report("REPORT_CARD");
        HARNESS.complete("ReportCard");
        routed();
        HARNESS.complete("AcceptReport", "acceptance", "ACCEPTED");
        assertThat(HARNESS.groups("AskConsent")).containsExactly("primary-doctor@org-primary");
        HARNESS.complete("AskConsent", "communityConsent", "REFUSE");

        assertThat(HARNESS.steps().parameters("IssueConsent")).containsEntry("document", "community-consent");
        assertThat(HARNESS.steps().parameters("RegisterRefusal")).containsEntry("consent", "REFUSE");
        assertThat(HARNESS.steps().calls("enrolPerson")).as("not enrolled").hasSize(1);
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofDays(359));
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofDays(1));
        assertThat(HARNESS.open()).containsExactly("AskConsent");
        HARNESS.complete("AskConsent", "communityConsent", "AGREE");
        assertThat(HARNESS.outcomes(report)).containsExactly("REPORT_COMPLETED");
    }

    @Test
    void aWrongAddressIsFoundByThePolice() {
        report("REPORT_CARD");
        HARNESS.complete("ReportCard", "communityConsent", "AGREE");
        routed();
        HARNESS.complete("AcceptReport", "acceptance", "WRONG_ADDRESS");
        assertThat(HARNESS.groups("LocateAddress")).containsExactly("police-officer@org-police");
        HARNESS.complete("LocateAddress", "located", "FOUND");
        assertThat(HARNESS.open()).containsExactly("AuditReport");
        assertThat(HARNESS.steps().calls("enrolPerson")).isEmpty();
    }

    @Test
    void anUnknownAddressStaysWithTheReportingCentre() {
        var report = report("REPORT_CARD");
        HARNESS.complete("ReportCard", "communityConsent", "AGREE");
        routed();
        HARNESS.complete("AcceptReport", "acceptance", "WRONG_ADDRESS");
        HARNESS.complete("LocateAddress", "located", "NOT_FOUND");
        assertThat(HARNESS.groups("KeepAtCentre")).containsExactly("prevention-center@org-preventionCenter");
        HARNESS.complete("KeepAtCentre");
        assertThat(HARNESS.outcomes(report)).containsExactly("REPORT_KEPT");
        assertThat(HARNESS.variable(report, "reportResult")).isEqualTo("KEPT");
        assertThat(HARNESS.steps().calls("enrolPerson")).isEmpty();
    }

    @Test
    void aNegatedDiagnosisIsCorrectedAndTheRegistrationClosed() {
        var report = report("CORRECTION");
        assertThat(due("CorrectReport"))
                .as("five working days")
                .isEqualTo(ProcessHarness.START.plus(Duration.ofDays(7)));
        HARNESS.complete("CorrectReport");
        assertThat(HARNESS.steps().parameters("CloseNegated")).containsEntry("reason", "NEGATED");
        assertThat(HARNESS.steps().parameters("TellCorrected").get("to")).contains("patient,guardian");
        assertThat(HARNESS.outcomes(report)).containsExactly("REPORT_CORRECTED");
        assertThat(HARNESS.path(KEY)).doesNotContain("AuditReport", "EnrolPerson");
    }

    @ParameterizedTest
    @CsvSource({"DIED, NONE, DIED", "MOVED, OTHER_CITY, MOVED"})
    void aDeathOrAMoveEndsTheRegistration(String change, String to, String reason) {
        var report = report("UPDATE");
        HARNESS.complete("RecordUpdate", "updateKind", change, "movedTo", to);
        assertThat(HARNESS.steps().parameters("CloseUpdated")).containsEntry("reason", reason);
        assertThat(HARNESS.outcomes(report)).containsExactly("REPORT_UPDATED");
    }

    @Test
    void aMoveWithinTheCityIsRoutedAnew() {
        report("UPDATE");
        HARNESS.complete("RecordUpdate", "updateKind", "MOVED", "movedTo", "SAME_CITY");
        assertThat(HARNESS.open()).containsExactly("AuditReport");
        assertThat(HARNESS.steps().calls("closeRegistration")).isEmpty();
    }

    @Test
    void aLossOfContactIsToldAtOnceAndClosesNothing() {
        var report = report("UPDATE");
        HARNESS.complete("RecordUpdate", "updateKind", "LOST");
        assertThat(HARNESS.steps().parameters("TellLost").get("to"))
                .contains("police-officer@org-police", "prevention-center@org-preventionCenter");
        assertThat(HARNESS.steps().calls("closeRegistration")).isEmpty();
        assertThat(HARNESS.outcomes(report)).containsExactly("REPORT_UPDATED");
    }

    @Test
    void aClueThatIsConfirmedBecomesAReport() {
        report("CLUE");
        assertThat(HARNESS.groups("FillClue")).contains("primary-doctor@org-primary");
        HARNESS.complete("FillClue", "clueFinding", "SUSPECTED");
        assertThat(HARNESS.steps().parameters("IssueClue")).containsEntry("document", "clue-form");
        HARNESS.complete("OrganiseDiagnosis", "personAgrees", true, "hospital", "hosp-2");
        assertThat(HARNESS.groups("RecordDiagnosis")).containsExactly("psychiatrist-initial@hosp-2");
        HARNESS.complete("RecordDiagnosis", "diagnosisConclusion", "SMD");
        assertThat(HARNESS.groups("ReportCard")).containsExactly("hosp-info-officer@hosp-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_MD", "MD_NOT_SEVERE", "UNDETERMINED"})
    void withoutASevereDisorderNothingIsReported(String conclusion) {
        var report = report("CLUE");
        HARNESS.complete("FillClue", "clueFinding", "SUSPECTED");
        HARNESS.complete("OrganiseDiagnosis", "personAgrees", true, "hospital", "hosp-2");
        HARNESS.complete("RecordDiagnosis", "diagnosisConclusion", conclusion);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(report)).containsExactly("CLUE_NOT_SMD");
    }

    @Test
    void nobodyIsExaminedAgainstHisWill() {
        var report = report("CLUE");
        HARNESS.complete("FillClue", "clueFinding", "SUSPECTED");
        HARNESS.complete("OrganiseDiagnosis", "personAgrees", false);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().parameters("TellObserve").get("to"))
                .isEqualTo("primary-doctor@org-primary,village-committee@org-village");
        assertThat(HARNESS.outcomes(report)).containsExactly("CLUE_REFUSED");
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
    }

    @Test
    void anExcludedClueEnds() {
        var report = report("CLUE");
        HARNESS.complete("FillClue", "clueFinding", "EXCLUDED");
        assertThat(HARNESS.outcomes(report)).containsExactly("CLUE_EXCLUDED");
        assertThat(HARNESS.steps().calls("notifyParties")).isEmpty();
    }

    @Test
    void aPresentDangerIsAnEmergencyAndNoClue() {
        var report = report("CLUE");
        HARNESS.complete("FillClue", "clueFinding", "DANGER");
        assertThat(HARNESS.steps().parameters("OpenEmergency"))
                .containsEntry("process", "emergency-admission")
                .containsEntry("case", "LINKED");
        assertThat(HARNESS.steps().parameters("TellPolice").get("to")).contains("police-officer@org-police");
        assertThat(HARNESS.outcomes(report)).containsExactly("CLUE_EMERGENCY");
    }

    @Test
    void aDeathEndsTheReport() {
        var report = report("REPORT_CARD");
        HARNESS.message("person-died");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().parameters("CloseDied")).containsEntry("reason", "DIED");
        assertThat(HARNESS.outcomes(report)).containsExactly("DEATH");
    }

    @Test
    void aReporterWithoutAHospitalIsTheStarter() {
        HARNESS.start(KEY);
        assertThat(HARNESS.groups("ReportCard")).containsExactly("hosp-info-officer@org-starter");
    }
}
