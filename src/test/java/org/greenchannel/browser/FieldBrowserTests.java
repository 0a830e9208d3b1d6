package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Geolocation;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Work outside: a phone, a bad line, one hand, a keyboard alone. */
class FieldBrowserTests extends BrowserTests {

    private static final String ACT = "在路口挥舞木棍，追打两名行人";
    private static final double LONG = 40_000;

    @Autowired
    private JdbcClient jdbc;

    private int cases() {
        return jdbc.sql("select count(*) from casefile.case_file")
                .query(Integer.class)
                .single();
    }

    private Locator line() {
        return page.locator(".line");
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(LONG);
    }

    /** Waits until the service worker has the page: from then on a broken line is no broken page. */
    private void readyForTheField() {
        page.evaluate("navigator.serviceWorker.ready");
        for (int i = 0; i < 5; i++) {
            if (page.evaluate("navigator.serviceWorker.controller !== null").equals(true)) {
                return;
            }
            page.waitForTimeout(1_000);
            page.reload();
        }
        throw new AssertionError("no service worker");
    }

    private void fillEmergency() {
        page.getByLabel("打人", new Page.GetByLabelOptions().setExact(true)).check();
        page.locator("#f-actDescription").fill(ACT);
        page.locator("#f-place").fill("花园路与农业路口");
        page.locator("#f-areaCode").selectOption("990105001001");
        page.getByLabel("对他人有危险或已有伤害").check();
        page.locator("#f-description").fill("男，四十岁左右，蓝色外套");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A new emergency; answers the address of its scene record. */
    private String scene() {
        page.navigate("/start/emergency");
        fillEmergency();
        button("立即发出").click();
        page.getByText("办理下一步").click();
        new FormFields(page);
        return page.url();
    }

    private void officers() {
        for (int i = 0; i < 2; i++) {
            Locator officer = page.locator("input[id*=Field_officer]").nth(i);
            officer.fill(List.of("测警一", "测警二").get(i));
            officer.blur();
        }
    }

    private void sceneAnswers() {
        FormFields form = new FormFields(page);
        officers();
        form.tick("对人持械，或放火、爆炸")
                .choose("对人动手（未持械）", "没有")
                .choose("打砸物品", "没有")
                .choose("身份情况", "身份清楚")
                .tick("护送")
                .choose("下一步", "送医院诊断")
                .toTheEnd()
                .sign();
    }

    @Test
    void anAlarmWithoutALineWaitsAndIsSentExactlyOnce() {
        open(360, 740);
        signIn("officer");
        page.navigate("/start/emergency");
        readyForTheField();
        int before = cases();
        context.setOffline(true);
        fillEmergency();
        button("立即发出").click();
        assertThat(page.locator("h1")).hasText("等待发送");
        assertThat(line()).containsText("等待发送 1 项");
        check("field-waiting-phone");

        page.navigate("/start/emergency");
        assertThat(page.locator("h1")).hasText("应急处置");
        assertThat(page.locator("#f-place")).hasValue("");
        assertThat(line()).containsText("没有网络");
        check("field-offline-emergency-phone");
        page.navigate("/");
        assertThat(page.locator("h1")).hasText("没有网络");
        assertThat(page.locator("main .tile")).containsText("应急处置");
        check("field-offline-phone");
        assertThat(cases()).isEqualTo(before);

        context.setOffline(false);
        assertThat(line()).containsText("已送出：应急处置", patiently());
        assertThat(cases()).isEqualTo(before + 1);
        line().getByText("查看").click();
        assertThat(page.locator("h1")).hasText("已发起");
        page.reload();
        assertThat(cases()).as("sent once").isEqualTo(before + 1);
        assertThat(page.evaluate(ROWS, "outbox")).isEqualTo(0);
    }

    private static final String ROWS = "store => new Promise(done => { const r = indexedDB.open('green-channel');"
            + " r.onsuccess = () => { const q = r.result.transaction(store).objectStore(store).count();"
            + " q.onsuccess = () => { r.result.close(); done(q.result) } } })";

    /** The answer is lost, not the request: what the server has done already is not done again. */
    @Test
    void anAlarmWhoseAnswerGotLostIsNotSentTwice() {
        open(360, 740);
        signIn("officer");
        page.navigate("/start/emergency");
        readyForTheField();
        int before = cases();
        page.route("**/start/emergency", route -> {
            if (route.request().method().equals("POST")) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        fillEmergency();
        button("立即发出").click();
        assertThat(page.locator("h1")).hasText("等待发送");
        assertThat(cases()).isEqualTo(before + 1);
        page.unrouteAll();
        try {
            button("现在发送").click(new Locator.ClickOptions().setTimeout(2_000));
        } catch (TimeoutError gone) {
            // the device was quicker and has sent by itself, which is as good
        }
        assertThat(line()).containsText("已送出：应急处置", patiently());
        assertThat(cases()).isEqualTo(before + 1);
    }

    @Test
    void theDeviceKeepsNothingReadableAndSigningOutErasesIt() {
        open(360, 740);
        signIn("officer");
        scene();
        readyForTheField();
        context.setOffline(true);
        officers();
        assertThat(page.locator("[data-status]")).containsText("已保存在本机", patiently());
        page.reload();
        assertThat(page.locator("input[id*=Field_officer]").first()).hasValue("测警一");
        button("下一步").click();
        check("field-offline-scene-phone");

        Object cached = page.evaluate(
                "async () => { const found = []; for (const name of await caches.keys())"
                        + " for (const request of await (await caches.open(name)).keys()) {"
                        + " const text = await (await caches.match(request)).text();"
                        + " found.push(new URL(request.url).pathname + (/秦安民|测警|name=\"csrf/.test(text) ? ' PERSONAL' : '')) } return found }");
        assertThat((List<?>) cached).isNotEmpty().allSatisfy(url -> assertThat(url.toString())
                .matches("/offline|/islands/[\\w.-]+")
                .doesNotContain("PERSONAL"));
        Object stored = page.evaluate("() => new Promise(done => { const r = indexedDB.open('green-channel');"
                + " r.onsuccess = () => { const q = r.result.transaction('forms').objectStore('forms').getAll();"
                + " q.onsuccess = () => done(q.result.map(row => new TextDecoder().decode(row.data)).join()) } })");
        assertThat(stored.toString()).isNotBlank().doesNotContain("测警", "officers", "schema");
        assertThat(page.evaluate("() => new Promise(done => { const r = indexedDB.open('green-channel');"
                        + " r.onsuccess = () => { const q = r.result.transaction('keys').objectStore('keys').getAll();"
                        + " q.onsuccess = () => done(q.result.some(row => row.key.extractable)) } })"))
                .isEqualTo(false);

        context.setOffline(false);
        page.onDialog(Dialog::accept);
        page.navigate("/");
        page.locator("details.menu summary").last().click();
        page.locator("form[action$='/logout'] button").click();
        page.waitForURL(Pattern.compile(".*/login.*"));
        for (String store : List.of("keys", "forms", "outbox")) {
            assertThat(page.evaluate(ROWS, store)).as(store).isEqualTo(0);
        }
    }

    @Test
    void whatSomebodyElseDidMeanwhileIsExplained() {
        open(360, 740);
        signIn("officer");
        String address = scene();
        readyForTheField();
        context.setOffline(true);
        sceneAnswers();
        button("提交办结").click();
        assertThat(page.locator("h1")).hasText("等待发送");
        completeElsewhere(address.substring(address.lastIndexOf('/') + 1));
        context.setOffline(false);
        assertThat(line()).containsText("1 项未能送出", patiently());
        assertThat(line()).containsText("秦安民");
        assertThat(line()).containsText("没有改动任何内容");
        check("field-conflict-phone");
        page.onDialog(Dialog::accept);
        button("删除").click();
        assertThat(line()).isHidden();
    }

    private void completeElsewhere(String id) {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString(("officer:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> data = Map.ofEntries(
                Map.entry("arriveTime", Instant.now().toString()),
                Map.entry("officers", List.of(Map.of("officer", "测警三"), Map.of("officer", "测警四"))),
                Map.entry("dangerToOthersSeen", true),
                Map.entry("violence", "NONE"),
                Map.entry("smashing", "NONE"),
                Map.entry("smashingPlace", "NONE"),
                Map.entry("somaticState", "NONE"),
                Map.entry("identityStatus", "KNOWN"),
                Map.entry("measures", List.of("ESCORT")),
                Map.entry("sceneDecision", "SEND"),
                Map.entry("signature", true));
        var api = context.browser()
                .newContext(new Browser.NewContextOptions().setBaseURL("http://127.0.0.1:" + port))
                .request();
        var answer = api.post(
                "/api/v1/work-items/" + id + "/complete",
                RequestOptions.create()
                        .setHeader("Authorization", basic)
                        .setHeader("Content-Type", "application/json")
                        .setData(Map.of("data", data)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** How often the draft of the task was saved. */
    private int drafts(String address) {
        return jdbc.sql("select coalesce(max(version), 0) from form.draft where scope = ?")
                .param("item:" + address.substring(address.lastIndexOf('/') + 1))
                .query(Integer.class)
                .single();
    }

    @Test
    void aDraftGoesOnOnASecondDeviceAndNothingIsOverwrittenUnasked() {
        signIn("officer");
        String address = scene();
        FormFields here = new FormFields(page);
        here.type("受伤情况", "左手擦伤");
        assertThat(page.locator("[data-status]")).containsText(Pattern.compile("已保存 \\d\\d:\\d\\d"), patiently());

        try (BrowserContext second = context.browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("zh-CN")
                        .setTimezoneId("Asia/Shanghai")
                        .setBaseURL("http://127.0.0.1:" + port)
                        .setViewportSize(360, 740))) {
            Page first = page;
            BrowserContext firstContext = context;
            context = second;
            page = second.newPage();
            signIn("officer");
            page.navigate(address);
            FormFields there = new FormFields(page);
            assertThat(page.locator("main .note-line")).containsText("已恢复您");
            officers();
            there.choose("对人动手（未持械）", "没有").choose("打砸物品", "没有");
            assertThat(there.field("受伤情况").locator("textarea")).hasValue("左手擦伤");
            there.type("受伤情况", "左手擦伤，已包扎");
            there.field("受伤情况").locator("textarea").blur();
            int seen = drafts(address);
            page.waitForCondition(() -> drafts(address) > seen, new Page.WaitForConditionOptions().setTimeout(LONG));
            page.waitForTimeout(5_000);
            page = first;
            context = firstContext;
        }
        here.type("受伤情况", "右手擦伤");
        Locator conflict = page.locator("[data-conflict]");
        assertThat(conflict).containsText("另一台设备", patiently());
        check("field-draft-conflict");
        conflict.getByText("载入那一份").click();
        assertThat(here.field("受伤情况").locator("textarea")).hasValue("左手擦伤，已包扎");
        page.onDialog(Dialog::accept);
        page.reload();
        new FormFields(page);
        page.getByText("放弃草稿").click();
        page.waitForCondition(() -> page.locator("main .note-line").count() == 0);
        assertThat(new FormFields(page).field("受伤情况").locator("textarea")).hasValue("");
    }

    @Test
    void anEmergencyTakesThreeScreensAndLessThanAMinute() {
        open(360, 740);
        signIn("officer");
        page.navigate("/");
        var screens = new ArrayList<>(List.of("/"));
        page.onFrameNavigated(frame -> {
            if (frame.parentFrame() == null) {
                screens.add(frame.url());
            }
        });
        Instant begin = Instant.now();
        page.getByText("发起应急处置").click();
        fillEmergency();
        button("立即发出").click();
        assertThat(page.locator("h1")).hasText("已发起");
        assertThat(screens).as("screens from opening to the alarm").hasSizeLessThanOrEqualTo(3);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void thePositionIsTakenOnlyWhenAskedFor() {
        open(360, 740);
        context.grantPermissions(List.of("geolocation"));
        context.setGeolocation(new Geolocation(34.78, 113.65).setAccuracy(18));
        signIn("officer");
        page.navigate("/start/emergency");
        page.waitForTimeout(500);
        assertThat(page.locator("#f-location")).hasValue("");
        page.getByText("使用本机当前位置").click();
        assertThat(page.locator("#f-location")).hasValue("34.780000, 113.650000 ±18 m");
        check("field-position-phone");
    }

    @Test
    void aPictureGoesIntoTheCaseWhileTheFormStays() {
        open(360, 740);
        signIn("officer");
        String address = scene();
        officers();
        page.locator("#photo-file").setInputFiles(new FilePayload("scene.png", "image/png", page.screenshot()));
        button("加入案卷").click();
        assertThat(page.locator("form[data-photo] [role=status]")).hasText("照片已加入案卷。");
        assertThat(page).hasURL(address);
        assertThat(page.locator("input[id*=Field_officer]").first()).hasValue("测警一");
        check("field-photo-phone");
        page.onDialog(Dialog::accept);
        page.navigate("/cases/" + page.locator(".number").first().innerText() + "?tab=attachments");
        assertThat(page.locator(".files .file")).hasCount(1);
    }

    @Test
    void everythingWorksByKeyboardAlone() {
        signIn("officer");
        page.navigate("/start/emergency");
        page.locator("main").focus();
        press("Space", page.getByLabel("打人", new Page.GetByLabelOptions().setExact(true)));
        write(page.locator("#f-actDescription"), ACT);
        write(page.locator("#f-place"), "花园路与农业路口");
        tabTo(page.locator("#f-areaCode"));
        page.locator("#f-areaCode").selectOption("990105001001");
        press("Space", page.getByLabel("对他人有危险或已有伤害"));
        write(page.locator("#f-description"), "男，四十岁左右，蓝色外套");
        press("Enter", button("立即发出"));
        assertThat(page.locator("h1")).hasText("已发起");
        press("Enter", page.getByText("办理下一步"));

        new FormFields(page);
        press("Enter", button("提交办结"));
        Locator links = page.locator("form-viewer .errors a");
        assertThat(links.first()).isFocused();
        assertThat(page).hasTitle(Pattern.compile("^错误："));
        page.keyboard().press("Enter");
        Locator officer = page.locator("input[id*=Field_officer]").first();
        assertThat(officer).isFocused();
        assertThat(officer).hasAttribute("aria-invalid", "true");
        String described = officer.getAttribute("aria-describedby");
        assertThat(List.of(described.split(" ")))
                .map(id -> page.locator("[id='" + id + "']"))
                .filteredOn(place -> place.count() == 1)
                .anySatisfy(place -> assertThat(place.innerText()).contains("请填写"));
        page.keyboard().type("测警一");
        assertThat(page.getByRole(AriaRole.RADIOGROUP, new Page.GetByRoleOptions().setName("打砸物品")))
                .isVisible();
        Locator index = page.locator("[data-form-index]");
        press("Enter", index.getByText("身体和身份"));
        assertThat(page.locator("[id*=Field_somaticState]").first()).isFocused();
        assertThat(index.locator("[aria-current]")).hasText("身体和身份");
    }

    /** Goes on with the tabulator, around the page if need be, until the element has the focus. */
    private void tabTo(Locator element) {
        for (int i = 0; i < 150; i++) {
            if (element.evaluate("e => e === document.activeElement").equals(true)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("cannot be reached by keyboard: " + element);
    }

    private void press(String key, Locator element) {
        tabTo(element);
        page.keyboard().press(key);
    }

    private void write(Locator field, String text) {
        tabTo(field);
        page.keyboard().type(text);
    }

    @Test
    void whatTouchesLibertyIsCheckedBeforeItIsSent() {
        signIn("officer");
        scene();
        String number = page.locator(".number").first().innerText();
        check("field-scene-wide");
        signIn("approver");
        page.navigate("/cases/" + number + "/messages/criminal-track-opened");
        FormFields form = new FormFields(page);
        form.tick("已批准采取临时保护性约束措施")
                .type("批准文书编号", "郑公约字〔2026〕1号")
                .type("暴力行为和危害事实", "在路口持刀追砍两名行人，造成一人重伤，经鉴定可能不负刑事责任，情况紧急。")
                .sign();
        page.locator("[data-submits]").click();
        Locator dialog = page.locator("dialog[open]");
        assertThat(dialog).containsText("郑公约字〔2026〕1号");
        assertThat(dialog).containsText("程守正");
        assertThat(dialog).containsText("刑事诉讼法");
        check("field-check-answers");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("更改：批准文书编号"))
                .click();
        assertThat(dialog).isHidden();
        assertThat(form.field("批准文书编号").locator("input")).isFocused();
        page.locator("[data-submits]").click();
        dialog.locator("button[value=yes]").click();
        page.waitForURL(Pattern.compile(".*/cases/" + number));
    }
}
