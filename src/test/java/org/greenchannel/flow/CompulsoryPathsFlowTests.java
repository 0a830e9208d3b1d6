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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The exceptional paths of compulsory treatment (C3) over HTTP: supervision, escape, transfer; and that nobody but the court lets out. */
@AppTest
class CompulsoryPathsFlowTests {

    private static final String REASON = "监督发现原决定认定的继续危害社会可能依据不足，鉴定之后病情已经明显变化，应当重新审查。";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private CourtCase court;
    private Journey journey;

    @BeforeEach
    void begin() {
        api = new Api(port);
        court = new CourtCase(api, clock);
        journey = court.journey();
    }

    @AfterEach
    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    private void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    private List<String> alerts() {
        return jdbc.sql(
                        "select a.kind from oversight.alert a join casefile.case_file c on c.case_file_id = a.case_file_id where c.number = ?")
                .param(journey.number())
                .query(String.class)
                .list();
    }

    private int sendForm(String user, String message) {
        return api.get(user, "/api/v1/cases/" + journey.number() + "/messages/" + message + "/form")
                .status();
    }

    /** Ordered at trial, served, delivered and received. */
    private void ordered() {
        court.open("judge", "TRIAL", Map.of());
        court.heard();
        court.complete("judge", "DecideTreatment");
        court.complete("judge", "ServeDecision");
        court.complete("handler", "DeliverPerson");
        court.received().told();
    }

    private Map<String, Object> supervision(String kind) {
        return Map.of(
                "supervisionKind",
                kind,
                "supervisionGrounds",
                REASON,
                "supervisionNo",
                "检纠001",
                "supervisionAt",
                journey.at(0));
    }

    private Map<String, Object> newDecision(String result) {
        return new HashMap<>(Map.of(
                "correctionResult",
                result,
                "newDecisionNo",
                "再决001",
                "newDecisionDate",
                journey.day(0),
                "newPanel",
                true,
                "newDecisionReason",
                REASON));
    }

    private void treatmentGoesOn() {
        assertThat(court.status("ctoffice")).isEqualTo("COMPULSORY_TREATMENT");
        assertThat(court.outcome("ctoffice")).isEqualTo("IN_COMPULSORY_TREATMENT");
        assertThat(sendForm("ctoffice", "release-applied"))
                .as("the right to apply for release stays")
                .isEqualTo(200);
        assertThat(journey.offered("ctoffice", "ReleaseOnRevocation")).isFalse();
        assertThat(journey.openTasks()).contains("AssessCompulsory");
    }

    // ---- the procuratorate

    @Test
    void aCorrectionOpinionHasANewPanelDecideAndARevocationFreesOnTheDay() {
        ordered();
        assertThat(journey.clocks("procurator")).containsEntry("T39A", "RUNNING");
        assertThat(List.of(
                        sendForm("ctoffice", "supervision-opened"),
                        sendForm("handler", "supervision-opened"),
                        sendForm("judge", "supervision-opened")))
                .as("supervision is of the procuratorate")
                .containsOnly(404);
        court.send("procurator", "supervision-opened", supervision("CORRECTION"))
                .expect(200);
        assertThat(journey.clocks("procurator")).containsEntry("T39A", "MET").containsEntry("T39B", "RUNNING");
        assertThat(journey.papers("judge")).contains("ct-correction-opinion");
        treatmentGoesOn();

        Map<String, Object> same = newDecision("REVOKED");
        same.put("newPanel", false);
        assertThat(court.tryComplete("judge", "DecideAgain", same).status())
                .as("never the panel that ordered it")
                .isEqualTo(422);
        assertThat(journey.offered("procurator", "DecideAgain")).isFalse();
        court.complete("judge", "DecideAgain", newDecision("REVOKED"));
        assertThat(journey.clocks("procurator")).containsEntry("T39B", "MET");
        assertThat(journey.openTasks()).contains("ReleaseOnRevocation").doesNotContain("DecideAgain");

        pass(Duration.ofMinutes(119));
        assertThat(alerts()).doesNotContain("UNLAWFUL_STAY");
        pass(Duration.ofMinutes(2));
        assertThat(alerts()).contains("UNLAWFUL_STAY");
        court.complete("ctoffice", "ReleaseOnRevocation", Map.of("revocationNo", "再决001"));
        assertThat(court.status("ctoffice")).isEqualTo("RELEASED");
        assertThat(court.outcome("ctoffice")).isEqualTo("DECISION_REVOKED");
        assertThat(journey.told("procurator", "ct-revoked"))
                .contains("guardian", "town-coordinator", "procurator", "police-officer");
        assertThat(journey.openTasks()).doesNotContain("AssessCompulsory", "DecideRelease");
        assertThat(journey.papers("judge"))
                .as("a revocation is no release after treatment")
                .doesNotContain("ct-release-decision");
    }

