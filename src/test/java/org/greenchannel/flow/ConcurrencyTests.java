package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.greenchannel.flow.Probe.Reply;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many at once: one effect, one winner, and everybody else is told who it was. */
@AppTest
class ConcurrencyTests {

    private static final String START = "/api/v1/processes/emergency-admission/start";

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
        // everybody signed in before the race: a first password check is slow
        for (String user : List.of("officer", "doctor", "doctor2", "nurse", "triage", "social", "affairs")) {
            assertThat(probe.get("/api/v1/me").as(user).send().status()).isEqualTo(200);
        }
    }

    /** Runs all at the same moment and returns the answers in order. */
    private static List<Reply> together(List<Callable<Reply>> calls) {
        var gate = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(calls.size());
        try {
            List<Future<Reply>> running = new ArrayList<>();
            for (Callable<Reply> call : calls) {
                running.add(pool.submit(() -> {
                    gate.await();
                    return call.call();
                }));
            }
            gate.countDown();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> one : running) {
                replies.add(one.get(120, TimeUnit.SECONDS));
            }
            return replies;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** As a careful client does: while the first request is being handled, wait and ask again. */
    private static Reply patiently(Callable<Reply> call) throws Exception {
        Reply reply = call.call();
        for (int i = 0; i < 60 && reply.problem().equals("/problems/request-in-progress"); i++) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            Thread.sleep(250);
            reply = call.call();
        }
        return reply;
    }

    private static <T> List<T> times(int count, T value) {
        return java.util.Collections.nCopies(count, value);
    }

    private int count(String sql, String param) {
        return jdbc.sql(sql).param(param).query(Integer.class).single();
    }

    @Test
    void oneKeyStartsOneCase() {
        journey.start("officer", Map.of());
        Map<String, Object> data = startData();
        String key = UUID.randomUUID().toString();
        int before = jdbc.sql("select count(*) from casefile.case_file")
                .query(Integer.class)
                .single();

        List<Reply> replies = together(times(
                20,
                () -> patiently(() -> probe.post(START)
                        .as("officer")
                        .header("Idempotency-Key", key)
                        .data(data)
                        .send())));

        Set<String> answers = new HashSet<>();
        for (Reply reply : replies) {
            assertThat(reply.status()).as(reply.body()).isEqualTo(201);
            answers.add(reply.body());
        }
        assertThat(answers).hasSize(1);
        assertThat(jdbc.sql("select count(*) from casefile.case_file")
                        .query(Integer.class)
                        .single())
                .isEqualTo(before + 1);
        assertThat(count("select count(*) from platform.idempotency where key = ?", key))
                .isEqualTo(1);
    }

    private Map<String, Object> startData() {
        return Map.ofEntries(
                Map.entry("behaviours", List.of("ASSAULT")),
                Map.entry("actDescription", "在小区门口追打路人，情绪激动。"),
                Map.entry("place", "花园路一号院"),
                Map.entry("areaCode", "990105001001"),
                Map.entry("channel", "110"),
                Map.entry("dangerToOthersSeen", true),
                Map.entry("victimCount", 0),
                Map.entry("personKnown", true),
                Map.entry("personName", "测甲乙"),
                Map.entry("reportTime", journey.at(-2)),
                Map.entry("incidentTime", journey.at(-10)));
    }

    @Test
    void oneKeyCompletesOnce() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        Map<String, Object> data = journey.data("officer", id, "RecordScene", Map.of());
        String key = UUID.randomUUID().toString();

        List<Reply> replies = together(times(
                20,
                () -> patiently(() -> probe.post("/api/v1/work-items/" + id + "/complete")
                        .as("officer")
                        .header("Idempotency-Key", key)
                        .data(data)
                        .send())));

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.body()).isEqualTo(200));
        assertThat(replies).extracting(Reply::body).containsOnly(replies.get(0).body());
        assertThat(count("select count(*) from form.submission where work_item_id = ?::uuid", id))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) from audit.entry where action = 'workitem.complete' and object = ?",
                        "workitem:" + id))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) from worklist.work_item where task_key = 'AnswerAdmission' and case_number = ?",
                        journey.number()))
                .isEqualTo(1);
        // hours later the phone tries again
        Reply late = probe.post("/api/v1/work-items/" + id + "/complete")
                .as("officer")
                .header("Idempotency-Key", key)
                .data(data)
                .send();
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.body()).isEqualTo(replies.get(0).body());
    }

    @Test
    void aKeyBelongsToOneBodyOnePlaceAndOnePerson() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        Map<String, Object> data = journey.data("officer", id, "RecordScene", Map.of());
        String key = UUID.randomUUID().toString();
        String path = "/api/v1/work-items/" + id + "/complete";
        assertThat(probe.post(path)
                        .as("officer")
                        .header("Idempotency-Key", key)
                        .data(data)
                        .send()
                        .status())
                .isEqualTo(200);

        Map<String, Object> other = new java.util.HashMap<>(data);
        other.put("weaponOrArson", false);
        Reply changed = probe.post(path)
                .as("officer")
                .header("Idempotency-Key", key)
                .data(other)
                .send();
        assertThat(changed.status()).isEqualTo(422);
        assertThat(changed.problem()).isEqualTo("/problems/idempotency-key-reused");
        Reply elsewhere = probe.post(START)
                .as("officer")
                .header("Idempotency-Key", key)
                .data(startData())
                .send();
        assertThat(elsewhere.problem()).isEqualTo("/problems/idempotency-key-reused");
        // somebody else's key of the same text is another key
        String answer = journey.item("triage", "AnswerAdmission").get("id").asString();
        Reply triage = probe.post("/api/v1/work-items/" + answer + "/complete")
                .as("triage")
                .header("Idempotency-Key", key)
                .data(journey.data("triage", answer, "AnswerAdmission", Map.of()))
                .send();
        assertThat(triage.status()).as(triage.body()).isEqualTo(200);
    }

    @Test
    void aRefusedRequestDoesNotUseUpItsKey() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        String path = "/api/v1/work-items/" + id + "/complete";
        String key = UUID.randomUUID().toString();
        assertThat(probe.post(path)
                        .as("officer")
                        .header("Idempotency-Key", key)
                        .data(Map.of())
                        .send()
                        .status())
                .isEqualTo(422);
        Map<String, Object> data = journey.data("officer", id, "RecordScene", Map.of());
        assertThat(probe.post(path)
                        .as("officer")
                        .header("Idempotency-Key", key)
                        .data(data)
                        .send()
                        .status())
                .isEqualTo(200);
    }

    private String diagnosis() {
        journey.start("officer", Map.of()).toHospital();
        journey.complete("social", "ContactGuardian", Map.of());
        return journey.item("doctor", "DiagnosePerson").get("id").asString();
    }

    @Test
    void oneOfTwoCompletesAndTheOtherHearsWho() {
        String id = diagnosis();
        String path = "/api/v1/work-items/" + id + "/complete";
        Map<String, Object> mine = journey.data("doctor", id, "DiagnosePerson", Map.of());
        Map<String, Object> yours = journey.data("doctor2", id, "DiagnosePerson", Map.of());
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(() ->
                    probe.post(path).as("doctor").language("en").data(mine).send());
            calls.add(() ->
                    probe.post(path).as("doctor2").language("en").data(yours).send());
        }

        List<Reply> replies = together(calls);

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        String winner = jdbc.sql("select closed_by from worklist.work_item where work_item_id = ?::uuid")
                .param(id)
                .query(String.class)
                .single();
        String name = probe.get("/api/v1/me")
                .as(winner)
                .send()
                .json()
                .get("displayName")
                .asString();
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .hasSize(7)
                .allSatisfy(reply -> {
                    assertThat(reply.status()).as(reply.body()).isEqualTo(409);
                    assertThat(reply.problem()).isEqualTo("/problems/work-item-closed");
                    assertThat(reply.json().get("detail").asString()).contains(name);
                    assertThat(reply.json().get("closedBy").asString()).isEqualTo(winner);
                });
        assertThat(count("select count(*) from form.submission where work_item_id = ?::uuid", id))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) from audit.entry where action = 'workitem.complete' and object = ?",
                        "workitem:" + id))
                .isEqualTo(1);
    }

    @Test
    void oneClaimsAndTheOtherHearsWho() {
        String id = diagnosis();
        String path = "/api/v1/work-items/" + id + "/claim";
        List<Reply> replies = together(List.of(
                () -> probe.post(path).as("doctor").send(),
                () -> probe.post(path).as("doctor2").send()));

        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 409);
        boolean first = replies.get(0).status() == 200;
        String winner = first ? "doctor" : "doctor2";
        String loser = first ? "doctor2" : "doctor";
        Reply lost = replies.get(first ? 1 : 0);
        assertThat(lost.problem()).isEqualTo("/problems/already-claimed");
        assertThat(lost.json().get("assignee").asString()).isEqualTo(winner);
        for (String verb : List.of("claim", "release", "complete")) {
            Reply late = probe.post("/api/v1/work-items/" + id + "/" + verb)
                    .as(loser)
                    .data(Map.of())
                    .send();
            assertThat(late.status()).as(verb).isEqualTo(409);
            assertThat(late.problem()).as(verb).isEqualTo("/problems/already-claimed");
        }
        Reply again = probe.post(path).as(winner).send();
        assertThat(again.status()).as("claiming twice is no conflict").isEqualTo(200);
        assertThat(count(
                        "select count(*) from audit.entry where action = 'workitem.claim' and object = ?",
                        "workitem:" + id))
                .isEqualTo(1);
        assertThat(probe.post("/api/v1/work-items/" + id + "/release")
                        .as(winner)
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(probe.post(path).as(loser).send().status()).isEqualTo(200);
    }

    @Test
    void anOutdatedLookChangesNothing() {
        String id = diagnosis();
        String item = "/api/v1/work-items/" + id;
        String seen = probe.get(item).as("doctor").send().header("ETag");
        assertThat(seen).matches("\"\\d+\"");
        Reply claimed = probe.post(item + "/claim")
                .as("doctor")
                .header("If-Match", seen)
                .send();
        assertThat(claimed.status()).isEqualTo(200);
        assertThat(claimed.header("ETag")).isNotEqualTo(seen).matches("\"\\d+\"");

        Map<String, Object> data = journey.data("doctor", id, "DiagnosePerson", Map.of());
        for (String verb : List.of("complete", "release", "claim")) {
            Reply stale = probe.post(item + "/" + verb)
                    .as("doctor")
                    .header("If-Match", seen)
                    .data(data)
                    .send();
            assertThat(stale.status()).as(verb).isEqualTo(409);
            assertThat(stale.problem()).as(verb).isEqualTo("/problems/work-item-changed");
        }
        assertThat(count("select count(*) from form.submission where work_item_id = ?::uuid", id))
                .isZero();
        Reply fresh = probe.post(item + "/complete")
                .as("doctor")
                .header("If-Match", claimed.header("ETag"))
                .data(data)
                .send();
        assertThat(fresh.status()).as(fresh.body()).isEqualTo(200);
    }

    @Test
    void claimsAndReleasesInAnyOrderKeepTheListRight() {
        String id = diagnosis();
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            for (String user : List.of("doctor", "doctor2")) {
                String verb = i % 2 == 0 ? "claim" : "release";
                calls.add(() -> probe.post("/api/v1/work-items/" + id + "/" + verb)
                        .as(user)
                        .send());
            }
        }
        assertThat(together(calls))
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.body()).isIn(200, 409));
        assertThat(jdbc.sql("select bool_and(g.assigned = (w.assignee is not null)) from worklist.work_item w"
                                + " join worklist.work_item_group g using (work_item_id) where work_item_id = ?::uuid")
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void manyRefusalsAtOnceDoNotBlockTheService() {
        String id = diagnosis();
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            calls.add(() -> probe.post("/api/v1/work-items/" + id + "/complete")
                    .as("nurse")
                    .data(Map.of())
                    .send());
        }
        long begun = System.nanoTime();
        List<Reply> replies = together(calls);
        assertThat(replies).extracting(Reply::status).containsOnly(403);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
}
