package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Api.Answer;
import tools.jackson.databind.JsonNode;

/** Plays a case over the REST API with invented people: each task is found in the list of its role, filled in and completed. */
final class Journey {

    /** Community in which everything happens. */
    static final String AREA = "990105001001";

    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final Api api;
    private final Clock clock;
    private String number = "";
    private Hands hands = Hands.NONE;

    Journey(Api api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    String number() {
        return number;
    }

    /** Who completes the tasks from now on. */
    Journey by(Hands newHands) {
        hands = newHands;
        return this;
    }

    /** Goes on with a case that was opened elsewhere. */
    Journey on(String caseNumber) {
        number = caseNumber;
        return this;
    }

    /** Moment some minutes from now, as forms want it. */
    String at(long minutes) {
        return clock.instant()
                .plus(minutes, ChronoUnit.MINUTES)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    String day(int days) {
        return LocalDate.ofInstant(clock.instant(), CHINA).plusDays(days).toString();
    }

    Instant now() {
        return clock.instant();
    }

    /** Starts the emergency with the least facts of a dangerous act against others. */
    Journey start(String user, Map<String, Object> facts) {
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("behaviours", List.of("ASSAULT", "WEAPON")),
                entry("actDescription", "在小区门口持刀追赶路人，情绪激动，自言自语。"),
                entry("place", "花园路一号院门口"),
                entry("areaCode", AREA),
                entry("channel", "110"),
                entry("ongoing", true),
                entry("dangerToOthersSeen", true),
                entry("dangerToSelfSeen", false),
                entry("victimCount", 0),
                entry("personKnown", true),
                entry("personName", "测甲乙"),
                entry("personSex", "1"),
                entry("estimatedAge", 35),
                entry("guardianName", "测丙丁"),
                entry("guardianPhone", "13800000000"),
                entry("reportTime", at(-2)),
                entry("incidentTime", at(-10))));
        put(data, facts);
        Answer started = api.post(user, "/api/v1/processes/emergency-admission/start", Map.of("data", data))
                .expect(201);
        number = started.json().get("caseNumber").asString();
        return this;
    }

    /** Starts any process as a new case. */
    Journey open(String user, String process, Map<String, Object> data) {
        Answer started = api.post(user, "/api/v1/processes/" + process + "/start", Map.of("data", data))
                .expect(201);
        number = started.json().get("caseNumber").asString();
        return this;
    }

    /** Puts values; {@code REMOVE} takes the key away. */
    static final Object REMOVE = new Object();

    private static void put(Map<String, Object> data, Map<String, Object> changes) {
        changes.forEach((key, value) -> {
            if (value == REMOVE) {
                data.remove(key);
            } else {
                data.put(key, value);
            }
        });
    }

    /** The open item of the case for this task in the viewer's list. */
    JsonNode item(String user, String task) {
        JsonNode items = api.get(user, "/api/v1/work-items?view=available&case=" + number + "&task=" + task)
                .expect(200)
                .json()
                .get("items");
        if (items.isEmpty()) {
            throw new AssertionError(user + " has no open task " + task + "; open are " + openTasks());
        }
        return items.get(0);
    }

    boolean offered(String user, String task) {
        return !api.get(user, "/api/v1/work-items?view=available&case=" + number + "&task=" + task)
                .expect(200)
                .json()
                .get("items")
                .isEmpty();
    }

    /** Open tasks and waiting points of the case, as somebody of it sees them; somebody must. */
    List<String> openTasks() {
        for (String user :
                List.of("affairs", "ctoffice", "triage3", "triage4", "primary", "officer", "handler", "judge")) {
            Answer state = api.get(user, "/api/v1/cases/" + number + "/diagram-state");
            if (state.status() == 200) {
                List<String> open = new ArrayList<>();
                state.json().forEach(of -> of.path("active").forEach(id -> open.add(id.asString())));
                return open;
            }
        }
        throw new AssertionError("nobody sees " + number);
    }

    /** Completes a task with the prefilled data, the usual values and these changes. */
    Answer complete(String user, String task, Map<String, Object> changes) {
        return tryComplete(user, task, changes).expect(200);
    }

