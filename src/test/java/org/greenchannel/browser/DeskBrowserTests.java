package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The desk in a browser: keys and the input method, rows that follow what happens and stay where they are, the phone. */
class DeskBrowserTests extends BrowserTests {

    private static final LocatorAssertions.IsVisibleOptions SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(15_000);

    private final JsonMapper json = new JsonMapper();

    /** A community in which no other test plays: the lists hold the tasks of all. */
    private static final String AREA = "990105001002";

    private static final String LIST = "/?view=available&area=" + AREA;

    private JsonNode post(String user, String path, Object body) {
        try {
            String token = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Authorization", "Basic " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                    .build();
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return json.readTree(answer.body());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends an emergency and answers the id of the record of the scene. */
    private String emergency() {
        Instant now = Instant.now();
        JsonNode started = post(
                "officer2",
                "/api/v1/processes/emergency-admission/start",
                Map.of(
                        "data",
                        Map.ofEntries(
                                Map.entry("behaviours", List.of("ASSAULT")),
                                Map.entry("actDescription", "在小区门口追打路人。"),
                                Map.entry("place", "花园路一号院"),
                                Map.entry("areaCode", AREA),
                                Map.entry("channel", "110"),
                                Map.entry("dangerToOthersSeen", true),
                                Map.entry("victimCount", 0),
                                Map.entry("personKnown", true),
                                Map.entry("personName", "测无名"),
                                Map.entry("reportTime", now.minusSeconds(120).toString()),
                                Map.entry("incidentTime", now.minusSeconds(600).toString()))));
        for (JsonNode item : started.get("workItems")) {
            if (item.get("taskKey").asString().equals("RecordScene")) {
                return item.get("id").asString();
            }
        }
        throw new AssertionError(started.toString());
    }

    private Locator row(String id) {
        return page.locator("#row-" + id);
    }

    @Test
    void keysMoveTakeAndGiveBackButNeverWhileComposing() {
        emergency();
        emergency();
        signIn("officer");
        page.navigate(LIST);
        Locator titles = page.locator("[data-row] .row-title");
        page.keyboard().press("j");
        assertThat(titles.nth(0)).isFocused();
        page.keyboard().press("j");
        assertThat(titles.nth(1)).isFocused();
        page.keyboard().press("k");
        assertThat(titles.nth(0)).isFocused();

        // an input method sends its keys too
        page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                + "{key:'j',isComposing:true,bubbles:true,cancelable:true}))");
        page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                + "{key:'j',keyCode:229,bubbles:true,cancelable:true}))");
        assertThat(titles.nth(0)).isFocused();

        page.keyboard().press("x");
        assertThat(page.locator(".bulk-bar")).isVisible();
        assertThat(page.locator("[data-picked]")).containsText("已选 1 项");
        check("desk-picked");
        page.keyboard().press("x");
        assertThat(page.locator(".bulk-bar")).isHidden();
        titles.nth(0).focus();
        page.keyboard().press("c");
        assertThat(page.locator("[data-row]").first().locator("[data-release]")).isVisible();

        page.keyboard().press("?");
        assertThat(page.locator("#help-panel")).isVisible();
        assertThat(page.locator("#help-panel-title")).isFocused();
        page.keyboard().press("Escape");
        page.locator("[data-keys]").click();
        assertThat(page.locator("#keys")).isVisible();
        check("desk-keys");
        page.locator("[data-keys-off]").check();
        page.keyboard().press("Escape");
        page.keyboard().press("/");
        assertThat(page.locator("#q")).not().isFocused();
        page.evaluate("localStorage.clear()");
        page.keyboard().press("/");
        assertThat(page.locator("#q")).isFocused();
        page.keyboard().type("jjcu");
        assertThat(page.locator("#q")).hasValue("jjcu");
    }

    @Test
    void rowsFollowWhatHappensAndNothingMovesUnderTheCursor() {
        String pointed = emergency();
        String other = emergency();
        signIn("officer");
        page.navigate(LIST + "&mark=unread");
        assertThat(row(pointed)).isVisible();
        row(pointed).hover();
        double before = row(pointed).boundingBox().y;
        int rows = page.locator("[data-row]").count();
        // the connection is open once the first news arrive; a task of its own proves it
        String news = emergency();
        assertThat(page.locator("[data-news] a")).isVisible(SOON);
        assertThat(page.locator("[data-news] a")).containsText("有 1 条新任务");
        assertThat(row(news)).hasCount(0);

        post("officer2", "/api/v1/work-items/" + pointed + "/claim", Map.of());
        post("officer2", "/api/v1/work-items/" + other + "/claim", Map.of());
        assertThat(row(other).locator(".row-moved")).isVisible(SOON);
        assertThat(row(other)).containsText("已由 查同行 签收");
        assertThat(row(pointed).locator("[data-claim]")).isVisible();
        assertThat(row(pointed).boundingBox().y).isEqualTo(before);
        assertThat(page.locator("[data-row]").count()).isEqualTo(rows);
        check("desk-live");

        page.mouse().move(2, 2);
        assertThat(row(pointed).locator(".row-moved")).isVisible(SOON);
        page.locator("[data-news] a").click();
        assertThat(row(news)).isVisible();
        assertThat(row(other)).hasCount(0);
    }

