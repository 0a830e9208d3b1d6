package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page of the work list as a browser without JavaScript uses it, and the news it listens to. */
@AppTest
class DeskPagesFlowTests {

    @LocalServerPort
    int port;

    @Autowired
    TestClock clock;

    private Api api;

    @BeforeEach
    void connect() {
        clock.reset();
        api = new Api(port);
    }

    /** A browser of somebody signed in. */
    private final class Browser {
        private final HttpClient http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();

        Browser(String user) throws Exception {
            send("/login", token(get("/login").body()), "username", user, "password", Api.PASSWORD);
            // an account keeps the language that another test chose for it
            get("/verify?lang=zh");
        }

        private String token(String page) {
            var found = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
            assertThat(found.find()).isTrue();
            return found.group(1);
        }

        HttpResponse<String> get(String path) throws Exception {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    BodyHandlers.ofString());
        }

        HttpResponse<String> post(String path, String... fields) throws Exception {
            return send(path, token(get("/?view=mine").body()), fields);
        }

        private HttpResponse<String> send(String path, String token, String... fields) throws Exception {
            var body = new StringBuilder("_csrf=" + token);
            for (int i = 0; i < fields.length; i += 2) {
                body.append('&')
                        .append(fields[i])
                        .append('=')
                        .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
            }
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body.toString()))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Lines of the news, as they come; an end is told as such. */
        BlockingQueue<String> listen() {
            var lines = new LinkedBlockingQueue<String>();
            http.sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            BodyHandlers.ofLines())
                    .thenAccept(answer -> {
                        lines.add("status " + answer.statusCode());
                        answer.body().forEach(lines::add);
                        lines.add("end");
                    });
            return lines;
        }
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String path(String location) {
        return location.replaceFirst("^https?://[^/]+", "");
    }

    private Journey emergency(Map<String, Object> facts) {
        return new Journey(api, clock).start("officer", facts);
    }

    @Test
    void aNameIsNeverInAnAddressAndAWordOfTheListIs() throws Exception {
        String name = "测藏" + (char) ('一' + (int) (Math.random() * 3000));
        Journey journey = emergency(Map.of("personName", name));
        var browser = new Browser("officer");

        String words = location(browser.post("/work-items/search", "view", "available", "q", "现场 " + journey.number()));
        assertThat(words).contains("q=").contains(journey.number()).contains("view=available");
        assertThat(browser.get(path(words)).body()).contains(journey.number());

        String found = location(browser.post("/work-items/search", "view", "mine", "q", name));
        assertThat(found)
                .contains("found=")
                .contains("view=available")
                .doesNotContain(name, "q=", URLEncoder.encode(name, StandardCharsets.UTF_8));
        String page = browser.get(path(found)).body();
        assertThat(page).contains(journey.number());
        assertThat(page.split("id=\"row-", -1)).hasSize(2);

        // the mark of a search is worth nothing to anybody else
        String stranger = location(new Browser("officer2").get(path(found)));
        assertThat(stranger).doesNotContain("found=");
        // who may not search people is told so and finds nothing
        String none = location(new Browser("finance").post("/work-items/search", "view", "mine", "q", name));
        assertThat(none).contains("found=").doesNotContain(name);
    }

    @Test
    void aTaskBegunHasAMarkAndShowsWhatWasReported() throws Exception {
        Journey journey = emergency(Map.of("actDescription", "持刀在院内追赶邻居。"));
        String id = journey.item("officer", "RecordScene").get("id").asString();
        var browser = new Browser("officer");
        String list = "/?view=available&q=" + journey.number();
        assertThat(browser.get(list).body()).contains(journey.number()).doesNotContain("草稿，");
        api.put("officer", "/api/v1/work-items/" + id + "/draft", Map.of("data", Map.of("injuries", "左手划伤。")))
                .expect(200);
        assertThat(browser.get(list).body()).contains("草稿，");
        assertThat(new Browser("officer2").get(list).body()).doesNotContain("草稿，");

        String task = browser.get("/work-items/" + id).body();
        assertThat(task).contains("还没有人签收", "查看报告时的现场情况").doesNotContain("持刀在院内");
        assertThat(browser.get("/cases/" + journey.number() + "/brief").body()).contains("持刀在院内追赶邻居。");
    }

    @Test
    void manyAreTakenAfterALook() throws Exception {
        Journey one = emergency(Map.of());
        Journey two = emergency(Map.of());
        String first = one.item("officer", "RecordScene").get("id").asString();
        String second = two.item("officer", "RecordScene").get("id").asString();
        api.post("officer2", "/api/v1/work-items/" + second + "/claim", Map.of())
                .expect(200);
        var browser = new Browser("officer");

        var look = browser.get(
                "/work-items/bulk?verb=claim&item=" + first + "&item=" + second + "&back=https://evil.example");
        assertThat(look.statusCode()).isEqualTo(200);
        assertThat(look.body())
                .contains("将签收 1 项", "不会办理 1 项", "查同行", one.number(), two.number(), "name=\"back\" value=\"/\"");
        assertThat(one.item("officer", "RecordScene").get("assignee").isNull()).isTrue();

        var done =
                browser.post("/work-items/bulk", "verb", "claim", "item", first, "item", second, "back", "/?view=mine");
        assertThat(location(done)).endsWith("/?view=mine");
        assertThat(browser.get("/?view=mine").body()).contains("已签收 1 项", "以下未办理", one.number());

        var later = browser.get("/work-items/bulk?verb=follow-up&item=" + first);
        assertThat(later.body()).contains("须早于法定期限").doesNotContain("下周一");
    }

    @Test
    void theListOpensWithTheChosenQueue() throws Exception {
        var browser = new Browser("triage2");
        String saved = location(browser.post(
                "/work-items/queues",
                "view",
                "team",
                "due",
                "today",
                "name",
                "今天同事",
                "shared",
                "NONE",
                "standard",
                "true"));
        assertThat(saved).contains("view=team", "due=today", "queue=");
        assertThat(location(browser.get("/"))).contains("view=team", "due=today", "queue=");
        String id = saved.replaceAll(".*queue=([0-9a-f-]{36}).*", "$1");
        assertThat(browser.get(path(saved)).body()).contains("今天同事", "取消默认");
        browser.post("/work-items/queues/" + id + "/delete");
        assertThat(browser.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void newsAreIdsForThoseConcernedAndEndWithTheSession() throws Exception {
        Journey journey = emergency(Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        var officer = new Browser("officer");
        var judge = new Browser("judge");
        BlockingQueue<String> concerned = officer.listen();
        BlockingQueue<String> stranger = judge.listen();
        assertThat(concerned.poll(20, TimeUnit.SECONDS)).isEqualTo("status 200");
        assertThat(stranger.poll(20, TimeUnit.SECONDS)).isEqualTo("status 200");

        api.post("officer2", "/api/v1/work-items/" + id + "/claim", Map.of()).expect(200);
        String told = await(concerned, "data:", 20);
        assertThat(told).contains(id);
        assertThat(told.replaceAll("[0-9a-f-]{36}", "")).matches("data: ?\\[[\",]*]");
        assertThat(List.copyOf(stranger)).noneMatch(line -> line.contains(id));

        var live = officer.get("/work-items/live?view=available&ids=" + id);
        assertThat(live.body()).contains("row-" + id, "data-fits=\"false\"", "已由 查同行 签收");
        assertThat(live.body())
                .as("counts of tabs and groups follow too")
                .contains("data-count=\"available\"", "data-count=\"level.today\"", "data-count=\"level.none\"");
        assertThat(judge.get("/work-items/live?view=available&ids=" + id).body())
                .doesNotContain("row-");

        officer.post("/logout");
        assertThat(await(concerned, "event:", 20)).contains("over");
        assertThat(await(concerned, "end", 20)).isEqualTo("end");
    }

    @Test
    void onlyTheNewestWindowsOfASessionListen() throws Exception {
        var judge = new Browser("judge");
        BlockingQueue<String> first = judge.listen();
        assertThat(first.poll(20, TimeUnit.SECONDS)).isEqualTo("status 200");
        for (int i = 0; i < 6; i++) {
            assertThat(judge.listen().poll(20, TimeUnit.SECONDS)).isEqualTo("status 200");
        }
        assertThat(await(first, "end", 20)).isEqualTo("end");
        // who is not signed in hears nothing
        var nobody = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.discarding());
        assertThat(nobody.statusCode()).isEqualTo(401);
    }

    private static String await(BlockingQueue<String> lines, String start, int seconds) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < until) {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line != null && line.startsWith(start) && !line.equals("event:items")) {
                return line;
            }
        }
        throw new AssertionError("nothing beginning with " + start);
    }

    @Test
    void whoHasATaskOpenIsSeenByColleagues() throws Exception {
        Journey journey = emergency(Map.of());
        String id = journey.item("officer", "RecordScene").get("id").asString();
        var officer = new Browser("officer");
        var other = new Browser("officer2");

        assertThat(officer.post("/work-items/" + id + "/working").body()).contains("\"text\":\"\"");
        assertThat(other.post("/work-items/" + id + "/working").body()).contains("秦安民");
        assertThat(other.get("/work-items/live?view=available&ids=" + id).body())
                .contains("秦安民 正在处理");
        officer.post("/work-items/" + id + "/left");
        assertThat(other.post("/work-items/" + id + "/working").body()).doesNotContain("秦安民");
        // who only reads is not working on it, and a stranger learns nothing
        assertThat(new Browser("judge").post("/work-items/" + id + "/working").body())
                .contains("\"text\":\"\"");
        clock.advance(Duration.ofMinutes(2));
        assertThat(officer.post("/work-items/" + id + "/working").body()).contains("\"text\":\"\"");
        clock.reset();
        assertThat(api.get("officer", "/api/v1/work-items/marks?ids=" + UUID.randomUUID())
                        .expect(200)
                        .json())
                .isEmpty();
    }
}
