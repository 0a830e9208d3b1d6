package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The exceptional paths of a referral (C1) over HTTP: path, clocks, papers, notices and what must not happen. */
@AppTest
class ReferralPathsFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private Journey journey;
    private ReferralJourney refer;

    @BeforeEach
    void open() {
        journey = new Journey(new Api(port), clock);
        refer = new ReferralJourney(journey);
    }

    @AfterEach
    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    private void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    private String outcome(String user) {
        return journey.file(user).path("outcome").asString("");
    }

    /** A referral holds nobody: the person has no legal status at all. */
    private void nobodyIsHeld() {
        assertThat(journey.file("primary").path("legalStatus").asString("")).isEmpty();
        assertThat(journey.papers("primary")).doesNotContain("admission-notice", "RN-03:PATIENT", "RN-04:PATIENT");
    }

    // ---- nobody answers

    @Test
    void whenNoHospitalAnswersTheHealthCommissionDecides() {
        refer.sent(Map.of("urgency", "EMERGENCY"));
        assertThat(journey.decisions("doctor")).contains("D5-7");
        for (int hospitals = 0; hospitals < 6 && !journey.offered("health", "ArbitrateReferral"); hospitals++) {
            pass(Duration.ofMinutes(16));
        }
        assertThat(journey.notices("doctor")).contains("referral-no-answer", "arbitration-needed");
        assertThat(journey.told("doctor", "referral-no-answer")).contains("health-commission", "hosp-medical-affairs");
        assertThat(journey.clocks("health"))
                .containsEntry("REFERRAL_ARBITRATION", "RUNNING")
                .doesNotContainEntry("REFERRAL_ACK_EMERGENCY", "MET");
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isFalse();
        journey.complete("health", "ArbitrateReferral", arbitration("ASSIGN", Map.of("assignedHospital", "zz-hosp-2")));
        assertThat(journey.clocks("health")).containsEntry("REFERRAL_ARBITRATION", "MET");
        assertThat(journey.file("health").get("hospital").asString()).isEqualTo("zz-hosp-2");
        refer.booked("coordinator2");
        assertThat(journey.told("doctor", "referral-booked")).contains("patient", "guardian", "primary-doctor");
        assertThat(journey.offered("coordinator", "RecordArrival")).isFalse();
        nobodyIsHeld();
    }

    @Test
    void aPlaceOutsideTheCityIsNamedAndTheSenderClosesTheLoop() {
        refer.sent(Map.of("urgency", "EMERGENCY"));
        for (int hospitals = 0; hospitals < 6 && !journey.offered("health", "ArbitrateReferral"); hospitals++) {
            pass(Duration.ofMinutes(16));
        }
        journey.complete("health", "ArbitrateReferral", arbitration("OUTSIDE", Map.of("outsidePlace", "省精神卫生中心")));
        assertThat(outcome("primary")).as("the sender has not read it yet").isEmpty();
        refer.loop("primary");
        assertThat(outcome("primary")).isEqualTo("CLOSED_DECLINED_REDIRECTED");
    }

    private static Map<String, Object> arbitration(String result, Map<String, Object> place) {
        Map<String, Object> data = new java.util.HashMap<>(
                Map.of("arbitrationResult", result, "arbitrationReason", "各院未应答，由卫健委协调。", "signature", true));
        data.putAll(place);
        return data;
    }

    // ---- the guardian

    @Test
    void aRoutineReferralWaitsThreeDaysForTheGuardianAndAnUrgentOneDoesNot() {
        refer.up(Map.of("urgency", "ROUTINE"));
        journey.complete("primary", "ConsentTalk", refer.talk("UNREACHABLE"));
        assertThat(journey.offered("primary", "ConsentTalk")).isFalse();
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isFalse();
        pass(Duration.ofDays(2));
        assertThat(journey.offered("primary", "ConsentTalk")).isFalse();
        pass(Duration.ofDays(2));
        assertThat(journey.offered("primary", "ConsentTalk")).isTrue();

        refer.up(Map.of("urgency", "URGENT"));
        journey.complete("primary", "ConsentTalk", refer.talk("UNREACHABLE"));
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isTrue();
        nobodyIsHeld();
    }

    @Test
    void aMinorGoesToTheChildUnitWithTheGuardiansConsentOnly() {
        refer.up(Map.of("minor", true, "estimatedAge", 15, "guardianName", "测丙丁", "guardianPhone", "13800000000"));
        assertThat(journey.tryComplete("primary", "ConsentTalk", refer.talk("GIVEN"))
                        .body())
                .contains("referral-consent-2");
        Map<String, Object> consent = refer.talk("GIVEN");
        consent.put("guardianConsent", true);
        journey.complete("primary", "ConsentTalk", consent);
        assertThat(journey.decisions("doctor")).contains("D5-6");
    }

    // ---- who the person is, where he lives, what he has

    @Test
    void anUnknownPersonGetsATemporaryNameAndIsReferredAllTheSame() {
        refer.sent(Map.of("identityStatus", "UNKNOWN", "personName", ""));
        assertThat(journey.file("primary").get("person").get("name").asString()).startsWith("Unknown person");
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isTrue();
    }

    @Test
    void theHomeAreaOfAStrangerGetsACopyAndNobodyElse() {
        refer.sent(Map.of("outOfArea", true, "insuranceArea", "OUT_OF_AREA"));
        assertThat(journey.told("doctor", "referral-home-copy")).containsExactly("prevention-center");
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isTrue();
    }

    @Test
    void anInfectionNeverEndsAReferralButChangesWhereItGoes() {
        refer.sent(Map.of("infection", true, "infectionNote", "活动性肺结核。"));
        assertThat(journey.decisions("triage4")).contains("D5-2");
        assertThat(journey.offered("triage4", "AcknowledgeReferral")).isTrue();
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isFalse();
    }

    // ---- who does not come

    @Test
    void whoDoesNotComeIsContactedInADayAtHomeWhenThereIsDanger() {
        refer.appointed(Map.of());
        refer.arrival("triage", "NO_SHOW", Map.of());
        assertThat(journey.clocks("primary")).containsEntry("REFERRAL_NOSHOW", "RUNNING");
        assertThat(journey.tryComplete("primary", "ContactNoShow", refer.contact("PHONE", false, "CLOSE"))
                        .body())
                .as("danger level 1: somebody goes there")
                .contains("no-show-contact-1");
        journey.complete("primary", "ContactNoShow", refer.contact("HOME", true, "REBOOK"));
        assertThat(journey.clocks("primary")).containsEntry("REFERRAL_NOSHOW", "MET");
        refer.booked("coordinator");
        refer.arrival("triage", "NO_SHOW", Map.of());
        journey.complete("primary", "ContactNoShow", refer.contact("HOME", true, "CLOSE"));

        assertThat(outcome("primary")).isEqualTo("CLOSED_NO_SHOW");
        assertThat(journey.notices("doctor"))
                .contains("referral-no-show")
                .doesNotContain("referral-left-area", "referral-danger", "referral-lost");
        assertThat(journey.linked("primary", "emergency-admission")).isEmpty();
        nobodyIsHeld();
    }

    @Test
    void whoHasLeftTheAreaIsToldToThePolice() {
        refer.appointed(Map.of());
        refer.arrival("triage", "NO_SHOW", Map.of());
        journey.complete("primary", "ContactNoShow", refer.contact("VILLAGE", true, "LEFT_AREA"));
        assertThat(outcome("primary")).isEqualTo("CLOSED_NO_SHOW");
        assertThat(journey.told("doctor", "referral-left-area")).containsExactly("police-officer", "prevention-center");
        assertThat(journey.linked("primary", "emergency-admission")).isEmpty();
    }

    @Test
    void dangerFoundAfterANoShowOpensTheGreenChannel() {
        refer.appointed(Map.of());
        refer.arrival("triage", "NO_SHOW", Map.of());
        journey.complete("primary", "ContactNoShow", refer.contact("HOME", true, "DANGER"));
        assertThat(outcome("primary")).isEqualTo("CONVERTED_TO_EMERGENCY");
        assertThat(journey.told("doctor", "referral-danger")).containsExactly("police-officer", "town-coordinator");
        assertThat(journey.linked("primary", "emergency-admission")).hasSize(1);
    }

    @Test
    void whoIsLostOnTheWayIsSearchedForAndBookedAgainWhenFound() {
        refer.appointed(Map.of("guardianName", "测丙丁", "guardianPhone", "13800000000"));
        refer.arrival("triage", "ABSCONDED", Map.of("arrivalNote", "途中在服务区离开。"));
        assertThat(journey.told("doctor", "referral-lost"))
                .contains("police-officer", "town-coordinator", "primary-doctor", "hosp-medical-affairs", "guardian");
        assertThat(journey.offered("triage", "RecordArrival")).isFalse();
        journey.send(
                        "officer",
                        "person-returned",
                        Map.of(
                                "foundAt",
                                journey.at(0),
                                "foundWhere",
                                "汽车站候车室",
                                "condition",
                                "WELL",
                                "signature",
                                true))
                .expect(200);
        refer.booked("coordinator");
        refer.arrival("triage", "ARRIVED", Map.of());
        assertThat(outcome("primary")).isEmpty();
        assertThat(journey.clocks("doctor")).containsEntry("T24", "RUNNING");
        nobodyIsHeld();
    }

    @Test
    void whoStaysLostForThirtyDaysIsReportedAndTheReferralEnds() {
        refer.appointed(Map.of());
        refer.arrival("triage", "ABSCONDED", Map.of());
        pass(Duration.ofDays(29));
        assertThat(outcome("primary")).isEmpty();
        pass(Duration.ofDays(2));
        assertThat(outcome("primary")).isEqualTo("CLOSED_NO_SHOW");
        assertThat(journey.told("doctor", "referral-no-show")).contains("prevention-center");
    }

    @Test
    void aSomaticEmergencyOnArrivalGoesToTheGeneralHospitalFirst() {
        refer.appointed(Map.of());
        refer.arrival("triage", "SOMATIC", Map.of("somaticState", "COMA"));
        assertThat(journey.decisions("triage3")).contains("D5-1");
        assertThat(journey.offered("triage3", "AcknowledgeReferral")).isTrue();
        assertThat(outcome("primary")).isEmpty();
    }

    // ---- what the hospital finds

    @Test
    void aDiagnosisThatFallsIsToldToThePersonAndCorrectedWithThoseWhoHaveIt() {
        refer.appointed(Map.of());
        refer.arrival("triage", "ARRIVED", Map.of());
        assertThat(journey.tryComplete("attending", "InterimFeedback", refer.interim("SMD", "NEGATED"))
                        .body())
                .contains("referral-interim-1");
        journey.complete("attending", "InterimFeedback", refer.interim("NOT_MD", "NEGATED"));
        assertThat(journey.openTasks()).contains("ServeNegation").doesNotContain("FinalFeedback");
        journey.complete("attending", "ServeNegation", WardStay.receipt("PATIENT", journey.at(0)));
        assertThat(journey.papers("doctor")).contains("RN-08:PATIENT");
        assertThat(journey.clocks("doctor")).containsEntry("T23", "RUNNING");
        assertThat(journey.offered("info", "CorrectReport")).isTrue();
        refer.closed();
        assertThat(journey.papers("doctor")).contains("referral-reply");
        assertThat(journey.openTasks()).doesNotContain("FirstVisit", "AskConsent");
        assertThat(journey.linked("primary", "joint-followup")).isEmpty();
        nobodyIsHeld();
    }

    @Test
    void anAdmissionIsNeverDecidedByTheReferral() {
        refer.appointed(Map.of());
        refer.arrival("triage", "ARRIVED", Map.of());
        journey.complete("attending", "InterimFeedback", refer.interim("SMD", "ADMIT"));
        nobodyIsHeld();
        List<String> emergency = journey.linked("primary", "emergency-admission");
        assertThat(emergency).hasSize(1);
        Journey admission = new Journey(new Api(port), clock).on(emergency.get(0));
        assertThat(admission.openTasks()).containsExactly("PrepareHandover");
        assertThat(admission.offered("triage", "PrepareHandover")).isTrue();
    }

    // ---- death

    @Test
    void aDeathClosesEverything() {
        refer.appointed(Map.of());
        journey.begin("primary", "adverse-event", death()).expect(201);
        assertThat(outcome("primary")).isEqualTo("CLOSED_DEATH");
        assertThat(journey.openTasks())
                .contains("TellFamily", "SealRecords")
                .doesNotContain("RecordArrival", "CollectSettlement", "ReportPolice");
        assertThat(journey.offered("primary", "TellFamily")).isTrue();
        assertThat(journey.clocks("primary")).containsEntry("T55", "RUNNING").doesNotContainEntry("T24", "RUNNING");
        assertThat(journey.notices("doctor")).contains("referral-stopped", "death-reported");
    }

    private Map<String, Object> death() {
        return ofEntries(
                entry("eventKind", "DEATH"),
                entry("eventAt", journey.at(-10)),
                entry("eventPlace", "COMMUNITY"),
                entry("admissionType", "NONE"),
                entry("causeKind", "NATURAL"),
                entry("circumstances", "在家中突发疾病，急救无效。"),
                entry("deathConfirmed", true),
                entry("signature", true));
    }

    // ---- sideways

    @Test
    void aReferralSidewaysAsksForNoCriteriaAndTakesTheWayOfTheNeed() {
        refer.open(
                "attending",
                Map.of(
                        "direction", "LATERAL",
                        "reason", "SOMATIC",
                        "somaticState", "INJURY",
                        "dangerLevel", 4));
        journey.complete("attending", "ConsentTalk", refer.talk("GIVEN"));
        assertThat(journey.decisions("triage3")).contains("D5-1").noneMatch(row -> row.contains("D10"));
        assertThat(journey.linked("attending", "emergency-admission"))
                .as("who is in care already is no emergency of the street")
                .isEmpty();
        assertThat(journey.notices("attending")).doesNotContain("referral-danger");
        refer.acknowledged("triage3");
        journey.complete("doctor4", "TriageReferral", refer.reply(Map.of()));
        refer.booked("triage3");
        refer.arrival("triage3", "ARRIVED", Map.of());
        journey.complete("doctor4", "InterimFeedback", refer.interim("SMD", "OUTPATIENT"));
        journey.complete(
                "doctor4",
                "FinalFeedback",
                Map.of("result", "骨折已处理，转回继续精神科治疗。", "dangerLevel", 1, "advice", "两周后拍片复查。", "signature", true));
        assertThat(journey.offered("primary", "CloseLoop")).isFalse();
        refer.loop("attending");
        assertThat(outcome("attending")).isEqualTo("CLOSED_COMPLETED");
        assertThat(journey.papers("attending")).contains("referral-form", "referral-reply", "RN-12:PATIENT");
        assertThat(journey.clocks("attending")).containsEntry("T24", "MET").doesNotContainValue("BREACHED");
    }

    // ---- rehabilitation

    private void rehab() {
        refer.open(
                "village",
                Map.of(
                        "direction", "REHAB",
                        "reason", "REHAB",
                        "urgency", "ROUTINE",
                        "acutePhase", false,
                        "dangerLevel", 0));
        assertThat(journey.clocks("towncivil")).containsEntry("T29A", "RUNNING");
        journey.complete("towncivil", "RegisterRehab", Map.of());
        assertThat(journey.clocks("towncivil")).containsEntry("T29A", "MET").containsEntry("T29B", "RUNNING");
        journey.complete("towncivil", "TransferRehab", Map.of());
        assertThat(journey.clocks("towncivil")).containsEntry("T29B", "MET");
        assertThat(journey.told("towncivil", "rehab-transferred")).contains("community-rehab", "patient", "guardian");
    }

    private void assessed(String result, int danger) {
        journey.complete("rehab", "AssessRehab", Map.of("rehabAssessment", result, "dangerLevel", danger));
    }

    private void stage(String result) {
        journey.complete("rehab", "StageAssessment", Map.of("stageResult", result));
    }

    @Test
    void rehabilitationIsRegisteredTransferredServedInStagesAndClosed() {
        rehab();
        assessed("SUITABLE", 0);
        stage("CONTINUE");
        stage("COMPLETE");
        journey.complete(
                "rehab",
                "ReturnVisit",
                Map.of("returnedOn", journey.day(0), "returnNote", "结案后回访，生活自理。", "signature", true));
        assertThat(outcome("primary")).isEqualTo("CLOSED_COMPLETED");
        assertThat(journey.told("primary", "rehab-done")).contains("primary-doctor");
        assertThat(journey.clocks("primary"))
                .containsEntry("REHAB_STAGE", "MET")
                .containsEntry("REHAB_RETURN", "MET")
                .doesNotContainValue("BREACHED");
        assertThat(journey.notices("primary")).doesNotContain("referral-danger");
        nobodyIsHeld();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "4, true"})
    void aRelapseInRehabilitationGoesUpFastAndNobodyUnfitIsKeptThere(int danger, boolean refused) {
        rehab();
        if (refused) {
            String id = journey.item("rehab", "AssessRehab").get("id").asString();
            assertThat(new Api(port)
                            .post(
                                    "rehab",
                                    "/api/v1/work-items/" + id + "/complete",
                                    Map.of(
                                            "data",
                                            Map.of(
                                                    "rehabAssessment",
                                                    "SUITABLE",
                                                    "dangerLevel",
                                                    danger,
                                                    "assessmentNote",
                                                    "仍有危险。仍有危险。",
                                                    "signature",
                                                    true)))
                            .body())
                    .contains("rehab-assessment-1");
        }
        assessed("RELAPSE", danger);
        assertThat(outcome("primary")).isEqualTo("CLOSED_DECLINED_REDIRECTED");
        List<String> up = journey.linked("primary", "two-way-referral");
        assertThat(up).hasSize(1);
        Journey fast = new Journey(new Api(port), clock).on(up.get(0));
        assertThat(fast.offered("primary", "PrepareReferral")).isTrue();
        assertThat(fast.clocks("primary")).containsEntry("REFERRAL_PREPARE", "RUNNING");
        assertThat(journey.told("primary", "rehab-relapse")).contains("primary-doctor");
    }
}
