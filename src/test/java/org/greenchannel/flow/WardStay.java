package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person on the ward: admitted over HTTP, with what the processes of the ward need in their forms. */
final class WardStay {

    static final String LONG = "检查合作，情绪平稳，近两周未再出现伤害他人的言行，自知力部分恢复，能配合治疗。";

    private final TestClock clock;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    final Journey journey;

    WardStay(int port, TestClock clock, ProcessEngine engine, JdbcClient jdbc) {
        this.clock = clock;
        this.management = engine.getManagementService();
        this.runtime = engine.getRuntimeService();
        this.jdbc = jdbc;
        journey = new Journey(new Api(port), clock);
    }

    /** Held for harm to others, all notices served. */
    WardStay harmToOthers() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        return this;
    }

    /** Held for harm to self, with the guardian's consent. */
    WardStay harmToSelf() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of("dangerToOthers", "NONE", "dangerToSelf", "ACT"), Map.of())
                .admitted()
                .notified();
        return this;
    }

    /** Stays of his or her own will. */
    WardStay voluntary() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(
                        Map.of(
                                "dangerToOthers", "NONE",
                                "dangerToSelf", "RISK",
                                "patientWill", "CONSENT",
                                "patientCapacityOpinion", "FULL"),
                        Map.of());
        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", true));
        journey.complete("affairs", "SignFormalities", Map.of());
        journey.complete("attending", "ServeNoticeToPatient", Map.of());
        return this;
    }

    /** The assessments run: by the admission itself, or started here. */
    WardStay assessed() {
        if (!runs("periodic-assessment")) {
            journey.begin("attending", "periodic-assessment", Map.of("assessmentType", "INVOLUNTARY"))
                    .expect(201);
        }
        return this;
    }

    boolean runs(String process) {
        return runtime.createProcessInstanceQuery()
                        .processDefinitionKey(process)
                        .processInstanceBusinessKey(caseId())
                        .count()
                > 0;
    }

    private String caseId() {
        return jdbc.sql("select case_file_id::text from casefile.case_file where number = ?")
                .param(journey.number())
                .query(String.class)
                .single();
    }

    /** Alerts of the case. */
    List<String> alerts() {
        return jdbc.sql(
                        "select a.kind from oversight.alert a join casefile.case_file c on c.case_file_id = a.case_file_id"
                                + " where c.number = ? order by a.kind")
                .param(journey.number())
                .query(String.class)
                .list();
    }

    String status() {
        return journey.file("attending").get("legalStatus").asString();
    }

    /** Moves the clocks of product and engine and runs what is due. */
    void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    /** An assessment by the attending psychiatrist. */
    Map<String, Object> assessment(String result, String self, String others) {
        return ofEntries(
                entry("date", journey.at(-30)),
                entry("assessors", List.of(Map.of("assessor", "attending"))),
                entry("dangerToSelf", self),
                entry("dangerToOthers", others),
                entry("dangerLevel", others.equals("NONE") && self.equals("NONE") ? 0 : 3),
                entry("assessmentResult", result),
                entry("reason", LONG),
                entry("signature", true));
    }

    /** A new conclusion; the guardian's papers only where the guardian consents. */
    Map<String, Object> conclusion(String self, String others, String will, String guardian) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("doctor", "attending"),
                entry("examStart", journey.at(-60)),
                entry("examEnd", journey.at(-20)),
                entry("diagnosisConclusion", "SMD"),
                entry("icd10", "F20.0"),
                entry("examSummary", LONG),
                entry("dangerToSelf", self),
                entry("dangerToOthers", others),
                entry("dangerLevel", 3),
                entry("needInpatient", true),
                entry("lessRestrictiveConsidered", "已考虑门诊治疗和居家看护，尚不足够。"),
                entry("patientCapacityOpinion", "LIMITED"),
                entry("patientWill", will),
                entry("guardianStatus", guardian),
                entry("signature", true)));
        if (!self.equals("NONE") || !others.equals("NONE")) {
            data.put("natureDegreeLikelihood", LONG);
        }
        if (guardian.equals("PRESENT_CONSENT")) {
            data.put("guardianConsentAt", journey.at(-15));
            data.put("guardianConsentRef", "GC-0002");
        }
        return data;
    }

    /** Signs the change and serves the notices. */
    void signChange() {
        journey.complete("attending", "ConfirmChange", confirmation());
    }

    Map<String, Object> confirmation() {
        return Map.of(
                "changeDecision",
                "CONFIRM",
                "changeReason",
                "检查所见与建议一致，同意变更收治类型。",
                "patientCanSign",
                false,
                "decidedAt",
                journey.at(0),
                "signature",
                true);
    }

    static Map<String, Object> receipt(String recipient, String at) {
        return ofEntries(
                entry("recipient", recipient),
                entry("attempted", false),
                entry("oral", true),
                entry("written", true),
                entry("language", "MANDARIN"),
                entry("understood", "YES"),
                entry("refusedToSign", false),
                entry("witness", "nurse"),
                entry("deliveredAt", at),
                entry("signature", true));
    }

    void serve(String task, String recipient) {
        journey.complete("attending", task, receipt(recipient, journey.at(0)));
    }

    /** An order of restraint that keeps to the law. */
    Map<String, Object> order() {
        return new HashMap<>(ofEntries(
                entry("measureType", "RESTRAINT"),
                entry("start", journey.at(0)),
                entry("insideInstitution", true),
                entry("releaseDue", false),
                entry("behaviour", "HARM_OTHERS"),
                entry("behaviourNote", "挥拳击打同病室患者，劝阻无效。"),
                entry("alternatives", List.of("TALK", "QUIET_ROOM")),
                entry("alternativesTried", true),
                entry("whyNotEnough", "劝导和换到安静环境后仍然攻击他人。"),
                entry("asPunishment", false),
                entry("guardianNoticePlanned", true),
                entry("checkMinutes", 30),
                entry("maxHours", 2),
                entry("signature", true)));
    }

    /** A check of the restrained person. */
    Map<String, Object> check(String state) {
        return ofEntries(
                entry("checkedAt", journey.at(0)),
                entry("consciousness", "CALM"),
                entry("breathingNormal", true),
                entry("circulationGood", true),
                entry("careGiven", List.of("WATER", "COMFORT")),
                entry("injuryFound", false),
                entry("measureState", state),
                entry("signature", true));
    }

    /** The report that the person is gone. */
    Map<String, Object> missing(String risk) {
        return ofEntries(
                entry("lastSeen", journey.at(-30)),
                entry("foundMissingAt", journey.at(-5)),
                entry("admissionType", status()),
                entry("absenceRisk", risk),
                entry("searched", List.of("WARD", "GATE")),
                entry("clothing", "蓝色病号服，黑色布鞋。"),
                entry("circumstances", "午后探视结束时发现不在病区，监控显示从侧门离开。"),
                entry("signature", true));
    }

    /** The report of a death or an injury. */
    Map<String, Object> event(String kind, String cause) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("eventKind", kind),
                entry("eventAt", journey.at(-10)),
                entry("eventPlace", "WARD"),
                entry("causeKind", cause),
                entry("admissionType", status()),
                entry("circumstances", "夜间巡视发现呼吸异常，立即抢救并报告。"),
                entry("signature", true)));
        if (kind.equals("DEATH")) {
            data.put("deathConfirmed", true);
        }
        return data;
    }
}