    @Test
    void aColleagueSeesWhoHasATaskOpen() {
        String id = emergency();
        signIn("officer");
        page.navigate("/work-items/" + id);
        assertThat(page.locator("[data-working]")).isHidden();
        Page mine = page;
        BrowserContext his = context;
        context = null;
        open();
        signIn("officer2");
        page.navigate(LIST);
        assertThat(row(id)).containsText("秦安民 正在处理");
        page.navigate("/work-items/" + id);
        assertThat(page.locator("[data-working]")).containsText("秦安民 正在处理");
        assertThat(mine.locator("h1")).isVisible();
        his.close();
    }

    @Test
    void onAPhoneTheTasksComeFirst() {
        String id = emergency();
        open(360, 740);
        signIn("officer");
        page.navigate(LIST + "&stage=SCENE");
        assertThat(page.locator(".desk-fields")).isHidden();
        assertThat(page.locator(".chip", new Page.LocatorOptions().setHasText("现场处置")))
                .isVisible();
        assertThat(page.locator("[data-row]").first().boundingBox().y).isLessThan(420);
        check("desk-phone");
        page.getByText("筛选", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#due")).isVisible();
        check("desk-phone-filters");
        page.navigate("/work-items/bulk?verb=follow-up&item=" + id + "&back="
                + URLEncoder.encode(LIST, StandardCharsets.UTF_8));
        check("desk-phone-later");
        page.locator(".submit-bar .primary").click();
        assertThat(page).hasURL(Pattern.compile(".*view=available.*"));
        assertThat(page.getByText("已推迟 1 项")).isVisible();
        assertThat(row(id)).hasCount(0);
        page.navigate(LIST + "&mark=later");
        assertThat(row(id)).containsText("稍后处理");
    }

    @Test
    void atTwiceTheSizeEverythingIsReachedByKeyboardAlone() {
        String id = emergency();
        openZoomed();
        signIn("officer");
        page.navigate(LIST + "&stage=SCENE");
        check("desk-zoom");
        page.keyboard().press("n");
        assertThat(page.locator("[data-row].fresh .row-title").first()).isFocused();
        page.keyboard().press("x");
        page.keyboard().press("b");
        assertThat(page.locator(".bulk-bar button[value=claim]")).isFocused();
        check("desk-zoom-picked");
        tabTo(page.locator(".bulk-bar button[value=follow-up]"));
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/work-items/bulk.*"));
        check("bulk-zoom");
        tabTo(page.locator(".submit-bar .primary"));
        page.keyboard().press("Enter");
        assertThat(page.getByText("已推迟 1 项")).isVisible();

        // a queue: saved, opened and forgotten without a mouse
        page.navigate(LIST + "&stage=SCENE");
        String name = "放大" + id.substring(0, 4);
        page.keyboard().press("q");
        tabTo(page.locator(".queue-menu summary"));
        page.keyboard().press("Enter");
        tabTo(page.locator("#queue-name"));
        page.keyboard().type(name);
        check("queue-zoom-saving");
        page.keyboard().press("Enter");
        Locator chip = page.locator(".chip.queue", new Page.LocatorOptions().setHasText(name));
        assertThat(chip).isVisible();
        check("queue-zoom");
        tabTo(chip);
        page.keyboard().press("Enter");
        tabTo(page.locator("form[action$='/delete'] button"));
        page.keyboard().press("Enter");
        assertThat(chip).hasCount(0);
    }

    @Test
    void taskAndDeputiesAtTwiceTheSize() {
        String id = emergency();
        openZoomed();
        signIn("officer");
        page.navigate("/work-items/" + id);
        check("task-zoom");
        tabTo(page.locator(".verb-menu > summary"));
        page.keyboard().press("Enter");
        assertThat(page.locator(".verb-menu .menu-panel")).isVisible();
        check("task-zoom-menu");
        page.navigate("/deputies");
        check("deputies-zoom");
        tabTo(page.locator("#deputy"));
        page.keyboard().press("Tab");
        assertThat(page.locator("#from")).isFocused();
        tabTo(page.locator("form[action='/deputies'] button"));
    }
}