    @Test
    void aCorrectionOpinionThatTheNewPanelDoesNotFollowChangesNothing() {
        ordered();
        court.send("procurator", "supervision-opened", supervision("CORRECTION"))
                .expect(200);
        court.complete("judge", "DecideAgain", newDecision("KEPT"));
        assertThat(journey.clocks("procurator")).containsEntry("T39B", "MET");
        treatmentGoesOn();
        assertThat(journey.notices("procurator")).doesNotContain("ct-revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WRONG", "RIGHT"})
    void anOrderThatMayBeWrongGoesToThePeerProcuratorateAndOnlyThenToTheCourt(String result) {
        ordered();
        court.send("procurator", "supervision-opened", supervision("WRONG_ORDER"))
                .expect(200);
        assertThat(journey.clocks("procurator")).containsEntry("T42A", "RUNNING");
        assertThat(journey.offered("judge", "DecideAgain")).isFalse();
        assertThat(journey.papers("judge")).doesNotContain("ct-correction-opinion");
        court.complete(
                "procurator",
                "SendMaterials",
                Map.of("peerProcuratorate", "作出决定的法院的同级检察院", "materialsNo", "移001", "materialsSentAt", journey.at(0)));
        assertThat(journey.clocks("procurator")).containsEntry("T42A", "MET").containsEntry("T42B", "RUNNING");
        court.complete(
                "procurator", "ReviewWrongOrder", Map.of("wrongOrderResult", result, "wrongOrderReason", REASON));
        assertThat(journey.clocks("procurator")).containsEntry("T42B", "MET");
        boolean wrong = result.equals("WRONG");
        assertThat(journey.offered("judge", "DecideAgain")).isEqualTo(wrong);
        assertThat(journey.papers("judge").contains("ct-correction-opinion")).isEqualTo(wrong);
        treatmentGoesOn();
        if (wrong) {
            court.complete("judge", "DecideAgain", newDecision("REVOKED"));
            court.complete(
                    "ctoffice", "ReleaseOnRevocation", Map.of("revocationNo", "再决001", "revocationResult", "CRIMINAL"));
            assertThat(court.status("ctoffice")).isEqualTo("RELEASED");
            assertThat(court.outcome("ctoffice")).isEqualTo("RETURNED_TO_CRIMINAL");
        }
    }

    // ---- escape

    private void escaped() {
        ordered();
        journey.begin(
                        "ctnurse",
                        "absconding",
                        ofEntries(
                                entry("lastSeen", journey.at(-30)),
                                entry("foundMissingAt", journey.at(-5)),
                                entry("admissionType", "COMPULSORY_TREATMENT"),
                                entry("absenceRisk", "UNKNOWN"),
                                entry("searched", List.of("WARD", "GATE")),
                                entry("clothing", "蓝色病号服，黑色布鞋。"),
                                entry("circumstances", "外出检查途中脱离看护，监控显示向东离开。"),
                                entry("signature", true)))
                .expect(201);
        assertThat(court.status("ctoffice")).isEqualTo("ABSENT");
    }

    private Map<String, Object> found(String outcome) {
        return new HashMap<>(Map.of(
                "foundAt", journey.at(0), "foundPlace", "花园路公园", "foundBy", "POLICE", "absenceOutcome", outcome));
    }

    @Test
    void anEscapeIsToldToPoliceCourtAndProcuratorateAtOnceAndTheTreatmentGoesOnAfterTheReturn() {
        escaped();
        assertThat(journey.told("procurator", "ct-escaped"))
                .contains("police-case-handler", "police-officer", "procurator", "court", "guardian");
        assertThat(journey.told("procurator", "compulsory-escaped")).contains("police-approver", "court", "procurator");
        assertThat(journey.clocks("ctoffice"))
                .containsEntry("T13", "RUNNING")
                .containsEntry("ABSCOND_POLICE_NOW", "RUNNING");
        assertThat(journey.openTasks())
                .contains("ReportPoliceNow", "SearchAndTell")
                .doesNotContain("AssessCompulsory", "ReportPoliceLater");
        court.complete(
                "ctnurse",
                "ReportPoliceNow",
                Map.of(
                        "policeToldAt",
                        journey.at(0),
                        "policeUnit",
                        "花园路派出所",
                        "officerName",
                        "测警一",
                        "returnHelp",
                        true));
        assertThat(journey.clocks("ctoffice")).containsEntry("ABSCOND_POLICE_NOW", "MET");
        court.complete(
                "ctnurse",
                "SearchAndTell",
                Map.of(
                        "absenceOutcome",
                        "STILL_AWAY",
                        "searchedPlaces",
                        List.of("WARD", "GROUNDS"),
                        "guardianTold",
                        "TOLD",
                        "guardianToldAt",
                        journey.at(0)));
        for (String who : List.of("PATIENT", "GUARDIAN")) {
            Map<String, Object> asked = found("DISCHARGE_ASKED");
            asked.put("dischargeRequester", who);
            assertThat(court.send("officer", "patient-found", asked).status())
                    .as("nobody may take home who is under compulsory treatment: " + who)
                    .isEqualTo(422);
        }
        court.send("officer", "patient-found", found("RETURNED")).expect(200);

        assertThat(journey.openTasks()).contains("CheckReturned");
        treatmentGoesOn();
        court.complete(
                "ctdoctor",
                "CheckReturned",
                Map.of(
                        "returnedAt",
                        journey.at(0),
                        "somaticState",
                        "一般情况好，未见外伤。",
                        "injuryFound",
                        false,
                        "conclusionNeeded",
                        false,
                        "preventNote",
                        "外出检查看护人员不足，已增派并请公安押解。"));
        assertThat(journey.papers("ctoffice")).contains("absconding-report");
        assertThat(journey.told("procurator", "patient-returned")).contains("guardian", "police-officer");
    }

