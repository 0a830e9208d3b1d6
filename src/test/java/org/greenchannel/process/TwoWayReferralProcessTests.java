package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two-way referral, every path of the model. */
class TwoWayReferralProcessTests {

    private static final String KEY = "two-way-referral";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    private static ProcessInstance up(Object... facts) {
        var all = ProcessHarness.facts("direction", "UP", "reason", "RELAPSE", "acutePhase", true, "urgency", "URGENT");
        all.putAll(ProcessHarness.facts(facts));
        return HARNESS.start(KEY, pairs(all));
    }

    private static Object[] pairs(java.util.Map<String, Object> facts) {
        return facts.entrySet().stream()
                .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                .toArray();
    }

    private static ProcessInstance sent(Object... facts) {
        var referral = up(facts);
        HARNESS.complete("ConsentTalk", "consentResult", "GIVEN");
        return referral;
    }

    private static ProcessInstance accepted(Object... facts) {
        var referral = sent(facts);
        HARNESS.complete("AcknowledgeReferral");
        HARNESS.complete("TriageReferral", "triageDecision", "ACCEPTED");
        return referral;
    }

    private static ProcessInstance booked(Object... facts) {
        var referral = accepted(facts);
        book();
        return referral;
    }

    private static void book() {
        HARNESS.complete("BookAppointment", "appointmentAt", Date.from(ProcessHarness.START.plus(Duration.ofDays(60))));
    }

    private static Instant due(String task) {
        return HARNESS.task(task).getDueDate().toInstant();
    }

    private static Instant in(Duration time) {
        return ProcessHarness.START.plus(time);
    }

    private static java.util.List<String> told() {
        return HARNESS.steps().values("notifyParties", "template");
    }

    // ---- up