    Answer tryComplete(String user, String task, Map<String, Object> changes) {
        String id = item(user, task).get("id").asString();
        Map<String, Object> data = data(user, id, task, changes);
        if (hands.complete(new Hands.Task(user, task, id, number, data))) {
            return api.get(user, "/api/v1/work-items/" + id);
        }
        return api.post(user, "/api/v1/work-items/" + id + "/complete", Map.of("data", data));
    }

    Map<String, Object> data(String user, String itemId, String task, Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>();
        JsonNode form = api.get(user, "/api/v1/work-items/" + itemId + "/form")
                .expect(200)
                .json();
        api.map(form.get("data")).forEach((key, value) -> {
            if (value != null) {
                data.put(key, value);
            }
        });
        put(data, usual(task));
        put(data, changes);
        return data;
    }

    /** Sends a message to the case. */
    Answer send(String user, String message, Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>();
        api.map(api.get(user, "/api/v1/cases/" + number + "/messages/" + message + "/form")
                        .expect(200)
                        .json()
                        .get("data"))
                .forEach((key, value) -> {
                    if (value != null) {
                        data.put(key, value);
                    }
                });
        put(data, usual(message));
        put(data, changes);
        return api.post(user, "/api/v1/cases/" + number + "/messages/" + message, Map.of("data", data));
    }

    /** Starts another process on the case, with what its start form already knows. */
    Answer begin(String user, String process, Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>();
        api.map(api.get(user, "/api/v1/processes/" + process + "/start-form?case=" + number)
                        .expect(200)
                        .json()
                        .get("data"))
                .forEach((key, value) -> {
                    if (value != null) {
                        data.put(key, value);
                    }
                });
        put(data, changes);
        return api.post(user, "/api/v1/processes/" + process + "/start", Map.of("caseNumber", number, "data", data));
    }

    JsonNode file(String user) {
        return api.get(user, "/api/v1/cases/" + number).expect(200).json();
    }

    JsonNode timeline(String user) {
        return api.get(user, "/api/v1/cases/" + number + "/timeline?limit=200")
                .expect(200)
                .json()
                .get("items");
    }

    List<String> decisions(String user) {
        List<String> rows = new ArrayList<>();
        timeline(user).forEach(entry -> {
            if (entry.get("kind").asString().equals("DECISION")) {
                rows.add(0, entry.get("detail").get("rows").asString());
            }
        });
        return rows;
    }

    List<String> papers(String user) {
        List<String> codes = new ArrayList<>();
        api.get(user, "/api/v1/cases/" + number + "/documents")
                .expect(200)
                .json()
                .forEach(paper -> {
                    String recipient = paper.path("recipient").asString("");
                    codes.add(paper.get("code").asString() + (recipient.isEmpty() ? "" : ":" + recipient));
                });
        return codes.stream().sorted().toList();
    }

    /** Templates of what was told on the case, oldest first. */
    List<String> notices(String user) {
        List<String> templates = new ArrayList<>();
        notifications(user)
                .forEach(entry ->
                        templates.add(0, entry.path("detail").path("template").asString("")));
        return templates;
    }

    /** Everybody whom a template was told: roles without their organisation, guardian, patient. */
    List<String> told(String user, String template) {
        List<String> to = new ArrayList<>();
        notifications(user).forEach(entry -> {
            if (entry.path("detail").path("template").asString("").equals(template)) {
                to.addAll(0, List.of(entry.get("detail").get("to").asString().split(",")));
            }
        });
        return to.stream().map(group -> group.replaceAll("@.*", "")).distinct().toList();
    }

    private JsonNode notifications(String user) {
        return api.get(user, "/api/v1/cases/" + number + "/timeline?kind=NOTIFICATION&limit=200")
                .expect(200)
                .json()
                .get("items");
    }

    /** Cases that follow this one and were opened by the process, newest last. */
    List<String> linked(String user, String process) {
        List<String> numbers = new ArrayList<>();
        file(user).path("links").forEach(link -> {
            if (link.path("process").asString("").equals(process)) {
                numbers.add(link.get("number").asString());
            }
        });
        return numbers;
    }

