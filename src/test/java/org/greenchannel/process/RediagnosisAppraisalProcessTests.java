package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

/** Re-diagnosis and appraisal, every path of the model. */
class RediagnosisAppraisalProcessTests {

    private static final String KEY = "rediagnosis-appraisal";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    @Test
    void aConfirmedStayIsServedWithTheRightToAnAppraisal() {
        var request = request("stage", "REDIAGNOSIS");

        assertThat(HARNESS.open()).containsExactly("AssignDoctors");
        assertThat(HARNESS.groups("AssignDoctors")).containsExactly("hosp-medical-affairs@hosp-1");
        assertThat(due("AssignDoctors")).isEqualTo(ProcessHarness.START.plus(Duration.ofDays(7)));
        assertThat(HARNESS.steps().parameters("AcknowledgeRequest")).containsEntry("document", "rediagnosis-receipt");
        assertThat(HARNESS.steps().parameters("NotifyObjection"))
                .containsEntry("template", "objection-filed")
                .containsEntry("to", "psychiatrist-attending@hosp-1,hosp-medical-affairs@hosp-1,guardian,patient");

        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-9");
        assertThat(HARNESS.groups("ConcludeRediagnosis")).containsExactly("psychiatrist-redx@hosp-9");
        conclude("SMD", true, "RISK", "NONE");
        assertThat(HARNESS.groups("CosignRediagnosis")).containsExactly("psychiatrist-redx@hosp-9");
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);

        assertThat(HARNESS.open()).containsExactly("ServeResult");
        assertThat(HARNESS.groups("ServeResult")).containsExactly("psychiatrist-attending@hosp-1", "ward-nurse@hosp-1");
        HARNESS.complete("ServeResult");
        assertEnded(request, "StayConfirmed", "CONTINUE");
        assertThat(HARNESS.variable(request, "priorRediagnosis")).isEqualTo(true);
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NOT_SMD, true, ACT", "UNDETERMINED, true, RISK", "SMD, false, RISK"})
    void aReversalReleasesAtOnce(String conclusion, boolean needInpatient, String dangerToOthers) {
        var request = request("stage", "REDIAGNOSIS");
        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-1");
        conclude(conclusion, needInpatient, dangerToOthers, "NONE");
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);

        assertThat(HARNESS.open()).containsExactly("ReleaseNow");
        assertThat(due("ReleaseNow")).isEqualTo(ProcessHarness.START);
        assertThat(HARNESS.variable(request, "releaseNotice")).isEqualTo("RN-08");
        assertThat(HARNESS.steps().parameters("IssueRediagnosisConclusion"))
                .containsEntry("document", "rediagnosis-conclusion");
        HARNESS.complete("ReleaseNow");

