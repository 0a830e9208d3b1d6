package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.flow.Visitor.Page;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Two entries of one person become one by two accounts, and two again; nothing is lost on the way. */
@AppTest
class PersonMergeFlowTests {

    private static final String MERGES = "/api/v1/persons/merges";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private String name;
    private String phone;
    private Journey one;
    private Journey other;
    private String oneId;
    private String otherId;

    @BeforeEach
    void open() {
        api = new Api(port);
        name = People.name();
        phone = People.phone();
        jdbc.sql("delete from platform.rate_limit where what = 'person.search'").update();
    }

    /** The same man reported twice: known by name, and unknown with the same guardian's telephone. */
    private void twice() {
        one = new Journey(api, clock).start("officer", Map.of("personName", name, "guardianPhone", phone));
        other = new Journey(api, clock)
                .start(
                        "officer",
                        Map.of(
                                "personKnown",
                                false,
                                "personName",
                                Journey.REMOVE,
                                "description",
                                "蓝色外套",
                                "guardianPhone",
                                phone));
        oneId = person(one);
        otherId = person(other);
    }

    private String person(Journey of) {
        return jdbc.sql("select person_id::text from casefile.case_file where number = ?")
                .param(of.number())
                .query(String.class)
                .single();
    }

    private Map<String, Object> proposal(String kind, String from, String into) {
        return new HashMap<>(Map.of(
                "kind",
                kind,
                "from",
                from,
                "into",
                into,
                "reason",
                kind.equals("MERGE") ? "CONFIRMED_IN_PERSON" : "TWO_PEOPLE",
                "note",
                "当面核对，" + name,
                "seen",
                true));
    }

