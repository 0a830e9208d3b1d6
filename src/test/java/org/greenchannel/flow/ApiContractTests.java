package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.flow.Probe.Reply;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The contract of the REST API: what is there, what it is called, and how its pages, errors and languages behave. */
@AppTest
class ApiContractTests {

    private static final Map<String, List<String>> ENDPOINTS = Map.ofEntries(
            Map.entry("/api/v1/me", List.of("get")),
            Map.entry("/api/v1/processes", List.of("get")),
            Map.entry("/api/v1/processes/{key}", List.of("get")),
            Map.entry("/api/v1/processes/{key}/diagram", List.of("get")),
            Map.entry("/api/v1/processes/{key}/start-form", List.of("get")),
            Map.entry("/api/v1/processes/{key}/start", List.of("post")),
            Map.entry("/api/v1/work-items", List.of("get")),
            Map.entry("/api/v1/work-items/counts", List.of("get")),
            Map.entry("/api/v1/work-items/search", List.of("post")),
            Map.entry("/api/v1/work-items/marks", List.of("get")),
            Map.entry("/api/v1/work-items/bulk", List.of("post")),
            Map.entry("/api/v1/work-items/bulk/preview", List.of("post")),
            Map.entry("/api/v1/work-items/{id}/seen", List.of("put")),
            Map.entry("/api/v1/work-items/{id}/follow-up", List.of("post", "delete")),
            Map.entry("/api/v1/work-queues", List.of("get", "post")),
            Map.entry("/api/v1/work-queues/{id}", List.of("delete")),
            Map.entry("/api/v1/work-queues/{id}/standard", List.of("put")),
            Map.entry("/api/v1/work-items/{id}", List.of("get")),
            Map.entry("/api/v1/work-items/{id}/form", List.of("get")),
            Map.entry("/api/v1/work-items/{id}/claim", List.of("post")),
            Map.entry("/api/v1/work-items/{id}/release", List.of("post")),
            Map.entry("/api/v1/work-items/{id}/complete", List.of("post")),
            Map.entry("/api/v1/work-items/{id}/draft", List.of("put")),
            Map.entry("/api/v1/cases", List.of("get")),
            Map.entry("/api/v1/cases/{number}", List.of("get")),
            Map.entry("/api/v1/cases/{number}/timeline", List.of("get")),
            Map.entry("/api/v1/cases/{number}/clocks", List.of("get")),
            Map.entry("/api/v1/cases/{number}/documents", List.of("get")),
            Map.entry("/api/v1/cases/{number}/documents/{id}", List.of("get")),
            Map.entry("/api/v1/cases/{number}/documents/print", List.of("get")),
            Map.entry("/api/v1/cases/{number}/documents/preview", List.of("get")),
            Map.entry("/api/v1/cases/{number}/documents/planned", List.of("get")),
            Map.entry("/api/v1/cases/{number}/documents/{id}/reissue", List.of("post")),
            Map.entry("/api/v1/cases/{number}/submissions", List.of("get")),
            Map.entry("/api/v1/cases/{number}/submissions/{id}/changes", List.of("get")),
            Map.entry("/api/v1/cases/{number}/export", List.of("post")),
            Map.entry("/api/v1/cases/{number}/participants", List.of("get")),
            Map.entry("/api/v1/cases/{number}/diagram-state", List.of("get")),
            Map.entry("/api/v1/cases/{number}/messages", List.of("get")),
            Map.entry("/api/v1/cases/{number}/messages/{name}", List.of("post")),
            Map.entry("/api/v1/cases/{number}/attachments", List.of("get", "post")),
            Map.entry("/api/v1/cases/{number}/attachments/{id}", List.of("get")),
            Map.entry("/api/v1/cases/{number}/attachments/{id}/pages/{page}", List.of("get")),
            Map.entry("/api/v1/cases/{number}/attachments/{id}/withdraw", List.of("post")),
            Map.entry("/api/v1/cases/{number}/notes", List.of("get", "post")),
            Map.entry("/api/v1/cases/{number}/notes/people", List.of("get")),
            Map.entry("/api/v1/cases/{number}/notes/{id}/correct", List.of("post")),
            Map.entry("/api/v1/cases/{number}/notes/{id}/withdraw", List.of("post")),
            Map.entry("/api/v1/cases/{number}/person/reveal", List.of("post")),
            Map.entry("/api/v1/notifications", List.of("get")),
            Map.entry("/api/v1/notifications/unread", List.of("get")),
            Map.entry("/api/v1/notifications/{id}/read", List.of("post")),
            Map.entry("/api/v1/notifications/failed", List.of("get")),
            Map.entry("/api/v1/me/notification-preferences", List.of("get", "put", "delete")),
            Map.entry("/api/v1/me/notification-addresses/{channel}", List.of("put", "delete")),
            Map.entry("/api/v1/persons/search", List.of("post")),
            Map.entry("/api/v1/persons/{id}", List.of("get")),
            Map.entry("/api/v1/persons/{id}/compare/{other}", List.of("get")),
            Map.entry("/api/v1/persons/duplicates", List.of("get")),
            Map.entry("/api/v1/persons/merges", List.of("get", "post")),
            Map.entry("/api/v1/persons/merges/{id}", List.of("get")),
            Map.entry("/api/v1/persons/merges/{id}/confirm", List.of("post")),
            Map.entry("/api/v1/persons/merges/{id}/refuse", List.of("post")),
            Map.entry("/api/v1/persons/merges/{id}/withdraw", List.of("post")),
            Map.entry("/api/v1/persons/{id}/reveal", List.of("post")),
            Map.entry("/api/v1/decisions", List.of("get")),
            Map.entry("/api/v1/decisions/{id}/evaluate", List.of("post")),
            Map.entry("/api/v1/audit/entries", List.of("get")),
            Map.entry("/api/v1/audit/verification", List.of("post")));

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
    }

    private JsonNode get(String user, String path) {
        Reply reply = probe.get(path).as(user).language("en").send();
        assertThat(reply.status()).as(path + ": " + reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> texts(JsonNode items, String field) {
        List<String> found = new ArrayList<>();
        items.forEach(item -> found.add(item.get(field).asString()));
        return found;
    }

    @Test
    void theDescriptionIsForTheSignedInAndComplete() {
        assertThat(probe.get("/v3/api-docs").send().status()).isEqualTo(401);
        JsonNode docs = get("officer", "/v3/api-docs");
        assertThat(docs.get("openapi").asString()).startsWith("3.");
        assertThat(docs.at("/components/securitySchemes/basic/scheme").asString())
                .isEqualTo("basic");
        ENDPOINTS.forEach((path, methods) -> methods.forEach(method -> {
            JsonNode operation = docs.get("paths").path(path).path(method);
            assertThat(operation.isObject()).as(method + " " + path).isTrue();
            assertThat(operation.path("summary").asString(""))
                    .as(method + " " + path)
                    .isNotBlank();
            assertThat(operation.path("tags")).as(method + " " + path).isNotEmpty();
            assertThat(operation.path("responses").isObject())
                    .as(method + " " + path)
                    .isTrue();
        }));
        docs.get("paths").propertyNames().forEach(path -> assertThat(path).startsWith("/api/v1/"));
    }

    @Test
    void theCallerLearnsWhoHeIs() {
        JsonNode me = get("doctor", "/api/v1/me");
        assertThat(me.get("username").asString()).isEqualTo("doctor");
        assertThat(me.get("organisation").asString()).isEqualTo("zz-hosp-8");
        assertThat(me.get("roles").toString()).contains("psychiatrist-initial");
        assertThat(me.get("groups").toString()).contains("psychiatrist-initial@zz-hosp-8");
        assertThat(me.toString()).doesNotContain("argon2", "password");
    }

    @Test
    void aProcessShowsModelAndForm() {
        assertThat(texts(get("officer", "/api/v1/processes"), "key")).contains("emergency-admission");
        Reply diagram = probe.get("/api/v1/processes/emergency-admission/diagram")
                .as("officer")
                .send();
        assertThat(diagram.type()).startsWith("application/xml");
        assertThat(diagram.body()).contains("<bpmn:definitions", "BPMNDiagram");
        JsonNode form = get("officer", "/api/v1/processes/emergency-admission/start-form");
        assertThat(form.at("/schema/type").asString()).isEqualTo("default");
        assertThat(form.at("/schema/components")).isNotEmpty();
        assertThat(form.has("data")).isTrue();
        assertThat(probe.get("/api/v1/processes/none").as("officer").send().status())
                .isEqualTo(404);
        assertThat(probe.get("/api/v1/processes/none/diagram")
                        .as("officer")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void startAnswersCaseInstanceAndTasks() {
        Map<String, Object> data = Map.ofEntries(
                Map.entry("behaviours", List.of("ASSAULT")),
                Map.entry("actDescription", "在小区门口追打路人，情绪激动。"),
                Map.entry("place", "花园路一号院"),
                Map.entry("areaCode", "990105001001"),
                Map.entry("channel", "110"),
                Map.entry("dangerToOthersSeen", true),
                Map.entry("victimCount", 0),
                Map.entry("personKnown", true),
                Map.entry("reportTime", journey.at(-2)),
                Map.entry("incidentTime", journey.at(-10)));
        Reply started = probe.post(START).as("officer").data(data).send();
        assertThat(started.status()).as(started.body()).isEqualTo(201);
        String number = started.json().get("caseNumber").asString();
        assertThat(number).matches("[A-Z]+-\\d{4}-\\d{6}");
        assertThat(started.json().get("processInstanceId").asString()).isNotBlank();
        assertThat(texts(started.json().get("workItems"), "taskKey")).contains("RecordScene");
        assertThat(started.header("Location")).isEqualTo("/api/v1/cases/" + number);
        assertThat(get("officer", started.header("Location")).get("number").asString())
                .isEqualTo(number);
    }

    @Test
    void anItemHasItsContextAndItsTag() {
        journey.start("officer", Map.of());
        JsonNode item = journey.item("officer", "RecordScene");
        for (String field : List.of(
                "id",
                "taskKey",
                "name",
                "process",
                "caseNumber",
                "person",
                "groups",
                "assignee",
                "priority",
                "dueSoft",
                "dueHard",
                "basis",
                "createdAt",
                "version")) {
            assertThat(item.has(field)).as(field).isTrue();
        }
        Reply one = probe.get("/api/v1/work-items/" + item.get("id").asString())
                .as("officer")
                .send();
        assertThat(one.header("ETag"))
                .isEqualTo("\"" + one.json().get("version").asInt() + "\"");
        assertThat(one.header("Cache-Control")).contains("no-store");
        assertThat(one.json().get("person").asString()).doesNotContain("甲乙");

        Reply claimed = probe.post("/api/v1/work-items/" + item.get("id").asString() + "/claim")
                .as("officer")
                .send();
        assertThat(claimed.json().get("assignee").asString()).isEqualTo("officer");
        assertThat(claimed.header("ETag"))
                .isEqualTo("\"" + claimed.json().get("version").asInt() + "\"");
        assertThat(texts(
                        get("officer", "/api/v1/work-items?view=mine&case=" + journey.number())
                                .get("items"),
                        "id"))
                .contains(item.get("id").asString());
        probe.post("/api/v1/work-items/" + item.get("id").asString() + "/release")
                .as("officer")
                .send();
        assertThat(journey.offered("officer", "RecordScene")).isTrue();
    }

    @Test
    void aDraftIsKeptForItsWriter() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        Reply saved = probe.call("PUT", "/api/v1/work-items/" + id + "/draft")
                .as("officer")
                .data(Map.of("injuries", "左手擦伤"))
                .send();
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.json().get("savedAt").asString()).isNotBlank();
        assertThat(get("officer", "/api/v1/work-items/" + id + "/form")
                        .at("/draft/injuries")
                        .asString())
                .isEqualTo("左手擦伤");
        journey.complete("officer", "RecordScene", Map.of());
        assertThat(jdbc.sql("select count(*) from form.draft where scope like ?")
                        .param("%" + id + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void everyProblemHasTheSameShape() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        Map<Reply, Integer> problems = Map.of(
                probe.get("/api/v1/me").language("en").send(), 401,
                probe.get("/api/v1/audit/entries").as("doctor").language("en").send(), 403,
                probe.get("/api/v1/cases/XX-1").as("doctor").language("en").send(), 404,
                probe.get("/api/v1/no-such-thing").as("doctor").language("en").send(), 404,
                probe.call("DELETE", "/api/v1/me").as("doctor").language("en").send(), 405,
                probe.get("/api/v1/me")
                                .as("doctor")
                                .language("en")
                                .header("Accept", "image/png")
                                .send(),
                        406,
                probe.post("/api/v1/work-items/" + id + "/complete")
                                .as("officer")
                                .language("en")
                                .header("If-Match", "\"77\"")
                                .data(Map.of())
                                .send(),
                        409,
                probe.post("/api/v1/work-items/" + id + "/complete")
                                .as("officer")
                                .language("en")
                                .text("text/plain", "x")
                                .send(),
                        415,
                probe.post("/api/v1/work-items/" + id + "/complete")
                                .as("officer")
                                .language("en")
                                .data(Map.of())
                                .send(),
                        422,
                probe.get("/api/v1/work-items?limit=x")
                                .as("officer")
                                .language("en")
                                .send(),
                        400);
        assertThat(problems).hasSize(10);
        problems.forEach((reply, status) -> {
            assertThat(reply.status()).as(reply.body()).isEqualTo(status);
            assertThat(reply.type()).as(reply.body()).startsWith("application/problem+json");
            assertThat(reply.json().get("type").asString()).matches("/problems/[a-z0-9-]+");
            assertThat(reply.json().get("title").asString()).isNotBlank();
            assertThat(reply.json().get("detail").asString()).isNotBlank();
            assertThat(reply.json().get("status").asInt()).isEqualTo(status);
            assertThat(reply.json().get("errors").isArray()).isTrue();
            assertThat(reply.header("Content-Language")).isEqualTo("en");
        });
    }

    /** All ids of a list, page by page. */
    private List<String> walk(String user, String path, String field, int limit) {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        for (int page = 0; page < 500; page++) {
            JsonNode answer = get(user, path + "limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor));
            assertThat(answer.get("items").size()).isLessThanOrEqualTo(limit);
            ids.addAll(texts(answer.get("items"), field));
            if (answer.get("nextCursor").isNull()) {
                return ids;
            }
            cursor = java.net.URLEncoder.encode(answer.get("nextCursor").asString(), StandardCharsets.UTF_8);
        }
        throw new AssertionError("the list never ends");
    }

    @Test
    void pagesWalkEverythingExactlyOnce() {
        for (int i = 0; i < 7; i++) {
            journey.start("officer", Map.of());
        }
        String id = journey.item("officer", "RecordScene").get("id").asString();
        probe.post("/api/v1/work-items/" + id + "/claim").as("officer").send();
        for (String view : List.of("available", "mine", "done")) {
            List<String> one = walk("officer", "/api/v1/work-items?view=" + view + "&", "id", 1);
            List<String> three = walk("officer", "/api/v1/work-items?view=" + view + "&", "id", 3);
            List<String> fifty = walk("officer", "/api/v1/work-items?view=" + view + "&", "id", 50);
            assertThat(one).as(view).doesNotHaveDuplicates().isEqualTo(three).isEqualTo(fifty);
        }
        Set<String> stored = new HashSet<>(jdbc.sql(
                        "select w.work_item_id::text from worklist.work_item w where w.status = 'OPEN' and w.assignee is null"
                                + " and 'police-officer@zz-ps-huayuanlu' = any (w.group_names)"
                                // what other tests put aside for him
                                + " and not exists (select 1 from worklist.follow_up f where f.username = 'officer'"
                                + " and f.work_item_id = w.work_item_id)")
                .query(String.class)
                .list());
        List<String> available = walk("officer", "/api/v1/work-items?view=available&", "id", 4);
        assertThat(available).containsExactlyInAnyOrderElementsOf(stored).hasSizeGreaterThanOrEqualTo(6);

        List<String> cases = walk("officer", "/api/v1/cases?", "number", 2);
        assertThat(cases).doesNotHaveDuplicates().isEqualTo(walk("officer", "/api/v1/cases?", "number", 50));
        assertThat(cases).contains(journey.number()).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void theTimelineAndTheLogWalkToo() {
        journey.start("officer", Map.of()).toHospital();
        String path = "/api/v1/cases/" + journey.number() + "/timeline?";
        List<String> lines = walk("doctor", path, "id", 3);
        assertThat(lines).doesNotHaveDuplicates().isEqualTo(walk("doctor", path, "id", 200));
        assertThat(lines).hasSizeGreaterThan(10);
        List<String> log = walk(
                "auditor", "/api/v1/audit/entries?case=" + journey.number() + "&action=workitem.complete&", "id", 2);
        assertThat(log).doesNotHaveDuplicates().hasSize(5);
    }

    @Test
    void countsAgreeWithTheLists() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        probe.post("/api/v1/work-items/" + id + "/claim").as("officer").send();
        JsonNode counts = get("officer", "/api/v1/work-items/counts");
        for (String view : List.of("mine", "available", "team", "done")) {
            int listed = walk("officer", "/api/v1/work-items?view=" + view + "&", "id", 50)
                    .size();
            assertThat(counts.get(view).asInt()).as(view).isEqualTo(Math.min(100, listed));
        }
        assertThat(counts.get("mine").asInt()).isPositive();
    }

    @Test
    void filtersNarrowTheList() {
        journey.start("officer", Map.of());
        String base = "/api/v1/work-items?view=available&case=" + journey.number();
        assertThat(get("officer", base).get("items")).isNotEmpty();
        assertThat(get("officer", base + "&task=NoSuchTask").get("items")).isEmpty();
        assertThat(get("officer", base + "&process=funding-approval").get("items"))
                .isEmpty();
        assertThat(get("officer", base + "&q=" + journey.number()).get("items")).isNotEmpty();
        assertThat(get("officer", base + "&q=zzzz").get("items")).isEmpty();
        int parts = 0;
        for (String due : List.of("breached", "today", "soon", "later")) {
            parts += get("officer", base + "&due=" + due).get("items").size();
        }
        assertThat(parts).isEqualTo(get("officer", base).get("items").size());
        assertThat(get("officer", "/api/v1/cases?q=" + journey.number()).get("items"))
                .hasSize(1);
        assertThat(get("officer", "/api/v1/cases?open=false&q=" + journey.number())
                        .get("items"))
                .isEmpty();
    }

    @Test
    void theLanguageFollowsTheCaller() {
        journey.start("officer", Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        for (String path : List.of(
                "/api/v1/processes",
                "/api/v1/work-items/" + id,
                "/api/v1/work-items/" + id + "/form",
                "/api/v1/cases/" + journey.number() + "/timeline",
                "/api/v1/cases/" + journey.number() + "/clocks",
                "/api/v1/cases/XX-1")) {
            String chinese =
                    probe.get(path).as("officer").language("zh-CN").send().body();
            String english = probe.get(path)
                    .as("officer")
                    .language("en-GB,en;q=0.9,zh;q=0.5")
                    .send()
                    .body();
            assertThat(chinese).as(path).isNotEqualTo(english);
            assertThat(probe.get(path).as("officer").send().body())
                    .as("without a wish: Chinese")
                    .isEqualTo(chinese);
        }
        assertThat(get("officer", "/api/v1/work-items/" + id).get("name").asString())
                .matches("[\\x20-\\x7e]+");
    }

    @Test
    void aDecisionAnswersItsRowAndItsArticle() {
        Map<String, Object> inputs = Map.ofEntries(
                Map.entry("ctDecisionAndNotice", false),
                Map.entry("tempProtectiveApproved", false),
                Map.entry("diagnosisConclusion", "SMD"),
                Map.entry("sentUnder28_2", true),
                Map.entry("dangerToOthers", "ACT"),
                Map.entry("dangerToSelf", "NONE"),
                Map.entry("needInpatient", true),
                Map.entry("patientWill", "OBJECT"),
                Map.entry("patientCapacityOpinion", "LIMITED"),
                Map.entry("guardianStatus", "PRESENT_CONSENT"));
        Reply reply = probe.post("/api/v1/decisions/admission-basis/evaluate")
                .as("doctor")
                .json(Map.of("inputs", inputs))
                .send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode answer = reply.json();
        assertThat(answer.get("decision").asString()).isEqualTo("admission-basis");
        assertThat(answer.get("advice").asBoolean()).isTrue();
        assertThat(answer.get("rowIds").get(0).asString()).isEqualTo("D2-8");
        assertThat(answer.get("rows").get(0).get("id").asString()).isEqualTo("D2-8");
        assertThat(answer.get("rows").get(0).get("basis").asString()).contains("30");
        assertThat(answer.get("outputs").get("admissionType").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(jdbc.sql(
                                "select count(*) from audit.entry where action = 'decision.evaluate' and username = 'doctor' and object = 'decision:admission-basis'")
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(texts(get("doctor", "/api/v1/decisions"), "key"))
                .contains("admission-basis", "danger-level", "hospital-routing", "funding-sources");
    }

    @Test
    void aCaseTellsItsStory() {
        journey.start("officer", Map.of()).toHospital().diagnosed(Map.of(), Map.of());
        JsonNode file = journey.file("doctor");
        for (String field : List.of(
                "number",
                "process",
                "legalStatus",
                "admissionType",
                "stage",
                "outcome",
                "person",
                "participants",
                "clocks",
                "hospital")) {
            assertThat(file.has(field)).as(field).isTrue();
        }
        assertThat(file.get("hospital").asString()).isEqualTo("zz-hosp-8");
        JsonNode legal = get("doctor", "/api/v1/cases/" + journey.number() + "/clocks");
        assertThat(legal).isNotEmpty().allSatisfy(one -> {
            assertThat(one.get("basis").asString()).isNotBlank();
            assertThat(one.get("dueHard").asString()).isNotBlank();
        });
        JsonNode forms = get("doctor", "/api/v1/cases/" + journey.number() + "/submissions");
        assertThat(texts(forms, "task")).contains("start", "RecordScene", "DiagnosePerson");
        assertThat(forms).allSatisfy(form -> {
            assertThat(form.get("digest").asString()).matches("[0-9a-f]{64}");
            assertThat(form.get("answers")).isNotEmpty();
        });
    }

    @Test
    void aPaperIsAPdfOfItsCase() {
        journey.start("officer", Map.of()).toHospital();
        String number = journey.number();
        JsonNode papers = get("doctor", "/api/v1/cases/" + number + "/documents");
        assertThat(texts(papers, "code")).contains("handover-sheet", "RN-01");
        for (JsonNode paper : papers) {
            String path = "/documents/" + paper.get("id").asString();
            Reply pdf = probe.get("/api/v1/cases/" + number + path).as("doctor").send();
            assertThat(pdf.status()).isEqualTo(200);
            assertThat(pdf.type()).isEqualTo("application/pdf");
            assertThat(pdf.body()).startsWith("%PDF-");
            assertThat(pdf.raw().body().length).isGreaterThan(2000);
        }
        journey.start("officer", Map.of()).toHospital();
        String foreign = "/documents/" + papers.get(0).get("id").asString();
        assertThat(probe.get("/api/v1/cases/" + journey.number() + foreign)
                        .as("doctor")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(probe.get("/api/v1/cases/" + number + "/documents/" + UUID.randomUUID())
                        .as("doctor")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theLogIsSearchedAndProved() {
        journey.start("officer", Map.of());
        JsonNode entries = get(
                        "auditor",
                        "/api/v1/audit/entries?case=" + journey.number() + "&actor=officer&action=process.start")
                .get("items");
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("outcome").asString()).isEqualTo("DONE");
        assertThat(entries.get(0).get("username").asString()).isEqualTo("officer");
        Reply proof = probe.post("/api/v1/audit/verification").as("auditor").send();
        assertThat(proof.status()).isEqualTo(200);
        assertThat(proof.json().get("whole").asBoolean()).isTrue();
    }
}