    Map<String, String> clocks(String user) {
        Map<String, String> status = new HashMap<>();
        api.get(user, "/api/v1/cases/" + number + "/clocks").expect(200).json().forEach(clock -> {
            String recipient = clock.path("recipient").asString("");
            status.put(
                    clock.get("clock").asString() + (recipient.isEmpty() ? "" : ":" + recipient),
                    clock.get("status").asString());
        });
        return status;
    }

    // ---- the usual way of a case up to some point

    Journey toHospital() {
        return toHospital(Map.of());
    }

    Journey toHospital(Map<String, Object> scene) {
        complete("officer", "RecordScene", scene);
        complete("triage", "AnswerAdmission", Map.of());
        complete("officer", "PrepareHandover", Map.of());
        return received();
    }

    Journey received() {
        complete("triage", "ReceivePerson", Map.of());
        complete("triage", "ServeArrivalNotice", Map.of());
        return this;
    }

    Journey diagnosed(Map<String, Object> diagnosis, Map<String, Object> guardian) {
        complete("social", "ContactGuardian", guardian);
        complete("doctor", "DiagnosePerson", diagnosis);
        return this;
    }

    Journey admitted() {
        complete("doctor", "ConfirmBasis", Map.of());
        complete("affairs", "SignFormalities", Map.of());
        return this;
    }

    Journey notified() {
        complete("attending", "ServeNoticeToPatient", Map.of());
        complete("attending", "ServeNoticeToGuardian", Map.of("recipient", "GUARDIAN"));
        return this;
    }

    private static final String LONG = "反复持刀追赶他人，近三日加重，无他人制止时很可能再次发生，程度严重。";

