package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The desk over HTTP: search, marks, put aside, many at once, saved queues. */
@AppTest
class DeskFlowTests {

    private static final String ITEMS = "/api/v1/work-items";

    @LocalServerPort
    int port;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    private Api api;

    @BeforeEach
    void connect() {
        clock.reset();
        api = new Api(port);
    }

    @AfterEach
    void reset() {
        clock.reset();
    }

    private Journey emergency() {
        return new Journey(api, clock).start("officer", Map.of());
    }

    private List<String> ids(String user, String query) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item : api.get(user, ITEMS + query).expect(200).json().get("items")) {
            ids.add(item.get("id").asString());
        }
        return ids;
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void findsByNumberStagePlaceAndProcessWithinOnesOwnLists() {
        Journey journey = emergency();
        JsonNode item = journey.item("officer", "RecordScene");
        String id = item.get("id").asString();
        String number = journey.number();

        for (String q : List.of(
                number, number.toLowerCase(java.util.Locale.ROOT), number + " 现场", number + "，花园路", number + " 应急")) {
            assertThat(ids("officer", "?view=available&q=" + encoded(q))).as(q).containsExactly(id);
            assertThat(ids("finance", "?view=available&q=" + encoded(q))).as(q).isEmpty();
            assertThat(ids("judge", "?view=team&q=" + encoded(q))).as(q).isEmpty();
        }
        assertThat(ids("officer", "?view=available&q=" + encoded(number + " 出院")))
                .isEmpty();
        assertThat(ids("officer", "?view=available&case=" + number + "&stage=SCENE&area=990105000000"))
                .contains(id);
        assertThat(ids("officer", "?view=available&case=" + number + "&area=990102000000"))
                .isEmpty();
        assertThat(api.get("officer", ITEMS + "?sort=name")
                        .expect(400)
                        .json()
                        .get("type")
                        .asString())
                .contains("sort-unknown");
        assertThat(api.get("officer", ITEMS + "?mark=odd")
                        .expect(400)
                        .json()
                        .get("type")
                        .asString())
                .contains("mark-unknown");
    }

    @Test
    void aNameIsSearchedInTheBodyOnRecordByThoseWhoMay() {
        String name = "测寻" + (char) ('一' + (int) (Math.random() * 3000));
        Journey journey = new Journey(api, clock).start("officer", Map.of("personName", name));
        String id = journey.item("officer", "RecordScene").get("id").asString();

        var found = api.post("officer", ITEMS + "/search", Map.of("term", name)).expect(200);
        assertThat(found.json().get("items")).hasSize(1);
        assertThat(found.json().get("items").get(0).get("id").asString()).isEqualTo(id);
        assertThat(found.body()).doesNotContain(name);
        assertThat(ids("officer", "?view=available&q=" + encoded(name))).isEmpty();
        // another may search people too, and still sees only his own lists
        assertThat(api.post("doctor4", ITEMS + "/search", Map.of("term", name))
                        .expect(200)
                        .json()
                        .get("items"))
                .isEmpty();
        api.post("finance", ITEMS + "/search", Map.of("term", name)).expect(403);
    }

    @Test
    void whatIsPutAsideComesBackBeforeItsLegalEnd() {
        Journey journey = emergency();
        JsonNode item = journey.item("officer", "RecordScene");
        String id = item.get("id").asString();
        String list = "?view=available&case=" + journey.number();
        Instant due = item.get("dueHard").isNull()
                ? null
                : Instant.parse(item.get("dueHard").asString());
        assertThat(due).as("the scene record has a legal end").isNotNull();

        Instant now = clock.instant();
        followUp(id, now.minusSeconds(60), "DOCUMENTS").expect(422);
        followUp(id, now.plusSeconds(60), "BECAUSE").expect(422);
        assertThat(followUp(id, due, "DOCUMENTS").expect(422).json().get("type").asString())
                .contains("follow-up-after-due");
        Instant until = now.plus(Duration.between(now, due).dividedBy(2));
        followUp(id, until, "DOCUMENTS").expect(200);

        assertThat(ids("officer", list)).doesNotContain(id);
        assertThat(ids("officer", list + "&mark=later")).containsExactly(id);
        // a colleague has it in sight as before
        assertThat(ids("officer2", list)).contains(id);
        assertThat(api.post(
                                "finance",
                                ITEMS + "/" + id + "/follow-up",
                                Map.of("until", until.toString(), "reason", "ORDER"))
                        .status())
                .isEqualTo(404);

        clock.moveTo(until.plusSeconds(1));
        assertThat(ids("officer", list)).contains(id);
        assertThat(mark("officer", id).get("followUp").get("back").asBoolean()).isTrue();
    }

    private Api.Answer followUp(String id, Instant until, String reason) {
        return api.post(
                "officer", ITEMS + "/" + id + "/follow-up", Map.of("until", until.toString(), "reason", reason));
    }

    private JsonNode mark(String user, String id) {
        return api.get(user, ITEMS + "/marks?ids=" + id).expect(200).json().get(id);
    }

    @Test
    void anItemIsUnreadUntilLookedAtAndAgainWhenItChanges() {
        Journey journey = emergency();
        String id = journey.item("officer", "RecordScene").get("id").asString();

        assertThat(mark("officer", id).get("unread").asBoolean()).isTrue();
        assertThat(ids("officer", "?view=available&mark=unread&case=" + journey.number()))
                .contains(id);
        api.put("officer", ITEMS + "/" + id + "/seen", Map.of()).expect(204);
        assertThat(mark("officer", id).get("unread").asBoolean()).isFalse();
        assertThat(mark("officer2", id).get("unread").asBoolean()).isTrue();
        assertThat(ids("officer", "?view=available&mark=unread&case=" + journey.number()))
                .doesNotContain(id);

        api.post("officer2", ITEMS + "/" + id + "/claim", Map.of()).expect(200);
        assertThat(mark("officer", id).get("unread").asBoolean()).isTrue();
        // who does not see an item learns nothing of its marks
        assertThat(mark("finance", id)).isNull();
    }

    @Test
    void manyAreTakenAtOnceAndWhatIsNotSaysWhy() {
        Journey first = emergency();
        String one = first.item("officer", "RecordScene").get("id").asString();
        Journey second = emergency();
        String two = second.item("officer", "RecordScene").get("id").asString();
        Journey third = emergency();
        String three = third.item("officer", "RecordScene").get("id").asString();
        api.post("officer2", ITEMS + "/" + two + "/claim", Map.of()).expect(200);
        var body = Map.of("verb", "claim", "items", List.of(one, two), "versions", Map.of(three, 77));

        var preview =
                api.post("officer", ITEMS + "/bulk/preview", body).expect(200).json();
        assertThat(line(preview, one).get("done").asBoolean()).isTrue();
        assertThat(line(preview, two).get("why").asString()).isEqualTo("already-claimed");
        assertThat(line(preview, three).get("why").asString()).isEqualTo("work-item-changed");
        assertThat(claims(one)).isZero();

        String key = UUID.randomUUID().toString();
        var done = api.post("officer", ITEMS + "/bulk", body, "Idempotency-Key", key)
                .expect(200)
                .json();
        assertThat(line(done, one).get("done").asBoolean()).isTrue();
        assertThat(line(done, two).get("done").asBoolean()).isFalse();
        assertThat(line(done, two).get("reason").asString()).isNotBlank();
        var again = api.post("officer", ITEMS + "/bulk", body, "Idempotency-Key", key)
                .expect(200)
                .json();
        assertThat(line(again, one).get("done").asBoolean()).isTrue();

        assertThat(claims(one)).isEqualTo(1);
        assertThat(claims(three)).isZero();
        assertThat(ids("officer", "?view=mine&case=" + first.number())).containsExactly(one);
        assertThat(ids("officer", "?view=mine&case=" + third.number())).isEmpty();
        // somebody else's items are left out without a word
        assertThat(api.post("finance", ITEMS + "/bulk", body).expect(200).json())
                .isEmpty();
        api.post("officer", ITEMS + "/bulk", Map.of("verb", "claim")).expect(400);
        api.post("officer", ITEMS + "/bulk", Map.of("verb", "complete", "items", List.of(one)))
                .expect(400);
    }

    @Test
    void manyAreAssignedToOneColleagueEachOnRecord() {
        Journey first = emergency();
        String one = first.item("officer", "RecordScene").get("id").asString();
        Journey second = emergency();
        String two = second.item("officer", "RecordScene").get("id").asString();
        api.post("officer", ITEMS + "/" + one + "/claim", Map.of()).expect(200);
        api.post("officer2", ITEMS + "/" + two + "/claim", Map.of()).expect(200);
        var body = Map.of("verb", "assign", "items", List.of(one, two), "to", "officer2", "reason", "换班");

        var done = api.post("officer", ITEMS + "/bulk", body).expect(200).json();
        assertThat(line(done, one).get("done").asBoolean()).isTrue();
        assertThat(line(done, two).get("why").asString()).isEqualTo("already-claimed");
        assertThat(ids("officer2", "?view=mine&case=" + first.number())).containsExactly(one);
        // nobody is given what he may not handle
        var stranger = Map.of("verb", "assign", "items", List.of(one), "to", "judge", "reason", "换班");
        assertThat(line(
                                api.post("officer2", ITEMS + "/bulk", stranger)
                                        .expect(200)
                                        .json(),
                                one)
                        .get("why")
                        .asString())
                .isEqualTo("not-assignable");
    }

    private static JsonNode line(JsonNode lines, String id) {
        for (JsonNode line : lines) {
            if (line.get("id").asString().equals(id)) {
                return line;
            }
        }
        throw new AssertionError(id + " not in " + lines);
    }

    private int claims(String id) {
        return jdbc.sql("select count(*) from audit.entry where action = 'workitem.claim' and object = :object"
                        + " and outcome = 'DONE'")
                .param("object", "workitem:" + id)
                .query(Integer.class)
                .single();
    }

    @Test
    void aQueueIsSharedAsAFilterAndNeverAsItems() {
        String name = "今天" + UUID.randomUUID().toString().substring(0, 6);
        var body =
                Map.of("name", name, "view", "available", "due", "today", "shared", "ORGANISATION", "standard", true);
        var saved = api.post("officer", "/api/v1/work-queues", body).expect(201).json();
        String id = saved.get("id").asString();

        assertThat(queue("officer", id).get("standard").asBoolean()).isTrue();
        assertThat(queue("officer2", id).get("own").asBoolean()).isFalse();
        assertThat(queue("officer2", id).get("standard").asBoolean()).isFalse();
        assertThat(queue("doctor", id)).isNull();
        api.send("officer2", "DELETE", "/api/v1/work-queues/" + id).expect(404);

        var narrower = Map.of("name", name, "view", "mine", "shared", "NONE");
        assertThat(api.post("officer", "/api/v1/work-queues", narrower)
                        .expect(201)
                        .json()
                        .get("id")
                        .asString())
                .isEqualTo(id);
        assertThat(queue("officer2", id)).isNull();
        api.post(
                        "officer",
                        "/api/v1/work-queues",
                        Map.of("name", "x", "view", "mine", "shared", "ROLE", "role", "court"))
                .expect(422);
        // a text that finds nothing may be somebody's name
        assertThat(api.post("officer", "/api/v1/work-queues", Map.of("name", "x", "view", "mine", "q", "测无此人"))
                        .expect(422)
                        .json()
                        .get("type")
                        .asString())
                .contains("queue-text");
        api.send("officer", "DELETE", "/api/v1/work-queues/" + id).expect(204);
        assertThat(queue("officer", id)).isNull();
    }

    private JsonNode queue(String user, String id) {
        for (JsonNode queue : api.get(user, "/api/v1/work-queues").expect(200).json()) {
            if (queue.get("id").asString().equals(id)) {
                return queue;
            }
        }
        return null;
    }

    @Test
    void whoHasAnItemOpenIsToldToColleaguesUntilItIsClosed() {
        Journey journey = emergency();
        String id = journey.item("officer", "RecordScene").get("id").asString();
        String working = ITEMS + "/" + id + "/working";
        assertThat(api.put("officer", working, "").expect(200).json().get("others"))
                .isEmpty();
        JsonNode others = api.put("officer2", working, "").expect(200).json().get("others");
        assertThat(others).hasSize(1);
        assertThat(others.get(0).asString()).isEqualTo("officer");
        assertThat(api.get("officer2", ITEMS + "/marks?ids=" + id).expect(200).body())
                .contains("officer");
        assertThat(api.put("finance", working, "").status())
                .as("no business of others")
                .isEqualTo(404);

        api.send("officer", "DELETE", working).expect(204);
        assertThat(api.put("officer2", working, "").expect(200).json().get("others"))
                .isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(api.put("officer", working, "").expect(200).json().get("others"))
                .as("forgotten a minute after the last time")
                .isEmpty();
    }

    @Test
    void aViewIsCountedByUrgency() {
        Journey journey = emergency();
        String query = "?view=available&q=" + encoded(journey.number());
        JsonNode levels =
                api.get("officer", ITEMS + "/levels" + query).expect(200).json();
        int sum = 0;
        for (String level : List.of("breached", "today", "soon", "later", "none")) {
            sum += levels.get(level).asInt();
        }
        assertThat(sum).isEqualTo(ids("officer", query).size()).isPositive();
        assertThat(api.get("finance", ITEMS + "/levels" + query).body()).doesNotContain("1");
        assertThat(api.get("officer", ITEMS + "/levels?view=odd").expect(400).body())
                .contains("view-unknown");
    }
}