    private String propose(String user, String kind, String from, String into) {
        return api.post(user, MERGES, proposal(kind, from, into))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    private void merged() {
        api.post("health", MERGES + "/" + propose("prevention", "MERGE", otherId, oneId) + "/confirm", "")
                .expect(200);
    }

    /** The two among the pairs of the prevention centre, on whatever page: other tests have left theirs, some in the future. */
    private String pair() {
        String cursor = "";
        do {
            JsonNode page = api.get("prevention", "/api/v1/persons/duplicates" + cursor)
                    .expect(200)
                    .json();
            for (JsonNode pair : page.get("items")) {
                if (pair.toString().contains(oneId) && pair.toString().contains(otherId)) {
                    return pair.toString();
                }
            }
            String next = page.path("nextCursor").asString("");
            cursor = next.isEmpty() ? "" : "?cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
        throw new AssertionError("the pair is not listed");
    }

    private JsonNode page(String user, String id) {
        return api.get(user, "/api/v1/persons/" + id).expect(200).json();
    }

    private static String type(Answer answer) {
        return answer.json().get("type").asString().replace("/problems/", "");
    }

    @Test
    void twoEntriesAreFoundComparedAndMergedByTwoAccounts() {
        twice();
        JsonNode alike = page("prevention", oneId).get("alike");
        assertThat(alike).hasSize(1);
        assertThat(alike.get(0).get("person").get("id").asString()).isEqualTo(otherId);
        assertThat(alike.get(0).get("reasons").get(0).asString()).isEqualTo("PHONE");
        assertThat(alike.get(0).get("comparable").asBoolean()).isTrue();
        assertThat(pair()).doesNotContain(name, phone);
        JsonNode compared = api.get("prevention", "/api/v1/persons/" + oneId + "/compare/" + otherId)
                .expect(200)
                .json();
        assertThat(compared.toString()).contains("guardian.phone", "SAME", "BOTH_OPEN", "BOTH_EMERGENCY");
        assertThat(compared.toString()).doesNotContain(name, phone);
        // the prevention centre does not see guardians: it learns that they agree, and nothing else
        assertThat(compared.toString()).doesNotContain("****" + phone.substring(7));
        assertThat(api.get("primary", "/api/v1/persons/" + oneId + "/compare/" + otherId)
                        .expect(200)
                        .body())
                .contains("****" + phone.substring(7));
        // the police may compare nothing
        api.get("officer", "/api/v1/persons/" + oneId + "/compare/" + otherId).expect(403);
        api.get("officer", "/api/v1/persons/duplicates").expect(403);
        api.post("officer", MERGES, proposal("MERGE", otherId, oneId)).expect(403);
        api.post("triage2", MERGES, proposal("MERGE", otherId, oneId)).expect(404);

        // words, reason and warnings are required
        var careless = proposal("MERGE", otherId, oneId);
        careless.put("seen", false);
        careless.put("note", " ");
        careless.put("reason", "BECAUSE");
        assertThat(api.post("prevention", MERGES, careless).expect(422).json().get("errors"))
                .hasSize(3);

        String key = "merge-" + name.hashCode() + "-" + System.nanoTime();
        Answer first = api.post("prevention", MERGES, proposal("MERGE", otherId, oneId), "Idempotency-Key", key)
                .expect(201);
        String id = first.json().get("id").asString();
        assertThat(api.post("prevention", MERGES, proposal("MERGE", otherId, oneId), "Idempotency-Key", key)
                        .expect(201)
                        .json()
                        .get("id")
                        .asString())
                .isEqualTo(id);
        assertThat(type(api.post("health", MERGES, proposal("MERGE", oneId, otherId))
                        .expect(409)))
                .isEqualTo("merge-open");
        // not by himself, not by somebody who may not
        assertThat(type(api.post("prevention", MERGES + "/" + id + "/confirm", "")
                        .expect(403)))
                .isEqualTo("merge-self");
        api.post("officer", MERGES + "/" + id + "/confirm", "").expect(404);
        assertThat(type(api.post("health", MERGES + "/" + id + "/withdraw", "").expect(403)))
                .isEqualTo("merge-not-yours");
        JsonNode waiting = api.get("health", MERGES).expect(200).json();
        assertThat(waiting.toString()).contains(id);
        api.post("health", MERGES + "/" + id + "/confirm", "", "Idempotency-Key", key)
                .expect(200);
        api.post("health", MERGES + "/" + id + "/confirm", "", "Idempotency-Key", key)
                .expect(200);
        assertThat(type(api.post("health", MERGES + "/" + id + "/refuse", Map.of("note", "不是同一人"))
                        .expect(409)))
                .isEqualTo("merge-decided");

        // the old id reaches the one that remains, with both cases; the officer too
        for (String asked : List.of(oneId, otherId)) {
            JsonNode now = page("officer", asked);
            assertThat(now.get("person").get("id").asString()).isEqualTo(oneId);
            assertThat(People.texts(now.get("cases"), "number")).contains(one.number(), other.number());
        }
        assertThat(page("prevention", oneId).get("alike")).isEmpty();
        assertThat(other.file("officer").get("person").get("name").asString()).isEqualTo("测*");
        assertThat(api.post("officer", "/api/v1/persons/search", Map.of("term", name))
                        .expect(200)
                        .json()
                        .get(0)
                        .get("cases")
                        .asInt())
                .isEqualTo(2);
        // whoever works on either case reads of it
        assertThat(other.timeline("officer").toString())
                .contains("two people have checked that both are the same person");
        told("prevention", "health");
        assertThat(jdbc.sql("select count(*) from audit.entry where detail like ? or detail like ? or object like ?")
                        .params("%" + name + "%", "%" + phone + "%", "%" + name + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select string_agg(distinct action, ' ') from audit.entry where object = ?")
                        .param("person:" + otherId)
                        .query(String.class)
                        .single())
                .contains("person.merge", "person.merge.propose", "person.merge.decide");
    }

    private void told(String proposer, String decider) {
        for (int i = 0; i < 50; i++) {
            Map<String, List<String>> told = new HashMap<>();
            jdbc.sql(
                            "select m.template, i.username from notification.inbox i join notification.message m on m.id = i.message_id"
                                    + " where m.case_number in (?, ?) and m.template like 'person-merge-%'")
                    .params(one.number(), other.number())
                    .query((row, n) -> told.computeIfAbsent(row.getString(1), t -> new ArrayList<>())
                            .add(row.getString(2)))
                    .list();
            if (told.getOrDefault("person-merge-proposed", List.of()).contains(decider)
                    && told.getOrDefault("person-merge-decided", List.of()).containsAll(List.of(proposer, decider))) {
                assertThat(told.get("person-merge-proposed")).doesNotContain(proposer);
                return;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("not told");
    }

    @Test
    void whatIsWrittenLaterGoesToTheOneThatRemainsAndASplitGivesBack() {
        twice();
        // the unknown entry remains and gets the name from the other
        String id = propose("prevention", "MERGE", oneId, otherId);
        api.post("health", MERGES + "/" + id + "/confirm", "").expect(200);
        assertThat(page("prevention", oneId).get("person").get("name").asString())
                .isEqualTo("测*");
        String reveal = "/api/v1/persons/" + otherId + "/reveal";
        assertThat(api.post("officer", reveal, Map.of("purpose", "IDENTITY_CHECK"))
                        .expect(200)
                        .json()
                        .get("person.name")
                        .asString())
                .isEqualTo(name);
        // a number found in the case of the merged entry is the person's
        String number = People.number();
        one.complete("officer", "RecordScene", Map.of("idNo", number));
        assertThat(People.id(api, "officer", number)).isEqualTo(otherId);
        assertThat(api.post("officer", reveal, Map.of("purpose", "IDENTITY_CHECK"))
                        .expect(200)
                        .json()
                        .get("person.idNo")
                        .asString())
                .isEqualTo(number);
        // taking it back needs two again
        String split = propose("health", "SPLIT", oneId, otherId);
        assertThat(type(api.post("health", MERGES + "/" + split + "/confirm", "")
                        .expect(403)))
                .isEqualTo("merge-self");
        api.post("prevention", MERGES + "/" + split + "/confirm", "").expect(200);
        JsonNode apart = page("prevention", otherId);
        assertThat(apart.get("person").get("name").asString()).doesNotContain("测");
        assertThat(People.texts(apart.get("cases"), "number")).containsExactly(other.number());
        assertThat(People.texts(page("prevention", oneId).get("cases"), "number"))
                .containsExactly(one.number());
        assertThat(type(api.post("health", MERGES, proposal("SPLIT", oneId, otherId))
                        .expect(409)))
                .isEqualTo("merge-stale");
        // what was written in between stays with the one that remained
        assertThat(People.id(api, "officer", number)).isEqualTo(otherId);
    }

    @Test
    void ofTwoWhoConfirmAtOnceOneIsTold() throws Exception {
        twice();
        String id = propose("prevention", "MERGE", otherId, oneId);
        List<Answer> answers = atOnce(List.of(
                () -> api.post("health", MERGES + "/" + id + "/confirm", ""),
                () -> api.post("health", MERGES + "/" + id + "/refuse", Map.of("note", "不像同一个人")),
                () -> api.post("prevention", MERGES + "/" + id + "/withdraw", "")));
        assertThat(answers.stream().map(Answer::status).sorted().toList()).containsExactly(200, 409, 409);
        String status = api.get("health", MERGES + "/" + id)
                .expect(200)
                .json()
                .get("status")
                .asString();
        assertThat(page("prevention", otherId).get("person").get("id").asString())
                .isEqualTo(status.equals("CONFIRMED") ? oneId : otherId);
    }

    @Test
    void whoActsForTheProposerIsNoSecondPairOfEyes() {
        twice();
        String id = propose("prevention", "MERGE", otherId, oneId);
        for (List<String> pair : List.of(List.of("prevention", "health"), List.of("health", "prevention"))) {
            jdbc.sql("insert into organisation.deputy (deputy_id, principal, deputy, valid_from, valid_to, created_at)"
                            + " values (gen_random_uuid(), ?, ?, current_date - 30, current_date + 30, now())")
                    .params(pair)
                    .update();
            try {
                assertThat(type(api.post("health", MERGES + "/" + id + "/confirm", "")
                                .expect(403)))
                        .isEqualTo("merge-deputy");
                assertThat(api.get("health", MERGES + "/" + id)
                                .json()
                                .get("mayDecide")
                                .asBoolean())
                        .isFalse();
            } finally {
                jdbc.sql("delete from organisation.deputy where principal = ? and deputy = ?")
                        .params(pair)
                        .update();
            }
        }
        clock.advance(java.time.Duration.ofDays(31));
        try {
            assertThat(type(api.post("health", MERGES + "/" + id + "/confirm", "")
                            .expect(409)))
                    .isEqualTo("merge-lapsed");
        } finally {
            clock.advance(java.time.Duration.ofDays(-31));
        }
    }

    private static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
        var pool = Executors.newFixedThreadPool(calls.size());
        var start = new CountDownLatch(1);
        try {
            List<Future<Answer>> futures = calls.stream()
                    .map(call -> pool.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            start.countDown();
            var answers = new ArrayList<Answer>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void twoPeopleHeldAgainstTheirWillAreNotMerged() {
        one = new Journey(api, clock)
                .start("officer", Map.of("personName", name, "guardianPhone", phone))
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        other = new Journey(api, clock)
                .start("officer", Map.of("personName", name + "二", "guardianPhone", phone))
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        oneId = person(one);
        otherId = person(other);
        Answer refused =
                api.post("affairs", MERGES, proposal("MERGE", otherId, oneId)).expect(409);
        assertThat(type(refused)).isEqualTo("merge-legal-status");
        assertThat(refused.json().get("detail").asString())
                .contains(one.number(), other.number(), "Involuntary inpatient (danger to others)");
        // on the page it is said before anybody tries
        Page page = new Visitor(port).signedIn("affairs").get("/persons/" + oneId + "/compare/" + otherId);
        assertThat(page.expect(200).body()).contains("不能合并").doesNotContain("name=\"pair\"", name);
    }

    @Test
    void thePagesProposeRefuseAndSplit() {
        twice();
        Visitor prevention = new Visitor(port).signedIn("prevention");
        Visitor health = new Visitor(port).signedIn("health");
        assertThat(prevention.get("/persons/duplicates").expect(200).body()).contains("/persons/");
        Page compare =
                prevention.get("/persons/" + oneId + "/compare/" + otherId).expect(200);
        assertThat(compare.body()).doesNotContain(name, phone).contains("本人或者监护人电话相同");
        Map<String, String> form = Map.of(
                "kind", "MERGE",
                "pair", otherId + "_" + oneId,
                "reason", "PAPERS_CHECKED",
                "note", "核对了登记材料",
                "seen", "true",
                "requestId", compare.hidden("requestId"));
        String path =
                prevention.post(compare, "/persons/merges", form).expect(302).location();
        assertThat(prevention.post(compare, "/persons/merges", form).expect(302).location())
                .isEqualTo(path);
        assertThat(prevention.get(path).expect(200).body()).contains("您是提出人").doesNotContain("/confirm");
        Page decision = health.get(path).expect(200);
        health.post(decision, path + "/refuse", Map.of("note", "身高差二十厘米")).expect(302);
        assertThat(prevention.get(path + "?lang=zh").expect(200).body()).contains("已退回", "身高差二十厘米");
        // found to be two: no longer on the list nor on the page
        assertThat(page("prevention", oneId).get("alike")).isEmpty();
        merged();
        Page person = prevention.get("/persons/" + oneId).expect(200);
        assertThat(person.body()).contains("已合并的记录", otherId + "_" + oneId);
        prevention
                .post(person, "/persons/merges", Map.of("kind", "MERGE", "pair", "nobody", "reason", "", "note", ""))
                .expect(400);
        String split = prevention
                .post(
                        person,
                        "/persons/merges",
                        Map.of(
                                "kind", "SPLIT",
                                "pair", otherId + "_" + oneId,
                                "reason", "TWO_PEOPLE",
                                "note", "本人到场核实"))
                .expect(302)
                .location();
        Page splitting = health.get(split).expect(200);
        health.post(splitting, split + "/confirm", Map.of()).expect(302);
        assertThat(page("prevention", otherId).get("person").get("id").asString())
                .isEqualTo(otherId);
    }
}
