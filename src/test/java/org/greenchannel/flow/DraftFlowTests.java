package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Probe.Reply;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Unfinished answers: they follow their author, are closed to others, and end with what they were for. */
@AppTest
class DraftFlowTests {

    private static final String START = "/api/v1/processes/emergency-admission/draft";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Journey journey;
    private Probe probe;
    private String draft = "";
    private String item = "";

    @BeforeEach
    void scene() {
        journey = new Journey(new Api(port), clock).start("officer", Map.of());
        probe = new Probe(port);
        item = "/api/v1/work-items/"
                + journey.item("officer", "RecordScene").get("id").asString();
        draft = item + "/draft";
    }

    private Reply save(String user, String path, Map<String, Object> data) {
        return probe.call("PUT", path).as(user).data(data).send();
    }

    private Reply save(String user, String path, Map<String, Object> data, int seen) {
        return probe.call("PUT", path)
                .as(user)
                .header("If-Match", "\"" + seen + "\"")
                .data(data)
                .send();
    }

    private Reply read(String user, String path) {
        return probe.get(path).as(user).language("en").send();
    }

    private int kept() {
        return jdbc.sql("select count(*) from form.draft where scope = ?")
                .param("item:" + item.substring(item.lastIndexOf('/') + 1))
                .query(Integer.class)
                .single();
    }

