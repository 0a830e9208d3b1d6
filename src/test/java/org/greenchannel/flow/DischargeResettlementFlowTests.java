package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Leaving hospital over HTTP: who may go goes at once, who may not learns why, and nobody is kept for want of a companion. */
@AppTest
class DischargeResettlementFlowTests {

    private static final String REASON = "近一周仍有明显的被害妄想，停药史三次，出院后无人照看，复发和伤人的可能性大。";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    // ---- how people got in

    private void harmOthers() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    private void voluntary() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(
                        Map.of(
                                "dangerToOthers", "NONE",
                                "natureDegreeLikelihood", Journey.REMOVE,
                                "dangerLevel", 0,
                                "patientCapacityOpinion", "FULL",
                                "patientWill", "CONSENT"),
                        Map.of());
        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", true));
        journey.complete("affairs", "SignFormalities", Map.of());
        assertThat(status()).isEqualTo("VOLUNTARY");
    }

    private void selfHarm() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of("dangerToOthers", "NONE", "dangerToSelf", "ACT", "dangerLevel", 3), Map.of())
                .admitted();
        assertThat(status()).isEqualTo("INVOLUNTARY_SELF_HARM");
    }

    // ---- what is asked

    private String status() {
        return journey.file("affairs").get("legalStatus").asString();
    }

    private Answer ask(String user, String requester, Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("requester", requester),
                entry("trigger", "REQUEST"),
                entry("requestForm", "ORAL_RECORDED"),
                entry("requestedAt", journey.at(0)),
                entry("requestWords", "想回家。"),
                entry("signature", true)));
        data.putAll(changes);
        return api.post(
                user,
                "/api/v1/processes/discharge-resettlement/start",
                Map.of("caseNumber", journey.number(), "data", data));
    }

    private void opinion(String opinion, boolean freshDanger) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("seenAt", journey.at(0)),
                entry("condition", "情绪平稳，自知力部分恢复，能够自理。"),
                entry("dischargeDanger", 1),
                entry("dischargeOpinion", opinion),
                entry("signature", true)));
        if (opinion.equals("NOT_ADVISED")) {
            data.put("opinionReason", REASON);
            data.put("freshDanger", freshDanger);
        }
        journey.complete("attending", "GiveOpinion", data);
    }

    private Map<String, Object> served(String recipient) {
        return ofEntries(
                entry("recipient", recipient),
                entry("attempted", false),
                entry("oral", true),
                entry("written", true),
                entry("language", "MANDARIN"),
                entry("understood", "YES"),
                entry("refusedToSign", false),
                entry("witness", "social"),
                entry("deliveredAt", journey.at(0)),
                entry("signature", true));
    }

    private void advise() {
        journey.complete(
                "attending",
                "AdviseAgainst",
                ofEntries(
                        entry("reasonTold", REASON),
                        entry("adviceGiven", "坚持服药，每两周复诊，先兆出现时立即就医。"),
                        entry("adviceSignedBy", "REFUSED"),
                        entry("witness", "social"),
                        entry("toldAt", journey.at(0)),
                        entry("chartRecorded", true),
                        entry("signature", true)));
    }

    private Map<String, Object> refusal() {
        return ofEntries(
                entry("refusalReason", REASON),
                entry("remedies", List.of("REDIAGNOSIS", "COMPLAINT", "LAWSUIT")),
                entry("refusalTo", "PATIENT"),
                entry("nextAssessment", journey.day(7)),
                entry("oral", true),
                entry("written", true),
                entry("deliveredAt", journey.at(0)),
                entry("signature", true));
    }

    private void fetch(String by, Map<String, Object> more) {
        Map<String, Object> data = new HashMap<>(
                ofEntries(entry("fetchBy", by), entry("guardianOpinion", "AGREES"), entry("signature", true)));
        if (by.equals("SELF")) {
            data.put("canManage", true);
        }
        data.putAll(more);
        journey.complete("social", "ArrangeFetching", data);
    }

    private Map<String, Object> departure() {
        return ofEntries(
                entry("leftHospital", true),
                entry("leftAt", journey.at(0)),
                entry("placement", "HOME"),
                entry("escort", "SELF"),
                entry("drugsTaken", 14),
                entry("papersGiven", List.of("NOTICE", "SUMMARY")),
                entry("belongingsReturned", true),
                entry("signature", true));
    }

    private List<String> alerts() {
        return jdbc.sql(
                        "select a.kind from oversight.alert a join casefile.case_file c on c.case_file_id = a.case_file_id where c.number = :number")
                .param("number", journey.number())
                .query(String.class)
                .list();
    }

    // ---- D8-1, D8-2, D8-3: voluntary

    @Test
    void aVoluntaryPatientIsFreeAsSoonAsTheDoctorAgrees() {
        voluntary();
        ask("nurse", "PATIENT", Map.of()).expect(201);
        assertThat(journey.clocks("affairs")).containsEntry("DISCHARGE_DECIDE", "RUNNING");
        opinion("MAY_LEAVE", false);

        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.decisions("affairs")).endsWith("D8-1");
        assertThat(journey.papers("affairs")).contains("discharge-notice");
        assertThat(journey.clocks("affairs")).containsEntry("DISCHARGE_DECIDE", "MET");
        assertThat(journey.openTasks())
                .contains("ArrangeFetching", "AssessDischarge", "SettleCosts", "ChoosePlacement")
                .doesNotContain("TellGuardian");
        assertThat(journey.offered("town", "ChoosePlacement")).isTrue();
        assertThat(alerts()).isEmpty();
    }

    @Test
    void adviceAgainstIsSignedButHoldsNobody() {
        voluntary();
        ask("nurse", "PATIENT", Map.of()).expect(201);
        opinion("NOT_ADVISED", false);
        assertThat(status()).as("until it was told").isEqualTo("VOLUNTARY");
        assertThat(journey.offered("attending", "RefuseRequest")).isFalse();
        advise();
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.papers("affairs")).contains("advice-against", "discharge-notice");
        assertThat(journey.decisions("affairs")).endsWith("D8-2");
    }

    @Test
    void newDangerNeedsAFreshConclusionSignaturesAndNotices() {
        voluntary();
        ask("nurse", "PATIENT", Map.of()).expect(201);
        opinion("NOT_ADVISED", true);
        assertThat(status()).as("no silent conversion").isEqualTo("VOLUNTARY");
        journey.complete("doctor2", "FreshConclusion", fresh("ACT"));
        assertThat(status()).as("not by a table").isEqualTo("VOLUNTARY");
        journey.complete(
                "attending",
                "ConfirmFreshBasis",
                Map.of(
                        "freshBasisDecision",
                        "CONFIRM",
                        "basisReason",
                        REASON,
                        "decidedAt",
                        journey.at(0),
                        "signature",
                        true));
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        journey.complete("attending", "ServeNewNotice", served("PATIENT"));
        journey.complete("attending", "ServeNewNoticeGuardian", served("GUARDIAN"));
        assertThat(journey.papers("affairs")).contains("RN-04:PATIENT", "RN-04:GUARDIAN");
        assertThat(journey.papers("affairs")).doesNotContain("discharge-notice");
    }

    @Test
    void withoutDangerToOthersTheVoluntaryPatientLeaves() {
        voluntary();
        ask("nurse", "PATIENT", Map.of()).expect(201);
        opinion("NOT_ADVISED", true);
        journey.complete("doctor2", "FreshConclusion", fresh("NONE"));
        advise();
        assertThat(status()).isEqualTo("RELEASED");
    }

    private Map<String, Object> fresh(String dangerToOthers) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("doctor", "doctor2"),
                entry("examStart", journey.at(0)),
                entry("examEnd", journey.at(0)),
                entry("diagnosisConclusion", "SMD"),
                entry("icd10", "F20.0"),
                entry("dangerToSelf", "NONE"),
                entry("dangerToOthers", dangerToOthers),
                entry("dangerLevel", dangerToOthers.equals("NONE") ? 0 : 4),
                entry("needInpatient", true),
                entry("lessRestrictiveConsidered", "已考虑门诊治疗和居家看护，不足以防止危险。"),
                entry("patientCapacityOpinion", "LIMITED"),
                entry("patientWill", "OBJECT"),
                entry("signature", true)));
        if (!dangerToOthers.equals("NONE")) {
            data.put("natureDegreeLikelihood", REASON);
        }
        return data;
    }

    // ---- D8-4 to D8-7: self-harm

    @Test
    void theGuardianTakesASelfHarmPatientHome() {
        selfHarm();
        ask("social", "GUARDIAN", Map.of()).expect(201);
        opinion("NOT_ADVISED", false);
        advise();
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.decisions("affairs")).endsWith("D8-5");
    }

    @Test
    void aSelfHarmPatientsRequestGoesToTheGuardianOnTheSameDay() {
        selfHarm();
        ask("nurse", "PATIENT", Map.of()).expect(201);
        assertThat(journey.decisions("affairs")).endsWith("D8-6");
        assertThat(journey.clocks("affairs")).containsEntry("DISCHARGE_FORWARD", "RUNNING");
        journey.complete(
                "social",
                "ForwardRequest",
                Map.of(
                        "forwardedTo", "GUARDIAN",
                        "forwardedAt", journey.at(0),
                        "forwardChannel", "PHONE",
                        "forwardAnswer", "ASKS",
                        "signature", true));
        opinion("MAY_LEAVE", false);
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.decisions("affairs")).endsWith("D8-4");
    }

    // ---- D8-8 to D8-10: danger to others

    @Test
    void whomTheHospitalFindsFitIsToldAndFreeAtOnce() {
        harmOthers();
        ask("affairs", "HOSPITAL", Map.of("trigger", "ASSESSMENT")).expect(422);
        ask("attending", "HOSPITAL", Map.of("trigger", "ASSESSMENT")).expect(201);
        journey.complete("attending", "TellPatient", served("PATIENT"));
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.papers("affairs")).contains("RN-09:PATIENT", "discharge-notice");
        journey.complete("attending", "TellGuardian", served("GUARDIAN"));
        assertThat(journey.papers("affairs")).contains("RN-09:GUARDIAN");
        assertThat(journey.decisions("affairs")).endsWith("D8-8");
    }

    @Test
    void aRefusalHasReasonsAndRemediesInWriting() {
        harmOthers();
        ask("social", "GUARDIAN", Map.of()).expect(201);
        opinion("NOT_ADVISED", false);
        assertThat(journey.tryComplete("attending", "RefuseRequest", with(refusal(), "remedies", List.of("COMPLAINT")))
                        .status())
                .isEqualTo(422);
        journey.complete("attending", "RefuseRequest", refusal());
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.papers("affairs")).contains("refusal-of-discharge").doesNotContain("discharge-notice");
        assertThat(journey.decisions("affairs")).endsWith("D8-9");
    }

    private static Map<String, Object> with(Map<String, Object> data, String key, Object value) {
        Map<String, Object> changed = new HashMap<>(data);
        changed.put(key, value);
        return changed;
    }

    @Test
    void aWrongDiagnosisMeansReleaseAndNoTraceOutside() {
        harmOthers();
        ask("affairs", "PATIENT", Map.of("trigger", "NEGATIVE_CONCLUSION", "paperRef", "ZD-2026-1"))
                .expect(201);
        journey.complete(
                "attending",
                "ReleaseNow",
                with(with(Map.of("witness", "social"), "noticeCode", "RN-08"), "recordsCorrection", true));
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.papers("affairs")).contains("RN-08:PATIENT");
        assertThat(journey.openTasks()).doesNotContain("AssessDischarge", "ChoosePlacement");
        assertThat(journey.decisions("affairs")).endsWith("D8-24");
    }

    // ---- minors

    /** By the tick of the scene record, or by the age the register knows. */
    @ParameterizedTest
    @CsvSource({"true, 35", "false, 16"})
    void aMinorNeverLeavesAlone(boolean ticked, int age) {
        journey.start("officer", Map.of("estimatedAge", age))
                .toHospital(Map.of("minor", ticked))
                .diagnosed(Map.of(), Map.of())
                .admitted();
        ask("attending", "HOSPITAL", Map.of("trigger", "ASSESSMENT")).expect(201);
        journey.complete("attending", "TellPatient", served("PATIENT"));
        assertThat(status()).as("liberty does not wait for an escort").isEqualTo("RELEASED");
        assertThat(journey.tryComplete("social", "ArrangeFetching", plan("SELF"))
                        .body())
                .contains("fetching-plan-2");
        journey.complete("social", "ArrangeFetching", plan("GUARDIAN"));
        assertThat(journey.tryComplete("nurse", "RecordLeaving", departure()).body())
                .contains("leaving-record-2");
        assertThat(journey.offered("nurse", "RecordLeaving")).isTrue();
        journey.complete("nurse", "RecordLeaving", with(departure(), "escort", "GUARDIAN"));
        assertThat(journey.offered("nurse", "RecordLeaving")).isFalse();
    }

    private Map<String, Object> plan(String by) {
        return Map.of("fetchBy", by, "canManage", true, "guardianOpinion", "AGREES", "signature", true);
    }

    // ---- D8-13, D8-15, starting and withdrawing

    @Test
    void aTransferKeepsTheLegalType() {
        harmOthers();
        ask("affairs", "HOSPITAL", Map.of("trigger", "TRANSFER")).expect(201);
        journey.complete(
                "affairs",
                "ArrangeTransfer",
                Map.of(
                        "targetHospital", "zz-hosp-2",
                        "transferReason", "SOMATIC",
                        "transferSummary", "下肢骨折，需要手术，精神科用药同前。",
                        "agreedAt", journey.at(0),
                        "agreedBy", "骨科值班",
                        "signature", true));
        journey.complete(
                "triage2",
                "ReceiveTransfer",
                Map.of("transferReceived", true, "receivedAt", journey.at(0), "signature", true));
        assertThat(journey.file("affairs").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.file("health").get("hospital").asString()).isEqualTo("zz-hosp-2");
        assertThat(journey.papers("affairs")).contains("handover-receipt").doesNotContain("discharge-notice");
    }

    @Test
    void aRequestMayBeTakenBackInFrontOfAWitness() {
        voluntary();
        ask("nurse", "PATIENT", Map.of()).expect(201);
        journey.send(
                        "social",
                        "discharge-withdrawn",
                        Map.of(
                                "withdrawnBy",
                                "PATIENT",
                                "withdrawnAt",
                                journey.at(0),
                                "ownWill",
                                true,
                                "witness",
                                "nurse",
                                "signature",
                                true))
                .expect(200);
        assertThat(status()).isEqualTo("VOLUNTARY");
        assertThat(journey.clocks("affairs").get("DISCHARGE_DECIDE")).isNotEqualTo("RUNNING");
        assertThat(journey.offered("attending", "GiveOpinion")).isFalse();
    }

    @Test
    void itStartsOnlyOnAPersonWhoIsInHospitalAndOnlyByTheHospital() {
        journey.start("officer", Map.of());
        assertThat(ask("nurse", "PATIENT", Map.of()).status()).isNotEqualTo(201);
        harmOthers();
        assertThat(ask("officer", "POLICE", Map.of()).status()).isIn(403, 404);
    }

    // ---- delayed discharge

    @Test
    void whomNobodyFetchesIsFreeRegisteredAndSeenBySupervisors() {
        harmOthers();
        ask("attending", "HOSPITAL", Map.of("trigger", "ASSESSMENT")).expect(201);
        journey.complete("attending", "TellPatient", served("PATIENT"));
        fetch("NOBODY", Map.of("guardianOpinion", "WILL_NOT_FETCH"));
        journey.complete(
                "social",
                "RegisterDelay",
                ofEntries(
                        entry("delayReason", "GUARDIAN_REFUSES"),
                        entry("delayNote", "监护人多次表示不愿接回。"),
                        entry("stayWill", "STAYS"),
                        entry("noRestraint", true),
                        entry("readySince", journey.at(0)),
                        entry("nextReview", journey.day(7)),
                        entry("signature", true)));
        assertThat(status()).as("never involuntary").isEqualTo("RELEASED");
        assertThat(journey.clocks("affairs")).containsEntry("DELAY_REVIEW", "RUNNING");
        assertThat(delays()).contains(journey.number());

        journey.complete("social", "ReviewDelay", review("ADMONISH", Map.of()));
        journey.complete(
                "officer",
                "AdmonishGuardian",
                ofEntries(
                        entry("admonishedAt", journey.at(0)),
                        entry("admonitionNo", "XJ-2026-1"),
                        entry("guardianReason", "家中无人照看。"),
                        entry("admonitionResult", "WILL_FETCH"),
                        entry("promisedDate", journey.day(2)),
                        entry("signature", true)));
        journey.complete("social", "ReviewDelay", review("GUARDIANSHIP", Map.of()));
        journey.complete(
                "civil",
                "RequestGuardian",
                ofEntries(
                        entry("guardianApplicant", "CIVIL_AFFAIRS"),
                        entry("courtName", "金水区人民法院"),
                        entry("filedDate", journey.day(0)),
                        entry("neglectFacts", "监护人自通知出院之日起拒不接回，也不支付生活费用，致使当事人长期滞留医院。"),
                        entry("temporaryCare", "医院暂留照管。"),
                        entry("signature", true)));
        assertThat(journey.papers("affairs")).contains("guardianship-request");
        journey.complete("social", "ReviewDelay", review("RESOLVED", Map.of("fetchBy", "GUARDIAN")));
        assertThat(journey.offered("nurse", "RecordLeaving")).isTrue();
        journey.complete("nurse", "RecordLeaving", departure());
        assertThat(delays()).doesNotContain(journey.number());
    }

    private Map<String, Object> review(String action, Map<String, Object> more) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("delayAction", action),
                entry("stayWill", "STAYS"),
                entry("reviewNote", "本周与镇街、监护人各联系一次。"),
                entry("stillReady", true),
                entry("signature", true)));
        if (!action.equals("RESOLVED")) {
            data.put("nextReview", journey.day(7));
        }
        data.putAll(more);
        return data;
    }

    private List<String> delays() {
        return jdbc.sql(
                        "select c.number from oversight.delayed_discharge d join casefile.case_file c on c.case_file_id = d.case_file_id where d.ended_at is null")
                .query(String.class)
                .list();
    }

    // ---- after leaving

    @Test
    void theCommunityTakesOver() {
        voluntary();
        ask("nurse", "PATIENT", Map.of()).expect(201);
        opinion("MAY_LEAVE", false);
        journey.complete("attending", "AssessDischarge", assessment());
        journey.complete("insurance", "SettleCosts", settlement());
        assertThat(journey.papers("attending")).contains("discharge-summary", "medication-plan", "settlement-sheet");
        assertThat(journey.papers("affairs"))
                .as("no clinical papers and no money for medical affairs")
                .doesNotContain("discharge-summary", "medication-plan", "settlement-sheet");
        fetch("SELF", Map.of("guardianOpinion", "OBJECTS"));
        journey.complete("nurse", "RecordLeaving", departure());
        assertThat(journey.clocks("affairs")).containsEntry("T22", "RUNNING").containsEntry("T19", "RUNNING");
        journey.complete("town", "SignCareAgreement", agreement());
        assertThat(journey.papers("primary")).contains("care-agreement");
        assertThat(journey.offered("primary", "FirstVisit")).isTrue();
    }

    private Map<String, Object> assessment() {
        return ofEntries(
                entry("condition", "情绪平稳，自知力部分恢复，能够自理。"),
                entry("dischargeDanger", 1),
                entry("course", "药物治疗四周，症状明显缓解。"),
                entry("dischargeDiagnosis", "F20.0"),
                entry("infectionState", "NONE"),
                entry("medications", List.of(Map.of("drug", "奥氮平片", "use", "10mg 每晚一次"))),
                entry("drugsDays", 14),
                entry("laiUsed", false),
                entry("warningSigns", "失眠、多疑、拒食时联系医院。"),
                entry("nextVisit", journey.day(14)),
                entry("colourProposal", "YELLOW"),
                entry("communityConsent", "AGREE"),
                entry("rehabWanted", false),
                entry("relapsePlan", "先联系社区医生，有危险拨打110、120。"),
                entry("signature", true));
    }

    private Map<String, Object> settlement() {
        return ofEntries(
                entry("totalFee", 6000),
                entry("insurerPaid", 5000),
                entry("aidPaid", 500),
                entry("selfPaid", 500),
                entry("chargedUntil", journey.day(0)),
                entry("invoiceNo", "FP-" + journey.number()),
                entry("selfState", "PAID"),
                entry("signature", true));
    }

    private Map<String, Object> agreement() {
        return ofEntries(
                entry("agreementNo", "KH-" + journey.number()),
                entry(
                        "parties",
                        List.of(
                                Map.of("partyName", "测丙丁", "partyRole", "监护人"),
                                Map.of("partyName", "花园路街道", "partyRole", "镇街"))),
                entry("rights", "免费服药、康复和困难帮扶。"),
                entry("duties", "督促服药，每两周陪同复诊，发现先兆及时报告。"),
                entry("rehab", "参加社区日间康复。"),
                entry("liability", "按约定履行看护责任。"),
                entry("validFrom", journey.day(0)),
                entry("validTo", journey.day(365)),
                entry("team", List.of(Map.of("memberName", "方协调", "memberRole", "镇街"))),
                entry("emergencyContact", "0371-00000044"),
                entry("signature", true));
    }
}
