package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.flow.Probe.Reply;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Who may not: what is not theirs does not exist for them, whatever way they ask, and every attempt is on record. */
@AppTest
class AccessTests {

    private static final String START = "/api/v1/processes/emergency-admission/start";

    /** Paths below a case that a look could use. */
    private static final List<String> LOOKS = List.of(
            "", "/timeline", "/clocks", "/participants", "/diagram-state", "/documents", "/submissions", "/messages");

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private Journey journey;
    private Probe probe;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
        probe = new Probe(port);
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    private static String withoutAddress(Reply reply) {
        var fields = new java.util.TreeMap<String, String>();
        reply.json()
                .propertyStream()
                .forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
        fields.remove("instance");
        return fields.toString();
    }

    private UUID caseId() {
        return jdbc.sql("select case_file_id from casefile.case_file where number = :number")
                .param("number", journey.number())
                .query(UUID.class)
                .single();
    }

    private int entries(String user, String action, String outcome) {
        return jdbc.sql(
                        "select count(*) from audit.entry where username = :user and action = :action and outcome = :outcome"
                                + " and case_id = :case")
                .param("user", user)
                .param("action", action)
                .param("outcome", outcome)
                .param("case", caseId())
                .query(Integer.class)
                .single();
    }

    private int denied(String user) {
        return jdbc.sql("select count(*) from audit.entry where username = :user and outcome = 'DENIED'")
                .param("user", user)
                .query(Integer.class)
                .single();
    }