    /** Values every task needs, for a dangerous person with a present guardian. */
    private Map<String, Object> usual(String task) {
        Map<String, Object> contact = Map.of(
                "contactTime", at(-20), "contactChannel", "PHONE", "contactResult", "REACHED", "contactPerson", "测丙丁");
        return switch (task) {
            case "RecordScene" ->
                ofEntries(
                        entry("arriveTime", at(-1)),
                        entry("officers", List.of(Map.of("officer", "测警一"), Map.of("officer", "测警二"))),
                        entry("dangerToOthersSeen", true),
                        entry("dangerToSelfSeen", false),
                        entry("weaponOrArson", true),
                        entry("selfHarmBehaviour", false),
                        entry("violence", "NONE"),
                        entry("smashing", "NONE"),
                        entry("smashingPlace", "NONE"),
                        entry("verbalThreat", true),
                        entry("persuadable", false),
                        entry("somaticState", "NONE"),
                        entry("identityStatus", "KNOWN"),
                        entry("homelessNoGuardian", false),
                        entry("measures", List.of("DISARM", "ESCORT")),
                        entry("placementNeeded", false),
                        entry("sceneDecision", "SEND"),
                        entry("crimeSuspected", false),
                        entry("signature", true));
            case "AnswerAdmission" -> Map.of("hospitalAnswer", "ACCEPT", "answeredAt", at(0));
            case "PrepareHandover" ->
                Map.of(
                        "sendingParty", "POLICE",
                        "senderName", "测警一",
                        "senderPhone", "13800000001",
                        "senderUnit", "花园路派出所",
                        "sendReason", "持刀追赶路人，疑似精神障碍，送医诊断。",
                        "belongings", "钥匙一串，手机一部。",
                        "signature", true);
            case "ReceivePerson" ->
                ofEntries(
                        entry("arrivalTime", at(0)),
                        entry("lifeThreatening", false),
                        entry("greenChannel", true),
                        entry("depositAsked", false),
                        entry("personWill", "OBJECT"),
                        entry("dangerOrAct", true),
                        entry("injuriesFound", "未见外伤。"),
                        entry("belongingsChecked", true),
                        entry("signature", true));
            case "ServeArrivalNotice", "ServeNoticeToPatient", "ServeNoticeToGuardian", "ServeResult" ->
                ofEntries(
                        entry("recipient", "PATIENT"),
                        entry("attempted", false),
                        entry("oral", true),
                        entry("written", true),
                        entry("language", "MANDARIN"),
                        entry("understood", "YES"),
                        entry("refusedToSign", false),
                        entry("witness", "nurse"),
                        entry("deliveredAt", at(0)),
                        entry("signature", true));
            case "ContactGuardian" ->
                ofEntries(
                        entry("guardianStatus", "PRESENT_CONSENT"),
                        entry("contactLog", List.of(contact)),
                        entry("guardianName", "测丙丁"),
                        entry("guardianRelation", "SPOUSE"),
                        entry("guardianPhone", "13800000000"),
                        entry("guardianToldAt", at(-20)),
                        entry("guardianConsentAt", at(-5)),
                        entry("guardianConsentRef", "GC-0001"),
                        entry("signature", true));
            case "DiagnosePerson", "ConcludeAtLimit" ->
                ofEntries(
                        entry("examStart", at(-30)),
                        entry("examEnd", at(0)),
                        entry("diagnosisConclusion", "SMD"),
                        entry("icd10", "F20.0"),
                        entry("dangerToSelf", "NONE"),
                        entry("dangerToOthers", "ACT"),
                        entry("natureDegreeLikelihood", LONG),
                        entry("dangerLevel", 5),
                        entry("needInpatient", true),
                        entry("lessRestrictiveConsidered", "已考虑门诊治疗和居家看护，不足以防止危险。"),
                        entry("patientCapacityOpinion", "LIMITED"),
                        entry("patientWill", "OBJECT"),
                        entry("signature", true));
            case "ConfirmBasis" ->
                Map.of(
                        "basisDecision",
                        "CONFIRM",
                        "basisReason",
                        "符合精神卫生法第三十条第二款第二项的情形。",
                        "patientCanSign",
                        false,
                        "decidedAt",
                        at(0),
                        "signature",
                        true);
            case "SignFormalities" ->
                Map.of(
                        "signatoryName", "测丙丁",
                        "phone", "13800000000",
                        "idNo", "无",
                        "authorityProofRef", "ZM-0001",
                        "signedAt", at(0),
                        "signature", true);
            case "EmergencyRecord" ->
                ofEntries(
                        entry("responseStart", at(-60)),
                        entry("responseEnd", at(-10)),
                        entry("responseTypes", List.of("OBSERVATION", "ADMISSION")),
                        entry("mainBehaviour", "持刀追赶路人，自言自语，情绪激动。"),
                        entry("responseCourse", "民警控制后送医，急诊留院观察并收治。"),
                        entry("responseConsent", "STATUTORY"),
                        entry("copiesTo", List.of("PREVENTION_CENTER", "CASE_PAPERS", "FILE")),
                        entry("signature", true));
            case "IncidentReview" ->
                ofEntries(
                        entry("causes", List.of("TREATMENT_STOPPED")),
                        entry("colourAfter", "RED"),
                        entry("responseTimely", true),
                        entry("careGaps", "停药三个月无人发现，随访间隔过长。"),
                        entry("improvements", "每两周随访一次，落实监护看护。"),
                        entry("participantUnits", List.of("POLICE", "PRIMARY", "VILLAGE")),
                        entry("reviewedOn", day(0)),
                        entry("signature", true));
            case "ReportCard" ->
                ofEntries(
                        entry("reportType", "FIRST"),
                        entry("confirmedDate", day(0)),
                        entry("diagnosisDate", day(0)),
                        entry("icd10", "F20.0"),
                        entry("diseaseCode", "SCHIZOPHRENIA"),
                        entry("sendingParty", "POLICE"),
                        entry("personName", "测甲乙"),
                        entry("personSex", "1"),
                        entry("householdType", "LOCAL"),
                        entry("communityConsent", "STATUTORY"),
                        entry("reporter", "attending"),
                        entry("reportingPhone", "13800000002"),
                        entry("cardDate", day(0)),
                        entry("signature", true));
            case "CollectSettlement" ->
                ofEntries(
                        entry("insured", false),
                        entry("insuranceArea", "NONE"),
                        entry("overThreshold", false),
                        entry("welfareCategory", "NONE"),
                        entry("liableParty", false),
                        entry("unableToPay", true),
                        entry("admissionRef", "ZY-0001"),
                        entry("totalFee", 6000),
                        entry(
                                "lines",
                                List.of(Map.of("source", "SPECIAL_FISCAL", "amount", 5000, "voucher", "V-" + number))),
                        entry("requested", 5000),
                        entry("selfPay", 1000),
                        entry("payee", "zz-hosp-8"),
                        entry("signature", true));
            case "ApproveClaim" ->
                Map.of("claimDecision", "APPROVE", "evidenceChecked", true, "decidedAt", at(0), "signature", true);
            case "PayClaim" ->
                Map.of("paidAt", day(0), "paymentVoucher", "P-" + number, "duplicateChecked", true, "signature", true);
            case "ReleasePerson", "ReleaseNow" ->
                ofEntries(
                        entry("releaseReason", "NOT_MD"),
                        entry("releasedAt", at(0)),
                        entry("handedTo", "SELF"),
                        entry("recipient", "PATIENT"),
                        entry("oral", true),
                        entry("written", true),
                        entry("language", "MANDARIN"),
                        entry("understood", "YES"),
                        entry("witness", "nurse"),
                        entry("deliveredAt", at(0)),
                        entry("recordsCorrection", true),
                        entry("belongingsReturned", true),
                        entry("signature", true));
            case "objection-filed" ->
                ofEntries(
                        entry("stage", "REDIAGNOSIS"),
                        entry("applicantRole", "GUARDIAN"),
                        entry("applicantName", "测丙丁"),
                        entry("receivedConclusionAt", at(-1)),
                        entry("filedAt", at(0)),
                        entry("form", "ORAL_RECORDED"),
                        entry("targetInstitution", "zz-hosp-8"),
                        entry("signature", true));
            case "AssignDoctors" ->
                ofEntries(
                        entry("redxInstitution", "zz-hosp-8"),
                        entry("doctor1", "redx1"),
                        entry("doctor2", "redx2"),
                        entry("licencesChecked", true),
                        entry("noConflictDeclared", true),
                        entry("institutionQualified", true),
                        entry("assignedAt", at(0)),
                        entry("signature", true));
            case "ConcludeRediagnosis" ->
                ofEntries(
                        entry("interviewAt", at(-5)),
                        entry("interviewPlace", "zz-hosp-8"),
                        entry("redxConclusion", "SMD"),
                        entry("redxDangerToOthers", "RISK"),
                        entry("redxDangerToSelf", "NONE"),
                        entry("redxNeedInpatient", true),
                        entry("findings", LONG),
                        entry("signature", true));
            case "CosignRediagnosis" ->
                Map.of("cosignAgreed", true, "interviewAt", at(-5), "interviewPlace", "zz-hosp-8", "signature", true);
            case "RecordGuardianRefusal" ->
                ofEntries(
                        entry("guardianName", "测丙丁"),
                        entry("guardianPhone", "13800000000"),
                        entry("refusedAt", at(0)),
                        entry("refusedToSign", false),
                        entry("refusalRef", "JJ-0001"),
                        entry("safetyAdvice", "看护期间移除刀具药物，专人陪护，随时拨打急救电话。"),
                        entry("homeCareExplained", true),
                        entry("liabilityWarned", true),
                        entry("followUpDate", day(7)),
                        entry("followUpBy", "PRIMARY"),
                        entry("signature", true));
            case "ArbitrateBed" ->
                Map.of(
                        "assignedHospital", "zz-hosp-2",
                        "bedMode", "EXTRA_BED",
                        "arbitrationReason", "各院均报无床，指定加床收诊。",
                        "decidedAt", at(0),
                        "signature", true);
            default -> CommunityAnswers.usual(task, this);
        };
    }

    /** How long until the moment. */
    static Duration until(Instant from, Instant to) {
        return Duration.between(from, to);
    }
}
