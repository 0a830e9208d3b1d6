package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
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

/** Compulsory treatment, every path of the model. */
class CompulsoryTreatmentIntakeProcessTests {

    private static final String KEY = "compulsory-treatment-intake";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
        HARNESS.steps().hospitals("ct-1", "ct-2");
        // the product hands the legal end of a clock to the model as a date
        for (String step : List.of("startClock", "resumeClock")) {
            HARNESS.steps()
                    .answer(
                            step,
                            (parameters, variables) -> parameters.containsKey("variable")
                                    ? Map.of(parameters.get("variable"), inDays(30))
                                    : Map.of());
        }
    }

    // ---- the judicial chain

    @Test
    void anActWithoutResponsibilityGoesThroughPoliceProcuratorateAndCourtToTheInstitution() {
        var procedure = procedure("INVESTIGATION");
        assertThat(HARNESS.open()).containsExactly("RecordFacts");
        assertThat(HARNESS.groups("RecordFacts")).containsExactly("police-case-handler@org-policeCounty");
        facts("NOT_DONE", true);
        assertThat(HARNESS.variable(procedure, "ctScreening")).isEqualTo("ORDER_APPRAISAL");
        HARNESS.complete("ConfirmScreening", "screeningDecision", "ORDER_APPRAISAL");
        appraise("NOT_RESPONSIBLE", "NONE");
        assertThat(HARNESS.variable(procedure, "ctScreening")).isEqualTo("PREPARE_OPINION");
        HARNESS.complete("ConfirmScreening", "screeningDecision", "PREPARE_OPINION");
        opinion();
        assertThat(HARNESS.groups("DecideApplication")).containsExactly("procurator@org-procurator");
        HARNESS.complete("DecideApplication", "applicationDecision", "APPLY");
        order(false);
        HARNESS.complete("DeliverPerson");

        assertThat(HARNESS.groups("CheckPapers")).containsExactly("compulsory-institution@ct-1");
        assertThat(HARNESS.steps().calls("changeLegalStatus"))
                .as("no status before the papers")
                .isEmpty();
        receive();
        assertThat(HARNESS.steps().parameters("ActivateTreatment"))
                .containsEntry("status", "COMPULSORY_TREATMENT")
                .containsEntry("basis", "CPL 305");
        assertThat(HARNESS.steps().values("issueDocument", "document"))
                .containsExactly(
                        "ct-appraisal-commission",
                        "ct-appraisal-notice",
                        "ct-opinion-letter",
                        "ct-application",
                        "ct-order",
                        "ct-execution-receipt",
                        "ct-intake-sheet");
        assertThat(HARNESS.open())
                .containsExactlyInAnyOrder("ExamineOnIntake", "ServeOrderNotice", "ServeFamilyNotice");
        assertThat(HARNESS.steps().parameters("StartFunding"))
                .containsEntry("process", "funding-approval")
                .containsEntry("fact_admissionType", "COMPULSORY_TREATMENT");
        assertThat(HARNESS.steps().parameters("StartAssessment"))
                .containsEntry("process", "periodic-assessment")
                .containsEntry("fact_assessmentType", "COMPULSORY")
                .containsEntry("once", "true");
        assertThat(HARNESS.steps().parameters("TellIntake"))
                .containsEntry(
                        "to",
                        "guardian,procurator@org-procurator,court@org-court,town-coordinator@org-town,"
                                + "police-case-handler@org-policeCounty");
        assertThat(HARNESS.outcomes(procedure)).isEmpty();
        reception();
        assertThat(HARNESS.outcomes(procedure)).containsExactly("IN_COMPULSORY_TREATMENT");
    }

    @Test
    void theClocksOfTheJudicialChainRun() {
        procedure("INVESTIGATION");
        facts("NOT_RESPONSIBLE", true);
        HARNESS.complete("ConfirmScreening", "screeningDecision", "PREPARE_OPINION");
        opinion();
        HARNESS.complete("DecideApplication", "applicationDecision", "APPLY");
        assertThat(due("ReviewApplication")).isEqualTo(inDays(7));
        HARNESS.complete("ReviewApplication", "acceptance", "ACCEPT", "hasRepresentative", false);
        assertThat(due("NotifyLegalAid")).isEqualTo(inDays(3));
        HARNESS.complete("NotifyLegalAid");
        HARNESS.complete("HoldHearing");
        HARNESS.complete("DecideTreatment", "courtDecision", "ORDER");
        assertThat(due("ServeDecision")).isEqualTo(inDays(5));
        HARNESS.complete("ServeDecision");

        assertThat(clocks("startClock")).containsExactly("T30", "T31", "T35", "T37:PATIENT", "T37:GUARDIAN", "T39A");
        assertThat(clocks("stopClock")).containsExactly("T30", "T31", "T35");
    }

    @Test
    void theTimeThePoliceNeedToSupplementIsNotCounted() {
        procedure("PROSECUTION");
        HARNESS.complete("DecideApplication", "applicationDecision", "SUPPLEMENT");
        assertThat(HARNESS.open()).containsExactly("SupplementEvidence");
        assertThat(HARNESS.steps().parameters("PauseReviewClock")).containsEntry("clock", "T31");
        assertThat(HARNESS.steps().calls("resumeClock")).isEmpty();
        HARNESS.complete("SupplementEvidence");
        assertThat(HARNESS.steps().parameters("ResumeReviewClock"))
                .containsEntry("clock", "T31")
                .containsEntry("variable", "reviewDue");
        assertThat(HARNESS.open()).containsExactly("DecideApplication");
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("ct-supplement-letter");
        assertThat(clocks("stopClock")).isEmpty();
    }

    @Test
    void aSupplementedOrNewAppraisalIsDoneBeforeTheScreeningIsRepeated() {
        procedure("INVESTIGATION");
        facts("NOT_DONE", false);
        HARNESS.complete("ConfirmScreening", "screeningDecision", "ORDER_APPRAISAL");
        appraise("NOT_RESPONSIBLE", "GRANTED");
        assertThat(HARNESS.open()).containsExactly("CommissionAppraisal");
        appraise("FULL", "REFUSED");
        assertThat(HARNESS.open()).containsExactly("ConfirmScreening");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_302, NOT_302, NotOrdered",
        "PUBLIC_SECURITY, PUBLIC_SECURITY, NotOrdered",
        "MHL_ONLY, MHL_ONLY, NotOrdered",
        "CRIMINAL_PROCEDURE, RETURNED_TO_CRIMINAL, ReturnedToCriminal"
    })
    void aNamedOfficerEndsWhatDoesNotMeetTheConditions(String decision, String outcome, String end) {
        var procedure = procedure("INVESTIGATION");
        facts("NOT_RESPONSIBLE", false);
        HARNESS.complete("ConfirmScreening", "screeningDecision", decision);
        assertThat(HARNESS.path(KEY)).endsWith(end).doesNotContain("SendOpinion", "LiftRestraint");
        assertThat(HARNESS.outcomes(procedure)).containsExactly(outcome);
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @Test
    void whoWroteTheOpinionGetsItBackUntilTheHeadOfPoliceApproves() {
        procedure("INVESTIGATION");
        facts("NOT_RESPONSIBLE", true);
        HARNESS.complete("ConfirmScreening", "screeningDecision", "PREPARE_OPINION");
        HARNESS.complete("SubmitOpinion");
        assertThat(HARNESS.groups("ApproveOpinion")).containsExactly("police-approver@org-policeCounty");
        HARNESS.complete("ApproveOpinion", "opinionApproved", false);
        assertThat(HARNESS.open()).containsExactly("SubmitOpinion");
        assertThat(HARNESS.steps().calls("issueDocument")).isEmpty();
        assertThat(clocks("stopClock")).as("the seven days go on").isEmpty();
    }

    @Test
    void thePoliceThatShouldHaveBegunAnswerInSevenDays() {
        var procedure = procedure("POLICE_INACTION");
        HARNESS.complete("AskReasons");
        assertThat(HARNESS.groups("AnswerReasons")).containsExactly("police-case-handler@org-policeCounty");
        assertThat(due("AnswerReasons")).isEqualTo(inDays(7));
        HARNESS.complete("AnswerReasons", "policeAnswer", "REASONS");
        HARNESS.complete("JudgeReasons", "reasonsAccepted", true);
        assertThat(HARNESS.outcomes(procedure)).containsExactly("NOT_APPLIED");
        assertThat(HARNESS.path(KEY)).doesNotContain("Investigation");
    }

    @Test
    void reasonsThatDoNotHoldMakeThePoliceBegin() {
        procedure("POLICE_INACTION");
        HARNESS.complete("AskReasons");
        HARNESS.complete("AnswerReasons", "policeAnswer", "REASONS");
        HARNESS.complete("JudgeReasons", "reasonsAccepted", false);
        assertThat(HARNESS.open()).containsExactly("RecordFacts");
    }

    @Test
    void theProcuratorateMayDecideNotToApply() {
        var procedure = procedure("PROSECUTION");
        HARNESS.complete("DecideApplication", "applicationDecision", "NOT_APPLY");
        assertThat(HARNESS.outcomes(procedure)).containsExactly("NOT_APPLIED");
        assertThat(HARNESS.path(KEY)).doesNotContain("CourtProceedings", "IssueApplication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETURN", "SUPPLEMENT"})
    void anIncompleteApplicationGoesBackToTheProcuratorate(String acceptance) {
        procedure("PROSECUTION");
        HARNESS.complete("DecideApplication", "applicationDecision", "APPLY");
        HARNESS.complete("ReviewApplication", "acceptance", acceptance, "hasRepresentative", true);
        if (acceptance.equals("SUPPLEMENT")) {
            assertThat(HARNESS.groups("SupplementMaterial")).containsExactly("procurator@org-procurator");
            HARNESS.pass(Duration.ofDays(3));
        }
        assertThat(HARNESS.steps().parameters("TellReturned")).containsEntry("to", "procurator@org-procurator");
        assertThat(HARNESS.open()).containsExactly("DecideApplication");

        HARNESS.complete("DecideApplication", "applicationDecision", "APPLY");
        assertThat(HARNESS.open()).containsExactly("ReviewApplication");
    }

    @Test
    void materialInTimeIsReviewedAgain() {
        procedure("PROSECUTION");
        HARNESS.complete("DecideApplication", "applicationDecision", "APPLY");
        HARNESS.complete("ReviewApplication", "acceptance", "SUPPLEMENT", "hasRepresentative", true);
        assertThat(due("SupplementMaterial")).isEqualTo(inDays(3));
        HARNESS.complete("SupplementMaterial");
        HARNESS.complete("ReviewApplication", "acceptance", "ACCEPT", "hasRepresentative", true);
        assertThat(HARNESS.open()).containsExactly("HoldHearing");
        assertThat(HARNESS.path(KEY)).doesNotContain("TellReturned", "NotifyLegalAid");
    }

    @ParameterizedTest
    @CsvSource({"REJECT, APPLICATION_REJECTED", "REJECT_RETURN, RETURNED_TO_CRIMINAL"})
    void aRejectionLiftsTheRestraint(String decision, String outcome) {
        var procedure = procedure("TRIAL", "ctRestraint", "TEMP_PROTECTIVE");
        assertThat(HARNESS.open())
                .as("found at trial: no application, a lawyer first")
                .containsExactly("NotifyLegalAid");
        HARNESS.complete("NotifyLegalAid");
        assertThat(HARNESS.steps().parameters("TellLegalAid")).containsEntry("to", "justice@org-justice");
        HARNESS.complete("HoldHearing");
        HARNESS.complete("DecideTreatment", "courtDecision", decision);
        assertThat(HARNESS.open()).containsExactly("LiftRestraint");
        assertThat(HARNESS.groups("LiftRestraint")).containsExactly("police-approver@org-policeCounty");
        HARNESS.complete("LiftRestraint");
        assertThat(HARNESS.steps().parameters("EndRestraintNow")).containsEntry("status", "RELEASED");
        assertThat(HARNESS.outcomes(procedure)).containsExactly(outcome);
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("ct-rejection");
        assertThat(HARNESS.path(KEY)).doesNotContain("ServeDecision", "CheckPapers");
    }

    // ---- temporary restraint

    @Test
    void aRestraintIsApprovedByTheHeadOfPoliceAndLiftedWhenTheDangerIsGone() {
        var procedure = procedure("INVESTIGATION");
        HARNESS.message("temporary-restraint", "placementHospital", "hosp-8");
        assertThat(HARNESS.steps().parameters("ActivateRestraint")).containsEntry("status", "TEMP_PROTECTIVE");
        assertThat(HARNESS.steps().parameters("AssignPlacement")).containsEntry("organisation", "hosp-8");
        assertThat(HARNESS.steps().parameters("IssueRestraint"))
                .containsEntry("document", "temporary-restraint-approval");
        assertThat(HARNESS.variable(procedure, "ctRestraint")).isEqualTo("TEMP_PROTECTIVE");
        assertThat(HARNESS.open()).containsExactly("RecordFacts");

        HARNESS.message("restraint-lifted");
        assertThat(HARNESS.steps().parameters("EndRestraint")).containsEntry("status", "RELEASED");
        assertThat(HARNESS.variable(procedure, "ctRestraint")).isEqualTo("NONE");
        assertThat(HARNESS.open()).as("the procedure goes on").containsExactly("RecordFacts");
    }

    @Test
    void aRestraintOutsideOfAHospitalNamesNone() {
        procedure("INVESTIGATION");
        HARNESS.message("temporary-restraint");
        assertThat(HARNESS.steps().calls("assignHospital")).isEmpty();
        assertThat(HARNESS.steps().parameters("TellRestraint"))
                .containsEntry("to", "guardian,procurator@org-procurator");
    }

    // ---- intake

    @ParameterizedTest
    @ValueSource(strings = {"TEMP_PROTECTIVE", "MHL", "TAKEN_BACK"})
    void withoutThePapersNobodyIsReceived(String result) {
        var procedure = procedure("DELIVERY");
        HARNESS.complete("CheckPapers", "intakeDecision", "REFUSE");
        assertThat(HARNESS.steps().parameters("TellRefused"))
                .containsEntry("to", "court@org-court,police-case-handler@org-policeCounty,procurator@org-procurator");
        assertThat(HARNESS.open()).containsExactly("FollowRefusal");
        HARNESS.complete("FollowRefusal", "refusalResult", result);
        assertThat(HARNESS.outcomes(procedure)).containsExactly("INTAKE_REFUSED_DOCS");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.steps().calls("issueDocument")).isEmpty();
        assertThat(HARNESS.path(KEY)).doesNotContain("StartFunding", "StartAssessment");
    }

    @Test
    void papersThatWereCompletedAreCheckedAgain() {
        procedure("DELIVERY");
        HARNESS.complete("CheckPapers", "intakeDecision", "REFUSE");
        HARNESS.complete("FollowRefusal", "refusalResult", "COMPLETED");
        assertThat(HARNESS.open()).containsExactly("CheckPapers");
    }

    @Test
    void aFullInstitutionGivesWayToAnother() {
        procedure("DELIVERY");
        HARNESS.complete("CheckPapers", "intakeDecision", "FULL");
        assertThat(HARNESS.groups("NameInstitution"))
                .containsExactly("health-commission@org-healthCommission", "police-case-handler@org-policeCounty");
        HARNESS.complete("NameInstitution", "otherInstitution", "ct-9");
        assertThat(HARNESS.groups("CheckPapers")).containsExactly("compulsory-institution@ct-9");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
    }

    @Test
    void theInstitutionNamedInTheNoticeComesFirst() {
        procedure("TRIAL");
        HARNESS.complete("NotifyLegalAid");
        HARNESS.complete("HoldHearing");
        HARNESS.complete("DecideTreatment", "courtDecision", "ORDER");
        HARNESS.complete("ServeDecision", "namedInstitution", "ct-2");
        HARNESS.complete("DeliverPerson");
        assertThat(HARNESS.groups("CheckPapers")).containsExactly("compulsory-institution@ct-2");
    }

    @Test
    void aCityWithoutAnInstitutionNamesOne() {
        HARNESS.steps().hospitals();
        procedure("DELIVERY");
        assertThat(HARNESS.open()).containsExactly("NameInstitution");
    }

    @Test
    void emergenciesAndInfectionsAreTreatedWithoutLosingTheStatus() {
        inTreatment();
        HARNESS.complete("ExamineOnIntake", "somaticEmergency", true, "infection", true);
        HARNESS.complete("CareOutside");
        HARNESS.complete("IsolateInfection");
        assertThat(due("PlanTreatment")).isEqualTo(inDays(7));

        HARNESS.message("outside-care-needed");
        assertThat(HARNESS.steps().parameters("TellOutside"))
                .containsEntry("to", "police-case-handler@org-policeCounty,procurator@org-procurator,guardian");
        HARNESS.complete("RecordReturn");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("COMPULSORY_TREATMENT");
    }

    @Test
    void rightsAreToldWithinADayAndAgainEveryYear() {
        inTreatment();
        assertThat(due("ServeOrderNotice")).isEqualTo(inDays(1));
        reception();
        HARNESS.pass(Duration.ofDays(360));
        assertThat(HARNESS.open()).contains("RepeatNotice");
        HARNESS.complete("RepeatNotice");
        HARNESS.pass(Duration.ofDays(360));
        assertThat(HARNESS.open()).contains("RepeatNotice");
    }

    @Test
    void anUnknownPersonIsTracedAndTheFamilyToldWhenFound() {
        procedure("DELIVERY", "identityStatus", "UNKNOWN");
        receive();
        assertThat(HARNESS.steps().parameters("StartTracing"))
                .containsEntry("process", "identity-tracing")
                .containsEntry("case", "SAME");
        HARNESS.message("identity-found");
        assertThat(HARNESS.steps().parameters("TellIdentity"))
                .containsEntry("to", "court@org-court,procurator@org-procurator,police-case-handler@org-policeCounty");
        HARNESS.complete("TellFoundFamily");
        assertThat(HARNESS.path(KEY)).endsWith("IdentityDone");
    }

    @Test
    void beforeTheIntakeAFoundIdentityOnlyCorrectsThePapers() {
        procedure("INVESTIGATION");
        HARNESS.message("identity-found");
        assertThat(HARNESS.open()).containsExactly("RecordFacts");
    }

    // ---- release

    @Test
    void aNegativeAssessmentLeadsToTheCourtAndToReleaseOnTheSameDay() {
        var procedure = inTreatment();
        HARNESS.message("assessment-not-dangerous");
        assertThat(HARNESS.groups("ProposeRelease")).containsExactly("compulsory-institution@ct-1");
        assertThat(due("ProposeRelease")).isEqualTo(inDays(7));
        HARNESS.complete("ProposeRelease");
        assertThat(HARNESS.steps().values("issueDocument", "document"))
                .endsWith("ct-assessment-report", "ct-release-opinion");
        assertThat(HARNESS.groups("DecideRelease")).containsExactly("court@org-court");
        assertThat(HARNESS.steps().parameters("PrepareResettlement")).containsEntry("template", "ct-release-review");
        HARNESS.complete("DecideRelease", "releaseDecision", "RELEASE");
        assertThat(HARNESS.steps().calls("changeLegalStatus"))
                .as("the hospital cannot release")
                .hasSize(1);
        assertThat(due("ServeRelease")).isEqualTo(inDays(5));
        HARNESS.complete("ServeRelease");

        assertThat(due("CarryOutRelease")).isEqualTo(inDays(0));
        HARNESS.pass(Duration.ofMinutes(119));
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
        HARNESS.pass(Duration.ofMinutes(1));
        assertThat(HARNESS.steps().parameters("AlertUnlawfulStay"))
                .containsEntry("kind", "UNLAWFUL_STAY")
                .containsEntry(
                        "to",
                        "procurator@org-procurator,health-commission@org-healthCommission,compulsory-institution@ct-1");
        HARNESS.complete("CarryOutRelease");
        assertThat(HARNESS.steps().parameters("EndTreatment")).containsEntry("status", "RELEASED");
        assertThat(HARNESS.steps().parameters("StartResettlement"))
                .containsEntry("process", "discharge-resettlement")
                .containsEntry("fact_requester", "COURT");
        assertThat(HARNESS.outcomes(procedure)).containsExactly("RELEASED_BY_COURT");
        assertThat(HARNESS.open()).as("nothing of the reception is left").isEmpty();
    }

    @Test
    void aRejectedApplicationStartsTheSixMonthsAndTreatmentGoesOn() {
        inTreatment();
        HARNESS.message("release-applied", "reportAttached", false);
        assertThat(HARNESS.groups("SupplyReport"))
                .containsExactly("compulsory-institution@ct-1", "psychiatrist-attending@ct-1");
        HARNESS.complete("SupplyReport");
        HARNESS.complete("DecideRelease", "releaseDecision", "ORDER_APPRAISAL");
        HARNESS.complete("AppraiseAgain");
        assertThat(clocks("stopClock")).doesNotContain("T40A");
        HARNESS.complete("DecideRelease", "releaseDecision", "CONTINUE");
        HARNESS.complete("ServeRelease");

        assertThat(HARNESS.steps().parameters("StartReapplyClock"))
                .containsEntry("clock", "T41")
                .containsEntry("variable", "reapplyFrom");
        assertThat(HARNESS.waitsFor("release-applied")).isTrue();
        assertThat(HARNESS.waitsFor("assessment-not-dangerous")).isTrue();
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("COMPULSORY_TREATMENT");
    }

    @Test
    void anOpinionThatTheCourtDoesNotFollowTakesNoRightAway() {
        inTreatment();
        HARNESS.message("release-applied", "reportAttached", true);
        assertThat(HARNESS.open()).contains("DecideRelease").doesNotContain("SupplyReport");
        HARNESS.message("assessment-not-dangerous");
        assertThat(HARNESS.groups("ForwardReport")).containsExactly("compulsory-institution@ct-1");
        HARNESS.complete("ForwardReport");
        HARNESS.complete("DecideRelease", "releaseDecision", "CONTINUE");
        HARNESS.complete("ServeRelease");

        HARNESS.message("assessment-not-dangerous");
        HARNESS.complete("ProposeRelease");
        HARNESS.complete("DecideRelease", "releaseDecision", "CONTINUE");
        HARNESS.complete("ServeRelease");
        assertThat(clocks("startClock").stream().filter("T41"::equals))
                .as("only after an own application")
                .hasSize(1);
        assertThat(HARNESS.waitsFor("release-applied")).isTrue();
    }

    // ---- the order falls

    @Test
    void reconsiderationThatUpholdsChangesNothing() {
        var procedure = inTreatment();
        reconsider("UPHOLD");
        assertThat(HARNESS.path(KEY)).contains("OrderUpheld").doesNotContain("Revocation");
        assertThat(HARNESS.outcomes(procedure)).doesNotContain("DECISION_REVOKED");
        assertThat(HARNESS.waitsFor("release-applied")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"RELEASED, DECISION_REVOKED", "CRIMINAL, RETURNED_TO_CRIMINAL"})
    void aRevokedOrderMeansReleaseAtOnce(String result, String outcome) {
        var procedure = inTreatment();
        reconsider("REVOKE");
        assertThat(HARNESS.open()).containsExactly("ReleaseOnRevocation");
        assertThat(due("ReleaseOnRevocation")).isEqualTo(inDays(0));
        HARNESS.pass(Duration.ofHours(2));
        assertThat(HARNESS.steps().parameters("AlertRevocation")).containsEntry("kind", "UNLAWFUL_STAY");
        HARNESS.complete("ReleaseOnRevocation", "revocationResult", result);
        assertThat(HARNESS.steps().parameters("EndByRevocation")).containsEntry("status", "RELEASED");
        assertThat(HARNESS.outcomes(procedure)).endsWith(outcome);
        assertThat(HARNESS.open()).isEmpty();
    }

    @Test
    void anOrderThatFallsBeforeTheDeliveryReceivesNobody() {
        var procedure = procedure("TRIAL");
        HARNESS.complete("NotifyLegalAid");
        HARNESS.complete("HoldHearing");
        HARNESS.complete("DecideTreatment", "courtDecision", "ORDER");
        HARNESS.complete("ServeDecision");
        reconsider("REVOKE");
        HARNESS.complete("ReleaseOnRevocation", "revocationResult", "RELEASED");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.outcomes(procedure)).containsExactly("DECISION_REVOKED");
        assertThat(HARNESS.path(KEY)).doesNotContain("CheckPapers");
    }

    @ParameterizedTest
    @CsvSource({"REVOKED, true", "KEPT, false"})
    void aRemandedCaseIsDecidedAgain(String result, boolean ends) {
        inTreatment();
        reconsider("REMAND");
        HARNESS.complete("RemandDecision", "correctionResult", result);
        assertThat(HARNESS.open().contains("ReleaseOnRevocation")).isEqualTo(ends);
        assertThat(HARNESS.waitsFor("release-applied")).isEqualTo(!ends);
    }

    @ParameterizedTest
    @CsvSource({"REVOKED, true", "KEPT, false"})
    void aCorrectionOpinionMakesANewPanelDecide(String result, boolean ends) {
        inTreatment();
        HARNESS.message("supervision-opened", "supervisionKind", "CORRECTION");
        assertThat(HARNESS.steps().parameters("IssueCorrection")).containsEntry("document", "ct-correction-opinion");
        assertThat(due("DecideAgain")).isEqualTo(inDays(30));
        HARNESS.complete("DecideAgain", "correctionResult", result);
        assertThat(HARNESS.open().contains("ReleaseOnRevocation")).isEqualTo(ends);
    }

    @ParameterizedTest
    @CsvSource({"WRONG, true", "RIGHT, false"})
    void anOrderThatMayBeWrongIsReviewedByThePeerProcuratorate(String result, boolean corrected) {
        inTreatment();
        HARNESS.message("supervision-opened", "supervisionKind", "WRONG_ORDER");
        assertThat(due("SendMaterials")).isEqualTo(inDays(5));
        HARNESS.complete("SendMaterials");
        assertThat(due("ReviewWrongOrder")).isEqualTo(inDays(20));
        HARNESS.complete("ReviewWrongOrder", "wrongOrderResult", result);
        assertThat(HARNESS.open().contains("DecideAgain")).isEqualTo(corrected);
    }

    // ---- escape, transfer, death

    @Test
    void anEscapeIsReportedAtOnceAndEndsWithTheReturn() {
        inTreatment();
        HARNESS.message("absconded");
        assertThat(HARNESS.steps().parameters("TellEscape").get("to"))
                .contains("police-case-handler@org-policeCounty", "procurator@org-procurator");
        HARNESS.message("person-returned");
        assertThat(HARNESS.path(KEY)).contains("EscapeEnded");
        assertThat(HARNESS.waitsFor("release-applied")).isTrue();
    }

    @Test
    void anEscapeMayBeClosedByThePoliceOnly() {
        var procedure = inTreatment();
        HARNESS.message("absconded");
        HARNESS.message("escape-closed");
        assertThat(HARNESS.outcomes(procedure)).endsWith("ESCAPED");
        assertThat(HARNESS.open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, false"})
    void aTransferNeedsTheCityTheCourtAndThePolice(boolean allowed, boolean agreed) {
        HARNESS.steps().answer("readSettings", (parameters, variables) -> Map.of("transferAllowed", allowed));
        var procedure = inTreatment();
        HARNESS.message("transfer-required", "otherInstitution", "ct-9");
        if (allowed) {
            assertThat(HARNESS.groups("AgreeTransfer"))
                    .containsExactly("court@org-court", "police-case-handler@org-policeCounty");
            HARNESS.complete("AgreeTransfer", "transferAgreed", agreed);
        }
        assertThat(HARNESS.steps().calls("assignHospital")).hasSize(agreed ? 1 : 0);
        assertThat(HARNESS.variable(procedure, "institution")).isEqualTo(agreed ? "ct-9" : "ct-1");
        assertThat(HARNESS.steps().values("changeLegalStatus", "status")).containsExactly("COMPULSORY_TREATMENT");
    }

    @Test
    void deathEndsEverythingAndTheProcuratorateIsTold() {
        var procedure = inTreatment();
        HARNESS.message("person-died");
        assertThat(HARNESS.outcomes(procedure)).endsWith("DEATH");
        assertThat(HARNESS.steps().parameters("TellDeath").get("to")).contains("procurator@org-procurator");
        assertThat(HARNESS.open()).isEmpty();
    }

    @Test
    void nobodyMaySendWhatIsNotYetOrNoLongerPossible() {
        var procedure = procedure("TRIAL");
        assertThat(HARNESS.variable(procedure, "restraintOffice")).isEqualTo("org-policeCounty");
        assertThat(HARNESS.variable(procedure, "orderCourt")).isNull();
        assertThat(HARNESS.variable(procedure, "institution")).isNull();
        HARNESS.complete("NotifyLegalAid");
        HARNESS.complete("HoldHearing");
        HARNESS.complete("DecideTreatment", "courtDecision", "ORDER");
        HARNESS.complete("ServeDecision");
        assertThat(HARNESS.variable(procedure, "orderCourt")).isEqualTo("org-court");
        HARNESS.complete("DeliverPerson");
        receive();
        assertThat(HARNESS.variable(procedure, "restraintOffice")).isNull();
        assertThat(HARNESS.variable(procedure, "institution")).isEqualTo("ct-1");
        assertThatThrownBy(() -> HARNESS.message("person-returned")).isInstanceOf(Exception.class);
    }

    // ---- the usual way up to some point

    private static ProcessInstance procedure(String stage, Object... facts) {
        var all = new ArrayList<Object>(List.of("ctStage", stage));
        all.addAll(List.of(facts));
        return HARNESS.start(KEY, all.toArray());
    }

    private static ProcessInstance inTreatment() {
        var procedure = procedure("DELIVERY");
        receive();
        return procedure;
    }

    private static void facts(String responsibility, boolean continuing) {
        HARNESS.complete(
                "RecordFacts",
                "violentAct",
                true,
                "seriousDanger",
                true,
                "crimeLevel",
                true,
                "responsibility",
                responsibility,
                "continuingDanger",
                continuing);
    }

    private static void appraise(String responsibility, String again) {
        HARNESS.complete("CommissionAppraisal", "appraisalOrg", "forensic-1");
        assertThat(HARNESS.groups("ReceiveOpinion"))
                .containsExactly("appraiser@forensic-1", "police-case-handler@org-policeCounty");
        assertThat(due("ReceiveOpinion")).isEqualTo(inDays(42));
        HARNESS.complete("ReceiveOpinion", "responsibility", responsibility, "continuingDanger", true);
        HARNESS.complete("TellOpinion", "newAppraisal", again);
    }

    private static void opinion() {
        HARNESS.complete("SubmitOpinion");
        HARNESS.complete("ApproveOpinion", "opinionApproved", true);
    }

    private static void order(boolean represented) {
        HARNESS.complete("ReviewApplication", "acceptance", "ACCEPT", "hasRepresentative", represented);
        if (!represented) {
            HARNESS.complete("NotifyLegalAid");
        }
        HARNESS.complete("HoldHearing");
        HARNESS.complete("DecideTreatment", "courtDecision", "ORDER");
        HARNESS.complete("ServeDecision");
    }

    private static void receive() {
        HARNESS.complete("CheckPapers", "intakeDecision", "ACCEPT");
    }

    private static void reception() {
        HARNESS.complete("ExamineOnIntake", "somaticEmergency", false, "infection", false);
        HARNESS.complete("ServeOrderNotice");
        HARNESS.complete("ServeIntakeNotice");
        HARNESS.complete("ServeFamilyNotice");
        HARNESS.complete("PlanTreatment");
    }

    private static void reconsider(String result) {
        HARNESS.message("reconsideration-filed", "reconsiderationApplicant", "PATIENT");
        assertThat(due("DecideReconsideration")).isEqualTo(inDays(30));
        HARNESS.complete("DecideReconsideration", "reconsiderationResult", result);
    }

    private static List<String> clocks(String step) {
        return HARNESS.steps().calls(step).stream()
                .map(call -> call.parameters())
                .map(p -> p.get("clock") + (p.containsKey("recipient") ? ":" + p.get("recipient") : ""))
                .toList();
    }

    private static Date due(String task) {
        return HARNESS.task(task).getDueDate();
    }

    private static Date inDays(int days) {
        return Date.from(ClockUtil.getCurrentTime().toInstant().plus(Duration.ofDays(days)));
    }
}
