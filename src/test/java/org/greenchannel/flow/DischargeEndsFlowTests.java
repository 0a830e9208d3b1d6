package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rarer ends of a stay over HTTP: by court, by the police, to another area, by death, and what follows a relapse. */
@AppTest
class DischargeEndsFlowTests {

    private static final String REASON = "病情稳定一年，自知力恢复，按时服药，家属愿意看护，不需要继续强制医疗。";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    @AfterEach
    void realTime() {
        clock.reset();
        ClockUtil.reset();
    }

    private String status(String user) {
        return journey.file(user).path("legalStatus").asString("");
    }

    private Answer ask(String user, String requester, Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("requester", requester),
                entry("trigger", "REQUEST"),
                entry("requestForm", "ORAL_RECORDED"),
                entry("requestedAt", journey.at(0)),
                entry("requestWords", "要求离院。"),
                entry("signature", true)));
        data.putAll(changes);
        return journey.begin(user, "discharge-resettlement", data);
    }

    /** Held for harm to others, found fit and told. */
    private void freed() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        ask("attending", "HOSPITAL", Map.of("trigger", "ASSESSMENT")).expect(201);
        journey.complete("attending", "TellPatient", WardStay.receipt("PATIENT", journey.at(0)));
        assertThat(status("affairs")).isEqualTo("RELEASED");
    }

    private void left(String escort, String placement) {
        journey.complete(
                "nurse",
                "RecordLeaving",
                ofEntries(
                        entry("leftHospital", true),
                        entry("leftAt", journey.at(0)),
                        entry("placement", placement),
                        entry("escort", escort),
                        entry("drugsTaken", 14),
                        entry("papersGiven", List.of("NOTICE", "SUMMARY")),
                        entry("belongingsReturned", true),
                        entry("signature", true)));
    }

    private void fetchedBy(String who) {
        journey.complete(
                "social",
                "ArrangeFetching",
                Map.of("fetchBy", who, "canManage", true, "guardianOpinion", "AGREES", "signature", true));
    }

    /** Linked cases that follow this one, by the process that opened them. */
    private List<String> followers() {
        return jdbc.sql(
                        "select p.process_key from casefile.case_link l join casefile.case_file c on c.case_file_id = l.origin_id"
                                + " join casefile.case_process p on p.case_file_id = l.case_file_id where c.number = ?")
                .param(journey.number())
                .query(String.class)
                .list();
    }

    // ---- D8-13, D8-14: the court

    private void underCourtOrder() {
        CourtCase court = new CourtCase(api, clock);
        court.open("handler", "DELIVERY", Map.of()).received().told();
        journey.on(court.journey().number());
        assertThat(status("ctoffice")).isEqualTo("COMPULSORY_TREATMENT");
    }

    @Test
    void nobodyButTheCourtEndsCompulsoryTreatment() {
        underCourtOrder();
        ask("ctdoctor", "PATIENT", Map.of()).expect(201);
        assertThat(journey.decisions("ctoffice")).endsWith("D8-13");
        assertThat(journey.offered("ctdoctor", "GiveOpinion")).isFalse();
        assertThat(journey.offered("ctoffice", "RecordLeaving")).isFalse();
        journey.complete(
                "ctoffice",
                "ProposeRelease",
                Map.of(
                        "releaseBy",
                        "APPLICATION",
                        "reportAttached",
                        false,
                        "releaseReason",
                        REASON,
                        "rightsTold",
                        true,
                        "signature",
                        true));
        assertThat(status("ctoffice")).isEqualTo("COMPULSORY_TREATMENT");
        assertThat(journey.papers("ctoffice")).doesNotContain("discharge-notice");
        assertThat(journey.offered("judge", "DecideRelease") || journey.offered("ctoffice", "SupplyReport"))
                .as("the court procedure has the application")
                .isTrue();
    }

    @Test
    void theCourtsReleaseIsCarriedOutOnTheDay() {
        underCourtOrder();
        ask("ctoffice", "HOSPITAL", Map.of("trigger", "COURT_DECISION", "paperRef", "解决001"))
                .expect(422);
        ask("ctoffice", "COURT", Map.of("trigger", "COURT_DECISION", "paperRef", "解决001"))
                .expect(201);
        assertThat(journey.decisions("ctoffice")).endsWith("D8-14");
        assertThat(journey.clocks("ctoffice")).containsEntry("T40C", "RUNNING");
        Map<String, Object> release = new HashMap<>(ofEntries(
                entry("releaseDecisionNo", "解决001"),
                entry("courtName", "郑州市中级人民法院"),
                entry("decisionDate", journey.day(0)),
                entry("receivedAt", journey.at(0)),
                entry("originalsSeen", false),
                entry("releasedAt", journey.at(0)),
                entry("patientTold", true),
                entry("signature", true)));
        assertThat(journey.tryComplete("ctoffice", "ReleaseByCourt", release).status())
                .as("without the original nobody knows what the court decided")
                .isEqualTo(422);
        release.put("originalsSeen", true);
        journey.complete("ctoffice", "ReleaseByCourt", release);
        assertThat(status("ctoffice")).isEqualTo("RELEASED");
        assertThat(journey.clocks("ctoffice")).containsEntry("T40C", "MET");
        assertThat(journey.papers("ctoffice")).contains("discharge-notice");
    }

    // ---- D8-12: the police

    private void underRestraint() {
        CourtCase court = new CourtCase(api, clock);
        court.open("judge", "TRIAL", Map.of());
        court.send("approver", "temporary-restraint", Map.of()).expect(200);
        journey.on(court.journey().number());
        assertThat(status("approver")).isEqualTo("TEMP_PROTECTIVE");
        ask("attending", "HOSPITAL", Map.of()).expect(201);
        assertThat(journey.offered("attending", "DecideLift"))
                .as("the police decide")
                .isFalse();
    }

    @Test
    void thePoliceMayBeginItThemselvesButForTheirOwnRestraintOnly() {
        CourtCase court = new CourtCase(api, clock);
        court.open("judge", "TRIAL", Map.of());
        court.send("approver", "temporary-restraint", Map.of()).expect(200);
        journey.on(court.journey().number());
        assertThat(ask("approver", "HOSPITAL", Map.of()).body()).contains("discharge-request-5");
        ask("approver", "POLICE", Map.of()).expect(201);
        assertThat(journey.decisions("attending")).endsWith("D8-12");
        assertThat(journey.clocks("approver")).containsEntry("DISCHARGE_LIFT", "RUNNING");
        assertThat(journey.offered("attending", "GiveOpinion"))
                .as("the danger is for the police to judge")
                .isFalse();
        journey.complete("approver", "DecideLift", lift("RELEASE", "NO_DANGER"));
        assertThat(status("approver")).isEqualTo("RELEASED");
        assertThat(journey.papers("attending")).contains("discharge-notice");

        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        assertThat(ask("approver", "POLICE", Map.of()).body())
                .as("whom the hospital holds the police do not let go")
                .contains("discharge-request-5");
        assertThat(status("affairs")).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void theCourtLetsGoAndTheResettlementFindsThePersonFreeAlready() {
        CourtCase court = new CourtCase(api, clock);
        court.open("handler", "DELIVERY", Map.of()).received().told();
        journey.on(court.journey().number());
        court.send("ctoffice", "release-applied", Map.of()).expect(200);
        court.complete("judge", "DecideRelease");
        court.complete("judge", "ServeRelease");
        assertThat(status("ctoffice")).as("not before it is carried out").isEqualTo("COMPULSORY_TREATMENT");
        court.complete("ctoffice", "CarryOutRelease");
        assertThat(status("ctoffice")).isEqualTo("RELEASED");
        assertThat(journey.decisions("ctoffice")).endsWith("D8-36");
        assertThat(journey.openTasks())
                .contains("ArrangeFetching", "ChoosePlacement", "SettleCosts")
                .doesNotContain("ReleaseByCourt", "GiveOpinion", "ProposeRelease");
        assertThat(journey.papers("ctoffice")).contains("ct-release-decision", "discharge-notice");
        assertThat(journey.notices("ctoffice")).contains("discharge-coming");
        assertThat(journey.told("ctoffice", "discharge-coming")).contains("police-officer", "town-coordinator");
        assertThat(journey.clocks("ctoffice")).doesNotContainEntry("T40C", "RUNNING");
    }

    // ---- V17: a request that nobody decides

    @Test
    void aRequestThatNobodyDecidesInADayIsReportedAndStaysDue() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of("dangerToOthers", "NONE", "dangerToSelf", "ACT", "dangerLevel", 3), Map.of())
                .admitted();
        ask("social", "GUARDIAN", Map.of()).expect(201);
        new TimeMachine(clock, engine.getManagementService()).pass(Duration.ofHours(25));
        assertThat(alerts()).contains("DISCHARGE_UNDECIDED");
        assertThat(journey.offered("attending", "GiveOpinion")).isTrue();
    }

    private List<String> alerts() {
        return jdbc.sql("select a.kind from oversight.alert a join casefile.case_file c"
                        + " on c.case_file_id = a.case_file_id where c.number = ?")
                .param(journey.number())
                .query(String.class)
                .list();
    }

    // ---- three months of delay

    @Test
    void whomNobodyFetchesAndNobodyKnowsIsSettledAfterThreeMonthsAndStaysFree() {
        journey.start(
                        "officer",
                        Map.of(
                                "personKnown", false,
                                "description", "男性，约四十岁，灰色外套，无证件。",
                                "personName", Journey.REMOVE,
                                "personSex", Journey.REMOVE,
                                "estimatedAge", Journey.REMOVE,
                                "guardianName", Journey.REMOVE,
                                "guardianPhone", Journey.REMOVE))
                .toHospital(Map.of("identityStatus", "UNKNOWN", "homelessNoGuardian", true))
                .diagnosed(
                        Map.of(),
                        Map.ofEntries(
                                Map.entry("guardianStatus", "HOMELESS_NOT_FOUND"),
                                Map.entry("contactLog", Journey.REMOVE),
                                Map.entry("guardianName", Journey.REMOVE),
                                Map.entry("guardianRelation", Journey.REMOVE),
                                Map.entry("guardianPhone", Journey.REMOVE),
                                Map.entry("guardianToldAt", Journey.REMOVE),
                                Map.entry("guardianConsentAt", Journey.REMOVE),
                                Map.entry("guardianConsentRef", Journey.REMOVE),
                                Map.entry("searchEvidenceRef", "CX-0001")));
        journey.complete("doctor", "ConfirmBasis", Map.of());
        journey.complete("affairs", "SignFormalities", Map.of("signatoryName", "测警一", "searchEvidenceRef", "CX-0001"));
        ask("attending", "HOSPITAL", Map.of("trigger", "ASSESSMENT")).expect(201);
        journey.complete("attending", "TellPatient", WardStay.receipt("PATIENT", journey.at(0)));
        fetchedBy("NOBODY");
        delayed();
        assertThat(journey.told("affairs", "discharge-delayed"))
                .contains("town-coordinator", "civil-affairs", "health-commission");
        assertThat(status("affairs")).isEqualTo("RELEASED");
        new TimeMachine(clock, engine.getManagementService()).pass(Duration.ofDays(93));
        assertThat(journey.offered("civil", "SettleUnidentified")).isTrue();
        assertThat(status("affairs")).as("never held for want of a home").isEqualTo("RELEASED");
        assertThat(journey.openTasks()).contains("ReviewDelay");
    }

    @Test
    void aLongDelayOfAKnownPersonIsReported() {
        freed();
        fetchedBy("NOBODY");
        delayed();
        new TimeMachine(clock, engine.getManagementService()).pass(Duration.ofDays(93));
        assertThat(alerts()).contains("DISCHARGE_DELAYED_LONG");
        assertThat(journey.offered("civil", "SettleUnidentified")).isFalse();
        assertThat(status("affairs")).isEqualTo("RELEASED");
    }

    private void delayed() {
        journey.complete(
                "social",
                "RegisterDelay",
                ofEntries(
                        entry("delayReason", "GUARDIAN_REFUSES"),
                        entry("delayNote", "无人接回，继续寻找安置。"),
                        entry("stayWill", "STAYS"),
                        entry("noRestraint", true),
                        entry("readySince", journey.at(0)),
                        entry("nextReview", journey.day(7)),
                        entry("signature", true)));
    }

    private Map<String, Object> lift(String decision, String reason) {
        return Map.of(
                "liftDecision",
                decision,
                "liftReason",
                reason,
                "decisionNo",
                "解约001",
                "liftExplanation",
                "经审查，现有情况如上所述。",
                "decidedAt",
                journey.at(0),
                "signature",
                true);
    }

    @Test
    void thePoliceLiftTheirRestraint() {
        underRestraint();
        assertThat(journey.tryComplete("approver", "DecideLift", lift("KEEP", "NO_DANGER"))
                        .status())
                .as("who is not dangerous is not kept")
                .isEqualTo(422);
        assertThat(status("approver")).isEqualTo("TEMP_PROTECTIVE");
        journey.complete("approver", "DecideLift", lift("RELEASE", "NO_DANGER"));
        assertThat(status("approver")).isEqualTo("RELEASED");
        assertThat(journey.papers("attending")).contains("discharge-notice");
    }

    @Test
    void aRestraintThatIsKeptIsExplained() {
        underRestraint();
        journey.complete("approver", "DecideLift", lift("KEEP", "STILL_DANGER"));
        assertThat(status("approver")).isEqualTo("TEMP_PROTECTIVE");
        assertThat(journey.offered("social", "ArrangeFetching")).isFalse();
        assertThat(journey.offered("nurse", "RecordLeaving")).isFalse();
    }

    // ---- home area

    @Test
    void whoGoesHomeToAnotherAreaIsHandedOverAgainstReceipt() {
        freed();
        fetchedBy("HOME_AREA");
        journey.complete(
                "rescue",
                "CivilFormalities",
                Map.of(
                        "formalitiesBy",
                        "HOME_AREA",
                        "homeReturn",
                        "HOME_AREA",
                        "identityChecked",
                        true,
                        "homeAreaContact",
                        "信阳市民政局",
                        "arrangedAt",
                        journey.at(0),
                        "signature",
                        true));
        left("RESCUE_STATION", "HOME");
        assertThat(journey.openTasks())
                .as("care is a matter of the home area")
                .doesNotContain("FirstVisit", "SignCareAgreement");
        assertThat(journey.papers("affairs")).doesNotContain("handover-receipt");
        journey.complete(
                "rescue",
                "ConfirmHomeArea",
                Map.of(
                        "receivingUnit", "信阳市救助管理站",
                        "receivingPerson", "测接收",
                        "receivingPhone", "13800000005",
                        "receivedAt", journey.at(0),
                        "receiptRef", "HZ-0001",
                        "handedPapers", "出院小结、用药计划。",
                        "continuesCare", true,
                        "signature", true));
        assertThat(journey.papers("affairs")).contains("handover-receipt");
        assertThat(followers()).doesNotContain("joint-followup");
    }

    // ---- death

    @Test
    void aDeathEndsTheDischarge() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        ask("social", "GUARDIAN", Map.of()).expect(201);
        assertThat(journey.openTasks()).contains("GiveOpinion");
        WardStay ward = new WardStay(port, clock, engine, jdbc);
        ward.journey.on(journey.number());
        journey.begin("nurse", "adverse-event", ward.event("DEATH", "NATURAL")).expect(201);
        assertThat(ward.runs("discharge-resettlement")).isFalse();
        assertThat(journey.openTasks()).doesNotContain("GiveOpinion", "ArrangeFetching");
        assertThat(journey.clocks("affairs").get("DISCHARGE_DECIDE")).isNotEqualTo("RUNNING");
        assertThat(status("affairs")).isEqualTo("CLOSED");
    }

    // ---- relapse

    @Test
    void aRelapseAfterLeavingOpensTheGreenChannelAgain() {
        freed();
        fetchedBy("GUARDIAN");
        left("GUARDIAN", "HOME");
        assertThat(followers()).doesNotContain("emergency-admission");
        clock.advance(Duration.ofDays(10));
        Map<String, Object> relapse = new HashMap<>(Map.of(
                "seenAt", journey.at(0),
                "relapseDangerToOthers", false,
                "relapseDangerToSelf", false,
                "relapseNote", "停药五天，持棍追打邻居，言语凌乱。",
                "signature", true));
        assertThat(journey.send("primary", "relapse-reported", relapse).status())
                .as("without danger it is a matter of the visit")
                .isEqualTo(422);
        relapse.put("relapseDangerToOthers", true);
        journey.send("primary", "relapse-reported", relapse).expect(200);
        assertThat(followers()).contains("emergency-admission");
        assertThat(journey.openTasks()).as("care goes on").contains("FirstVisit");
    }
}
