package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.notification.Notification;
import org.greenchannel.notification.Notifications;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Notes to a case: who writes and reads what, who is told, what stays after a correction and a withdrawal. */
@AppTest
class CaseNotesFlowTests {

    private static final String TEXT = "明早九点与监护人测丙丁在医务科见面，请带户口簿。";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Notifications notifications;

    @Autowired
    private Accounts accounts;

    private Api api;
    private Journey journey;

    @BeforeEach
    void aCaseInHospital() {
        api = new Api(port);
        journey = new Journey(api, clock).start("officer", Map.of()).toHospital();
    }

    private String path() {
        return "/api/v1/cases/" + journey.number() + "/notes";
    }

    private Answer write(String user, String kind, String text, String... mentions) {
        return api.post(user, path(), Map.of("kind", kind, "text", text, "mentions", List.of(mentions)));
    }

    private static String id(Answer answer) {
        return answer.json().get("id").asString();
    }

    private List<JsonNode> notes(String user) {
        return StreamSupport.stream(
                        api.get(user, path()).expect(200).json().get("items").spliterator(), false)
                .toList();
    }

    @Test
    void aColleagueIsToldWithoutTheContent() throws Exception {
        Answer written = write("officer", "GENERAL", TEXT, "doctor", "officer", "doctor");
        String id = id(written.expect(201));
        assertThat(written.json().get("mentions")).hasSize(1);
        assertThat(written.json().get("dataClass").isNull()).isTrue();

        List<Notification> told = eventually("doctor");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).template()).isEqualTo("note-mentioned");
        assertThat(told.get(0).title().zh() + told.get(0).body().zh())
                .contains("便签", journey.number())
                .doesNotContain("测丙丁", "九点");
        JsonNode read = notes("doctor").get(0);
        assertThat(read.get("id").asString()).isEqualTo(id);
        assertThat(read.get("text").asString()).isEqualTo(TEXT);

        // a correction tells only those who were not told before
        api.post(
                        "officer",
                        path() + "/" + id + "/correct",
                        Map.of("version", 1, "text", TEXT + "改在十点。", "mentions", List.of("doctor", "affairs")))
                .expect(200);
        assertThat(eventually("affairs")).hasSize(1);
        assertThat(told("doctor")).hasSize(1);

        var lines = api.get("doctor", "/api/v1/cases/" + journey.number() + "/timeline?kind=NOTE")
                .expect(200)
                .json()
                .get("items");
        assertThat(lines).hasSize(2);
        assertThat(lines.toString()).doesNotContain("测丙丁");
        assertThat(api.get("officer", path() + "/people").expect(200).body())
                .contains("\"doctor\"")
                .doesNotContain("\"officer\"", "\"finance\"");
    }

    private List<Notification> told(String user) {
        return notifications.list(accounts.viewer(user), false, 100, null).items().stream()
                .filter(n ->
                        n.caseNumber().equals(journey.number()) && n.template().equals("note-mentioned"))
                .toList();
    }

    private List<Notification> eventually(String user) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (told(user).isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        return told(user);
    }

    @Test
    void theClassOfTheKindDecidesWhoReadsIt() {
        write("doctor", "MEDICAL", "既往服药史待家属补充。").expect(201);
        assertThat(notes("attending").get(0).get("text").asString()).contains("服药史");
        JsonNode closed = notes("officer").get(0);
        assertThat(closed.get("readable").asBoolean()).isFalse();
        assertThat(closed.get("text").isNull()).isTrue();
        // nobody is led to what he may not read
        refused(write("doctor", "MEDICAL", "请知悉。", "officer"), 409, "note-mention");
        refused(write("doctor", "GENERAL", "请知悉。", "finance"), 409, "note-mention");
        refused(write("doctor", "GENERAL", "请知悉。", "nobody-such"), 409, "person-unknown");
        assertThat(notes("doctor")).hasSize(1);
        // an officer writes down what he saw and reads it himself
        write("officer", "MEDICAL", "途中抽搐一次，约半分钟。").expect(201);
        assertThat(notes("officer").get(0).get("text").asString()).contains("抽搐");

        api.get("finance", path()).expect(404);
        api.get("supervisor", path()).expect(403);
        api.get("", path()).expect(401);
        assertThat(write("finance", "GENERAL", "x").status()).isEqualTo(404);
        assertThat(write("supervisor", "GENERAL", "x").status()).isEqualTo(403);
        api.post("officer", path(), Map.of("kind", "NOTHING", "text", "x")).expect(422);
        api.post("officer", path(), Map.of("text", "x")).expect(400);
        refused(write("officer", "GENERAL", "  "), 422, "note-empty");
        refused(write("officer", "GENERAL", "长".repeat(2001)), 422, "note-empty");

        // the look of another is on record, one's own is none
        assertThat(jdbc.sql("select distinct username || ' ' || (detail::jsonb ->> 'classes') from audit.entry"
                                + " where action = 'note.read' and object = :object")
                        .param("object", "case:" + journey.number())
                        .query(String.class)
                        .list())
                .containsExactly("attending CLS");
    }

    @Test
    void aCorrectionKeepsWhatWasSaidBefore() {
        String id = id(write("officer", "GENERAL", "电话是 13800000001").expect(201));
        String correct = path() + "/" + id + "/correct";
        refused(api.post("doctor", correct, Map.of("version", 1, "text", "x")), 403, "note-of-others");
        Answer second = api.post("officer", correct, Map.of("version", 1, "text", "电话是 13800000002"))
                .expect(200);
        assertThat(second.json().get("version").asInt()).isEqualTo(2);
        refused(api.post("officer", correct, Map.of("version", 1, "text", "电话是 3")), 409, "note-changed");
        JsonNode seen = notes("doctor").get(0);
        assertThat(seen.get("text").asString()).endsWith("2");
        assertThat(seen.get("earlier")).hasSize(1);
        assertThat(seen.get("earlier").get(0).get("text").asString()).endsWith("1");

        String withdraw = path() + "/" + id + "/withdraw";
        refused(api.post("doctor", withdraw, Map.of("why", "MISTAKEN")), 403, "note-of-others");
        api.post("officer", withdraw, Map.of("why", "no reason")).expect(400);
        api.post("officer", withdraw, Map.of("why", "MISTAKEN")).expect(200);
        refused(api.post("officer", withdraw, Map.of("why", "MISTAKEN")), 409, "note-withdrawn");
        refused(api.post("officer", correct, Map.of("version", 2, "text", "x")), 409, "note-withdrawn");
        JsonNode crossed = notes("doctor").get(0);
        assertThat(crossed.get("withdrawnWhy").asString()).isEqualTo("MISTAKEN");
        assertThat(crossed.get("text").asString()).endsWith("2");

        // what was written to the wrong case concerns another person: only the author goes on reading it
        String astray = id(write("officer", "GENERAL", "他人的事").expect(201));
        api.post("officer", path() + "/" + astray + "/withdraw", Map.of("why", "WRONG_CASE"))
                .expect(200);
        assertThat(notes("doctor").get(0).get("readable").asBoolean()).isFalse();
        assertThat(notes("officer").get(0).get("text").asString()).isEqualTo("他人的事");

        assertThatThrownBy(() -> jdbc.sql("delete from note.note where note_id = :id")
                        .param("id", UUID.fromString(id))
                        .update())
                .hasMessageContaining("never deleted");
        assertThatThrownBy(() -> jdbc.sql("update note.version set body = '\\x00' where note_id = :id")
                        .param("id", UUID.fromString(id))
                        .update())
                .hasMessageContaining("never changed");
        assertThat(api.get("officer", "/api/v1/cases/" + journey.number() + "/timeline?kind=NOTE")
                        .json()
                        .get("items"))
                .hasSize(5);
    }

    @Test
    void sentTwiceItIsOneNote() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("kind", "GENERAL", "text", TEXT);
        String first =
                id(api.post("officer", path(), body, "Idempotency-Key", key).expect(201));
        assertThat(id(api.post("officer", path(), body, "Idempotency-Key", key).expect(201)))
                .isEqualTo(first);
        refused(
                api.post("officer", path(), Map.of("kind", "RISK", "text", TEXT), "Idempotency-Key", key),
                422,
                "idempotency-key-reused");
        String correct = path() + "/" + first + "/correct";
        String again = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            api.post("officer", correct, Map.of("version", 1, "text", "改"), "Idempotency-Key", again)
                    .expect(200);
        }
        assertThat(notes("officer")).hasSize(1);
        assertThat(notes("officer").get(0).get("version").asInt()).isEqualTo(2);
        assertThat(api.get("officer", path() + "?limit=1")
                        .json()
                        .get("nextCursor")
                        .isNull())
                .isTrue();

        byte[] stored = jdbc.sql("select body from note.version where note_id = :id and version = 1")
                .param("id", UUID.fromString(first))
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.UTF_8)).doesNotContain("测丙丁");
        assertThat(jdbc.sql("select string_agg(detail::text, ' ') from audit.entry where object = :object")
                        .param("object", "note:" + first)
                        .query(String.class)
                        .single())
                .contains("GENERAL")
                .doesNotContain("测丙丁");
    }

    @Test
    void thePrintOfTheCaseHasThem() throws Exception {
        String id = id(write("officer", "GENERAL", "first words").expect(201));
        api.post("officer", path() + "/" + id + "/correct", Map.of("version", 1, "text", "second words"))
                .expect(200);
        write("officer", "RISK", "knife under the bed").expect(201);
        write("insurance", "MONEY", "costs of the ambulance").expect(201);
        Answer print = api.post(
                        "affairs",
                        "/api/v1/cases/" + journey.number() + "/export",
                        Map.of("purpose", "REVIEW", "reference", "A-2026-1"))
                .expect(200);
        try (var pdf = Loader.loadPDF(print.raw().body())) {
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                    .contains("7. Notes", "first words", "second words", "knife under the bed")
                    .contains("may not read the note")
                    .doesNotContain("costs of the ambulance");
        }
    }

    @Test
    void thePageWorksWithoutScripts() {
        String tab = "/cases/" + journey.number() + "?tab=notes";
        Visitor officer = new Visitor(port).signedIn("officer");
        Visitor.Page page = officer.get(tab).expect(200);
        assertThat(page.body()).contains("还没有便签", "本案办理人员都能看");
        String to = "/cases/" + journey.number() + "/notes";
        Map<String, String> form = Map.of(
                "kind", "GENERAL", "text", TEXT, "people", "doctor", "idempotencyKey", page.hidden("idempotencyKey"));
        assertThat(officer.post(page, to, form).expect(302).location()).isEqualTo(tab + "&done=saved");
        officer.post(page, to, form).expect(302);
        assertThat(notes("officer")).hasSize(1);
        // general notes stand in the story itself
        assertThat(officer.get("/cases/" + journey.number() + "?kind=NOTE")
                        .expect(200)
                        .body())
                .contains(TEXT);

        Visitor.Page refused = officer.post(
                        officer.get(tab), to, Map.of("kind", "MEDICAL", "text", "仍在这里", "people", "rescue"))
                .expect(409);
        assertThat(refused.body()).contains("不能提醒此人", "仍在这里");
        String one = to + "/" + notes("officer").get(0).get("id").asString();
        assertThat(officer.post(officer.get(tab), one + "/correct", Map.of("version", "1", "text", "改过的内容"))
                        .expect(302)
                        .location())
                .endsWith("done=corrected");
        assertThat(officer.get(tab).body()).contains("改过的内容", "更正前的内容", TEXT);
        officer.post(officer.get(tab), one + "/withdraw", Map.of("why", "DUPLICATE"))
                .expect(302);
        assertThat(officer.get(tab).body()).contains("撤回：重复");
        Visitor doctor = new Visitor(port).signedIn("doctor");
        assertThat(doctor.get("/notifications").body()).contains(journey.number() + "?tab=notes");
        doctor.post(doctor.get(tab), one + "/correct", Map.of("version", "2", "text", "x"))
                .expect(403);
    }

    private static void refused(Answer answer, int status, String problem) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/" + problem);
        assertThat(answer.json().get("detail").asString()).isNotBlank();
    }
}
