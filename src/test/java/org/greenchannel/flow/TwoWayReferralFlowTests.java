package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Referrals (C1), reports (S4) and filings (S7) over HTTP, by the demo accounts. */
@AppTest
class TwoWayReferralFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private Api api;
    private Journey journey;
    private ReferralJourney refer;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
        refer = new ReferralJourney(journey);
    }

    @AfterEach
    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    private void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    @Test
    void aReferralUpComesBackToTheOneWhoSentIt() {
        refer.sent(Map.of());
        assertThat(journey.clocks("doctor")).containsEntry("REFERRAL_ACK_URGENT", "RUNNING");
        refer.acknowledged("coordinator");
        assertThat(journey.clocks("doctor"))
                .containsEntry("REFERRAL_ACK_URGENT", "MET")
                .containsEntry("REFERRAL_TRIAGE_URGENT", "RUNNING");
        journey.complete("doctor", "TriageReferral", refer.reply(Map.of()));
        journey.complete(
                "coordinator",
                "BookAppointment",
                Map.of(
                        "bookingKind", "OUTPATIENT",
                        "appointmentAt", journey.at(600),
                        "appointmentPlace", "门诊三楼",
                        "transport", "FAMILY",
                        "signature", true));
        journey.complete(
                "triage",
                "RecordArrival",
                Map.of("arrival", "ARRIVED", "recordedAt", journey.at(0), "signature", true));
        journey.complete(
                "attending",
                "InterimFeedback",
                Map.of(
                        "seenAt",
                        journey.at(0),
                        "diagnosisConclusion",
                        "SMD",
                        "careOutcome",
                        "OUTPATIENT",
                        "icd10",
                        "F20.0",
                        "dangerLevel",
                        1,
                        "plan",
                        "恢复原方案，一周后复诊调整剂量。",
                        "nextReview",
                        journey.day(7),
                        "signature",
                        true));
        journey.complete(
                "attending",
                "FinalFeedback",
                Map.of(
                        "result",
                        "症状缓解，继续门诊治疗和社区随访。",
                        "dangerLevel",
                        0,
                        "advice",
                        "两周随访一次，观察睡眠和服药。",
                        "signature",
                        true));
        assertThat(journey.file("primary").get("outcome").isNull()).isTrue();
        journey.complete(
                "primary",
                "CloseLoop",
                Map.of(
                        "feedbackRead",
                        true,
                        "planChange",
                        "两周随访一次。",
                        "nextVisit",
                        journey.day(10),
                        "colourProposal",
                        "YELLOW",
                        "signature",
                        true));

        assertThat(journey.file("primary").get("outcome").asString()).isEqualTo("CLOSED_COMPLETED");
        assertThat(journey.decisions("doctor")).contains("D10-2", "D5-7");
        assertThat(journey.papers("doctor")).contains("referral-form", "referral-reply", "RN-12:PATIENT");
        assertThat(journey.clocks("doctor"))
                .containsEntry("T24", "MET")
                .containsEntry("REFERRAL_CLOSE", "MET")
                .doesNotContainValue("BREACHED");
    }

    @Test
    void noBedNamesAnOnwardPlace() {
        refer.sent(Map.of());
        refer.acknowledged("coordinator");
        Map<String, Object> noBed = refer.reply(Map.of("triageDecision", "DECLINED", "declineReason", "NO_BED"));
        assertThat(journey.tryComplete("doctor", "TriageReferral", noBed).status())
                .as("V10")
                .isEqualTo(422);
        noBed.put("onwardTo", "zz-hosp-2");
        journey.complete("doctor", "TriageReferral", noBed);
        assertThat(journey.offered("coordinator2", "AcknowledgeReferral")).isTrue();
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isFalse();
    }

    @Test
    void whoDoesNotAnswerLosesTheReferralToTheNext() {
        refer.sent(Map.of("urgency", "EMERGENCY"));
        pass(Duration.ofMinutes(16));
        assertThat(journey.offered("coordinator2", "AcknowledgeReferral")).isTrue();
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isFalse();
    }

    @Test
    void dangerBecomesAnEmergencyInALinkedCase() {
        refer.up(Map.of("dangerLevel", 4));
        assertThat(journey.file("primary").get("outcome").asString()).isEqualTo("CONVERTED_TO_EMERGENCY");
        assertThat(journey.decisions("primary")).anyMatch(rows -> rows.contains("D10-4"));
        assertThat(journey.offered("primary", "ConsentTalk")).isFalse();
    }

    @Test
    void nobodyIsForced() {
        refer.up(Map.of());
        journey.complete("primary", "ConsentTalk", refer.talk("REFUSED"));
        journey.complete(
                "primary",
                "OfferAlternatives",
                Map.of(
                        "offered",
                        List.of("EARLY_VISIT"),
                        "alternativeAccepted",
                        true,
                        "nextVisit",
                        journey.day(5),
                        "refusalNote",
                        "本人暂不愿去医院，同意提前随访。",
                        "signature",
                        true));
        assertThat(journey.file("primary").get("outcome").asString()).isEqualTo("CLOSED_ADVICE_ONLY");
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isFalse();
    }

    @Test
    void aReferralMayBeWithdrawnAtAnyTime() {
        refer.sent(Map.of());
        journey.send(
                        "primary",
                        "referral-cancelled",
                        Map.of("cancelReason", "WILL", "cancelNote", "本人改变主意。", "signature", true))
                .expect(200);
        assertThat(journey.file("primary").get("outcome").asString()).isEqualTo("CANCELLED");
        assertThat(journey.offered("coordinator", "AcknowledgeReferral")).isFalse();
    }

    @Test
    void thePersonComesBackToTheCommunity() {
        journey.open(
                "attending",
                "two-way-referral",
                refer.form(Map.of("direction", "DOWN", "reason", "STABLE_DOWN", "urgency", "ROUTINE")));
        Map<String, Object> criteria = new HashMap<>(ofEntries(
                entry("diagnosisClear", true),
                entry("symptomsControlled", true),
                entry("dangerLevel", 1),
                entry("drugPlanFixed", true),
                entry("noSevereReaction", true),
                entry("legalGatePassed", true),
                entry("sheetDrafted", true),
                entry("centreIdentified", true),
                entry("signature", true)));
        journey.complete("attending", "ConfirmDown", criteria);
        assertThat(journey.decisions("attending")).as("no place to live").contains("D11-6");
        journey.complete(
                "attending",
                "ResolveMissing",
                Map.of("missingDecision", "RECHECK", "missingNote", "监护人已落实。", "signature", true));
        criteria.put("placementReady", true);
        journey.complete("attending", "ConfirmDown", criteria);
        journey.complete(
                "attending",
                "PlanDown",
                Map.of(
                        "medications",
                        List.of(Map.of("drug", "利培酮", "dose", "2毫克 每晚一次")),
                        "supplyDays",
                        14,
                        "warningSigns",
                        "失眠、多疑、拒绝服药。",
                        "colourProposal",
                        "YELLOW",
                        "rehabNeed",
                        "NONE",
                        "nextVisit",
                        journey.day(14),
                        "signature",
                        true));
        journey.complete(
                "attending",
                "DownConsent",
                Map.of(
                        "communityConsent",
                        "AGREE",
                        "consentBy",
                        "本人",
                        "oral",
                        true,
                        "written",
                        true,
                        "language",
                        "MANDARIN",
                        "understood",
                        "YES",
                        "deliveredAt",
                        journey.at(0),
                        "signature",
                        true));
        assertThat(journey.papers("attending")).contains("community-consent", "referral-form", "RN-14:PATIENT");
        assertThat(journey.clocks("attending")).containsEntry("T19", "RUNNING");
        sheet();
        routed();
        assertThat(journey.clocks("attending"))
                .containsEntry("T19", "MET")
                .containsEntry("T20", "MET")
                .containsEntry("T21", "MET")
                .containsEntry("T22", "RUNNING");
        assertThat(journey.offered("primary", "FirstVisit")).isTrue();
    }

    private void sheet() {
        journey.complete("info", "DischargeSheet", Map.of());
    }

    private void routed() {
        journey.complete("prevention", "AuditReport", Map.of());
        journey.complete(
                "primary",
                "AcceptReport",
                Map.of("acceptance", "ACCEPTED", "recordNo", "DA-0001", "recordKind", "NEW", "signature", true));
    }

    // ---- clues and reports

    private void clue() {
        journey.open(
                "village",
                "case-report",
                Map.of(
                        "reportKind", "CLUE",
                        "areaCode", "990105001001",
                        "personName", "测线索",
                        "personSex", "1",
                        "clueSource", "邻居反映近一个月自言自语，不出门。"));
    }

    private Map<String, Object> found(String finding, boolean selfTalk) {
        Map<String, Object> data = new HashMap<>();
        for (String item : List.of(
                "clueStay",
                "clueConfined",
                "clueViolence",
                "clueAppearance",
                "clueSelfTalk",
                "clueSuspicion",
                "clueExcitement",
                "clueWithdrawal",
                "clueSuicide")) {
            data.put(item, item.equals("clueSelfTalk") && selfTalk);
        }
        data.putAll(Map.of(
                "reviewedAt",
                journey.at(0),
                "informant",
                "邻居",
                "clueFinding",
                finding,
                "clueNote",
                "上门了解，家属说近期少眠。",
                "signature",
                true));
        return data;
    }

    @Test
    void nobodyIsExaminedAgainstHisWill() {
        clue();
        assertThat(journey.tryComplete("primary", "FillClue", found("EXCLUDED", true))
                        .status())
                .as("an item that is yes makes a suspect")
                .isEqualTo(422);
        journey.complete("primary", "FillClue", found("SUSPECTED", true));
        journey.complete(
                "prevention",
                "OrganiseDiagnosis",
                Map.of("personAgrees", false, "refusalNote", "本人不愿检查，已告知帮助渠道。", "signature", true));
        assertThat(journey.file("prevention").get("outcome").asString()).isEqualTo("CLUE_REFUSED");
        assertThat(journey.papers("prevention")).containsExactly("clue-form");
    }

    @Test
    void aWrongAddressGoesToThePoliceWithoutAWordOfIllness() {
        journey.open(
                "info",
                "case-report",
                Map.of(
                        "reportKind", "DISCHARGE_SHEET",
                        "areaCode", "990105001001",
                        "hospital", "zz-hosp-8",
                        "personName", "测住址",
                        "personSex", "1"));
        sheet();
        journey.complete("prevention", "AuditReport", Map.of());
        journey.complete(
                "primary",
                "AcceptReport",
                Map.of("acceptance", "WRONG_ADDRESS", "addressNote", "该地址无此人居住，邻居不认识。", "signature", true));
        assertThat(journey.offered("officer", "LocateAddress")).isTrue();
        journey.complete(
                "officer",
                "LocateAddress",
                Map.of("located", "NOT_FOUND", "checkedOn", journey.day(0), "signature", true));
        journey.complete(
                "prevention",
                "KeepAtCentre",
                Map.of("searchAgainOn", journey.day(90), "keptNote", "每季度续查一次。", "signature", true));
        assertThat(journey.file("prevention").get("outcome").asString()).isEqualTo("REPORT_KEPT");
    }

    // ---- filing

    @Test
    void aStayFromElsewhereIsFiledEvenWhenLate() {
        journey.start("officer", Map.of()).toHospital();
        journey.begin(
                        "insurance",
                        "out-of-area-filing",
                        Map.of("insuranceArea", "OUT_OF_AREA", "insuredProvince", "32"))
                .expect(201);
        assertThat(journey.clocks("doctor")).containsEntry("T28", "RUNNING");
        Map<String, Object> filing = new HashMap<>(ofEntries(
                entry("insuredProvince", "32"),
                entry("insurer", "外地医保中心"),
                entry("insuranceType", "RESIDENT"),
                entry("admittedAt", journey.at(-30)),
                entry("diagnosisClass", "PSYCHIATRIC"),
                entry("emergencyBasis", "急性期，须立即留院诊治。"),
                entry("channel", "PLATFORM"),
                entry("doctorStamp", true),
                entry("signature", true)));
        pass(Duration.ofDays(16));
        filing.put("filedAt", journey.at(0));
        assertThat(journey.tryComplete("insurance", "FileAdmission", filing).status())
                .as("late: the reason is missing")
                .isEqualTo(422);
        filing.put("filedLateNow", true);
        filing.put("lateReason", "节假日未能及时办理。");
        journey.complete("insurance", "FileAdmission", filing);
        journey.complete(
                "insurance",
                "RecordReceipt",
                Map.of("receiptResult", "ACCEPTED", "receiptNo", "HZ-1", "ratioEffect", "REDUCED", "signature", true));
        assertThat(journey.papers("doctor")).contains("filing-sheet");
        assertThat(journey.file("doctor").get("legalStatus").asString())
                .as("care never waits for money")
                .isNotEqualTo("RELEASED");
    }
}
