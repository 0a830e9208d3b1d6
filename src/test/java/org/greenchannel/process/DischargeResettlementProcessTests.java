package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

/** Discharge and resettlement, every path of the model. */
class DischargeResettlementProcessTests {

    private static final String KEY = "discharge-resettlement";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    // ---- permission

    @Test
    void aVoluntaryPatientLeavesOnRequestAndIsCaredForAtHome() {
        var file = ask("VOLUNTARY", "PATIENT");
        assertThat(HARNESS.open()).containsExactly("GiveOpinion");
        opinion("MAY_LEAVE", false);

        assertThat(HARNESS.steps().parameters("EndStay"))
                .containsEntry("status", "RELEASED")
                .containsEntry("basis", "MHL 44");
        assertThat(HARNESS.steps().parameters("IssueDischargeNotice")).containsEntry("document", "discharge-notice");
        assertThat(HARNESS.open())
                .as("the guardian of a voluntary patient is not told behind the patient's back")
                .containsExactly("ArrangeFetching", "AssessDischarge", "ChoosePlacement", "SettleCosts");
        assertThat(told("TellTeam")).isTrue();
        assertThat(told("TellPolice")).isFalse();
        assertThat(told("TellCivil")).isFalse();

        prepare();
        leave("SELF");
        assertThat(status()).containsExactly("RELEASED");
        community(file);
        assertEnded(file, "DISCHARGED_HOME");
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"VOLUNTARY, PATIENT", "VOLUNTARY_BY_REPRESENTATIVE, GUARDIAN", "INVOLUNTARY_SELF_HARM, GUARDIAN"})
    void aDoctorWhoAdvisesAgainstCannotHoldThem(String type, String requester) {
        var file = ask(type, requester);
        opinion("NOT_ADVISED", false);
        assertThat(HARNESS.open()).containsExactly("AdviseAgainst");
        HARNESS.complete("AdviseAgainst");

        assertThat(HARNESS.steps().parameters("IssueAdvice")).containsEntry("document", "advice-against");
        assertThat(status()).containsExactly("RELEASED");
        prepare();
        leave("GUARDIAN");
        community(file);
        assertEnded(file, "DISCHARGED_AGAINST_ADVICE");
    }

    @Test
    void aFreshConclusionOfDangerToOthersReclassifiesWithNotices() {
        var file = ask("VOLUNTARY", "PATIENT");
        opinion("NOT_ADVISED", true);
        assertThat(HARNESS.open()).containsExactly("FreshConclusion");
        assertThat(status()).as("no silent conversion").isEmpty();
        conclude("SMD", "ACT");
        HARNESS.complete("ConfirmFreshBasis", "freshBasisDecision", "CONFIRM");

        assertThat(status()).containsExactly("INVOLUNTARY_HARM_OTHERS");
        HARNESS.complete("ServeNewNotice");
        HARNESS.complete("ServeNewNoticeGuardian");
        assertThat(HARNESS.steps().parameters("StartAssessments")).containsEntry("process", "periodic-assessment");
        assertEnded(file, "RECLASSIFIED");
    }

    @ParameterizedTest
    @CsvSource({"SMD, NONE, CONFIRM", "NOT_MD, NONE, CONFIRM", "SMD, ACT, ALLOW"})
    void withoutSuchAConclusionTheyLeave(String conclusion, String danger, String signed) {
        ask("VOLUNTARY_BY_REPRESENTATIVE", "REPRESENTATIVE");
        opinion("NOT_ADVISED", true);
        conclude(conclusion, danger);
        if (HARNESS.open().contains("ConfirmFreshBasis")) {
            HARNESS.complete("ConfirmFreshBasis", "freshBasisDecision", signed);
        }
        HARNESS.complete("AdviseAgainst");
        assertThat(status()).containsExactly("RELEASED");
    }

    @Test
    void aConclusionThatIsNotMadeInADayCountsAsNone() {
        ask("VOLUNTARY", "PATIENT");
        opinion("NOT_ADVISED", true);
        HARNESS.pass(Duration.ofHours(24));
        assertThat(HARNESS.open()).containsExactly("AdviseAgainst");
        assertThat(HARNESS.steps().parameters("AlertNoDecision")).containsEntry("kind", "DISCHARGE_UNDECIDED");
    }

    @Test
    void theGuardianOfASelfHarmPatientIsAskedOnTheSameDay() {
        ask("INVOLUNTARY_SELF_HARM", "PATIENT");
        assertThat(HARNESS.open()).containsExactly("ForwardRequest");
        HARNESS.complete("ForwardRequest", "forwardAnswer", "ASKS");
        assertThat(HARNESS.open()).containsExactly("GiveOpinion");
        opinion("MAY_LEAVE", false);
        assertThat(status()).containsExactly("RELEASED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RELEASE", "CONTINUE"})
    void withoutTheGuardianTheSelfHarmPatientIsAssessed(String assessment) {
        var file = ask("INVOLUNTARY_SELF_HARM", "PATIENT");
        HARNESS.complete("ForwardRequest", "forwardAnswer", "NO_ANSWER");
        HARNESS.complete("ExtraAssessment", "assessmentOutcome", assessment);
        if (assessment.equals("RELEASE")) {
            assertThat(HARNESS.open()).containsExactly("TellPatient");
            HARNESS.complete("TellPatient");
            assertThat(status()).containsExactly("RELEASED");
        } else {
            assertThat(HARNESS.open()).containsExactly("RefuseRequest");
            refuse(file);
        }
    }

    @Test
    void theVoluntaryPatientDecidesNotTheFamily() {
        var file = ask("VOLUNTARY", "RELATIVE");
        assertThat(HARNESS.open())
                .as("asked first, opinion comes with the request")
                .containsExactly("GiveOpinion");
        opinion("MAY_LEAVE", false);
        assertThat(HARNESS.variable(file, "forwardTo")).isEqualTo("PATIENT");
        HARNESS.complete("ForwardRequest", "forwardAnswer", "DECLINES");
        refuse(file);
    }

    @Test
    void whoeverTheHospitalFindsFitIsToldAtOnceAndFree() {
        var file = ask("INVOLUNTARY_HARM_OTHERS", "HOSPITAL", "trigger", "ASSESSMENT");
        assertThat(HARNESS.open()).containsExactly("TellPatient");
        assertThat(HARNESS.task("TellPatient").getDueDate().toInstant()).isEqualTo(ProcessHarness.START);
        HARNESS.pass(Duration.ofHours(2));
        assertThat(HARNESS.steps().parameters("AlertUnlawfulStay")).containsEntry("kind", "UNLAWFUL_STAY");
        HARNESS.complete("TellPatient");
        assertThat(status()).containsExactly("RELEASED");
        assertThat(told("TellPolice")).as("danger to others before").isTrue();
        assertThat(HARNESS.variable(file, "releaseNow")).isEqualTo("DONE");
    }

    @Test
    void aRequestThatIsRefusedIsAnsweredInWriting() {
        var file = ask("INVOLUNTARY_HARM_OTHERS", "GUARDIAN");
        opinion("NOT_ADVISED", false);
        refuse(file);
        assertThat(HARNESS.steps().parameters("KeepAssessing")).containsEntry("once", "true");
        assertThat(status()).isEmpty();
    }

    @Test
    void aResultOfTheReDiagnosisReleasesAndCorrects() {
        var file = ask(
                "INVOLUNTARY_HARM_OTHERS", "HOSPITAL", "trigger", "REDIAGNOSIS_RESULT", "redxConclusion", "NOT_SMD");
        assertThat(HARNESS.open()).containsExactly("ReleaseNow");
        HARNESS.pass(Duration.ofHours(2));
        assertThat(HARNESS.steps().calls("raiseAlert")).hasSize(1);
        HARNESS.complete("ReleaseNow");
        assertThat(HARNESS.steps().parameters("EndStay")).containsEntry("basis", "MHL 35(1)");
        assertThat(HARNESS.open()).doesNotContain("AssessDischarge", "ChoosePlacement");
        assertThat(told("TellTeam"))
                .as("nobody outside is told of a diagnosis that does not stand")
                .isFalse();
        finish("SettleCosts", "TellGuardian");
        leave("SELF");
        assertThat(HARNESS.steps().parameters("StartCorrection")).containsEntry("fact_reportKind", "CORRECTION");
        assertThat(HARNESS.path(KEY)).doesNotContain("EnrolPerson", "StartSheet", "SignCareAgreement");
        assertEnded(file, "RELEASED_NOT_SMD");
    }

    @Test
    void aWrongDiagnosisOfAnAloneStandingPersonNeedsNobody() {
        var file = ask(
                "OBSERVATION",
                "PATIENT",
                "diagnosisConclusion",
                "NOT_MD",
                "guardianStatus",
                "NONE_EXISTS",
                "identityStatus",
                "KNOWN");
        HARNESS.complete("ReleaseNow");
        assertThat(told("TellCivil")).isTrue();
        leave("SELF");
        HARNESS.complete("SettleCosts");
        assertEnded(file, "RELEASED_NOT_SMD");
    }

    @Test
    void aWrongDiagnosisOfAVoluntaryPatientIsToldToNobodyElse() {
        var file = ask("VOLUNTARY", "PATIENT", "trigger", "NEGATIVE_CONCLUSION");
        HARNESS.complete("ReleaseNow");
        assertThat(HARNESS.open()).containsExactly("ArrangeFetching", "SettleCosts");
        assertThat(HARNESS.steps().calls("notifyParties")).isEmpty();
        HARNESS.complete("SettleCosts");
        leave("SELF");
        assertEnded(file, "RELEASED_NOT_SMD");
    }

    @Test
    void aCourtReleaseIsCarriedOutOnTheDay() {
        ask("COMPULSORY_TREATMENT", "COURT", "trigger", "COURT_DECISION");
        assertThat(HARNESS.open()).containsExactly("ReleaseByCourt");
        HARNESS.complete("ReleaseByCourt");
        assertThat(HARNESS.steps().parameters("EndStay")).containsEntry("basis", "CPL 306");
        assertThat(told("TellPolice")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"OPINION, assessment-not-dangerous", "APPLICATION, release-applied"})
    void withoutTheCourtNobodyEndsCompulsoryTreatment(String by, String message) {
        var file = ask("COMPULSORY_TREATMENT", "PATIENT");
        assertThat(HARNESS.open()).containsExactly("ProposeRelease");
        HARNESS.complete("ProposeRelease", "releaseBy", by, "reportAttached", true);
        assertThat(HARNESS.steps().parameters("SendRelease")).containsEntry("message", message);
        assertThat(status()).isEmpty();
        assertEnded(file, "COURT_ONLY");
    }

    @Test
    void aDeathGoesToItsOwnProcess() {
        var file = ask("VOLUNTARY", "HOSPITAL", "trigger", "DEATH");
        assertThat(HARNESS.steps().parameters("OpenDeath")).containsEntry("process", "adverse-event");
        assertEnded(file, "DEATH");
    }

    @Test
    void anUnclearRequestIsCheckedByAPerson() {
        ask("VOLUNTARY", "POLICE");
        assertThat(HARNESS.open()).containsExactly("ReviewRequest");
        HARNESS.complete("ReviewRequest", "reviewAnswer", "REASSESS", "requester", "PATIENT");
        opinion("MAY_LEAVE", false);
        assertThat(status()).containsExactly("RELEASED");
    }

    @Test
    void aRequestNobodyMadeIsClosed() {
        var file = ask("INVOLUNTARY_SELF_HARM", "COURT");
        HARNESS.complete("ReviewRequest", "reviewAnswer", "WITHDRAWN");
        assertEnded(file, "DISCHARGE_WITHDRAWN");
    }

    @Test
    void whoAskedMayTakeItBack() {
        var file = ask("VOLUNTARY", "PATIENT");
        HARNESS.message("discharge-withdrawn");
        assertEnded(file, "DISCHARGE_WITHDRAWN");
    }

    @ParameterizedTest
    @CsvSource({"INVOLUNTARY_SELF_HARM, GUARDIAN", "INVOLUNTARY_HARM_OTHERS, PATIENT"})
    void anAssessmentOvertakesARequestThatWaits(String type, String requester) {
        ask(type, requester);
        assertThat(HARNESS.open()).containsExactly("GiveOpinion");
        HARNESS.message("release-required", "releaseReason", "ASSESSMENT");
        assertThat(HARNESS.open()).containsExactly("TellPatient");
        HARNESS.complete("TellPatient");
        assertThat(status()).containsExactly("RELEASED");
    }

    @Test
    void nothingButTheCourtEndsCompulsoryTreatmentWhateverIsRequired() {
        ask("COMPULSORY_TREATMENT", "COURT", "trigger", "COURT_DECISION");
        HARNESS.message("release-required", "releaseReason", "ASSESSMENT");
        assertThat(HARNESS.open()).containsExactly("ReleaseByCourt");
    }

    @Test
    void aReleaseElsewhereEndsTheRequest() {
        var file = ask("INVOLUNTARY_HARM_OTHERS", "PATIENT");
        HARNESS.message("stay-ended", "endStatus", "RELEASED");
        assertEnded(file, "DISCHARGE_SUPERSEDED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAssessmentOvertakesATransferToo(boolean underWay) {
        ask("INVOLUNTARY_HARM_OTHERS", "HOSPITAL", "trigger", "TRANSFER");
        if (underWay) {
            HARNESS.complete("ArrangeTransfer", "targetHospital", "hosp-2");
        }
        HARNESS.message("release-required", "releaseReason", "ASSESSMENT");
        assertThat(HARNESS.open()).containsExactly("TellPatient");
        HARNESS.complete("TellPatient");
        assertThat(status()).containsExactly("RELEASED");
        assertThat(HARNESS.steps().calls("assignHospital")).isEmpty();
    }

    @Test
    void aTransferKeepsTheLegalType() {
        var file = ask("INVOLUNTARY_HARM_OTHERS", "HOSPITAL", "trigger", "TRANSFER");
        HARNESS.complete("ArrangeTransfer", "targetHospital", "hosp-2");
        assertThat(HARNESS.groups("ReceiveTransfer")).contains("hosp-triage@hosp-2");
        HARNESS.complete("ReceiveTransfer", "transferReceived", false);
        HARNESS.complete("ArrangeTransfer", "targetHospital", "hosp-2");
        HARNESS.complete("ReceiveTransfer", "transferReceived", true);
        assertThat(HARNESS.steps().parameters("MoveToTarget")).containsEntry("organisation", "hosp-2");
        assertThat(status()).isEmpty();
        assertEnded(file, "TRANSFERRED");
    }

    // ---- police

    @Test
    void thePoliceLiftARestraint() {
        ask("TEMP_PROTECTIVE", "POLICE");
        assertThat(HARNESS.groups("DecideLift")).containsExactly("police-approver@org-policeCounty");
        HARNESS.complete("DecideLift", "liftDecision", "RELEASE");
        assertThat(HARNESS.steps().parameters("EndStay")).containsEntry("basis", "Provisions 345");
    }

    @Test
    void afterLiftingTheHospitalConcludesAfresh() {
        var file = ask("TEMP_PROTECTIVE", "PATIENT");
        HARNESS.complete("DecideLift", "liftDecision", "BASIS");
        conclude("SMD", "ACT");
        HARNESS.complete("ConfirmFreshBasis", "freshBasisDecision", "CONFIRM");
        HARNESS.complete("ServeNewNotice");
        HARNESS.complete("ServeNewNoticeGuardian");
        assertThat(status()).containsExactly("INVOLUNTARY_HARM_OTHERS");
        assertEnded(file, "RECLASSIFIED");
    }

    @ParameterizedTest
    @CsvSource({"CUSTODY, HANDED_TO_POLICE", "KEEP, REFUSED_WITH_REASONS"})
    void thePoliceMayDecideOtherwise(String decision, String outcome) {
        var file = ask("TEMP_PROTECTIVE", "PATIENT");
        HARNESS.complete("DecideLift", "liftDecision", decision);
        assertEnded(file, outcome);
        assertThat(told("TellKept")).isEqualTo(decision.equals("KEEP"));
    }

    // ---- leaving

    @Test
    void aVoluntaryPatientWhomTheHospitalDischargesStaysVoluntaryUntilLeaving() {
        ask("VOLUNTARY", "HOSPITAL", "trigger", "ASSESSMENT");
        HARNESS.complete("TellPatient");
        assertThat(status()).isEmpty();
        leave("SELF");
        assertThat(HARNESS.steps().parameters("EndVoluntaryStay")).containsEntry("status", "RELEASED");
    }

    @Test
    void aRequestThatIsNotCarriedOutIsReported() {
        ask("VOLUNTARY", "PATIENT");
        opinion("MAY_LEAVE", false);
        HARNESS.pass(Duration.ofHours(24));
        assertThat(HARNESS.steps().parameters("AlertNotExecuted")).containsEntry("kind", "DISCHARGE_NOT_EXECUTED");
    }

    @Test
    void aPersonNobodyFetchesIsRegisteredReviewedAndHelpedButFree() {
        var file = ask("INVOLUNTARY_SELF_HARM", "HOSPITAL", "trigger", "ASSESSMENT");
        HARNESS.complete("TellPatient");
        HARNESS.pass(Duration.ofDays(3));
        assertThat(told("AskCommittee")).isTrue();
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        HARNESS.complete("RegisterDelay", "delayReason", "GUARDIAN_REFUSES");
        assertThat(HARNESS.variable(file, "delayed")).isEqualTo(true);
        assertThat(status()).as("never involuntary").containsExactly("RELEASED");

        HARNESS.complete("ReviewDelay", "delayAction", "CONTINUE");
        HARNESS.complete("ReviewDelay", "delayAction", "ADMONISH");
        assertThat(HARNESS.groups("AdmonishGuardian")).containsExactly("police-officer@org-police");
        HARNESS.complete("AdmonishGuardian");
        HARNESS.complete("ReviewDelay", "delayAction", "GUARDIANSHIP");
        HARNESS.pass(Duration.ofDays(7));
        assertThat(HARNESS.steps().parameters("CivilMustApply")).containsEntry("to", "civil-affairs@org-civilAffairs");
        HARNESS.complete("RequestGuardian");
        assertThat(HARNESS.steps().parameters("IssueGuardianRequest"))
                .containsEntry("document", "guardianship-request");
        HARNESS.complete("ReviewDelay", "delayAction", "CIVIL_PLACEMENT");
        HARNESS.complete("CivilPlacement", "placement", "WELFARE", "fetchBy", "CIVIL_AFFAIRS");
        assertThat(HARNESS.variable(file, "delayed")).isEqualTo(false);
        HARNESS.complete("RecordLeaving", "leftHospital", true, "placement", "WELFARE");
        assertThat(HARNESS.variable(file, "dischargeOutcome")).isEqualTo("DISCHARGED_WELFARE");
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN, SettleUnidentified", "KNOWN, AlertLongDelay"})
    void threeMonthsOfDelayAreActedOn(String identity, String next) {
        ask("INVOLUNTARY_HARM_OTHERS", "HOSPITAL", "trigger", "ASSESSMENT", "identityStatus", identity);
        HARNESS.complete("TellPatient");
        HARNESS.complete("ArrangeFetching", "fetchBy", "NOBODY");
        HARNESS.complete("RegisterDelay", "delayReason", "UNIDENTIFIED");
        HARNESS.pass(Duration.ofDays(95));
        assertThat(HARNESS.path(KEY)).contains(next);
        if (next.equals("SettleUnidentified")) {
            HARNESS.complete("SettleUnidentified");
        }
        HARNESS.complete("ReviewDelay", "delayAction", "RESOLVED", "fetchBy", "COMMITTEE");
        HARNESS.complete("RecordLeaving", "leftHospital", false);
        assertThat(HARNESS.open()).contains("RegisterDelay");
    }

    @Test
    void aPersonFromElsewhereIsHandedToTheHomeAreaWithAReceipt() {
        var file = ask("INVOLUNTARY_HARM_OTHERS", "HOSPITAL", "trigger", "ASSESSMENT", "homelessNoGuardian", true);
        HARNESS.complete("TellPatient");
        assertThat(told("TellCivil")).isTrue();
        HARNESS.complete("ArrangeFetching", "fetchBy", "HOME_AREA");
        assertThat(HARNESS.groups("CivilFormalities")).contains("rescue-station@org-rescueStation");
        HARNESS.complete("CivilFormalities");
        HARNESS.complete("RecordLeaving", "leftHospital", true, "placement", "HOME");
        HARNESS.complete("ConfirmHomeArea");
        assertThat(HARNESS.steps().parameters("IssueHandoverReceipt")).containsEntry("document", "handover-receipt");
        assertThat(HARNESS.steps().parameters("StartHomeSheet")).containsEntry("fact_reportKind", "DISCHARGE_SHEET");
        prepare();
        assertEnded(file, "DISCHARGED_HOME_AREA");
        assertThat(HARNESS.path(KEY)).doesNotContain("EnrolPerson");
    }

    @Test
    void whoRefusesCommunityManagementIsLeftInPeaceButHelped() {
        var file = ask("VOLUNTARY", "PATIENT");
        opinion("MAY_LEAVE", false);
        prepare("communityConsent", "REFUSE", "rehabWanted", false);
        leave("SELF");
        HARNESS.complete("ApplyBenefits");
        HARNESS.complete("ConfirmResettlement");
        assertThat(HARNESS.path(KEY)).contains("StartSheet").doesNotContain("FirstVisit", "CheckTwoWeeks");
        assertEnded(file, "DISCHARGED_HOME");
    }

    @Test
    void aRelapseReopensTheGreenChannelInALinkedCase() {
        ask("VOLUNTARY", "PATIENT");
        opinion("MAY_LEAVE", false);
        prepare("rehabWanted", false);
        leave("SELF");
        HARNESS.complete("SignCareAgreement");
        assertThat(HARNESS.path(KEY)).doesNotContain("StartRehab");
        HARNESS.message("relapse-reported", "relapseDangerToOthers", true, "relapseDangerToSelf", false);
        assertThat(HARNESS.steps().parameters("OpenEmergency"))
                .containsEntry("process", "emergency-admission")
                .containsEntry("case", "LINKED");
        HARNESS.pass(Duration.ofDays(14));
        HARNESS.complete(
                "CheckTwoWeeks", "relapsed", true, "relapseDangerToOthers", false, "relapseDangerToSelf", true);
        assertThat(HARNESS.steps().parameters("ReopenEmergency")).containsEntry("fact_dangerToSelfSeen", "true");
    }

    @Test
    void aDeathEndsEverything() {
        var file = ask("VOLUNTARY", "PATIENT");
        opinion("MAY_LEAVE", false);
        HARNESS.message("person-died");
        assertEnded(file, "DEATH");
    }

    // ---- the usual way

    private static ProcessInstance ask(String type, String requester, Object... facts) {
        HARNESS.steps().answer("readLegalStatus", (parameters, variables) -> Map.of("legalStatus", type));
        HARNESS.steps().answer("startClock", (parameters, variables) -> {
            Map<String, Object> set = new HashMap<>();
            if (parameters.containsKey("variable")) {
                set.put(
                        parameters.get("variable"),
                        java.util.Date.from(ProcessHarness.START.plus(Duration.ofHours(24))));
            }
            return set;
        });
        Map<String, Object> all = ProcessHarness.facts(
                "hospital", "hosp-1",
                "admissionType", "INVOLUNTARY_HARM_OTHERS",
                "guardianStatus", "PRESENT_CONSENT",
                "requester", requester);
        all.putAll(ProcessHarness.facts(facts));
        return HARNESS.start(
                KEY,
                all.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }

    private static void opinion(String opinion, boolean freshDanger) {
        HARNESS.complete("GiveOpinion", "dischargeOpinion", opinion, "freshDanger", freshDanger, "dischargeDanger", 1);
    }

    private static void conclude(String conclusion, String dangerToOthers) {
        HARNESS.complete(
                "FreshConclusion",
                "diagnosisConclusion",
                conclusion,
                "dangerToOthers",
                dangerToOthers,
                "dangerToSelf",
                "NONE",
                "dangerLevel",
                4,
                "needInpatient",
                true,
                "patientWill",
                "OBJECT",
                "patientCapacityOpinion",
                "LIMITED");
    }

    private static void refuse(ProcessInstance file) {
        HARNESS.complete("RefuseRequest");
        assertThat(HARNESS.steps().parameters("IssueRefusal")).containsEntry("document", "refusal-of-discharge");
        assertEnded(file, "REFUSED_WITH_REASONS");
    }

    private static void prepare(Object... assessed) {
        Map<String, Object> facts =
                ProcessHarness.facts("colourProposal", "YELLOW", "communityConsent", "AGREE", "rehabWanted", true);
        facts.putAll(ProcessHarness.facts(assessed));
        HARNESS.complete(
                "AssessDischarge",
                facts.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                        .toArray());
        assertThat(HARNESS.steps().parameters("IssueMedicationPlan")).containsEntry("document", "medication-plan");
        finish("SettleCosts", "TellGuardian", "ChoosePlacement");
    }

    private static void finish(String... tasks) {
        for (String task : tasks) {
            if (HARNESS.open().contains(task)) {
                if (task.equals("ChoosePlacement")) {
                    HARNESS.complete(task, "placement", "HOME");
                } else {
                    HARNESS.complete(task);
                }
            }
        }
    }

    private static void leave(String by) {
        HARNESS.complete("ArrangeFetching", "fetchBy", by);
        HARNESS.complete("RecordLeaving", "leftHospital", true, "placement", "HOME");
    }

    private static void community(ProcessInstance file) {
        assertThat(HARNESS.steps().parameters("StartSheet")).containsEntry("fact_reportKind", "DISCHARGE_SHEET");
        assertThat(HARNESS.steps().parameters("EnrolPerson")).containsEntry("consent", "AGREE");
        HARNESS.complete("SignCareAgreement");
        assertThat(HARNESS.steps().parameters("StartRehab")).containsEntry("fact_direction", "REHAB");
        HARNESS.complete("FirstVisit");
        assertThat(HARNESS.steps().parameters("StartFollowUp")).containsEntry("case", "LINKED");
        HARNESS.complete("ApplyBenefits");
        HARNESS.pass(Duration.ofDays(14));
        HARNESS.complete(
                "CheckTwoWeeks", "relapsed", false, "relapseDangerToOthers", false, "relapseDangerToSelf", false);
        HARNESS.pass(Duration.ofDays(17));
        HARNESS.complete("CheckOneMonth");
        HARNESS.pass(Duration.ofDays(62));
        HARNESS.complete("CheckThreeMonths");
        HARNESS.complete("ConfirmResettlement");
    }

    private static boolean told(String step) {
        return HARNESS.path(KEY).contains(step);
    }

    private static java.util.List<String> status() {
        return HARNESS.steps().values("changeLegalStatus", "status");
    }

    private static void assertEnded(ProcessInstance file, String outcome) {
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(file)).containsExactly(outcome);
    }
}