        assertThat(HARNESS.steps().parameters("EndInvoluntaryStay"))
                .containsEntry("status", "RELEASED")
                .containsEntry("basis", "MHL 35(1)");
        assertEnded(request, "ReleasedByResult", "RELEASE");
    }

    @Test
    void aReleaseThatIsLateIsReportedAndStaysDue() {
        request("stage", "REDIAGNOSIS");
        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-1");
        conclude("NOT_SMD", false, "NONE", "NONE");
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);

        HARNESS.pass(Duration.ofMinutes(119));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        HARNESS.pass(Duration.ofMinutes(1));
        assertThat(HARNESS.steps().parameters("AlertUnlawfulStay"))
                .containsEntry("kind", "UNLAWFUL_STAY")
                .containsEntry("to", "health-commission@hc-1,hosp-medical-affairs@hosp-1");
        assertThat(HARNESS.open()).containsExactly("ReleaseNow");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RISK", "NONE"})
    void withoutDangerToOthersTheBasisIsDecidedAgain(String dangerToSelf) {
        var request = request("stage", "REDIAGNOSIS");
        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-1");
        conclude("SMD", true, "NONE", dangerToSelf);
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);

        assertEnded(request, "BasisToReview", "RERUN_BASIS");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @Test
    void twoDoctorsWhoDisagreeInterviewAgain() {
        var request = request("stage", "REDIAGNOSIS");
        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-1");
        conclude("SMD", true, "ACT", "NONE");
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", false);

        assertThat(HARNESS.open()).containsExactly("ConcludeRediagnosis");
        assertThat(HARNESS.variable(request, "priorRediagnosis")).isEqualTo(false);
        assertThat(HARNESS.variable(request, "rediagnosisEffect")).isNull();
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("rediagnosis-receipt");

        conclude("NOT_SMD", false, "NONE", "NONE");
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);
        assertThat(HARNESS.open()).containsExactly("ReleaseNow");
    }

    @Test
    void aLateRequestIsAnsweredAndAssessed() {
        HARNESS.steps()
                .answer(
                        "countDays",
                        (parameters, variables) -> Map.of("daysSinceConclusion", 4, "conclusionServed", true));
        var request = request("stage", "REDIAGNOSIS");
        assertThat(HARNESS.variable(request, "eligibility")).isEqualTo("LATE");
        HARNESS.complete("ExplainIneligibility");
        assertThat(HARNESS.groups("ExtraAssessment")).containsExactly("psychiatrist-attending@hosp-1");
        HARNESS.complete("ExtraAssessment", "assessmentOutcome", "CONTINUE");

        assertEnded(request, "StayAfterAssessment", "NOT_ELIGIBLE");
        assertThat(HARNESS.path(KEY)).doesNotContain("AssignDoctors", "DetermineEffect", "ReleaseNow");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INVOLUNTARY_HARM_OTHERS, NEAR_RELATIVE, NOT_ENTITLED",
        "INVOLUNTARY_SELF_HARM, PATIENT, NO_STATUTORY_RIGHT"
    })
    void theExtraAssessmentMayRelease(String admissionType, String applicant, String eligibility) {
        var request = request("stage", "REDIAGNOSIS", "admissionType", admissionType, "applicantRole", applicant);
        assertThat(HARNESS.variable(request, "eligibility")).isEqualTo(eligibility);
        HARNESS.complete("ExplainIneligibility");
        HARNESS.complete("ExtraAssessment", "assessmentOutcome", "RELEASE");

        assertThat(HARNESS.variable(request, "releaseNotice")).isEqualTo("RN-09");
        HARNESS.complete("ReleaseNow");
        assertThat(HARNESS.steps().parameters("EndInvoluntaryStay")).containsEntry("basis", "MHL 44(5)");
        assertEnded(request, "ReleasedByResult", "RELEASE");
    }

    @ParameterizedTest
    @CsvSource({
        "REDIAGNOSIS, INVOLUNTARY_SELF_HARM, GUARDIAN, false, NOT_NEEDED",
        "REDIAGNOSIS, VOLUNTARY, PATIENT, false, NOT_NEEDED",
        "REDIAGNOSIS, TEMP_PROTECTIVE, GUARDIAN, false, WRONG_TRACK",
        "REDIAGNOSIS, INVOLUNTARY_HARM_OTHERS, PATIENT, true, EXHAUSTED",
        "APPRAISAL, INVOLUNTARY_HARM_OTHERS, PATIENT, false, NOT_YET",
        "APPRAISAL, INVOLUNTARY_HARM_OTHERS, NEAR_RELATIVE, true, REVIEW"
    })
    void otherRequestsAreAnsweredInWriting(
            String stage, String admissionType, String applicant, boolean prior, String eligibility) {
        var request = request(
                "stage", stage, "admissionType", admissionType, "applicantRole", applicant, "priorRediagnosis", prior);
        assertThat(HARNESS.variable(request, "eligibility")).isEqualTo(eligibility);
        assertThat(HARNESS.open()).containsExactly("ExplainIneligibility");
        HARNESS.complete("ExplainIneligibility");

        assertEnded(request, "RequestAnswered", "NOT_ELIGIBLE");
        assertThat(HARNESS.path(KEY)).doesNotContain("ExtraAssessment", "ReleaseNow");
    }

    @Test
    void theThreeDaysDoNotRunBeforeTheConclusionIsServed() {
        HARNESS.steps().answer("countDays", (parameters, variables) -> {
            var days = new HashMap<String, Object>();
            days.put("daysSinceConclusion", null);
            days.put("conclusionServed", false);
            return days;
        });
        request("stage", "REDIAGNOSIS", "applicantRole", "GUARDIAN");
        assertThat(HARNESS.open()).containsExactly("AssignDoctors");
    }

    @Test
    void anAppraisalThatConfirmsKeepsThePatient() {
        var request = request("stage", "APPRAISAL", "priorRediagnosis", true);
        assertThat(HARNESS.open()).containsExactly("RecordCommission");
        HARNESS.complete("RecordCommission", "appraisalOrg", "forensic-1");
        assertThat(HARNESS.groups("ReceiveAppraisal"))
                .containsExactly("appraiser@forensic-1", "hosp-medical-affairs@hosp-1");
        assertThat(due("ReceiveAppraisal")).isEqualTo(ProcessHarness.START.plus(Duration.ofDays(42)));
        HARNESS.complete("ReceiveAppraisal", finding("SMD", true, "ACT", "NONE"));

        assertThat(contradicts(request)).isEqualTo(false);
        HARNESS.complete("ServeResult");
        assertEnded(request, "StayConfirmed", "CONTINUE");
    }

    @ParameterizedTest
    @CsvSource({"NOT_SMD, true, ACT, RELEASE", "SMD, false, ACT, RELEASE", "SMD, true, NONE, RERUN_BASIS"})
    void anAppraisalPrevailsOverTheReDiagnosis(String conclusion, boolean need, String danger, String effect) {
        var request = request("stage", "APPRAISAL", "priorRediagnosis", true);
        HARNESS.complete("RecordCommission", "appraisalOrg", "forensic-1");
        HARNESS.complete("ReceiveAppraisal", finding(conclusion, need, danger, "RISK"));

        assertThat(contradicts(request)).as("row D4b-5").isEqualTo(true);
        assertThat(HARNESS.variable(request, "rediagnosisEffect")).isEqualTo(effect);
        assertThat(HARNESS.path(KEY)).doesNotContain("ServeResult", "IssueRediagnosisConclusion");
    }

    private static ProcessInstance request(Object... facts) {
        Map<String, Object> all = ProcessHarness.facts(
                "hospital", "hosp-1",
                "healthCommission", "hc-1",
                "admissionType", "INVOLUNTARY_HARM_OTHERS",
                "applicantRole", "PATIENT",
                "priorRediagnosis", false);
        all.putAll(ProcessHarness.facts(facts));
        return HARNESS.start(KEY, pairs(all));
    }

    private static void conclude(String conclusion, boolean needInpatient, String dangerToOthers, String dangerToSelf) {
        HARNESS.complete("ConcludeRediagnosis", finding(conclusion, needInpatient, dangerToOthers, dangerToSelf));
    }

    private static Object[] finding(
            String conclusion, boolean needInpatient, String dangerToOthers, String dangerToSelf) {
        return new Object[] {
            "redxConclusion", conclusion,
            "redxNeedInpatient", needInpatient,
            "redxDangerToOthers", dangerToOthers,
            "redxDangerToSelf", dangerToSelf
        };
    }

    private static Object[] pairs(Map<String, Object> facts) {
        return facts.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray();
    }

    private static Instant due(String task) {
        return HARNESS.task(task).getDueDate().toInstant();
    }

    @Test
    void anOverturnedDiagnosisIsCorrectedWhereItWasReported() {
        var request = request("stage", "REDIAGNOSIS");
        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-1");
        conclude("NOT_SMD", false, "NONE", "NONE");
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);
        HARNESS.complete("ReleaseNow");
        assertEnded(request, "ReleasedByResult", "RELEASE");
        assertThat(HARNESS.steps().parameters("StartCorrection"))
                .containsEntry("process", "case-report")
                .containsEntry("fact_reportKind", "CORRECTION");
    }

    @Test
    void aSevereDisorderWithoutNeedOfHospitalStaysReported() {
        request("stage", "REDIAGNOSIS");
        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-1");
        conclude("SMD", false, "RISK", "NONE");
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);
        HARNESS.complete("ReleaseNow");
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
    }

    @Test
    void theEndOfTheStayEndsTheObjection() {
        var request = request("stage", "REDIAGNOSIS");
        HARNESS.message("stay-ended", "endStatus", "RELEASED");
        assertEnded(request, "NotNeededAnyMore", "STAY_ENDED");
        assertThat(HARNESS.steps().parameters("NoteStayEnded")).containsEntry("template", "rediagnosis-stay-ended");
    }

    @Test
    void deathEndsTheObjection() {
        request("stage", "REDIAGNOSIS");
        HARNESS.message("person-died");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.path(KEY)).endsWith("PersonDied", "ClosedByDeath");
    }

    private static Object contradicts(ProcessInstance request) {
        return HARNESS.engine()
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(request.getId())
                .variableName("appraisalContradicts")
                .singleResult()
                .getValue();
    }

    private static void assertEnded(ProcessInstance request, String end, String effect) {
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.path(KEY)).endsWith(end);
        assertThat(HARNESS.variable(request, "rediagnosisEffect")).isEqualTo(effect);
    }
}