    @Test
    void somebodyElsesTaskCannotBeTouched() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        String path = "/api/v1/work-items/" + id;
        Map<String, Object> data = journey.data("officer", id, "RecordScene", Map.of());
        // another hospital, money, the separated administrations: the task does not exist
        for (String stranger : List.of("triage2", "doctor3", "finance", "sysadmin", "secadmin", "nurse")) {
            Reply nothing = probe.get("/api/v1/work-items/" + UUID.randomUUID())
                    .as(stranger)
                    .send();
            int before = denied(stranger);
            for (Reply reply : List.of(
                    probe.get(path).as(stranger).send(),
                    probe.get(path + "/form").as(stranger).send(),
                    probe.post(path + "/claim").as(stranger).send(),
                    probe.post(path + "/release").as(stranger).send(),
                    probe.call("PUT", path + "/draft")
                            .as(stranger)
                            .data(Map.of())
                            .send(),
                    probe.post(path + "/complete").as(stranger).data(data).send())) {
                assertThat(reply.status()).as(stranger).isEqualTo(404);
                assertThat(withoutAddress(reply)).as(stranger).isEqualTo(withoutAddress(nothing));
            }
            assertThat(denied(stranger) - before)
                    .as("refusals on record for " + stranger)
                    .isEqualTo(6);
        }
        // those who see the case but not this task may look, not act
        for (String colleague : List.of("town", "primary", "auditor")) {
            if (probe.get(path).as(colleague).send().status() == 200) {
                assertThat(probe.get(path + "/form").as(colleague).send().status())
                        .isEqualTo(403);
                assertThat(probe.post(path + "/claim").as(colleague).send().status())
                        .isEqualTo(403);
                Reply reply =
                        probe.post(path + "/complete").as(colleague).data(data).send();
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.problem()).isEqualTo("/problems/not-your-task");
                assertThat(entries(colleague, "workitem.handle", "DENIED")).isEqualTo(3);
            }
        }
        assertThat(journey.offered("officer", "RecordScene")).isTrue();
    }

    @Test
    void anInvisibleCaseIsLikeNone() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        for (String stranger : List.of("triage2", "affairs2", "doctor3", "finance", "sysadmin", "secadmin", "rescue")) {
            int before = denied(stranger);
            for (String look : LOOKS) {
                Reply hidden = probe.get("/api/v1/cases/" + journey.number() + look)
                        .as(stranger)
                        .send();
                Reply none = probe.get("/api/v1/cases/YJ-2026-987654" + look)
                        .as(stranger)
                        .send();
                assertThat(hidden.status()).as(stranger + look).isEqualTo(404);
                assertThat(withoutAddress(hidden)).as(stranger + look).isEqualTo(withoutAddress(none));
                for (String header : List.of("Content-Length", "Content-Type", "Cache-Control", "ETag", "Vary")) {
                    assertThat(hidden.header(header)).as(header).isEqualTo(none.header(header));
                }
            }
            assertThat(denied(stranger) - before).as(stranger).isEqualTo(LOOKS.size());
            Reply reveal = probe.post("/api/v1/cases/" + journey.number() + "/person/reveal")
                    .as(stranger)
                    .json(Map.of("purpose", "TREATMENT"))
                    .send();
            assertThat(reveal.status()).as(stranger).isEqualTo(404);
            for (String list : List.of(
                    "/api/v1/cases?limit=50&q=" + journey.number(),
                    "/api/v1/work-items?limit=50&case=" + journey.number())) {
                assertThat(probe.get(list).as(stranger).send().json().get("items"))
                        .as(stranger + list)
                        .isEmpty();
            }
        }
    }

    @Test
    void theSecondHospitalSeesTheCaseOnlyWhenAsked() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        String path = "/api/v1/cases/" + journey.number();
        assertThat(probe.get(path).as("triage").send().status()).isEqualTo(200);
        assertThat(probe.get(path).as("triage2").send().status()).isEqualTo(404);
        journey.complete(
                "triage", "AnswerAdmission", Map.of("hospitalAnswer", "NO_BED", "noBedReason", "病房满员，急诊留观床位已用完。"));
        assertThat(probe.get(path).as("triage2").send().status()).isEqualTo(200);
    }

    @Test
    void onlyNamedRolesMayStart() {
        int before = jdbc.sql("select count(*) from casefile.case_file")
                .query(Integer.class)
                .single();
        for (String user : List.of("finance", "auditor", "sysadmin", "secadmin", "insurance", "politics", "redx1")) {
            Reply none = probe.post("/api/v1/processes/no-such-process/start")
                    .as(user)
                    .data(Map.of())
                    .send();
            Reply start = probe.post(START).as(user).data(Map.of()).send();
            assertThat(start.status()).as(user).isEqualTo(404);
            assertThat(start.problem()).isEqualTo(none.problem());
            assertThat(probe.get("/api/v1/processes/emergency-admission/start-form")
                            .as(user)
                            .send()
                            .status())
                    .as(user)
                    .isEqualTo(404);
            assertThat(probe.get("/api/v1/processes").as(user).send().body()).doesNotContain("\"emergency-admission\"");
            assertThat(jdbc.sql(
                                    "select count(*) from audit.entry where username = :user and action = 'process.start' and outcome = 'DENIED'")
                            .param("user", user)
                            .query(Integer.class)
                            .single())
                    .as("refusals on record for " + user)
                    .isEqualTo(2);
        }
        assertThat(jdbc.sql("select count(*) from casefile.case_file")
                        .query(Integer.class)
                        .single())
                .isEqualTo(before);
    }

    @Test
    void nobodyReadsMoreThanHisRoleMay() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        String path = "/api/v1/cases/" + journey.number();

        for (String user : List.of("officer", "town", "insurance")) {
            Reply papers = probe.get(path + "/documents").as(user).send();
            assertThat(papers.status()).as(user).isEqualTo(403);
            assertThat(entries(user, "case.documents", "DENIED")).as(user).isEqualTo(1);
            Reply forms = probe.get(path + "/submissions").as(user).send();
            assertThat(forms.status()).as(user).isEqualTo(200);
            forms.json().forEach(form -> assertThat(form.get("task").asString())
                    .as(user)
                    .isNotIn("DiagnosePerson", "ConfirmBasis", "SignFormalities", "ContactGuardian"));
            assertThat(forms.body())
                    .as(user)
                    .doesNotContain("F20.0", "natureDegreeLikelihood", "patientCapacityOpinion");
        }
        assertThat(probe.get(path + "/submissions").as("doctor").send().body()).contains("F20.0");
        assertThat(entries("doctor", "case.submissions", "DONE")).isEqualTo(1);
        for (String user : List.of("doctor", "officer", "finance", "sysadmin", "secadmin", "supervisor")) {
            Reply log = probe.get("/api/v1/audit/entries").as(user).send();
            assertThat(log.status()).as(user).isEqualTo(403);
            assertThat(probe.post("/api/v1/audit/verification").as(user).send().status())
                    .as(user)
                    .isEqualTo(403);
        }
        for (String user : List.of("finance", "auditor", "sysadmin")) {
            assertThat(probe.post("/api/v1/decisions/admission-basis/evaluate")
                            .as(user)
                            .json("{\"inputs\":{}}")
                            .send()
                            .status())
                    .as(user)
                    .isEqualTo(403);
            assertThat(probe.post("/api/v1/persons/search")
                            .as(user)
                            .json("{\"term\":\"测甲乙\"}")
                            .send()
                            .status())
                    .as(user)
                    .isEqualTo(403);
        }
    }

    @Test
    void thePoliceSeeTheCoarseStateAndNoDecision() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        String path = "/api/v1/cases/" + journey.number();
        JsonNode doctor = probe.get(path).as("doctor").send().json();
        assertThat(doctor.get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");

        Reply file = probe.get(path).as("officer").send();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.json().get("legalStatus").asString()).isEqualTo("INVOLUNTARY");
        assertThat(file.json().get("admissionType").asString()).isEqualTo("INVOLUNTARY");
        Reply story = probe.get(path + "/timeline?limit=200").as("officer").send();
        for (Reply reply : List.of(
                file,
                story,
                probe.get("/api/v1/cases?q=" + journey.number()).as("officer").send())) {
            assertThat(reply.body()).doesNotContain("HARM_OTHERS", "\"DECISION\"", "D2-8", "F20");
        }
        assertThat(story.json().get("items")).isNotEmpty();
        assertThat(probe.get(path + "/timeline?limit=200").as("doctor").send().body())
                .contains("\"DECISION\"", "D2-8");
        // asking for the kind does not help
        assertThat(probe.get(path + "/timeline?kind=DECISION")
                        .as("officer")
                        .send()
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void financeSeesMoneyAndNothingOfTheClinic() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        journey.complete("insurance", "CollectSettlement", Map.of());
        journey.complete("civil", "ApproveClaim", Map.of());
        String path = "/api/v1/cases/" + journey.number();
        JsonNode item = journey.item("finance", "PayClaim");
        assertThat(item.get("person").asString()).doesNotContain("甲乙");

        Reply file = probe.get(path).as("finance").send();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.json().get("legalStatus").isNull()).isTrue();
        assertThat(file.json().get("admissionType").isNull()).isTrue();
        List<Reply> seen = new ArrayList<>(List.of(
                file,
                probe.get(path + "/timeline?limit=200").as("finance").send(),
                probe.get(path + "/clocks").as("finance").send(),
                probe.get(path + "/submissions").as("finance").send(),
                probe.get("/api/v1/work-items/" + item.get("id").asString() + "/form")
                        .as("finance")
                        .send()));
        for (Reply reply : seen) {
            assertThat(reply.body()).doesNotContain("F20.0", "INVOLUNTARY", "\"DECISION\"", "持刀", "甲乙", "13800000000");
        }
        assertThat(probe.get(path + "/documents").as("finance").send().status()).isEqualTo(403);
        assertThat(probe.post(path + "/person/reveal")
                        .as("finance")
                        .json(Map.of("purpose", "FUNDING"))
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(entries("finance", "person.reveal", "DENIED")).isEqualTo(1);
    }

    @Test
    void looksAreRecorded() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        for (String look : List.of("", "/timeline", "/clocks", "/diagram-state", "/documents", "/submissions")) {
            assertThat(probe.get("/api/v1/cases/" + journey.number() + look)
                            .as("affairs")
                            .send()
                            .status())
                    .isEqualTo(200);
        }
        for (String action : List.of(
                "case.look", "case.timeline", "case.clocks", "case.diagram", "case.documents", "case.submissions")) {
            assertThat(entries("affairs", action, "DONE")).as(action).isEqualTo(1);
        }
        Reply reveal = probe.post("/api/v1/cases/" + journey.number() + "/person/reveal")
                .as("affairs")
                .json(Map.of("purpose", "TREATMENT"))
                .send();
        assertThat(reveal.json().get("person.name").asString()).isEqualTo("测甲乙");
        assertThat(jdbc.sql(
                                "select purpose from audit.entry where action = 'person.reveal' and username = 'affairs' and outcome = 'DONE' order by id desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("TREATMENT");
        assertThat(jdbc.sql("select count(*) from audit.entry e where e::text like '%测甲乙%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void withoutCredentialsNothingAnswers() {
        journey.start("officer", Map.of());
        for (String path : List.of(
                "/api/v1/me",
                "/api/v1/processes",
                "/api/v1/work-items",
                "/api/v1/work-items/counts",
                "/api/v1/cases",
                "/api/v1/cases/" + journey.number(),
                "/api/v1/audit/entries",
                "/api/v1/no-such-thing",
                "/v3/api-docs")) {
            Reply reply = probe.get(path).send();
            assertThat(reply.status()).as(path).isEqualTo(401);
            assertThat(reply.type()).as(path).startsWith("application/problem+json");
            assertThat(reply.header("WWW-Authenticate")).as(path).startsWith("Basic");
        }
        assertThat(probe.post(START).data(Map.of()).send().status()).isEqualTo(401);
        for (String header : List.of("Basic", "Basic !!!", "Basic b2ZmaWNlcg==", "Bearer x", "Negotiate x")) {
            assertThat(probe.get("/api/v1/me")
                            .header("Authorization", header)
                            .send()
                            .status())
                    .as(header)
                    .isEqualTo(401);
        }
        assertThat(probe.get("/api/v1/me").as("officer", "").send().status()).isEqualTo(401);
        assertThat(probe.get("/api/v1/me").as("nobody-at-all").send().status()).isEqualTo(401);
    }

    @Test
    void fiveWrongPasswordsLockTheAccount() {
        // nobody else in the tests signs in as this account: right credentials are remembered for a moment
        String user = "primary2";
        for (int i = 0; i < 5; i++) {
            assertThat(probe.get("/api/v1/me").as(user, "wrong-" + i).send().status())
                    .isEqualTo(401);
        }
        Reply locked = probe.get("/api/v1/me").as(user).send();
        assertThat(locked.status()).as("the right password while locked").isEqualTo(401);
        assertThat(probe.get("/api/v1/me").as("veterans").send().status())
                .as("others are not locked")
                .isEqualTo(200);
        assertThat(jdbc.sql(
                                "select count(*) from audit.entry where action = 'login.failure' and detail::text like '%locked%'")
                        .query(Integer.class)
                        .single())
                .isPositive();
        clock.advance(Duration.ofMinutes(16));
        assertThat(probe.get("/api/v1/me").as(user).send().status())
                .as("after a quarter of an hour")
                .isEqualTo(200);
    }

    @Test
    void methodsOpenNoDoor() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        String item = "/api/v1/work-items/" + id;
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "HEAD", "PROPFIND", "TRACE", "FOO")) {
            Reply reply = probe.call(method, item + "/complete").as("officer").send();
            assertThat(reply.status()).as(method).isBetween(400, 499);
        }
        assertThat(probe.call("DELETE", item).as("officer").send().status()).isEqualTo(405);
        assertThat(probe.call("DELETE", "/api/v1/cases/" + journey.number())
                        .as("officer")
                        .send()
                        .status())
                .isEqualTo(405);
        // a method in a header or a parameter is no method
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            Reply reply = probe.post(item)
                    .as("officer")
                    .header(header, "DELETE")
                    .data(Map.of())
                    .send();
            assertThat(reply.status()).as(header).isEqualTo(405);
        }
        assertThat(probe.post(item + "?_method=GET")
                        .as("officer")
                        .data(Map.of())
                        .send()
                        .status())
                .isEqualTo(405);
        assertThat(probe.call("HEAD", "/api/v1/cases/" + journey.number())
                        .as("finance")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(probe.call("OPTIONS", "/api/v1/cases/" + journey.number())
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(journey.offered("officer", "RecordScene")).isTrue();
    }

    @Test
    void pathTricksOpenNoDoor() throws IOException {
        journey.start("officer", Map.of());
        String number = journey.number();
        List<String> tricks = List.of(
                "/api/v1/cases/%s;x",
                "/api/v1/cases;x/%s",
                "/api;x/v1/cases/%s",
                "//api/v1/cases/%s",
                "/api//v1/cases/%s",
                "/api/v1//cases/%s",
                "/api/v1/./cases/%s",
                "/api/v1/x/../cases/%s",
                "/api/v1/%%2e/cases/%s",
                "/api/v1/x/%%2e%%2e/cases/%s",
                "/api/v1/x/..;/cases/%s",
                "/api%%2fv1%%2fcases%%2f%s",
                "/api/v1/cases%%2f%s",
                "/api/v1/cases/%s%%2f",
                "/api/v1/cases/%s%%00",
                "/api/v1/cases/%s%%20",
                "/api/v1/cases/%s/",
                "/API/v1/cases/%s",
                "/api/v1/CASES/%s",
                "/api/v1/cases/%s.json",
                "/api/v1/cases/%s%%3bx",
                "/login/../api/v1/cases/%s",
                "/islands/..;/api/v1/cases/%s",
                "/islands/%%2e%%2e/api/v1/cases/%s",
                "/login;/../api/v1/cases/%s",
                "\\api\\v1\\cases\\%s");
        for (String trick : tricks) {
            String path = trick.formatted(number);
            // a stranger with credentials and anybody without: never the case
            for (String user : List.of("", "finance")) {
                String answer = raw(path, user);
                int status = Integer.parseInt(answer.split(" ", 3)[1]);
                assertThat(status).as(path + " as '" + user + "'").isIn(302, 400, 401, 403, 404);
                assertThat(answer).as(path).doesNotContain("\"legalStatus\"", "Exception", "org.springframework");
            }
        }
        for (String header : List.of(
                "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-For", "X-Forwarded-Host")) {
            Reply reply = probe.get("/api/v1/cases/" + number)
                    .header(header, "/login")
                    .send();
            assertThat(reply.status()).as(header).isEqualTo(401);
        }
        assertThat(raw("/api/v1/cases/" + number, "officer"))
                .as("the raw client works")
                .contains("\"legalStatus\"");
    }

    /** A request whose path no library has tidied up. */
    private String raw(String path, String user) throws IOException {
        String credentials = user.isEmpty()
                ? ""
                : "Authorization: Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + Api.PASSWORD).getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + credentials
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
