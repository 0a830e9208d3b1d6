package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.SampleFiles;
import org.greenchannel.support.TestClock;

/**
 * Cases in which every role of a city has something to do, each played with invented people. Nothing is asserted about
 * the law here; the flow tests do that.
 */
public final class RolePlays {

    private final Api api;
    private final TestClock clock;
    private final ManagementService management;
    private final Hands hands;

    /** @param hands who completes the tasks */
    public RolePlays(int port, TestClock clock, ManagementService management, Hands hands) {
        this.api = new Api(port);
        this.clock = clock;
        this.management = management;
        this.hands = hands;
    }

    private Journey journey() {
        return new Journey(api, clock).by(hands);
    }

    /** Police, county police, hospital, payment: from the scene to the money. */
    public String emergency() {
        Journey journey = journey().start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of("placementNeeded", true));
        journey.complete(
                "approver",
                "ApprovePlacement",
                ofEntries(
                        entry("placementApproved", true),
                        entry("placementReason", "到院前继续持刀，须在专用车辆约束带离。"),
                        entry("approvedAt", journey.at(0)),
                        entry("placementPlace", "定点医院"),
                        entry("guardianToldAt", journey.at(0)),
                        entry("signature", true)));
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        journey.received().diagnosed(Map.of(), Map.of()).admitted().notified();
        journey.complete("insurance", "CollectSettlement", Map.of());
        journey.complete("civil", "ApproveClaim", Map.of());
        journey.complete("finance", "PayClaim", Map.of());
        return journey.number();
    }

    /**
     * An admission with open and done tasks, and an exchange of lists, played over the API: what pages can be shown of.
     * Keys: {@code case}, {@code task} open for the doctor, {@code done} by the officer, {@code exchange},
     * two entries of one person.
     */
    public Map<String, String> shown() {
        Map<String, String> places = new HashMap<>();
        Journey journey = journey().start("officer", Map.of());
        places.put("case", journey.number());
        places.put("done", journey.item("officer", "RecordScene").get("id").asString());
        journey.toHospital().diagnosed(Map.of(), Map.of()).admitted().notified();
        String path = "/api/v1/cases/" + journey.number();
        api.upload("affairs", path + "/attachments", "notice.pdf", SampleFiles.pdf(2), Map.of("kind", "LEGAL"))
                .expect(201);
        api.post("affairs", path + "/notes", Map.of("kind", "GENERAL", "text", "家属明早到。", "mentions", List.of("doctor")))
                .expect(201);
        journey.complete("insurance", "CollectSettlement", Map.of());
        journey.complete("civil", "ApproveClaim", Map.of());
        places.put("task", journey.item("doctor", "EmergencyRecord").get("id").asString());
        new FollowupJourney(api, clock, management).enrolled().dangerousVisit();
        places.put("exchange", exchange("prevention", "EXCHANGE", "CITY").number());
        enteredTwice(places);
        return places;
    }

    /** Two entries of one person, and a proposal to merge them: keys {@code one}, {@code other}, {@code merge}. */
    private void enteredTwice(Map<String, String> places) {
        for (String entry : List.of("one", "other")) {
            Journey journey = journey().start("officer", Map.of("personName", "测重录", "guardianPhone", "13800000077"));
            places.put(entry, journey.file("officer").get("person").get("id").asString());
        }
        places.put(
                "merge",
                api.post(
                                "prevention",
                                "/api/v1/persons/merges",
                                ofEntries(
                                        entry("kind", "MERGE"),
                                        entry("from", places.get("other")),
                                        entry("into", places.get("one")),
                                        entry("reason", "PAPERS_CHECKED"),
                                        entry("note", "核对了登记材料"),
                                        entry("seen", true)))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString());
    }

    /** An objection, and two other doctors. */
    public void objection() {
        Journey journey = journey()
                .start("officer", Map.of())
                .by(Hands.NONE)
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified()
                .by(hands);
        journey.send("affairs", "objection-filed", Map.of("receivedConclusionAt", journey.at(0)))
                .expect(200);
        journey.complete("affairs", "AssignDoctors", Map.of());
        journey.complete("redx1", "ConcludeRediagnosis", Map.of());
        journey.complete("redx2", "CosignRediagnosis", Map.of());
    }

    /** No hospital has a bed, and one's stay is complained of: the commission decides and answers. */
    public void commission() {
        Journey journey = journey().start("officer", Map.of()).by(Hands.NONE).toHospital();
        journey.begin(
                        "nurse",
                        "complaint",
                        ofEntries(
                                entry("subject", "UNLAWFUL_STAY"),
                                entry("against", "HOSPITAL"),
                                entry("complaintText", "本人认为不需要继续住院，要求出院。"),
                                entry("libertyClaim", true),
                                entry("complainantRole", "PATIENT"),
                                entry("anonymous", false),
                                entry("complainantName", "测甲乙"),
                                entry("complaintForm", "ORAL_RECORDED"),
                                entry("signature", true)))
                .expect(201);
        journey.by(hands);
        journey.complete(
                "health",
                "AcceptComplaint",
                Map.of("accepted", "ACCEPT", "acceptanceReason", "属于本委职责。", "signature", true));
        journey.complete(
                "health",
                "InvestigateComplaint",
                Map.of(
                        "measuresTaken",
                        List.of("SAW_PERSON", "READ_PAPERS"),
                        "findings",
                        "见到本人并查阅诊断文书，住院依据充分。",
                        "upheld",
                        "NOT_FOUNDED",
                        "releaseRequired",
                        false,
                        "signature",
                        true));
    }

    /** Police, procuratorate and court. */
    public void court() {
        CourtCase court = new CourtCase(api, clock).open("handler", "INVESTIGATION", Map.of());
        court.journey().by(hands);
        court.investigated();
        court.complete("procurator", "DecideApplication");
        court.complete("judge", "ReviewApplication");
        court.heard();
    }

    /** The institution of compulsory treatment. */
    public void institution() {
        CourtCase court = new CourtCase(api, clock).open("handler", "DELIVERY", Map.of());
        court.journey().by(hands);
        court.received().told();
    }

    /** Primary care asks a hospital, which answers, sees the person and reports back. */
    public void referral() {
        Journey journey = journey();
        ReferralJourney refer = new ReferralJourney(journey);
        refer.appointed(Map.of());
        refer.arrival("triage", "ARRIVED", Map.of());
        journey.complete("attending", "InterimFeedback", refer.interim("SMD", "OUTPATIENT"));
        refer.closed();
    }

    /** Civil affairs of the town and the rehabilitation. */
    public void rehabilitation() {
        Journey journey = journey();
        new ReferralJourney(journey)
                .open(
                        "village",
                        Map.of(
                                "direction", "REHAB",
                                "reason", "REHAB",
                                "urgency", "ROUTINE",
                                "acutePhase", false,
                                "dangerLevel", 0));
        journey.complete("towncivil", "RegisterRehab", Map.of());
        journey.complete("towncivil", "TransferRehab", Map.of());
        journey.complete("rehab", "AssessRehab", Map.of());
        journey.complete("rehab", "StageAssessment", Map.of());
    }

    /** A community explains why there is no incentive for this guardian. */
    public void incentive() {
        Journey journey = journey();
        journey.open(
                "village",
                "guardian-incentive",
                ofEntries(
                        entry("guardianName", "测监护"),
                        entry("guardianPhone", "13800000002"),
                        entry("name", "测随访"),
                        entry("areaCode", Journey.AREA),
                        entry("appliedOn", journey.day(0)),
                        entry("livesTogether", true),
                        entry("carePlan", "母亲每日督促服药，按月陪同复诊。"),
                        entry("declared", true)));
        journey.complete("village", "ExplainRefusal", Map.of());
    }

    /** The agencies read their lists, and meet. */
    public void exchange() {
        FollowupJourney care = new FollowupJourney(api, clock, management);
        care.enrolled().journey().by(hands);
        care.dangerousVisit();
        Journey journey = exchange("prevention", "EXCHANGE", "CITY");
        Map<String, Object> receipt =
                Map.of("received", true, "keptConfidential", true, "signature", true, "differences", List.of());
        Map<String, Object> moved = new HashMap<>(receipt);
        moved.put("differences", List.of(Map.of("entryNo", 1, "differenceKind", "MOVED")));
        journey.complete("citypolice", "ReceivePolice", receipt);
        journey.complete("civil", "ReceiveCivil", moved);
        journey.complete("medins", "ReceiveInsurance", receipt);
        journey.complete("dpf", "ReceiveDpf", receipt);
        journey.complete(
                "prevention",
                "ResolveDifferences",
                Map.of(
                        "resolutions",
                        List.of(Map.of("differenceNo", 1, "resolution", "CORRECTED")),
                        "signature",
                        true));
        exchange("town", "MEETING", "TOWN").complete("town", "HoldTownMeeting", Map.of());
        exchange("politics", "CONFERENCE", "CITY").complete("politics", "HoldConference", Map.of());
    }

    private Journey exchange(String user, String kind, String scope) {
        return journey()
                .open(
                        user,
                        "info-exchange",
                        Map.of(
                                "exchangeKind",
                                kind,
                                "areaCode",
                                Journey.AREA,
                                "exchangeScope",
                                scope,
                                "purpose",
                                "每月核对在管情况"));
    }

    /** A hospital reports a discharge; the prevention centre audits it. */
    public void report() {
        Journey journey = journey();
        journey.open(
                "info",
                "case-report",
                Map.of(
                        "reportKind", "DISCHARGE_SHEET",
                        "areaCode", Journey.AREA,
                        "hospital", "zz-hosp-8",
                        "personName", "测住址",
                        "personSex", "1"));
        journey.complete("info", "DischargeSheet", Map.of());
        journey.complete("prevention", "AuditReport", Map.of());
    }

    /** An unknown person is looked for in public. */
    public void tracing() {
        Journey journey = journey().start("officer", Map.of()).by(Hands.NONE).toHospital();
        journey.begin(
                        "social",
                        "identity-tracing",
                        ofEntries(
                                entry("givenName", "无名氏一号"),
                                entry("ageSeen", 40),
                                entry("appearance", "中等身材，本地口音，穿灰色外套。"),
                                entry("photo", "ZP-0001"),
                                entry("foundAt", journey.at(-60)),
                                entry("signature", true)))
                .expect(201);
        journey.by(hands)
                .complete(
                        "rescue",
                        "PublishNotice",
                        Map.of(
                                "noticeChannel",
                                "NATIONAL_SITE",
                                "publicText",
                                "男，四十岁左右，中等身材，灰色外套，寻找亲人。",
                                "contactPhone",
                                "0371-60000000",
                                "noHealthData",
                                true,
                                "signature",
                                true));
    }
}
