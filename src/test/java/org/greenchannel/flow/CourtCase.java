package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Api.Answer;

/** Plays compulsory treatment over the REST API with invented people: police, procuratorate, court and institution. */
final class CourtCase {

    static final String PROCESS = "compulsory-treatment-intake";
    private static final String LONG = "持刀无故伤人，经鉴定发病期间实施，病情未控制，仍可能继续危害他人。";

    private final Api api;
    private final Journey journey;

    CourtCase(Api api, Clock clock) {
        this.api = api;
        this.journey = new Journey(api, clock);
    }

    Journey journey() {
        return journey;
    }

    /** Opens a new case at a step. */
    CourtCase open(String user, String stage, Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("ctStage", stage),
                entry("areaCode", "990105001001"),
                entry("ctRestraint", "NONE"),
                entry("identityStatus", "KNOWN"),
                entry("personName", "测甲乙"),
                entry("personSex", "1"),
                entry("estimatedAge", 35),
                entry("minor", false),
                entry("guardianName", "测丙丁"),
                entry("guardianRelation", "PARENT"),
                entry("guardianPhone", "13800000000")));
        data.putAll(changes);
        Answer started = api.post(user, "/api/v1/processes/" + PROCESS + "/start", Map.of("data", data))
                .expect(201);
        journey.on(started.json().get("caseNumber").asString());
        return this;
    }

    Answer complete(String user, String task) {
        return complete(user, task, Map.of());
    }

    Answer complete(String user, String task, Map<String, Object> changes) {
        return tryComplete(user, task, changes).expect(200);
    }

    Answer tryComplete(String user, String task, Map<String, Object> changes) {
        return journey.tryComplete(user, task, with(usual(task), changes));
    }

    /** The usual answers of a task. */
    Map<String, Object> answers(String task) {
        return with(usual(task), Map.of());
    }

    Answer send(String user, String message, Map<String, Object> changes) {
        return journey.send(user, message, with(usual(message), changes));
    }

    String status(String user) {
        return journey.file(user).path("legalStatus").asString("");
    }

    String outcome(String user) {
        return journey.file(user).path("outcome").asString("");
    }

    // ---- the usual way up to some point

    CourtCase investigated() {
        complete("handler", "RecordFacts");
        complete("handler", "ConfirmScreening", Map.of("screeningDecision", "ORDER_APPRAISAL"));
        complete("handler", "CommissionAppraisal");
        complete("appraiser", "ReceiveOpinion");
        complete("handler", "TellOpinion");
        complete("handler", "ConfirmScreening", Map.of("screeningDecision", "PREPARE_OPINION"));
        complete("handler", "SubmitOpinion");
        complete("approver", "ApproveOpinion");
        return this;
    }

    CourtCase heard() {
        complete("judge", "NotifyLegalAid");
        complete("judge", "HoldHearing");
        return this;
    }

    CourtCase received() {
        complete("ctoffice", "CheckPapers");
        return this;
    }

    CourtCase told() {
        complete("ctnurse", "ExamineOnIntake");
        complete("ctoffice", "ServeOrderNotice");
        complete("ctoffice", "ServeIntakeNotice");
        complete("ctoffice", "ServeFamilyNotice", Map.of("recipient", "GUARDIAN"));
        complete("ctdoctor", "PlanTreatment");
        return this;
    }

    private static Map<String, Object> with(Map<String, Object> usual, Map<String, Object> changes) {
        Map<String, Object> all = new HashMap<>(usual);
        all.putAll(changes);
        all.put("signature", true);
        return all;
    }

    private Map<String, Object> usual(String task) {
        List<Map<String, String>> officers = List.of(
                Map.of("officerName", "测警一", "officerNo", "001"), Map.of("officerName", "测警二", "officerNo", "002"));
        String now = journey.at(0);
        String today = journey.day(0);
        return switch (task) {
            case "RecordFacts" ->
                ofEntries(
                        entry("caseNo", "刑立001"),
                        entry("actAt", journey.at(-60)),
                        entry("actSummary", LONG),
                        entry("violentAct", true),
                        entry("seriousDanger", true),
                        entry("crimeLevel", true),
                        entry("responsibility", "NOT_DONE"),
                        entry("continuingDanger", true));
            case "ConfirmScreening" -> Map.of("screeningReason", "逐项核对法定条件，符合。此处为演示。");
            case "CommissionAppraisal" ->
                Map.of(
                        "appraisalOrg",
                        "zz-appraisal",
                        "commissionNo",
                        "聘001",
                        "commissionedOn",
                        today,
                        "questions",
                        List.of("RESPONSIBILITY", "CONTINUING_DANGER"),
                        "materials",
                        "询问笔录和病历。",
                        "noRecusalGround",
                        true);
            case "ReceiveOpinion" ->
                Map.of(
                        "opinionNo",
                        "鉴001",
                        "opinionDate",
                        today,
                        "appraisers",
                        List.of(
                                Map.of("appraiserName", "甄鉴定", "appraiserLicence", "J1"),
                                Map.of("appraiserName", "宋并鉴", "appraiserLicence", "J2")),
                        "responsibility",
                        "NOT_RESPONSIBLE",
                        "continuingDanger",
                        true,
                        "opinionSummary",
                        "案发时处于发病期，不负刑事责任。");
            case "TellOpinion" -> Map.of("suspectToldAt", now, "victimToldAt", now, "newAppraisal", "NONE");
            case "SubmitOpinion" ->
                Map.of("opinionLetterNo", "强001", "factsFound", LONG, "legalReasons", LONG, "attachments", "鉴定意见书一份");
            case "ApproveOpinion" -> Map.of("opinionApproved", true, "approvalOpinion", "同意移送。", "approvedAt", now);
            case "DecideApplication" ->
                Map.of(
                        "opinionReceivedAt", now,
                        "reviewed", List.of("FACTS", "APPRAISAL", "DANGER"),
                        "applicationDecision", "APPLY",
                        "applicationNo", "检强001",
                        "applicationReason", "符合法定条件，应当申请。");
            case "SupplementEvidence" ->
                Map.of("evidenceAdded", "补充证人证言两份。补充说明。", "supplementNo", "补001", "supplementedAt", now);
            case "ReviewApplication" ->
                Map.of("courtCaseNo", "刑医001", "acceptance", "ACCEPT", "hasRepresentative", false);
            case "NotifyLegalAid" -> Map.of("legalAidNo", "援001", "legalAidNotifiedAt", now);
            case "HoldHearing" ->
                ofEntries(
                        entry(
                                "panel",
                                List.of(
                                        Map.of("judgeName", "测法一"),
                                        Map.of("judgeName", "测法二"),
                                        Map.of("judgeName", "测法三"))),
                        entry("respondentMetAt", now),
                        entry("representativeNotified", true),
                        entry("lawyerPresent", true),
                        entry("minor", false),
                        entry("inSession", "SESSION"),
                        entry("heardAt", now),
                        entry("hearingSummary", "听取各方意见，查明案件事实。"));
            case "DecideTreatment" ->
                Map.of("courtDecision", "ORDER", "decisionNo", "决001", "decisionDate", today, "decisionReason", LONG);
            case "ServeDecision" ->
                Map.of(
                        "executionNoticeNo", "执001",
                        "personServedAt", now,
                        "procuratorServedAt", now,
                        "policeServedAt", now,
                        "reconsiderationTold", true);
            case "DeliverPerson" -> Map.of("deliveringOfficers", officers, "originalsCarried", true, "departAt", now);
            case "LiftRestraint", "restraint-lifted" ->
                Map.of("liftReason", "NOT_ORDERED", "liftNext", "FAMILY", "liftNo", "解001", "liftedAt", now);
            case "CheckPapers" ->
                ofEntries(
                        entry("decisionNo", "决001"),
                        entry("decisionDate", today),
                        entry("courtName", "郑州市中级人民法院"),
                        entry("executionNoticeNo", "执001"),
                        entry("originalsSeen", true),
                        entry("identityMatch", true),
                        entry("deliveringOfficers", officers),
                        entry("intakeDecision", "ACCEPT"),
                        entry("intakeAt", now),
                        entry("somaticResult", "未见异常。"),
                        entry("infectionScreen", "NEGATIVE"),
                        entry("belongings", "衣物一包。"));
            case "FollowRefusal" -> Map.of("refusalResult", "TAKEN_BACK", "followUpReason", "文书不齐，带回补正。");
            case "ExamineOnIntake" ->
                Map.of(
                        "examinedAt", now,
                        "somaticFindings", "生命体征平稳。",
                        "somaticEmergency", false,
                        "infection", false,
                        "belongingsListed", true);
            case "ServeOrderNotice", "ServeIntakeNotice", "ServeFamilyNotice" ->
                ofEntries(
                        entry("recipient", "PATIENT"),
                        entry("attempted", false),
                        entry("oral", true),
                        entry("written", true),
                        entry("language", "MANDARIN"),
                        entry("understood", "YES"),
                        entry("refusedToSign", false),
                        entry("witness", "ctnurse"),
                        entry("deliveredAt", now));
            case "PlanTreatment" ->
                Map.of(
                        "evaluatedOn", today,
                        "icd10", "F20.0",
                        "dangerLevel", 3,
                        "treatmentPlan", "规律服药，心理治疗，每周评估。",
                        "rehabPlan", "作业治疗。",
                        "releaseGoals", "症状控制，自知力恢复。",
                        "planTold", true);
            case "ProposeRelease", "SupplyReport", "ForwardReport" ->
                ofEntries(
                        entry("assessedOn", today),
                        entry("assessors", List.of(Map.of("assessor", "ctdoctor"), Map.of("assessor", "ctdoctor2"))),
                        entry("dangerToSelf", "NONE"),
                        entry("dangerToOthers", "NONE"),
                        entry("personalDanger", false),
                        entry("needContinue", false),
                        entry("assessmentReason", "病情稳定一年，自知力恢复，按时服药，监护落实，无攻击行为，不需要继续强制医疗。"),
                        entry("reportNo", "评001"));
            case "release-applied" ->
                Map.of(
                        "releaseApplicant", "NEAR_RELATIVE",
                        "releaseApplicantName", "测丙丁",
                        "releaseForm", "ORAL_RECORDED",
                        "filedAt", now,
                        "reportAttached", true);
            case "DecideRelease" ->
                Map.of(
                        "releaseDecision", "RELEASE",
                        "releaseDecisionNo", "解决001",
                        "releaseDecisionDate", today,
                        "releaseReason", "已无人身危险性，予以解除。");
            case "ServeRelease" -> Map.of("institutionServedAt", now, "personServed", now, "procuratorServed", now);
            case "CarryOutRelease" ->
                Map.of(
                        "releaseDecisionNo",
                        "解决001",
                        "decisionReceivedAt",
                        now,
                        "releasedAt",
                        now,
                        "handedTo",
                        "FAMILY",
                        "belongingsReturned",
                        true,
                        "resettlementTold",
                        true);
            case "temporary-restraint" ->
                Map.of(
                        "restraintApproved",
                        true,
                        "restraintNo",
                        "约001",
                        "restraintGrounds",
                        LONG,
                        "restraintPlace",
                        "HOSPITAL",
                        "placementHospital",
                        "zz-hosp-8",
                        "restraintFrom",
                        now);
            case "reconsideration-filed" ->
                Map.of(
                        "reconsiderationApplicant", "PATIENT",
                        "reconsiderationName", "测甲乙",
                        "orderReceivedAt", now,
                        "reconsiderationFiledAt", now,
                        "reconsiderationForm", "ORAL_RECORDED");
            case "DecideReconsideration" ->
                Map.of(
                        "upperCourt", "河南省高级人民法院",
                        "reconsiderationNo", "复001",
                        "reconsiderationDate", today,
                        "reconsiderationResult", "REVOKE",
                        "reconsiderationReason", "不符合强制医疗条件，撤销。");
            case "ReleaseOnRevocation" ->
                Map.of(
                        "revocationNo",
                        "复001",
                        "revocationResult",
                        "RELEASED",
                        "revocationReceivedAt",
                        now,
                        "revokedAt",
                        now);
            default -> Map.of();
        };
    }
}