    @Test
    void aLongEscapeIsClosedByTheHeadOfPoliceAndFreesNobody() {
        escaped();
        pass(Duration.ofDays(31));
        Map<String, Object> review = Map.of(
                "absenceDecision",
                "CLOSED",
                "reviewReason",
                "脱逃一个月仍未找到，家属反映情绪平稳，机构认为可以终止。",
                "reviewedAt",
                journey.at(0));
        assertThat(court.tryComplete("ctdoctor", "ReviewAbsence", review).body())
                .as("an absence ends no compulsory treatment")
                .contains("V07");
        assertThat(List.of(
                        sendForm("ctoffice", "escape-closed"),
                        sendForm("handler", "escape-closed"),
                        sendForm("judge", "escape-closed")))
                .containsOnly(404);
        Map<String, Object> closing =
                new HashMap<>(Map.of("closeNo", "终001", "closeReason", "多方查找无果，依法终结本次执行。", "courtTold", false));
        assertThat(court.send("approver", "escape-closed", closing).status())
                .as("court and procuratorate know first")
                .isEqualTo(422);
        closing.put("courtTold", true);
        court.send("approver", "escape-closed", closing).expect(200);
        assertThat(court.outcome("ctoffice")).isEqualTo("ESCAPED");
        assertThat(court.status("ctoffice")).as("nobody but the court ends it").isEqualTo("ABSENT");
        assertThat(journey.papers("ctoffice")).doesNotContain("ct-release-decision");
    }

    // ---- transfer

    private Map<String, Object> transfer() {
        return Map.of("otherInstitution", "zz-compulsory-2", "transferReason", "本所没有相应的治疗条件，申请转入省强制医疗所。");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransferBetweenInstitutionsNeedsTheAgreementOfCourtOrPoliceAndKeepsTheStatus(boolean agreed) {
        ordered();
        assertThat(List.of(
                        sendForm("ctoffice2", "transfer-required"),
                        sendForm("handler", "transfer-required"),
                        sendForm("ctdoctor", "transfer-required")))
                .as("the institution that has the person asks")
                .containsOnly(404);
        court.send("ctoffice", "transfer-required", transfer()).expect(200);
        assertThat(journey.file("ctoffice").get("hospital").asString())
                .as("nobody moves on a request")
                .isEqualTo("zz-compulsory");
        assertThat(journey.offered("ctoffice", "AgreeTransfer")).isFalse();
        assertThat(journey.offered("handler", "AgreeTransfer")).isTrue();
        court.complete("judge", "AgreeTransfer", Map.of("transferAgreed", agreed, "transferNo", "协转001"));
        assertThat(journey.offered("handler", "AgreeTransfer")).isFalse();

        String holder = agreed ? "ctoffice2" : "ctoffice";
        assertThat(journey.file(holder).get("hospital").asString())
                .isEqualTo(agreed ? "zz-compulsory-2" : "zz-compulsory");
        assertThat(court.status(holder)).isEqualTo("COMPULSORY_TREATMENT");
        assertThat(court.outcome(holder)).isEqualTo("IN_COMPULSORY_TREATMENT");
        assertThat(sendForm(holder, "release-applied")).isEqualTo(200);
        assertThat(sendForm(agreed ? "ctoffice" : "ctoffice2", "transfer-required"))
                .as("only where the person is")
                .isEqualTo(404);
        if (agreed) {
            assertThat(journey.told("judge", "ct-transferred"))
                    .contains("guardian", "court", "procurator", "compulsory-institution");
        } else {
            assertThat(journey.notices("judge")).doesNotContain("ct-transferred");
        }
        assertThat(journey.papers("judge")).doesNotContain("ct-release-decision", "ct-release-opinion");
    }
}