    @Test
    void aReferralUpIsClosedByTheOneWhoSentIt() {
        var referral = sent();
        assertThat(HARNESS.variable(referral, "upLevel")).isEqualTo(2);
        assertThat(HARNESS.variable(referral, "routingTarget")).as("row D5-7").isEqualTo("PSY_LEVEL3");
        assertThat(HARNESS.steps().parameters("SelectReceiver")).containsEntry("except", "org-starter");
        assertThat(HARNESS.groups("AcknowledgeReferral"))
                .containsExactly("hosp-triage@hosp-1", "referral-coordinator@hosp-1");
        HARNESS.complete("AcknowledgeReferral");
        HARNESS.complete("TriageReferral", "triageDecision", "ACCEPTED");
        book();
        assertThat(HARNESS.steps().parameters("TellBooking").get("to")).startsWith("patient,guardian,");
        HARNESS.complete("RecordArrival", "arrival", "ARRIVED");
        assertThat(due("InterimFeedback")).as("two weeks").isEqualTo(in(Duration.ofDays(14)));
        HARNESS.complete("InterimFeedback", "careOutcome", "OUTPATIENT");
        HARNESS.complete("FinalFeedback");

        assertThat(HARNESS.groups("CloseLoop")).contains("primary-doctor@org-starter");
        HARNESS.complete("CloseLoop");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_COMPLETED");
        assertThat(HARNESS.steps().values("issueDocument", "document"))
                .containsExactly("referral-form", "referral-reply", "referral-reply");
        assertThat(told())
                .containsExactly(
                        "referral-sent",
                        "referral-answered",
                        "referral-booked",
                        "referral-arrived",
                        "referral-feedback");
        assertThat(HARNESS.steps().values("notifyParties", "to"))
                .as("the police learn nothing of an ordinary referral")
                .noneMatch(to -> to.contains("police"));
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"EMERGENCY, PT15M, PT30M", "URGENT, PT2H, PT24H", "ROUTINE, PT33H36M, PT100H48M"})
    void clocksFollowTheUrgency(String urgency, Duration acknowledge, Duration triage) {
        var referral = sent("urgency", urgency);
        assertThat(due("AcknowledgeReferral")).isEqualTo(in(acknowledge));
        assertThat(HARNESS.variable(referral, "ackClock")).isEqualTo("REFERRAL_ACK_" + urgency);
        HARNESS.complete("AcknowledgeReferral");
        assertThat(due("TriageReferral")).isEqualTo(in(triage));
        assertThat(HARNESS.variable(referral, "triageClock")).isEqualTo("REFERRAL_TRIAGE_" + urgency);
    }

    @Test
    void whoDoesNotAnswerIsReportedAndTheNextIsAskedThenTheHealthCommissionDecides() {
        sent();
        HARNESS.pass(Duration.ofHours(2));
        assertThat(HARNESS.steps().parameters("TellNoAnswer").get("to"))
                .contains("health-commission@org-healthCommission", "hosp-1");
        assertThat(HARNESS.groups("AcknowledgeReferral")).contains("hosp-triage@hosp-2");
        HARNESS.pass(Duration.ofHours(2));

        assertThat(HARNESS.open()).containsExactly("ArbitrateReferral");
        assertThat(HARNESS.groups("ArbitrateReferral")).containsExactly("health-commission@org-healthCommission");
        assertThat(HARNESS.path(KEY)).contains("SelectFallback");
        HARNESS.complete("ArbitrateReferral", "arbitrationResult", "ASSIGN", "assignedHospital", "hosp-5");
        assertThat(HARNESS.groups("BookAppointment")).contains("referral-coordinator@hosp-5");
    }

    @Test
    void theFallbackListIsUsedBeforeArbitration() {
        HARNESS.steps().answer("selectHospital", (parameters, variables) -> {
            boolean fallback = parameters.get("target").equals("PSY_LEVEL2_GREEN");
            return ProcessHarness.facts("hospitalFound", fallback, "hospital", fallback ? "hosp-3" : "");
        });
        sent();
        assertThat(HARNESS.groups("AcknowledgeReferral")).contains("referral-coordinator@hosp-3");
    }

    @Test
    void aPlaceOutsideTheCityEndsTheReferralWithTheSenderInformed() {
        HARNESS.steps().hospitals();
        var referral = sent();
        HARNESS.complete("ArbitrateReferral", "arbitrationResult", "OUTSIDE");
        assertThat(HARNESS.open()).containsExactly("CloseLoop");
        HARNESS.complete("CloseLoop");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_DECLINED_REDIRECTED");
    }

    @Test
    void noBedNeverEndsAReferral() {
        sent();
        HARNESS.complete("AcknowledgeReferral");
        HARNESS.complete(
                "TriageReferral", "triageDecision", "DECLINED", "declineReason", "NO_BED", "onwardTo", "hosp-7");
        assertThat(HARNESS.steps().parameters("AssignOnward")).containsEntry("organisation", "hosp-7");
        assertThat(HARNESS.groups("AcknowledgeReferral")).contains("referral-coordinator@hosp-7");
    }

    @Test
    void aHospitalWithoutCapabilityIsFollowedByTheNext() {
        sent();
        HARNESS.complete("AcknowledgeReferral");
        HARNESS.complete("TriageReferral", "triageDecision", "DECLINED", "declineReason", "NO_CAPABILITY");
        assertThat(HARNESS.groups("AcknowledgeReferral")).contains("referral-coordinator@hosp-2");
    }

    @ParameterizedTest
    @CsvSource({"ADVICE_ONLY, OUT_OF_SCOPE, CLOSED_ADVICE_ONLY", "DECLINED, DUPLICATE, CLOSED_DECLINED_REDIRECTED"})
    void adviceAndDuplicatesGoBackToTheSender(String decision, String reason, String outcome) {
        var referral = sent();
        HARNESS.complete("AcknowledgeReferral");
        HARNESS.complete("TriageReferral", "triageDecision", decision, "declineReason", reason);
        assertThat(HARNESS.open()).containsExactly("CloseLoop");
        HARNESS.complete("CloseLoop");
        assertThat(HARNESS.outcomes(referral)).containsExactly(outcome);
        assertThat(HARNESS.path(KEY)).doesNotContain("BookAppointment");
    }

    @Test
    void moreInformationComesFromTheSender() {
        sent();
        HARNESS.complete("AcknowledgeReferral");
        HARNESS.complete("TriageReferral", "triageDecision", "MORE_INFO");
        assertThat(HARNESS.groups("SupplyInfo")).contains("primary-doctor@org-starter");
        HARNESS.pass(Duration.ofHours(5));
        HARNESS.complete("SupplyInfo");
        assertThat(due("TriageReferral")).as("a new period").isEqualTo(in(Duration.ofHours(29)));
    }

    @Test
    void lateTriageFeedbackAndClosingAreChased() {
        sent();
        HARNESS.complete("AcknowledgeReferral");
        HARNESS.pass(Duration.ofHours(24));
        assertThat(HARNESS.steps().parameters("ChaseTriage").get("to")).contains("prevention-center@");
        HARNESS.complete("TriageReferral", "triageDecision", "ACCEPTED");
        HARNESS.complete("BookAppointment", "appointmentAt", Date.from(in(Duration.ofHours(30))));
        HARNESS.pass(Duration.ofHours(6));
        assertThat(HARNESS.steps().parameters("RemindArrival")).containsEntry("template", "referral-arrival-due");
        HARNESS.complete("RecordArrival", "arrival", "ARRIVED");
        HARNESS.pass(Duration.ofDays(14));
        assertThat(HARNESS.steps().parameters("ChaseFeedback").get("to")).contains("prevention-center@");
        HARNESS.complete("InterimFeedback", "careOutcome", "OUTPATIENT");
        HARNESS.complete("FinalFeedback");
        HARNESS.pass(Duration.ofDays(3));
        assertThat(HARNESS.steps().parameters("ChaseClose").get("to")).contains("prevention-center@");
        assertThat(HARNESS.open()).containsExactly("CloseLoop");
    }

    @Test
    void dangerBecomesAnEmergencyAndIsToldToThePolice() {
        var referral = up("dangerLevel", 3);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().parameters("TellDanger").get("to"))
                .isEqualTo("police-officer@org-police,town-coordinator@org-town");
        assertThat(HARNESS.steps().parameters("OpenEmergency"))
                .containsEntry("process", "emergency-admission")
                .containsEntry("case", "LINKED");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CONVERTED_TO_EMERGENCY");
        assertThat(HARNESS.path(KEY)).doesNotContain("ConsentTalk", "SelectReceiver");
    }

    @ParameterizedTest
    @CsvSource({"true, CLOSED_ADVICE_ONLY", "false, CANCELLED"})
    void whoRefusesIsNotForced(boolean acceptsOther, String outcome) {
        var referral = up();
        HARNESS.complete("ConsentTalk", "consentResult", "REFUSED");
        HARNESS.complete("OfferAlternatives", "alternativeAccepted", acceptsOther);
        assertThat(HARNESS.outcomes(referral)).containsExactly(outcome);
        assertThat(HARNESS.steps().calls("selectHospital")).isEmpty();
        assertThat(HARNESS.steps().calls("startProcess")).isEmpty();
    }

    @Test
    void withoutACriterionThereIsNoReferral() {
        var referral = up("acutePhase", false, "reason", "ELECTIVE");
        assertThat(HARNESS.variable(referral, "upLevel")).isEqualTo(0);
        assertThat(HARNESS.open()).containsExactly("OfferAlternatives");
    }

    @Test
    void aRoutineReferralWaitsForTheGuardian() {
        up("urgency", "ROUTINE");
        HARNESS.complete("ConsentTalk", "consentResult", "UNREACHABLE");
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofDays(3));
        assertThat(HARNESS.open()).containsExactly("ConsentTalk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"URGENT", "EMERGENCY"})
    void anUrgentReferralGoesOnWithoutTheGuardian(String urgency) {
        up("urgency", urgency);
        HARNESS.complete("ConsentTalk", "consentResult", "UNREACHABLE");
        assertThat(HARNESS.open()).containsExactly("AcknowledgeReferral");
    }

    @Test
    void theHomeAreaOfAStrangerGetsACopy() {
        sent("outOfArea", true);
        assertThat(HARNESS.steps().parameters("CopyHomeArea"))
                .containsEntry("template", "referral-home-copy")
                .containsEntry("to", "prevention-center@org-preventionCenter");
    }

    @ParameterizedTest
    @CsvSource({
        "true, NONE, false, CHILD_PSY",
        "false, NONE, true, INFECTIOUS",
        "false, POISONING, false, GENERAL_ER",
        "false, NONE, false, PSY_LEVEL3"
    })
    void whereToFollowsTheRoutingTable(boolean minor, String somatic, boolean infection, String target) {
        var referral = sent("minor", minor, "somaticState", somatic, "infection", infection);
        assertThat(HARNESS.variable(referral, "routingTarget")).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"REBOOK, BookAppointment", "CLOSE, ''", "LEFT_AREA, ''", "DANGER, ''"})
    void aNoShowIsContactedWithinADay(String result, String next) {
        var referral = booked();
        HARNESS.complete("RecordArrival", "arrival", "NO_SHOW");
        assertThat(due("ContactNoShow")).isEqualTo(in(Duration.ofHours(24)));
        assertThat(HARNESS.groups("ContactNoShow")).contains("primary-doctor@org-starter");
        HARNESS.complete("ContactNoShow", "noShowResult", result);

        if (!next.isEmpty()) {
            assertThat(HARNESS.open()).containsExactly(next);
            return;
        }
        boolean danger = result.equals("DANGER");
        assertThat(HARNESS.outcomes(referral)).containsExactly(danger ? "CONVERTED_TO_EMERGENCY" : "CLOSED_NO_SHOW");
        assertThat(HARNESS.steps().values("startProcess", "process"))
                .isEqualTo(danger ? java.util.List.of("emergency-admission") : java.util.List.of());
        assertThat(HARNESS.steps().values("notifyParties", "to").stream().anyMatch(to -> to.contains("police")))
                .as("police only for danger or a departure")
                .isEqualTo(!result.equals("CLOSE"));
    }

    @Test
    void anotherTimeIsBookedAnew() {
        booked();
        HARNESS.complete("RecordArrival", "arrival", "RESCHEDULED");
        assertThat(HARNESS.open()).containsExactly("BookAppointment");
    }

    @Test
    void whoIsLostOnTheWayIsSearchedFor() {
        booked();
        HARNESS.complete("RecordArrival", "arrival", "ABSCONDED");
        assertThat(HARNESS.steps().parameters("StartSearch").get("to"))
                .contains("police-officer@org-police", "town-coordinator@org-town", "guardian");
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.message("person-returned");
        assertThat(HARNESS.open()).containsExactly("BookAppointment");
    }

    @Test
    void whoStaysLostIsNotWaitedForWithoutEnd() {
        var referral = booked();
        HARNESS.complete("RecordArrival", "arrival", "ABSCONDED");
        HARNESS.pass(Duration.ofDays(30));
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_NO_SHOW");
    }

    @Test
    void aSomaticEmergencyGoesToTheGeneralHospitalFirst() {
        var referral = booked();
        HARNESS.complete("RecordArrival", "arrival", "SOMATIC", "somaticState", "COMA");
        assertThat(HARNESS.variable(referral, "routingTarget")).isEqualTo("GENERAL_ER");
        assertThat(HARNESS.open()).containsExactly("AcknowledgeReferral");
    }

    @Test
    void admissionIsDecidedByItsOwnProcess() {
        booked();
        HARNESS.complete("RecordArrival", "arrival", "ARRIVED");
        HARNESS.complete("InterimFeedback", "careOutcome", "ADMIT");
        assertThat(HARNESS.steps().parameters("StartAdmission"))
                .containsEntry("process", "emergency-admission")
                .containsEntry("case", "LINKED")
                .containsEntry("fact_channel", "HOSPITAL");
        assertThat(HARNESS.steps().calls("changeLegalStatus")).isEmpty();
        assertThat(HARNESS.open()).containsExactly("FinalFeedback");
    }

    @Test
    void aDiagnosisThatFallsIsToldAndCorrected() {
        booked();
        HARNESS.complete("RecordArrival", "arrival", "ARRIVED");
        HARNESS.complete("InterimFeedback", "careOutcome", "NEGATED");
        HARNESS.complete("ServeNegation");
        assertThat(HARNESS.steps().parameters("StartCorrection"))
                .containsEntry("process", "case-report")
                .containsEntry("fact_reportKind", "CORRECTION");
        assertThat(HARNESS.open()).containsExactly("FinalFeedback");
    }

    @Test
    void aReferralMayBeWithdrawn() {
        var referral = booked();
        HARNESS.message("referral-cancelled");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.steps().parameters("TellCancelled").get("to")).contains("patient,guardian");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CANCELLED");
    }

    @Test
    void aDeathClosesAll() {
        var referral = booked();
        HARNESS.message("person-died");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_DEATH");
    }

    @Test
    void anotherProcessLetsThePrimaryDoctorPrepareTheReferral() {
        HARNESS.start(KEY, "starterRole", "system", "direction", "UP", "reason", "UNSTABLE");
        assertThat(HARNESS.groups("PrepareReferral"))
                .containsExactly("primary-doctor@org-primary", "referral-coordinator@org-primary");
        HARNESS.complete("PrepareReferral", "stabilityClass", "UNSTABLE");
        assertThat(HARNESS.open()).containsExactly("ConsentTalk");
    }

    // ---- sideways

    @ParameterizedTest
    @CsvSource({
        "COMPLEX_CASE, NONE, false, PSY_LEVEL3",
        "INFECTION, NONE, true, INFECTIOUS",
        "SOMATIC, INJURY, false, GENERAL_ER"
    })
    void aReferralSidewaysNeedsNoCriteria(String reason, String somatic, boolean infection, String target) {
        var referral = up(
                "direction",
                "LATERAL",
                "acutePhase",
                false,
                "reason",
                reason,
                "somaticState",
                somatic,
                "infection",
                infection,
                "dangerLevel",
                4);
        assertThat(HARNESS.path(KEY)).doesNotContain("JudgeUp", "OpenEmergency");
        HARNESS.complete("ConsentTalk", "consentResult", "GIVEN");
        assertThat(HARNESS.variable(referral, "routingTarget")).isEqualTo(target);
    }

    // ---- down

    private static ProcessInstance down() {
        return HARNESS.start(
                KEY, "direction", "DOWN", "reason", "STABLE_DOWN", "starterRole", "psychiatrist-attending");
    }

    private static void criteria(Object... changes) {
        var all = ProcessHarness.facts(
                "diagnosisClear", true,
                "symptomsControlled", true,
                "dangerLevel", 1,
                "drugPlanFixed", true,
                "noSevereReaction", true,
                "placementReady", true,
                "legalGatePassed", true,
                "sheetDrafted", true,
                "centreIdentified", true);
        all.putAll(ProcessHarness.facts(changes));
        HARNESS.complete("ConfirmDown", pairs(all));
    }

    private static void reported() {
        criteria();
        HARNESS.complete("PlanDown");
        HARNESS.complete("DownConsent", "communityConsent", "AGREE");
        assertThat(HARNESS.groups("DischargeSheet")).containsExactly("hosp-info-officer@org-starter");
        HARNESS.complete("DischargeSheet");
        HARNESS.complete("AuditReport", "auditResult", "PASS", "routeArea", "990105002001");
    }

    @Test
    void aPersonComesBackToTheCommunityWithoutAGap() {
        var referral = down();
        reported();
        HARNESS.complete("AcceptReport", "acceptance", "ACCEPTED");
        assertThat(HARNESS.groups("FirstVisit")).containsExactly("primary-doctor@org-primary");
        assertThat(due("FirstVisit")).as("ten working days").isEqualTo(in(Duration.ofDays(14)));
        HARNESS.complete("FirstVisit", "dangerLevel", 1);

        assertThat(HARNESS.steps().calls("assignCareTeam")).hasSize(1);
        assertThat(HARNESS.steps().parameters("EnrolPerson")).containsEntry("consent", "AGREE");
        assertThat(HARNESS.steps().parameters("StartFollowup"))
                .containsEntry("process", "joint-followup")
                .containsEntry("case", "LINKED");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_COMPLETED");
        assertThat(HARNESS.steps().values("issueDocument", "document"))
                .containsExactly("community-consent", "referral-form", "discharge-sheet", "referral-reply");
        assertThat(told()).doesNotContain("referral-danger");
    }

    @Test
    void dangerAtTheFirstVisitIsToldThePoliceAtOnce() {
        down();
        reported();
        HARNESS.complete("AcceptReport", "acceptance", "ACCEPTED");
        HARNESS.pass(Duration.ofDays(14));
        assertThat(HARNESS.steps().parameters("ChaseVisit").get("to")).contains("prevention-center@");
        HARNESS.complete("FirstVisit", "dangerLevel", 3);
        assertThat(HARNESS.steps().parameters("TellVisitDanger").get("to")).contains("police-officer@org-police");
    }

    @ParameterizedTest
    @CsvSource({"legalGatePassed", "placementReady", "diagnosisClear"})
    void whatIsMissingIsResolvedFirst(String missing) {
        var referral = down();
        criteria(missing, false);
        assertThat(HARNESS.variable(referral, "downMissing")).isEqualTo(1);
        assertThat(HARNESS.open()).containsExactly("ResolveMissing");
        HARNESS.complete("ResolveMissing", "missingDecision", "RECHECK");
        criteria();
        assertThat(HARNESS.open()).containsExactly("PlanDown");
    }

    @Test
    void whoIsNotReadyStays() {
        var referral = down();
        criteria("dangerLevel", 3);
        HARNESS.complete("ResolveMissing", "missingDecision", "CANCEL");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CANCELLED");
        assertThat(HARNESS.steps().calls("issueDocument")).isEmpty();
    }

    @Test
    void whoRefusesCommunityCareIsReportedButNotVisited() {
        var referral = down();
        criteria();
        HARNESS.complete("PlanDown");
        HARNESS.complete("DownConsent", "communityConsent", "REFUSE");
        assertThat(HARNESS.steps().parameters("StartSheet"))
                .containsEntry("process", "case-report")
                .containsEntry("fact_reportKind", "DISCHARGE_SHEET")
                .containsEntry("facts", "communityConsent");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CANCELLED");
        assertThat(HARNESS.path(KEY)).doesNotContain("FirstVisit");
    }

    @Test
    void anUnknownAddressIsToldTheHospital() {
        var referral = down();
        reported();
        HARNESS.complete("AcceptReport", "acceptance", "WRONG_ADDRESS");
        HARNESS.complete("LocateAddress", "located", "NOT_FOUND");
        HARNESS.complete("KeepAtCentre");
        assertThat(HARNESS.steps().parameters("TellKept").get("to")).contains("psychiatrist-attending@org-starter");
        assertThat(HARNESS.outcomes(referral)).contains("CLOSED_DECLINED_REDIRECTED");
        assertThat(HARNESS.steps().calls("assignCareTeam")).isEmpty();
    }

    // ---- rehabilitation

    private static ProcessInstance rehab() {
        return HARNESS.start(KEY, "direction", "REHAB", "reason", "REHAB");
    }

    private static void assessed(String result) {
        HARNESS.complete("RegisterRehab", "rehabDecision", "REGISTERED");
        assertThat(due("TransferRehab")).isEqualTo(in(Duration.ofDays(7)));
        HARNESS.complete("TransferRehab", "rehabOrg", "rehab-1");
        assertThat(HARNESS.groups("AssessRehab")).containsExactly("community-rehab@rehab-1", "custodial-rehab@rehab-1");
        HARNESS.complete("AssessRehab", "rehabAssessment", result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETE", "QUIT"})
    void rehabilitationGoesOnInStagesUntilItIsClosed(String end) {
        var referral = rehab();
        assertThat(due("RegisterRehab")).as("five working days").isEqualTo(in(Duration.ofDays(7)));
        assessed("SUITABLE");
        assertThat(due("StageAssessment")).isEqualTo(in(Duration.ofDays(90)));
        HARNESS.complete("StageAssessment", "stageResult", "CONTINUE");
        HARNESS.complete("StageAssessment", "stageResult", end);
        HARNESS.complete("ReturnVisit");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_COMPLETED");
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("referral-reply");
    }

    @Test
    void aRelapseGoesUpFast() {
        var referral = rehab();
        assessed("SUITABLE");
        HARNESS.complete("StageAssessment", "stageResult", "RELAPSE");
        assertThat(HARNESS.steps().parameters("StartFastUp"))
                .containsEntry("process", "two-way-referral")
                .containsEntry("fact_direction", "UP")
                .containsEntry("fact_urgency", "URGENT")
                .containsEntry("case", "LINKED");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_DECLINED_REDIRECTED");
    }

    @Test
    void aRelapseFoundEarlyGoesUpToo() {
        rehab();
        HARNESS.complete("RegisterRehab", "rehabDecision", "RELAPSE");
        assertThat(HARNESS.path(KEY)).contains("StartFastUp");
        HARNESS.reset();
        rehab();
        assessed("RELAPSE");
        assertThat(HARNESS.path(KEY)).contains("StartFastUp");
    }

    @Test
    void anotherOrganisationMayFitBetterOrNone() {
        var referral = rehab();
        assessed("OTHER_ORG");
        HARNESS.complete("TransferRehab", "rehabOrg", "rehab-2");
        HARNESS.complete("AssessRehab", "rehabAssessment", "NOT_SUITABLE");
        assertThat(HARNESS.outcomes(referral)).containsExactly("CLOSED_DECLINED_REDIRECTED");
        assertThat(HARNESS.steps().parameters("TellRejected").get("to")).contains("patient");
    }

    @Test
    void whoIsNotSuitableIsToldWhy() {
        rehab();
        HARNESS.complete("RegisterRehab", "rehabDecision", "NOT_SUITABLE");
        assertThat(told()).containsExactly("rehab-rejected");
    }
}
