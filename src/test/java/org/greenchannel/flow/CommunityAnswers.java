package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;

import java.util.List;
import java.util.Map;

/** What the tasks of community, rehabilitation and exchange usually hold when they are sent. */
final class CommunityAnswers {

    private CommunityAnswers() {}

    /** Values every such task needs; none for a task of another kind. */
    static Map<String, Object> usual(String task, Journey journey) {
        return switch (task) {
            case "DischargeSheet" ->
                ofEntries(
                        entry("admittedOn", journey.day(-20)),
                        entry("dischargedOn", journey.day(-1)),
                        entry("icd10", "F20.0"),
                        entry("diagnosisDate", journey.day(-18)),
                        entry("symptoms", List.of("HALLUCINATION")),
                        entry("treatmentResult", "IMPROVED"),
                        entry("minorDisturbances", 0),
                        entry("zhaoshi", 0),
                        entry("zhaohuo", 0),
                        entry("selfHarms", 0),
                        entry("suicideAttempts", 0),
                        entry("medications", List.of(Map.of("drug", "利培酮", "dose", "2毫克"))),
                        entry("nextVisit", journey.day(14)),
                        entry("dangerLevel", 1),
                        entry("paymentType", "RESIDENT"),
                        entry("submittedBy", "NETWORK"),
                        entry("doctorPhone", "0371-00000022"),
                        entry("signature", true));
            case "AuditReport" -> Map.of("auditResult", "PASS", "routeArea", Journey.AREA, "signature", true);
            case "RegisterRehab" -> Map.of("applicant", "OTHER", "rehabDecision", "REGISTERED", "signature", true);
            case "TransferRehab" ->
                Map.of(
                        "rehabOrg",
                        "zz-rehab",
                        "services",
                        List.of("LIVING", "SOCIAL"),
                        "startOn",
                        journey.day(3),
                        "signature",
                        true);
            case "AssessRehab" ->
                Map.of(
                        "rehabAssessment",
                        "SUITABLE",
                        "dangerLevel",
                        0,
                        "assessmentNote",
                        "生活能力评估和危险性评估已完成。",
                        "signature",
                        true);
            case "StageAssessment" ->
                Map.of(
                        "assessedOn",
                        journey.day(0),
                        "stageResult",
                        "CONTINUE",
                        "stageNote",
                        "阶段目标评估，情况如实记录。",
                        "signature",
                        true);
            case "ExplainRefusal" ->
                Map.of(
                        "refusalCause",
                        "NOT_REGISTERED",
                        "explained",
                        "请先到社区卫生服务中心登记。",
                        "toldOn",
                        journey.day(0),
                        "signature",
                        true);
            case "HoldTownMeeting", "HoldConference" ->
                Map.of(
                        "heldAt",
                        journey.at(-5),
                        "venue",
                        "街道会议室",
                        "present",
                        List.of("POLICE", "TOWN", "VILLAGE"),
                        "topics",
                        "本月随访和重点人员情况。",
                        "decisions",
                        List.of(Map.of("decision", "核实两名未访到人员", "responsible", "派出所", "doneBy", journey.day(7))),
                        "signature",
                        true);
            default -> Map.of();
        };
    }
}
