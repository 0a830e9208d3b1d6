package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.flow.Probe.Reply;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whatever is sent: a problem that names every bad field in the caller's language, and nothing changed. */
@AppTest
class BadInputTests {

    private static final List<String> LANGUAGES = List.of("zh-CN", "en");
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
    private Unchanged unchanged;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
        probe = new Probe(port);
        unchanged = new Unchanged(jdbc);
    }

    /** What to change in right data, and the refusals {@code pointer rule} that must come of it. */
    private record Bad(String what, Map<String, Object> changes, List<String> refusals) {}

    private static Bad bad(String key, Object value, String rule) {
        String text = String.valueOf(value);
        return new Bad(
                key + " = " + (text.length() > 40 ? text.substring(0, 40) + "…" : text),
                Map.of(key, value),
                List.of("/data/" + key + " " + rule));
    }

    private static Bad bad(Map<String, Object> changes, String... refusals) {
        String keys = String.valueOf(changes.keySet());
        return new Bad(keys.substring(0, Math.min(60, keys.length())), changes, List.of(refusals));
    }

    /** A problem document that a person can read, in the language asked for. */
    private void refused(String what, Reply reply, String language, int... statuses) {
        assertThat(reply.status())
                .as(what + ": " + reply.body())
                .isIn(java.util.Arrays.stream(statuses).boxed().toList());
        assertThat(reply.type()).as(what).startsWith("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.path("type").asString("")).as(what).startsWith("/problems/");
        assertThat(problem.path("status").asInt(0)).as(what).isEqualTo(reply.status());
        for (String name : List.of("title", "detail")) {
            inLanguage(what + " " + name, problem.path(name).asString(""), language);
        }
        problem.path("errors").forEach(error -> {
            assertThat(error.path("pointer").asString("")).as(what).startsWith("/");
            assertThat(error.path("rule").asString("")).as(what).isNotBlank();
            inLanguage(what + " " + error, error.path("message").asString(""), language);
        });
        assertThat(reply.body()).as(what).doesNotContain("Exception", "org.greenchannel", "jackson", "\tat ");
    }

    private static void inLanguage(String what, String text, String language) {
        assertThat(text).as(what).isNotBlank();
        boolean chinese =
                text.codePoints().anyMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN);
        assertThat(chinese).as(what + " in " + language + ": " + text).isEqualTo(language.startsWith("zh"));
    }

    private static List<String> refusals(Reply reply) {
        List<String> found = new ArrayList<>();
        reply.json()
                .path("errors")
                .forEach(error -> found.add(error.path("pointer").asString("") + " "
                        + error.path("rule").asString("")));
        return found;
    }

    /** Sends each in both languages and looks at the answer and at the tables. */
    private void check(String user, String path, String number, Map<String, Object> right, List<Bad> all) {
        Map<String, String> before = unchanged.look(number);
        for (Bad bad : all) {
            for (String language : LANGUAGES) {
                Map<String, Object> data = new HashMap<>(right);
                bad.changes().forEach((key, value) -> {
                    if (value == Journey.REMOVE) {
                        data.remove(key);
                    } else {
                        data.put(key, value);
                    }
                });
                Reply reply =
                        probe.post(path).as(user).language(language).data(data).send();
                refused(bad.what(), reply, language, 422);
                assertThat(refusals(reply)).as(bad.what()).containsExactlyInAnyOrderElementsOf(bad.refusals());
            }
        }
        assertThat(unchanged.look(number)).isEqualTo(before);
    }

    private String at(long minutes) {
        return journey.at(minutes);
    }

    private Map<String, Object> startData() {
        Map<String, Object> data = new HashMap<>();
        data.put("behaviours", List.of("ASSAULT"));
        data.put("actDescription", "在小区门口追打路人，情绪激动。");
        data.put("place", "花园路一号院");
        data.put("areaCode", "990105001001");
        data.put("channel", "110");
        data.put("dangerToOthersSeen", true);
        data.put("victimCount", 0);
        data.put("personKnown", true);
        data.put("personName", "测甲乙");
        data.put("reportTime", at(-2));
        data.put("incidentTime", at(-10));
        return data;
    }

    @Test
    void theRightDataOfTheseTestsAreRight() {
        probe.post(START).as("officer").data(startData()).send();
        Reply reply = probe.post(START).as("officer").data(startData()).send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }

    @Test
    void startRefusesEveryBadField() {
        List<Bad> all = new ArrayList<>();
        for (String key : List.of(
                "behaviours",
                "actDescription",
                "place",
                "areaCode",
                "channel",
                "victimCount",
                "reportTime",
                "incidentTime")) {
            all.add(bad(Map.of(key, Journey.REMOVE), "/data/" + key + " required"));
        }
        all.add(bad("behaviours", List.of(), "required"));
        all.add(bad("place", "   ", "required"));
        // types
        all.add(bad("behaviours", "ASSAULT", "type"));
        all.add(bad("behaviours", Map.of("0", "ASSAULT"), "type"));
        all.add(bad("actDescription", 5, "type"));
        all.add(bad("place", List.of("x"), "type"));
        all.add(bad("place", Map.of("x", 1), "type"));
        all.add(bad("areaCode", 990105001001L, "type"));
        all.add(bad("ongoing", "true", "type"));
        all.add(bad("ongoing", 1, "type"));
        all.add(bad("victimCount", "0", "type"));
        all.add(bad("victimCount", true, "type"));
        all.add(bad("victimCount", List.of(1), "type"));
        all.add(bad("reportTime", 1700000000, "type"));
        all.add(bad("personName", 7, "type"));
        // ranges
        all.add(bad("victimCount", -1, "min"));
        all.add(bad("victimCount", 1000, "max"));
        all.add(bad("estimatedAge", 121, "max"));
        all.add(bad("actDescription", "短", "minLength"));
        all.add(bad("actDescription", "长".repeat(2001), "maxLength"));
        all.add(bad("place", "长".repeat(201), "maxLength"));
        all.add(bad("personPhone", "12345", "pattern"));
        // dates
        for (String date : List.of(
                "2026-02-30T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "tomorrow",
                "2026-01-01T10:00:00+24:00",
                "2026-01-01",
                "' or 1=1")) {
            all.add(bad("incidentTime", date, "date"));
        }
        all.add(bad("incidentTime", "2026-01-01T10:00:00", "zone"));
        all.add(bad("incidentTime", "0000-01-01T00:00:00Z", "year"));
        all.add(bad("incidentTime", "9999-12-31T23:59:59Z", "year"));
        all.add(bad("birthDate", "2023-02-29", "date"));
        all.add(bad("reportTime", at(60), "incident-report-2"));
        all.add(bad("incidentTime", at(-1), "incident-report-1"));
        // values nobody knows
        all.add(bad("channel", "TELEPATHY", "option"));
        all.add(bad("behaviours", List.of("ASSAULT", "SORCERY"), "option"));
        all.add(bad("behaviours", List.of("ASSAULT", "ASSAULT"), "distinct"));
        all.add(bad("areaCode", "000000", "option"));
        all.add(bad("areaCode", "110101", "option"));
        all.add(bad("personSex", "7", "option"));
        // fields nobody knows
        for (String key : List.of("caseId", "legalStatus", "admissionType", "__proto__", "execution", "hospital")) {
            all.add(bad(key, "x", "unknown"));
        }
        // characters
        all.add(bad("place", "花园\u0000路", "characters"));
        all.add(bad("place", "花园\n路", "characters"));
        all.add(bad("place", "花园\u202e路", "characters"));
        all.add(bad("actDescription", "在小区门口追打路人\u0007，情绪激动。", "characters"));
        check("officer", START, "", startData(), all);
    }

    @Test
    void everyBadFieldIsNamedAtOnce() {
        check(
                "officer",
                START,
                "",
                startData(),
                List.of(bad(
                        Map.of(
                                "place",
                                Journey.REMOVE,
                                "victimCount",
                                -1,
                                "channel",
                                "X",
                                "reportTime",
                                "never",
                                "behaviours",
                                "ASSAULT",
                                "surprise",
                                1),
                        "/data/place required",
                        "/data/victimCount min",
                        "/data/channel option",
                        "/data/reportTime date",
                        "/data/behaviours type",
                        "/data/surprise unknown")));
    }

    @Test
    void tooMuchIsRefusedAsAWhole() {
        Object deep = "x";
        for (int i = 0; i < 20; i++) {
            deep = List.of(deep);
        }
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 6000; i++) {
            many.put("k" + i, i);
        }
        check(
                "officer",
                START,
                "",
                startData(),
                List.of(
                        bad(Map.of("place", "长".repeat(1 << 20)), "/data size"),
                        bad(Map.of("behaviours", deep), "/data size"),
                        bad(many, "/data size")));
    }

    @Test
    void tasksRefuseEveryBadField() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        Map<String, Object> right = journey.data("officer", id, "RecordScene", Map.of());
        List<Bad> all = new ArrayList<>();
        for (String key : List.of(
                "arriveTime",
                "violence",
                "smashing",
                "smashingPlace",
                "somaticState",
                "identityStatus",
                "measures",
                "sceneDecision",
                "signature")) {
            all.add(bad(Map.of(key, Journey.REMOVE), "/data/" + key + " required"));
        }
        all.add(bad("signature", false, "required"));
        all.add(bad("signature", "yes", "type"));
        all.add(bad("officers", "测警一", "type"));
        all.add(bad("officers", List.of("测警一", "测警二"), "type"));
        all.add(bad("officers", List.of(Map.of("officer", "测警一")), "scene-record-2"));
        all.add(bad(
                Map.of("officers", List.of(Map.of("officer", 1), Map.of("officer", "测警二", "rank", 3))),
                "/data/officers/0/officer type",
                "/data/officers/1/rank unknown"));
        all.add(bad("violence", "EXTREME", "option"));
        all.add(bad("arriveTime", at(30), "scene-record-1"));
        all.add(bad(Map.of("smashing", "OBVIOUS"), "/data/smashingPlace scene-record-4"));
        all.add(bad("measures", List.of("NONE", "DISARM"), "scene-record-7"));
        all.add(bad("estimatedAge", 400, "max"));
        all.add(bad("hospitalAnswer", "ACCEPT", "unknown"));
        check("officer", "/api/v1/work-items/" + id + "/complete", journey.number(), right, all);
        journey.complete("officer", "RecordScene", Map.of());

        id = journey.item("triage", "AnswerAdmission").get("id").asString();
        right = journey.data("triage", id, "AnswerAdmission", Map.of());
        check(
                "triage",
                "/api/v1/work-items/" + id + "/complete",
                journey.number(),
                right,
                List.of(
                        bad("hospitalAnswer", "PERHAPS", "option"),
                        bad("hospitalAnswer", List.of("ACCEPT"), "type"),
                        bad("answeredAt", at(60), "hospital-answer-1"),
                        bad(Map.of("hospitalAnswer", "NO_BED"), "/data/noBedReason required"),
                        bad(Map.of("hospitalAnswer", Journey.REMOVE), "/data/hospitalAnswer required")));
    }

    @Test
    void forgedAccountsAndOrganisationsAreRefused() {
        journey.start("officer", Map.of()).toHospital();
        journey.complete("social", "ContactGuardian", Map.of());
        String id = journey.item("doctor", "DiagnosePerson").get("id").asString();
        Map<String, Object> right = journey.data("doctor", id, "DiagnosePerson", Map.of());
        List<Bad> all = new ArrayList<>();
        for (String forged : List.of("nobody", "officer", "doctor3", "auditor", "DOCTOR", "doctor ", "' or ''='")) {
            all.add(bad("doctor", forged, "option"));
        }
        all.add(bad("icd10", "schizophrenia", "maxLength"));
        all.add(bad("dangerLevel", 6, "max"));
        all.add(bad("needInpatient", "true", "option"));
        all.add(bad("natureDegreeLikelihood", "危险", "minLength"));
        check("doctor", "/api/v1/work-items/" + id + "/complete", journey.number(), right, all);
    }

    @Test
    void aWitnessIsAColleagueWhoMayWitness() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        journey.complete("triage", "ReceivePerson", Map.of());
        String id = journey.item("triage", "ServeArrivalNotice").get("id").asString();
        Map<String, Object> right = journey.data("triage", id, "ServeArrivalNotice", Map.of());
        check(
                "triage",
                "/api/v1/work-items/" + id + "/complete",
                journey.number(),
                right,
                List.of(
                        bad("witness", "nobody", "option"),
                        bad("witness", "officer", "option"),
                        bad("witness", "affairs2", "option"),
                        bad("witness", UUID.randomUUID().toString(), "option")));
    }

    /** Bodies that are no action at all, with the statuses they may be refused with. */
    private static Map<String, int[]> bodies() {
        Map<String, int[]> bodies = new LinkedHashMap<>();
        for (String broken : List.of(
                "",
                "{",
                "nonsense",
                "{\"data\":{\"place\":\"x\"}",
                "{\"data\":{}} trailing",
                "{'data':{}}",
                "{\"data\":{\"place\":\"\u0001\"}}",
                "{\"data\":{\"place\":\"a\"},\"data\":{\"place\":\"b\"}}",
                "{\"data\":{\"place\":\"a\",\"place\":\"b\"}}",
                "{\"data\":{\"victimCount\":NaN}}",
                "{\"data\":{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}}",
                "null")) {
            bodies.put(broken, new int[] {400});
        }
        for (String shape : List.of(
                "[]",
                "[{\"data\":{}}]",
                "\"text\"",
                "7",
                "{\"data\":[]}",
                "{\"data\":\"x\"}",
                "{\"data\":7}",
                "{\"data\":{},\"caseNumber\":{\"x\":1}}",
                "{\"data\":{},\"isAdmin\":true}")) {
            bodies.put(shape, new int[] {400, 422});
        }
        bodies.put("{\"data\":" + "[".repeat(100_000), new int[] {400, 422});
        bodies.put("{\"data\":{\"" + "a".repeat(1 << 20) + "\":1}}", new int[] {400});
        // no data is the same as an empty form
        bodies.put("{}", new int[] {422});
        bodies.put("{\"data\":null}", new int[] {422});
        bodies.put("{\"data\":{\"place\":\"\\ud800\"}}", new int[] {400, 422});
        bodies.put("{\"data\":{\"victimCount\":1e400}}", new int[] {422});
        bodies.put("{\"data\":{\"victimCount\":" + "9".repeat(900) + "}}", new int[] {400, 422});
        return bodies;
    }

    @Test
    void bodiesThatAreNoActionAreRefused() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        Map<String, String> before = unchanged.look(journey.number());
        for (String path : List.of(START, "/api/v1/work-items/" + id + "/complete")) {
            for (String language : LANGUAGES) {
                bodies().forEach((body, statuses) -> {
                    Reply reply = probe.post(path)
                            .as("officer")
                            .language(language)
                            .json(body)
                            .send();
                    String shown = body.length() > 60 ? body.substring(0, 60) : body;
                    refused(path + " " + shown, reply, language, statuses);
                });
            }
        }
        assertThat(unchanged.look(journey.number())).isEqualTo(before);
    }

    @Test
    void aWrongShapeIsNamed() {
        for (String body : List.of("{\"data\":[]}", "{\"data\":\"x\"}", "{\"data\":7}")) {
            Reply reply = probe.post(START).as("officer").json(body).send();
            assertThat(refusals(reply)).as(body).containsExactly("/data type");
        }
        Reply extra = probe.post(START)
                .as("officer")
                .json("{\"data\":{},\"isAdmin\":true}")
                .send();
        assertThat(refusals(extra)).containsExactly("/isAdmin unknown");
    }

    @Test
    void onlyJsonIsRead() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        Map<String, String> before = unchanged.look(journey.number());
        String body =
                probe.mapper().writeValueAsString(Map.of("data", journey.data("officer", id, "RecordScene", Map.of())));
        for (String type : List.of(
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml",
                "multipart/form-data; boundary=x",
                "application/octet-stream",
                "nonsense")) {
            for (String language : LANGUAGES) {
                Reply reply = probe.post("/api/v1/work-items/" + id + "/complete")
                        .as("officer")
                        .language(language)
                        .text(type, body)
                        .send();
                refused("type " + type, reply, language, 400, 415);
            }
        }
        assertThat(unchanged.look(journey.number())).isEqualTo(before);
    }

    @Test
    void forgedIdsAndHeadersAreRefused() {
        journey.start("officer", Map.of());
        String own = journey.item("officer", "RecordScene").get("id").asString();
        String submission = jdbc.sql(
                        "select s.id::text from form.submission s join casefile.case_file c on c.case_file_id = s.case_id where c.number = :n limit 1")
                .param("n", journey.number())
                .query(String.class)
                .single();
        Map<String, String> before = unchanged.look(journey.number());
        for (String language : LANGUAGES) {
            for (String forged : List.of(UUID.randomUUID().toString(), submission, new UUID(0, 0).toString())) {
                for (String verb : List.of("complete", "claim", "release")) {
                    Reply reply = probe.post("/api/v1/work-items/" + forged + "/" + verb)
                            .as("officer")
                            .language(language)
                            .data(Map.of())
                            .send();
                    refused(verb + " " + forged, reply, language, 404);
                }
                refused(
                        "form",
                        probe.get("/api/v1/work-items/" + forged + "/form")
                                .as("officer")
                                .language(language)
                                .send(),
                        language,
                        404);
                refused(
                        "paper",
                        probe.get("/api/v1/cases/" + journey.number() + "/documents/" + forged)
                                .as("officer")
                                .language(language)
                                .send(),
                        language,
                        403,
                        404);
            }
            for (String forged : List.of("7", "not-a-uuid", "%00", "1'or'1", own + "x", "a".repeat(3000))) {
                Reply reply = probe.post("/api/v1/work-items/" + forged + "/complete")
                        .as("officer")
                        .language(language)
                        .data(Map.of())
                        .send();
                assertThat(reply.status()).as(forged).isBetween(400, 499);
                assertThat(reply.body()).doesNotContain("Exception");
            }
            for (String number :
                    List.of("JJ-0000-999999", "%20", "x%27or%27", "%00", "a".repeat(3000), "%F0%9F%98%80", "%ff%fe")) {
                Reply reply = probe.get("/api/v1/cases/" + number)
                        .as("doctor")
                        .language(language)
                        .send();
                assertThat(reply.status()).as(number + reply.body()).isIn(400, 404);
            }
            String path = "/api/v1/work-items/" + own + "/complete";
            for (String key : List.of("a b", "k".repeat(201))) {
                refused(
                        "key",
                        probe.post(path)
                                .as("officer")
                                .language(language)
                                .header("Idempotency-Key", key)
                                .data(Map.of())
                                .send(),
                        language,
                        400);
            }
            for (String match : List.of("abc", "\"-1\"", "\"99999999999\"", "1 or 1")) {
                refused(
                        "match",
                        probe.post(path)
                                .as("officer")
                                .language(language)
                                .header("If-Match", match)
                                .data(Map.of())
                                .send(),
                        language,
                        400);
            }
        }
        assertThat(unchanged.look(journey.number())).isEqualTo(before);
    }

    @Test
    void badParametersOfListsAreRefused() {
        Stream.of(
                        "/api/v1/work-items?view=everything",
                        "/api/v1/work-items?due=yesterday",
                        "/api/v1/work-items?limit=many",
                        "/api/v1/work-items?limit=99999999999",
                        "/api/v1/work-items?cursor=x",
                        "/api/v1/work-items?cursor=2026-01-01T00:00:00Z_7",
                        "/api/v1/work-items?cursor=%2B999999999-01-01T00:00:00Z_" + UUID.randomUUID(),
                        "/api/v1/work-items?q=%00",
                        "/api/v1/work-items?task=%00",
                        "/api/v1/work-items?view=done&cursor=never_x",
                        "/api/v1/cases?open=perhaps",
                        "/api/v1/cases?cursor=1",
                        "/api/v1/cases?cursor=%2B999999999-01-01T00:00:00Z_" + UUID.randomUUID(),
                        "/api/v1/cases?q=%00",
                        "/api/v1/cases?process=%00")
                .forEach(path -> {
                    for (String language : LANGUAGES) {
                        refused(
                                path,
                                probe.get(path).as("doctor").language(language).send(),
                                language,
                                400);
                    }
                });
        for (String path : List.of(
                "/api/v1/audit/entries?from=yesterday",
                "/api/v1/audit/entries?cursor=x",
                "/api/v1/audit/entries?actor=%00",
                "/api/v1/audit/entries?from=%2B999999999-01-01T00:00:00Z")) {
            refused(path, probe.get(path).as("auditor").language("en").send(), "en", 400);
        }
        // odd but harmless
        for (String path : List.of(
                "/api/v1/work-items?limit=-5",
                "/api/v1/work-items?limit=0",
                "/api/v1/work-items?q=%25%5C_%27",
                "/api/v1/work-items?unknown=1",
                "/api/v1/cases?q=%27%3B--")) {
            assertThat(probe.get(path).as("doctor").send().status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void decisionsRefuseWhatIsNoInput() {
        String path = "/api/v1/decisions/admission-basis/evaluate";
        for (String body : List.of(
                "{\"inputs\":[]}",
                "{\"inputs\":{\"noSuchInput\":1}}",
                "{\"inputs\":{\"diagnosisConclusion\":[\"SMD\"]}}",
                "{\"inputs\":{\"diagnosisConclusion\":{\"a\":1}}}",
                "{\"inputs\":{\"needInpatient\":\"perhaps\"}}",
                "{\"inputs\":{\"diagnosisConclusion\":\"" + "x".repeat(1 << 20) + "\"}}",
                "{\"inputs\":",
                "[]")) {
            for (String language : LANGUAGES) {
                Reply reply = probe.post(path)
                        .as("doctor")
                        .language(language)
                        .json(body)
                        .send();
                refused(body.substring(0, Math.min(50, body.length())), reply, language, 400, 413, 422);
            }
        }
        refused(
                "unknown table",
                probe.post("/api/v1/decisions/nothing/evaluate")
                        .as("doctor")
                        .language("en")
                        .json("{\"inputs\":{}}")
                        .send(),
                "en",
                404);
        refused(
                "purpose",
                probe.post("/api/v1/persons/search")
                        .as("doctor")
                        .language("en")
                        .json("{}")
                        .send(),
                "en",
                422);
    }

    @Test
    void answersComeSoonWhateverIsSent() {
        long begun = System.nanoTime();
        probe.post(START)
                .as("officer")
                .json("{\"data\":{\"place\":\"" + "a".repeat(4 << 20) + "\"}}")
                .send();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
}