    @Test
    void whatWasTypedOnOneDeviceGoesOnOnAnother() {
        assertThat(read("officer", draft).status()).isEqualTo(404);
        Reply saved = save("officer", draft, Map.of("injuries", "左手擦伤", "signature", true), 0);
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.header("ETag")).isEqualTo("\"1\"");
        Reply there = read("officer", draft);
        assertThat(there.json().at("/data/injuries").asString()).isEqualTo("左手擦伤");
        assertThat(there.json().at("/data").has("signature"))
                .as("a signature is never kept")
                .isFalse();
        assertThat(read("officer", item + "/form").json().get("draftVersion").asInt())
                .isEqualTo(1);
        assertThat(save("officer", draft, Map.of("injuries", "左手擦伤，已包扎"), 1)
                        .json()
                        .get("version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aDeviceThatHasNotSeenTheLastOneIsToldSo() {
        save("officer", draft, Map.of("injuries", "一"));
        save("officer", draft, Map.of("injuries", "二"), 1);
        for (int seen : List.of(0, 1)) {
            Reply stale = save("officer", draft, Map.of("injuries", "三"), seen);
            assertThat(stale.status()).isEqualTo(409);
            assertThat(stale.json().get("type").asString()).endsWith("draft-changed");
            assertThat(stale.json().get("version").asInt()).isEqualTo(2);
            assertThat(stale.json().get("savedAt").asString()).isNotBlank();
        }
        assertThat(read("officer", draft).json().at("/data/injuries").asString())
                .isEqualTo("二");
        assertThat(save("officer", draft, Map.of("injuries", "三")).status())
                .as("whoever says so overwrites")
                .isEqualTo(200);
    }

    @Test
    void nobodyElseReadsOrWritesIt() {
        save("officer", draft, Map.of("injuries", "机密伤情"));
        for (String stranger : List.of("triage", "doctor3", "finance", "sysadmin", "auditor", "town")) {
            assertThat(read(stranger, draft).status()).as(stranger).isIn(403, 404);
            assertThat(save(stranger, draft, Map.of("injuries", "x")).status())
                    .as(stranger)
                    .isIn(403, 404);
            assertThat(probe.call("DELETE", draft).as(stranger).send().status())
                    .as(stranger)
                    .isIn(403, 404);
            assertThat(save(stranger, START, Map.of("place", "x")).status())
                    .as(stranger)
                    .isIn(200, 404);
        }
        assertThat(save("finance", START, Map.of("place", "x")).status())
                .as("who may not start it keeps no draft of it")
                .isEqualTo(404);
        assertThat(read("officer", draft).json().at("/data/injuries").asString())
                .isEqualTo("机密伤情");
        assertThat(jdbc.sql("select d::text from form.draft d")
                        .query(String.class)
                        .list()
                        .toString())
                .doesNotContain("机密", HexFormat.of().formatHex("机密".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whoTakesTheTaskGoesOnWithWhatWasWrittenAndThatIsOnRecord() {
        journey.toHospital();
        String path = answerDraft();
        save("doctor", path, Map.of("icd10", "F20.0"));
        assertThat(read("doctor2", path).status())
                .as("offered to her too, but not taken")
                .isEqualTo(404);
        probe.post(path.replace("/draft", "/claim")).as("doctor2").send();
        assertThat(read("doctor", path).status()).as("the author lost the task").isEqualTo(409);
        Reply taken = read("doctor2", path);
        assertThat(taken.json().at("/data/icd10").asString()).isEqualTo("F20.0");
        assertThat(taken.json().get("author").asString()).isEqualTo("doctor");
        assertThat(jdbc.sql("select count(*) from audit.entry where action = 'draft.read' and username = 'doctor2'")
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(save("doctor2", path, Map.of("icd10", "F20.1"), 0).status())
                .as("she writes one of her own")
                .isEqualTo(200);
    }

    private String answerDraft() {
        return "/api/v1/work-items/"
                + journey.item("doctor", "DiagnosePerson").get("id").asString() + "/draft";
    }

    @Test
    void tooMuchIsRefusedAndTheOldOneStays() {
        save("officer", draft, Map.of("injuries", "短"));
        Reply large = save("officer", draft, Map.of("injuries", "长".repeat(200_001)));
        assertThat(large.status()).isEqualTo(400);
        assertThat(large.json().get("type").asString()).endsWith("draft-too-large");
        Map<String, Object> deep = Map.of("a", Map.of("b", Map.of("c", Map.of("d", Map.of("e", Map.of("f", 1))))));
        assertThat(save("officer", draft, Map.of("injuries", deep)).status()).isEqualTo(400);
        assertThat(save("officer", draft, Map.of("injuries", "x"), 999_999).status())
                .isEqualTo(409);
        assertThat(read("officer", draft).json().at("/data/injuries").asString())
                .isEqualTo("短");
    }

    @Test
    void itEndsWithItsTaskOrWhenThrownAway() {
        save("officer", draft, Map.of("injuries", "x"));
        assertThat(probe.call("DELETE", draft).as("officer").send().status()).isEqualTo(204);
        assertThat(kept()).isZero();
        save("officer", draft, Map.of("injuries", "x"));
        assertThat(kept()).isEqualTo(1);
        journey.complete("officer", "RecordScene", Map.of());
        assertThat(kept()).isZero();
        assertThat(save("officer", draft, Map.of("injuries", "x")).status())
                .as("a task that is done takes no draft")
                .isEqualTo(409);
    }

    @Test
    void startsAndMessagesHaveDraftsToo() {
        assertThat(save("officer", START, Map.of("place", "花园路")).status()).isEqualTo(200);
        assertThat(read("officer", START).json().at("/data/place").asString()).isEqualTo("花园路");
        assertThat(read("officer", "/api/v1/processes/emergency-admission/start-form")
                        .json()
                        .at("/draft/place")
                        .asString())
                .isEqualTo("花园路");
        assertThat(probe.call("DELETE", START).as("officer").send().status()).isEqualTo(204);
        assertThat(read("officer", START).status()).isEqualTo(404);
        String messages = "/api/v1/cases/" + journey.number() + "/messages";
        String path = messages + "/criminal-track-opened/draft";
        assertThat(save("approver", path, Map.of("note", "x")).status()).isEqualTo(200);
        assertThat(read("approver", path).status()).isEqualTo(200);
        assertThat(read("officer", path).status()).as("not hers to send").isEqualTo(404);
        assertThat(save("approver", messages + "/nothing/draft", Map.of()).status())
                .isEqualTo(404);
    }
}
