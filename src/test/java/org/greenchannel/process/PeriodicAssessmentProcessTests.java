package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Periodic assessment, every path of the model. */
class PeriodicAssessmentProcessTests {

    private static final String KEY = "periodic-assessment";
    private static final String PLAN = "T44A,T44B,T44C,T44D";
    private static final Map<String, Integer> DAYS = Map.of("T44A", 3, "T44B", 7, "T44C", 14, "T44D", 30);
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
        HARNESS.steps()
                .answer(
                        "startClock",
                        (parameters, variables) ->
                                Map.of(parameters.get("variable"), in(DAYS.get(parameters.get("clock")))));
    }

    private static Date in(int days) {
        return Date.from(ClockUtil.getCurrentTime().toInstant().plus(Duration.ofDays(days)));
    }

    private static ProcessInstance stay(String type, Object... facts) {
        Map<String, Object> all =
                ProcessHarness.facts("hospital", "hosp-1", "admissionType", type, "guardianStatus", "PRESENT_CONSENT");
        all.putAll(ProcessHarness.facts(facts));
        Object[] pairs = all.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray();
        return HARNESS.start(KEY, pairs);
    }

    private static Instant due(String task) {
        return HARNESS.task(task).getDueDate().toInstant();
    }

    private static Instant day(int days) {
        return ProcessHarness.START.plus(Duration.ofDays(days));
    }

    private static void conclude(String self, String others, String will, String guardian) {
        HARNESS.message("new-conclusion", conclusion(self, others, will, guardian));
    }

    private static Object[] conclusion(String self, String others, String will, String guardian) {
        return new Object[] {
            "diagnosisConclusion", "SMD",
            "dangerToSelf", self,
            "dangerToOthers", others,
            "needInpatient", true,
            "patientWill", will,
            "patientCapacityOpinion", "LIMITED",
            "guardianStatus", guardian
        };
    }

    private static void toOthers() {
        conclude("NONE", "ACT", "OBJECT", "PRESENT_CONSENT");
        HARNESS.complete("ConfirmChange", "changeDecision", "CONFIRM", "patientCanSign", false);
        HARNESS.complete("SignFormalities");
        HARNESS.complete("ServeNoticeToPatient");
        HARNESS.complete("ServeNoticeToGuardian");
    }

    @Test
    void assessesOnDays3And7And14AndThenEvery30() {
        stay("INVOLUNTARY_SELF_HARM");
        assertThat(HARNESS.open()).containsExactly("AssessInvoluntary");
        assertThat(HARNESS.groups("AssessInvoluntary")).containsExactly("psychiatrist-attending@hosp-1");
        for (int day : new int[] {3, 7, 14}) {
            assertThat(due("AssessInvoluntary")).isEqualTo(day(day));
            HARNESS.complete("AssessInvoluntary", "assessmentResult", "CONTINUE");
        }
        assertThat(due("AssessInvoluntary")).isEqualTo(day(30));
        HARNESS.pass(Duration.ofDays(20));
        HARNESS.complete("AssessInvoluntary", "assessmentResult", "CONTINUE");
        assertThat(due("AssessInvoluntary")).isEqualTo(day(50));

        assertThat(HARNESS.steps().values("stopClock", "clock")).containsExactly("T44A", "T44B", "T44C", "T44D");
        assertThat(HARNESS.steps().values("startClock", "clock"))
                .containsExactly("T44A", "T44B", "T44C", "T44D", "T44D");
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsOnly("assessment-record");
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @Test
    void aMissedAssessmentIsReportedAndStaysDue() {
        stay("INVOLUNTARY_HARM_OTHERS");
        HARNESS.pass(Duration.ofDays(3).minusMinutes(1));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        HARNESS.pass(Duration.ofMinutes(1));
        assertThat(HARNESS.steps().parameters("AlertMissed"))
                .containsEntry("kind", "ASSESSMENT_MISSED")
                .containsEntry("basis", "MHL 44(5), 74(2)")
                .containsEntry("to", "hosp-medical-affairs@hosp-1,health-commission@org-healthCommission");
        assertThat(HARNESS.open()).containsExactly("AssessInvoluntary");
    }

    @Test
    void whoIsNotNeededIsHandedToTheDischargeAtOnce() {
        var stay = stay("INVOLUNTARY_SELF_HARM");
        HARNESS.complete("AssessInvoluntary", "assessmentResult", "NOT_NEEDED");

        assertThat(HARNESS.steps().parameters("RequireRelease")).containsEntry("message", "release-required");
        assertThat(HARNESS.steps().parameters("StartDischarge"))
                .containsEntry("process", "discharge-resettlement")
                .containsEntry("case", "SAME")
                .containsEntry("fact_requester", "HOSPITAL")
                .containsEntry("fact_trigger", "ASSESSMENT")
                .containsEntry("fact_admissionType", "INVOLUNTARY_SELF_HARM");
        assertThat(HARNESS.open())
                .as("the discharge tells patient and guardian, once")
                .isEmpty();
        assertThat(HARNESS.steps().parameters("StopPlan")).containsEntry("clock", PLAN);
        assertThat(HARNESS.outcomes(stay)).containsExactly("STAY_NOT_NEEDED");
        assertThat(HARNESS.steps().calls("changeLegalStatus"))
                .as("left to the discharge")
                .isEmpty();
    }

    @Test
    void aStayThatEndsOtherwiseEndsThePlanWithoutAnAlarm() {
        var stay = stay("INVOLUNTARY_SELF_HARM");
        HARNESS.message("stay-ended", "endStatus", "RELEASED");

        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofDays(40));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        assertThat(HARNESS.steps().parameters("StopAtEnd")).containsEntry("clock", PLAN);
        assertThat(HARNESS.outcomes(stay)).containsExactly("STAY_ENDED");
    }

    @Test
    void aVoluntaryPatientIsConvertedOnlyByAConclusionNoticesAndTheWindow() {
        stay("VOLUNTARY");
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofDays(40));
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();

        toOthers();
        assertThat(HARNESS.steps().parameters("ChangeType")).containsEntry("status", "INVOLUNTARY_HARM_OTHERS");
        assertThat(HARNESS.open()).containsExactly("AssessInvoluntary");
        assertThat(HARNESS.waitsFor("objection-filed")).isTrue();
        assertThat(due("AssessInvoluntary")).isEqualTo(day(43));
        HARNESS.pass(Duration.ofDays(4));
        assertThat(HARNESS.waitsFor("objection-filed"))
                .as("the three days are over")
                .isFalse();
        assertThat(HARNESS.open()).containsExactly("AssessInvoluntary");
    }

    @ParameterizedTest
    @CsvSource({"SMD, true, ACT, NONE", "NOT_SMD, false, NONE, NONE"})
    void anObjectionIsDecidedWhileTheAssessmentsGoOn(String finding, boolean need, String others, String self) {
        var stay = stay("VOLUNTARY");
        toOthers();
        rediagnosis(finding, need, others, self);
        if (finding.equals("SMD")) {
            HARNESS.complete("ServeResult");
            assertThat(HARNESS.open()).containsExactly("AssessInvoluntary");
            assertThat(HARNESS.waitsFor("objection-filed")).isTrue();
        } else {
            HARNESS.complete("ReleaseNow");
            assertThat(HARNESS.open()).isEmpty();
            assertThat(HARNESS.outcomes(stay)).containsExactly("RELEASED_NOT_SMD");
        }
    }

    @Test
    void aRediagnosisWithoutDangerToOthersNeedsANewBasis() {
        stay("VOLUNTARY");
        toOthers();
        rediagnosis("SMD", true, "NONE", "RISK");
        assertThat(HARNESS.open()).as("a fresh conclusion, no silent change").containsExactly("WriteConclusion");
        HARNESS.complete("WriteConclusion", conclusion("RISK", "NONE", "OBJECT", "PRESENT_REFUSE"));
        HARNESS.complete("ConfirmChange", "changeDecision", "CONFIRM", "patientCanSign", false);

        assertThat(HARNESS.steps().parameters("StartDischarge"))
                .as("the guardian's veto releases")
                .containsEntry("process", "discharge-resettlement");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("INVOLUNTARY_HARM_OTHERS");
    }

    private static void rediagnosis(String finding, boolean need, String others, String self) {
        HARNESS.message("objection-filed", "applicantRole", "PATIENT", "stage", "REDIAGNOSIS");
        HARNESS.complete("AssignDoctors", "redxInstitution", "hosp-1");
        HARNESS.complete(
                "ConcludeRediagnosis",
                "redxConclusion",
                finding,
                "redxNeedInpatient",
                need,
                "redxDangerToOthers",
                others,
                "redxDangerToSelf",
                self);
        HARNESS.complete("CosignRediagnosis", "cosignAgreed", true);
    }

    @Test
    void theAssessmentAsksForAChangeOfType() {
        stay("INVOLUNTARY_HARM_OTHERS");
        HARNESS.complete("AssessInvoluntary", "assessmentResult", "CHANGE_TYPE");
        assertThat(HARNESS.open()).containsExactly("WriteConclusion");
        HARNESS.complete("WriteConclusion", conclusion("RISK", "NONE", "OBJECT", "PRESENT_CONSENT"));
        HARNESS.complete("ConfirmChange", "changeDecision", "CONFIRM", "patientCanSign", false);
        HARNESS.complete("SignFormalities");
        HARNESS.complete("ServeNoticeToPatient");
        HARNESS.complete("ServeNoticeToGuardian");

        assertThat(HARNESS.steps().parameters("ChangeType")).containsEntry("status", "INVOLUNTARY_SELF_HARM");
        assertThat(HARNESS.waitsFor("objection-filed")).isFalse();
        assertThat(HARNESS.open()).containsExactly("AssessInvoluntary");
        assertThat(HARNESS.steps().parameters("RestartPlan")).containsEntry("clock", PLAN);
    }

    @Test
    void aConclusionDuringTheStayThatKeepsTheTypeStartsThePlanAnew() {
        stay("INVOLUNTARY_SELF_HARM");
        HARNESS.pass(Duration.ofDays(1));
        conclude("ACT", "NONE", "OBJECT", "PRESENT_CONSENT");
        HARNESS.complete("ConfirmChange", "changeDecision", "CONFIRM", "patientCanSign", false);
        assertThat(HARNESS.open()).containsExactly("AssessInvoluntary");
        assertThat(due("AssessInvoluntary")).isEqualTo(day(4));
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @Test
    void thePlanPausesWhileThePersonIsAway() {
        stay("INVOLUNTARY_HARM_OTHERS");
        HARNESS.message("absconded");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().parameters("PausePlan"))
                .containsEntry("clock", PLAN)
                .containsEntry("reason", "ABSENT");
        HARNESS.pass(Duration.ofDays(10));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        HARNESS.message("person-returned");
        assertThat(due("AssessInvoluntary")).isEqualTo(day(13));
    }

    @Test
    void twoPsychiatristsAssessCompulsoryTreatmentEverySixMonths() {
        stay("COMPULSORY_TREATMENT", "assessmentType", "COMPULSORY");
        assertThat(HARNESS.groups("AssessCompulsory")).containsExactly("psychiatrist-attending@hosp-1");
        assertThat(due("AssessCompulsory")).isEqualTo(day(180));
        HARNESS.pass(Duration.ofDays(180));
        assertThat(HARNESS.steps().parameters("AlertCompulsoryMissed"))
                .containsEntry("kind", "ASSESSMENT_MISSED")
                .containsEntry("to", "compulsory-institution@hosp-1,health-commission@org-healthCommission");

        HARNESS.complete("AssessCompulsory", "needContinue", true, "personalDanger", true);
        HARNESS.complete("CosignAssessment", "assessmentAgreed", false);
        assertThat(HARNESS.open()).as("two who disagree examine again").containsExactly("AssessCompulsory");
        HARNESS.complete("AssessCompulsory", "needContinue", true, "personalDanger", true);
        HARNESS.complete("CosignAssessment", "assessmentAgreed", true);
        assertThat(HARNESS.steps().calls("sendMessage")).isEmpty();

        HARNESS.complete("AssessCompulsory", "needContinue", false, "personalDanger", false);
        HARNESS.complete("CosignAssessment", "assessmentAgreed", true);
        assertThat(HARNESS.steps().parameters("TellNotDangerous")).containsEntry("message", "assessment-not-dangerous");
        assertThat(HARNESS.steps().calls("changeLegalStatus"))
                .as("only the court releases")
                .isEmpty();
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
        assertThat(HARNESS.open())
                .as("the duty goes on until the court decides")
                .containsExactly("AssessCompulsory");
    }

    @Test
    void anEscapeFromTheInstitutionPausesTheAssessment() {
        stay("COMPULSORY_TREATMENT", "assessmentType", "COMPULSORY");
        HARNESS.message("absconded");
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.message("person-returned");
        assertThat(HARNESS.open()).containsExactly("AssessCompulsory");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aCommunityRatingOf3TellsThePoliceAtOnce(int level) {
        var rating = stay("VOLUNTARY", "assessmentType", "COMMUNITY");
        assertThat(HARNESS.groups("AssessCommunity")).containsExactly("primary-doctor@org-primary");
        HARNESS.complete("AssessCommunity", "dangerLevel", level);
        if (level < 3) {
            assertThat(HARNESS.steps().calls("sendMessage")).isEmpty();
            assertThat(HARNESS.steps().calls("notifyParties")).isEmpty();
        } else {
            assertThat(HARNESS.steps().parameters("TellDanger")).containsEntry("message", "danger-rising");
            assertThat(HARNESS.steps().parameters("TellPolice"))
                    .containsEntry("to", "police-officer@org-police,town-coordinator@org-town");
        }
        assertThat(HARNESS.outcomes(rating)).containsExactly("COMMUNITY_ASSESSED");
    }

    @ParameterizedTest
    @CsvSource({"person-died, DEATH", "criminal-track-opened, TO_P3", "stay-ended, STAY_ENDED"})
    void endsWithWhatItIsFor(String message, String outcome) {
        var stay = stay("INVOLUNTARY_HARM_OTHERS");
        HARNESS.message(message);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().values("stopClock", "clock")).containsExactly(PLAN);
        assertThat(HARNESS.outcomes(stay)).containsExactly(outcome);
        HARNESS.pass(Duration.ofDays(60));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
    }
}
