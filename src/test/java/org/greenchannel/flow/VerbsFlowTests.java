package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The verbs over HTTP on real models: what each does, what it refuses and why, once for a doubled click. */
@AppTest
class VerbsFlowTests {

    private static final String ITEMS = "/api/v1/work-items/";

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
        clock.reset();
        api = new Api(port);
        journey = new Journey(api, clock).start("officer", Map.of()).toHospital();
    }

    private String diagnosis() {
        return journey.item("doctor", "DiagnosePerson").get("id").asString();
    }

    private Answer verb(String user, String id, String verb, Map<String, ?> body, String... headers) {
        return api.post(user, ITEMS + id + "/" + verb, body, headers);
    }

    private Answer refused(Answer answer, int status, String type) {
        answer.expect(status);
        assertThat(answer.json().get("type").asString()).as(answer.body()).isEqualTo("/problems/" + type);
        assertThat(answer.json().get("title").asString()).isNotBlank();
        assertThat(answer.json().get("detail").asString()).as(type).isNotBlank().doesNotContain("{");
        return answer;
    }

    private int audited(String action) {
        return jdbc.sql(
                        """
                select count(*) from audit.entry e join casefile.case_file c on c.case_file_id = e.case_id
                where c.number = :number and e.action = :action and e.outcome = 'DONE'
                """)
                .param("number", journey.number())
                .param("action", action)
                .query(Integer.class)
                .single();
    }

    private List<String> history(String user, String id) {
        List<String> lines = new ArrayList<>();
        api.get(user, ITEMS + id + "/history")
                .expect(200)
                .json()
                .forEach(line -> lines.add(
                        line.get("verb").asString() + " " + line.get("actor").asString()));
        return lines;
    }

    private static Map<String, Object> why(String to) {
        return Map.of("to", to, "reason", "另有急诊");
    }

    @Test
    void assignGoesToSomebodyOfTheSameRoleWithAReason() {
        String id = diagnosis();
        refused(verb("doctor", id, "assign", Map.of("to", "doctor2")), 422, "reason-missing");
        refused(verb("doctor", id, "assign", why("nurse")), 409, "not-qualified");
        refused(verb("doctor", id, "assign", why("nobody-of-that-name")), 409, "person-unknown");
        refused(verb("officer", id, "assign", why("doctor2")), 403, "not-your-task");
        String key = UUID.randomUUID().toString();
        Answer first = verb("doctor", id, "assign", why("doctor2"), "Idempotency-Key", key)
                .expect(200);
        assertThat(first.json().get("assignee").asString()).isEqualTo("doctor2");
        verb("doctor", id, "assign", why("doctor2"), "Idempotency-Key", key).expect(200);
        assertThat(audited("workitem.assign"))
                .as("a doubled click is one action")
                .isEqualTo(1);
        refused(verb("doctor", id, "assign", why("doctor2")), 409, "already-claimed");
        refused(verb("doctor2", id, "assign", why("doctor"), "If-Match", "\"0\""), 409, "work-item-changed");
        assertThat(history("doctor", id)).containsExactly("assign doctor");
        assertThat(jdbc.sql("select count(*) from worklist.verb where position(convert_to('急诊', 'UTF8') in reason) > 0")
                        .query(Integer.class)
                        .single())
                .as("reasons are not readable in the database")
                .isZero();
    }

    @Test
    void delegatedWorkComesBackAndOnlyItsOwnerCompletesIt() {
        String id = diagnosis();
        api.post("doctor", ITEMS + id + "/claim", Map.of()).expect(200);
        verb("doctor", id, "delegate", why("doctor2")).expect(200);
        Map<String, Object> data = journey.data("doctor2", id, "DiagnosePerson", Map.of());
        refused(api.post("doctor2", ITEMS + id + "/complete", Map.of("data", data)), 409, "is-delegated");
        refused(verb("doctor2", id, "assign", why("doctor")), 409, "is-delegated");
        refused(api.post("doctor2", ITEMS + id + "/release", Map.of()), 409, "is-delegated");
        api.put("doctor2", ITEMS + id + "/draft", Map.of("data", Map.of("icd10", "F20.0")))
                .expect(200);
        refused(verb("nurse", id, "give-back", Map.of()), 403, "not-your-delegation");
        Answer back = verb("doctor2", id, "give-back", Map.of("reason", "已准备")).expect(200);
        assertThat(back.json().get("assignee").asString()).isEqualTo("doctor");
        JsonNode draft =
                api.get("doctor", ITEMS + id + "/form").expect(200).json().get("draft");
        assertThat(draft.toString()).as("what was prepared is there").contains("F20.0");
        Map<String, Object> own = journey.data("doctor", id, "DiagnosePerson", Map.of());
        api.post("doctor", ITEMS + id + "/complete", Map.of("data", own)).expect(200);
        assertThat(journey.decisions("doctor")).isNotEmpty();
    }

    @Test
    void aCountersignedTaskCompletesWithItsLastSignature() {
        String id = diagnosis();
        api.post("doctor", ITEMS + id + "/claim", Map.of()).expect(200);
        refused(
                verb("doctor", id, "countersign", Map.of("mode", "ALL", "people", List.of("doctor"), "reason", "复核")),
                409,
                "own-work");
        refused(
                verb("doctor", id, "countersign", Map.of("mode", "MOST", "people", List.of("doctor2"), "reason", "复核")),
                400,
                "sign-mode-unknown");
        verb("doctor", id, "countersign", Map.of("mode", "ALL", "people", List.of("doctor2"), "reason", "请复核"))
                .expect(200);
        refused(verb("doctor2", id, "sign", Map.of()), 409, "sign-not-submitted");
        Map<String, Object> data = journey.data("doctor", id, "DiagnosePerson", Map.of());
        api.post("doctor", ITEMS + id + "/complete", Map.of("data", data)).expect(200);
        assertThat(api.get("doctor", ITEMS + id).json().get("status").asString())
                .isEqualTo("OPEN");
        assertThat(api.get("doctor2", ITEMS + "to-sign").expect(200).json().toString())
                .contains(id);
        refused(api.post("doctor", ITEMS + id + "/complete", Map.of("data", data)), 409, "waits-for-signatures");
        refused(verb("doctor", id, "remove-signer", why("doctor2")), 409, "signer-last");
        refused(verb("social", id, "sign", Map.of()), 403, "not-asked-to-sign");
        refused(verb("doctor2", id, "sign", Map.of("agree", false)), 422, "reason-missing");

        verb("doctor2", id, "sign", Map.of("agree", false, "reason", "依据不足")).expect(200);
        assertThat(api.get("doctor", ITEMS + id + "/form").json().get("draft").toString())
                .as("the answers are back")
                .contains("F20.0");
        api.post("doctor", ITEMS + id + "/complete", Map.of("data", data)).expect(200);
        String key = UUID.randomUUID().toString();
        Answer signed =
                verb("doctor2", id, "sign", Map.of(), "Idempotency-Key", key).expect(200);
        assertThat(signed.json().get("status").asString()).isEqualTo("DONE");
        assertThat(signed.json().get("closedBy").asString()).isEqualTo("doctor");
        verb("doctor2", id, "sign", Map.of(), "Idempotency-Key", key).expect(200);
        assertThat(audited("workitem.sign")).isEqualTo(1);
        assertThat(audited("workitem.complete")).isPositive();
        JsonNode signatures =
                api.get("doctor2", ITEMS + id + "/standing").expect(200).json().get("signatures");
        assertThat(signatures).hasSize(2);
        assertThat(signatures.get(1).get("digest").asString()).hasSize(64);
    }

    @Test
    void aSignerMayBeAskedFirstAndRemovedWithAReason() {
        String id = diagnosis();
        api.post("doctor", ITEMS + id + "/claim", Map.of()).expect(200);
        verb("doctor", id, "add-signer", Map.of("to", "doctor2", "phase", "BEFORE", "reason", "先征求意见"))
                .expect(200);
        Map<String, Object> data = journey.data("doctor", id, "DiagnosePerson", Map.of());
        refused(api.post("doctor", ITEMS + id + "/complete", Map.of("data", data)), 409, "signers-before");
        refused(verb("doctor", id, "add-signer", Map.of("to", "doctor2", "reason", "再问")), 409, "signer-asked");
        refused(verb("doctor", id, "assign", why("doctor2")), 409, "is-signer");
        verb("doctor2", id, "sign", Map.of("agree", false, "reason", "需要复查")).expect(200);
        refused(api.post("doctor", ITEMS + id + "/complete", Map.of("data", data)), 409, "signer-refused");
        verb("doctor", id, "remove-signer", why("doctor2")).expect(200);
        api.post("doctor", ITEMS + id + "/complete", Map.of("data", data)).expect(200);
        assertThat(history("doctor", id))
                .containsExactly("add-signer doctor", "refuse doctor2", "remove-signer doctor");
    }

    @Test
    void whatMayNotBeUndoneIsNotSentBack() {
        String id = diagnosis();
        JsonNode targets =
                api.get("doctor", ITEMS + id + "/send-back").expect(200).json();
        targets.forEach(target -> assertThat(target.get("refusal").isNull())
                .as("no way back over the fork from " + target)
                .isFalse());
        refused(
                verb("doctor", id, "send-back", Map.of("to", "ServeArrivalNotice", "reason", "补充")),
                409,
                "send-back-scope");
        journey.diagnosed(Map.of(), Map.of()).admitted();
        String notice =
                journey.item("attending", "ServeNoticeToPatient").get("id").asString();
        refused(verb("attending", notice, "send-back", Map.of("to", "previous", "reason", "稍后")), 409, "guarded-right");
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    private Map<String, Object> complaint() {
        return Map.of(
                "subject", "OTHER",
                "against", "HOSPITAL",
                "complaintText", "饭菜不合口味，希望改善。",
                "libertyClaim", false,
                "complainantRole", "PATIENT",
                "anonymous", false,
                "complainantName", "测甲乙",
                "complaintForm", "ORAL_RECORDED",
                "signature", true);
    }

    private static final Map<String, Object> ACCEPT =
            Map.of("accepted", "ACCEPT", "acceptanceReason", "属于本委职责。", "signature", true);

    private static Map<String, Object> findings() {
        return Map.of(
                "measuresTaken",
                List.of("SAW_PERSON", "READ_PAPERS"),
                "findings",
                "已到现场核实，菜谱偏少。",
                "upheld",
                "NOT_FOUNDED",
                "releaseRequired",
                false,
                "correction",
                "",
                "signature",
                true);
    }

    @Test
    void sentBackWorkIsOpenAgainWithItsAnswersAndItsClock() {
        journey.diagnosed(Map.of(), Map.of()).admitted();
        journey.begin("nurse", "complaint", complaint()).expect(201);
        String accept = journey.item("health", "AcceptComplaint").get("id").asString();
        refused(verb("health", accept, "send-back", Map.of("reason", "补充")), 409, "send-back-first");
        journey.complete("health", "AcceptComplaint", ACCEPT);
        JsonNode investigate = journey.item("health", "InvestigateComplaint");
        String due = investigate.get("dueHard").asString();
        String earlier = investigate.get("id").asString();
        journey.complete("health", "InvestigateComplaint", findings());
        String reply = journey.item("health", "ReplyComplainant").get("id").asString();
        refused(verb("health", reply, "send-back", Map.of("to", "Nowhere", "reason", "补充")), 409, "send-back-unknown");

        clock.advance(java.time.Duration.ofHours(30));
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("to", "previous", "reason", "现场情况还要核实");
        JsonNode again = verb("health", reply, "send-back", body, "Idempotency-Key", key)
                .expect(200)
                .json();
        assertThat(again.get("taskKey").asString()).isEqualTo("InvestigateComplaint");
        assertThat(again.get("id").asString()).isNotEqualTo(earlier);
        assertThat(again.get("assignee").asString()).isEqualTo("health");
        assertThat(again.get("dueHard").asString())
                .as("doing it again buys no time")
                .isEqualTo(due);
        verb("health", reply, "send-back", body, "Idempotency-Key", key).expect(200);
        assertThat(audited("workitem.send-back")).isEqualTo(1);
        assertThat(api.get("health", ITEMS + reply).json().get("status").asString())
                .isEqualTo("WITHDRAWN");
        refused(verb("health", reply, "send-back", body), 409, "work-item-closed");
        String id = again.get("id").asString();
        JsonNode draft =
                api.get("health", ITEMS + id + "/form").expect(200).json().get("draft");
        assertThat(draft.get("findings").asString()).contains("菜谱");
        assertThat(draft.has("signature")).as("it is signed anew").isFalse();

        api.post("health", ITEMS + id + "/complete", Map.of("data", new HashMap<>(findings())))
                .expect(200);
        journey.item("health", "ReplyComplainant");
        assertThat(history("health", id)).containsExactly("reopened health");
        clock.reset();
    }

    @Test
    void whatNobodyHasStartedCanBeWithdrawn() {
        journey.diagnosed(Map.of(), Map.of()).admitted();
        journey.begin("nurse", "complaint", complaint()).expect(201);
        String accept = journey.item("health", "AcceptComplaint").get("id").asString();
        journey.complete("health", "AcceptComplaint", ACCEPT);
        String next = journey.item("health", "InvestigateComplaint").get("id").asString();
        refused(verb("nurse", accept, "withdraw", Map.of("reason", "填错")), 403, "withdraw-not-yours");
        api.post("health", ITEMS + next + "/claim", Map.of()).expect(200);
        refused(verb("health", accept, "withdraw", Map.of("reason", "填错")), 409, "withdraw-started");
        api.post("health", ITEMS + next + "/release", Map.of()).expect(200);
        refused(verb("health", accept, "withdraw", Map.of("reason", "填错")), 409, "withdraw-touched");
        journey.complete("health", "InvestigateComplaint", findings());
        JsonNode again = verb("health", next, "withdraw", Map.of("reason", "结论填错"))
                .expect(200)
                .json();
        assertThat(again.get("taskKey").asString()).isEqualTo("InvestigateComplaint");
        assertThat(again.get("assignee").asString()).isEqualTo("health");
        refused(verb("health", next, "withdraw", Map.of("reason", "再撤")), 409, "withdraw-too-late");
    }

    @Test
    void aDeputyActsForSomebodyUnderHisOwnName() {
        String id = diagnosis();
        api.post("doctor", ITEMS + id + "/claim", Map.of()).expect(200);
        Map<String, Object> data = journey.data("doctor", id, "DiagnosePerson", Map.of());
        refused(api.post("doctor2", ITEMS + id + "/complete", Map.of("data", data)), 409, "already-claimed");
        String today = journey.day(0);
        refused(
                api.post("doctor", "/api/v1/me/deputies", Map.of("deputy", "nurse", "from", today, "to", today)),
                403,
                "deputy-unqualified");
        refused(
                api.post(
                        "doctor",
                        "/api/v1/me/deputies",
                        Map.of("deputy", "doctor2", "from", today, "to", journey.day(-1))),
                400,
                "deputy-dates");
        String deputy = api.post(
                        "doctor", "/api/v1/me/deputies", Map.of("deputy", "doctor2", "from", today, "to", today))
                .expect(201)
                .json()
                .get("id")
                .asString();
        try {
            JsonNode standing =
                    api.get("doctor2", ITEMS + id + "/standing").expect(200).json();
            assertThat(standing.get("actsFor").asString()).isEqualTo("doctor");
            Map<String, Object> own = journey.data("doctor2", id, "DiagnosePerson", Map.of());
            api.post("doctor2", ITEMS + id + "/complete", Map.of("data", own)).expect(200);
            assertThat(api.get("doctor", ITEMS + id).json().get("closedBy").asString())
                    .isEqualTo("doctor2");
            assertThat(jdbc.sql(
                                    """
                            select e.username || ' for ' || (e.detail::jsonb ->> 'for') from audit.entry e
                            where e.object = :item and e.action = 'workitem.complete'
                            """)
                            .param("item", "workitem:" + id)
                            .query(String.class)
                            .single())
                    .isEqualTo("doctor2 for doctor");
        } finally {
            api.post("doctor", "/api/v1/me/deputies/" + deputy + "/revoke", Map.of())
                    .expect(200);
        }
        refused(api.post("doctor", "/api/v1/me/deputies/" + deputy + "/revoke", Map.of()), 404, "deputy-unknown");
    }

    @Test
    void copiesNudgesAndMentionsGiveNobodyMoreAccess() {
        String id = diagnosis();
        refused(verb("doctor", id, "copy", Map.of("people", List.of("finance"))), 409, "copy-no-access");
        refused(verb("doctor", id, "copy", Map.of("people", List.of())), 422, "people-missing");
        verb("doctor", id, "copy", Map.of("people", List.of("social"), "reason", "请知悉"))
                .expect(200);
        refused(verb("finance", id, "nudge", Map.of()), 404, "work-item-unknown");
        verb("social", id, "nudge", Map.of()).expect(200);
        Answer soon = refused(verb("officer", id, "nudge", Map.of()), 429, "nudged-already");
        assertThat(soon.json().get("minutes").asInt()).isBetween(1, 60);
        refused(verb("doctor", id, "comment", Map.of("text", " ")), 422, "comment-empty");
        refused(
                verb("doctor", id, "comment", Map.of("text", "请看", "mentions", List.of("finance"))),
                409,
                "mention-no-access");
        verb("doctor", id, "comment", Map.of("text", "请协助核对用药。", "mentions", List.of("social")))
                .expect(200);
        JsonNode comments =
                api.get("social", ITEMS + id + "/comments").expect(200).json();
        assertThat(comments.get(0).get("text").asString()).isEqualTo("请协助核对用药。");
        assertThat(audited("workitem.comment")).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from worklist.copy where work_item_id = :id and username = 'social'")
                        .param("id", UUID.fromString(id))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aPeriodOfTheLawIsSuspendedOnlyForAReasonOfTheLaw() {
        String id = diagnosis();
        refused(verb("doctor", id, "pause-clock", Map.of("code", "BUSY", "reason", "人手不足")), 409, "clock-not-pausable");
        refused(verb("doctor", id, "resume-clock", Map.of()), 409, "clock-not-paused");
    }
}
