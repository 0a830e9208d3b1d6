package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays a referral over the REST API with invented people: the sender's side and the receiver's. */
final class ReferralJourney {

    private static final String SUMMARY = "近两周睡眠差，幻听、猜疑加重，自行停药，家属劝说可以配合就诊，无冲动行为，门诊调整治疗效果不佳。";

    private final Journey journey;

    ReferralJourney(Journey journey) {
        this.journey = journey;
    }

    /** The referral form: a relapse that goes up soon, but for the changes. */
    Map<String, Object> form(Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("direction", "UP"),
                entry("reason", "RELAPSE"),
                entry("urgency", "URGENT"),
                entry("areaCode", "990105001001"),
                entry("identityStatus", "KNOWN"),
                entry("personName", "测转诊"),
                entry("personSex", "2"),
                entry("estimatedAge", 41),
                entry("insuranceArea", "LOCAL"),
                entry("clinicalSummary", SUMMARY),
                entry("dangerLevel", 1),
                entry("dangerDate", journey.day(0)),
                entry("violence", "NONE"),
                entry("somaticState", "NONE"),
                entry("stabilityClass", "BASIC"),
                entry("acutePhase", true),
                entry("consent", "GIVEN"),
                entry("signature", true)));
        data.putAll(changes);
        return data;
    }

    void open(String user, Map<String, Object> changes) {
        journey.open(user, "two-way-referral", form(changes));
    }

    void up(Map<String, Object> changes) {
        open("primary", changes);
    }

    /** Told and agreed: a hospital is asked. */
    void sent(Map<String, Object> changes) {
        up(changes);
        journey.complete("primary", "ConsentTalk", talk("GIVEN"));
    }

    Map<String, Object> talk(String result) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "consentResult",
                result,
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
        data.put(result.equals("GIVEN") ? "consentBy" : "consentNote", "测转诊本人当面表示。");
        if (result.equals("REFUSED")) {
            data.put("consentBy", "本人");
        }
        return data;
    }

    void acknowledged(String coordinator) {
        journey.complete(
                coordinator,
                "AcknowledgeReferral",
                Map.of("receivedAt", journey.at(0), "contactPhone", "0371-00000022", "signature", true));
    }

    Map<String, Object> reply(Map<String, Object> changes) {
        Map<String, Object> data =
                new HashMap<>(Map.of("triageDecision", "ACCEPTED", "repliedAt", journey.at(0), "signature", true));
        data.putAll(changes);
        return data;
    }

    void booked(String coordinator) {
        journey.complete(
                coordinator,
                "BookAppointment",
                Map.of(
                        "bookingKind", "OUTPATIENT",
                        "appointmentAt", journey.at(600),
                        "appointmentPlace", "门诊三楼",
                        "transport", "FAMILY",
                        "signature", true));
    }

    /** Sent, acknowledged, accepted and given a time by the first hospital. */
    void appointed(Map<String, Object> changes) {
        sent(changes);
        acknowledged("coordinator");
        journey.complete("doctor", "TriageReferral", reply(Map.of()));
        booked("coordinator");
    }

    /** How the person came. */
    void arrival(String user, String arrival, Map<String, Object> more) {
        Map<String, Object> data =
                new HashMap<>(Map.of("arrival", arrival, "recordedAt", journey.at(0), "signature", true));
        data.putAll(more);
        journey.complete(user, "RecordArrival", data);
    }

    Map<String, Object> interim(String conclusion, String outcome) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "seenAt",
                journey.at(0),
                "diagnosisConclusion",
                conclusion,
                "careOutcome",
                outcome,
                "dangerLevel",
                1,
                "plan",
                "恢复原方案，一周后复诊调整剂量。",
                "nextReview",
                journey.day(7),
                "signature",
                true));
        if (conclusion.equals("SMD")) {
            data.put("icd10", "F20.0");
        }
        return data;
    }

    /** The last word of the hospital and the sender's answer to it. */
    void closed() {
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
        loop("primary");
    }

    void loop(String user) {
        journey.complete(
                user,
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
    }

    /** Whom the sender's doctor could reach, and what came of it. */
    Map<String, Object> contact(String way, boolean reached, String result) {
        return Map.of(
                "contactWay",
                way,
                "reached",
                reached,
                "noShowResult",
                result,
                "contactNote",
                "按预约未到，已联系并记录。",
                "signature",
                true);
    }

    /** What a referral down asks before the person leaves. */
    Map<String, Object> criteria(Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("diagnosisClear", true),
                entry("symptomsControlled", true),
                entry("dangerLevel", 1),
                entry("drugPlanFixed", true),
                entry("noSevereReaction", true),
                entry("legalGatePassed", true),
                entry("sheetDrafted", true),
                entry("centreIdentified", true),
                entry("placementReady", true),
                entry("signature", true)));
        data.putAll(changes);
        return data;
    }

    static List<Map<String, Object>> drugs() {
        return List.of(Map.of("drug", "利培酮", "dose", "2毫克 每晚一次"));
    }
}
