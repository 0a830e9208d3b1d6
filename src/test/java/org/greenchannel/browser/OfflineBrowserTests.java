package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.greenchannel.support.SampleFiles;
import org.junit.jupiter.api.Test;

/** A broken line: what was typed and taken waits on the device, sealed, and is sent exactly once. */
class OfflineBrowserTests extends FieldSteps {

    private static final String ROWS = "store => new Promise(done => { const r = indexedDB.open('green-channel');"
            + " r.onsuccess = () => { const q = r.result.transaction(store).objectStore(store).count();"
            + " q.onsuccess = () => { r.result.close(); done(q.result) } } })";

    @Override
    boolean offline() {
        return true;
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
        take("scene.jpg", 200);
        assertThat(page.locator("form[data-photo] [data-waiting]")).containsText("1 张照片");
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

        // on the way out the picture still waits: the outbox of a device is not sent by a page that signs out
        page.route("**/attachments", Route::abort);
        context.route("**/attachments", Route::abort);
        context.setOffline(false);
        page.onDialog(Dialog::accept);
        page.navigate("/");
        page.locator("details.menu summary").last().click();
        page.locator("form[action$='/logout'] button").click();
        page.waitForURL(Pattern.compile(".*/login.*"));
        for (String store : List.of("keys", "forms", "outbox", "pictures")) {
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

    private static FilePayload shot(String name, int width) {
        return new FilePayload(name, "image/jpeg", SampleFiles.photo(width, 240, width));
    }

    /** Widths of what has been attached, in its order. */
    private List<Integer> attached(String address) {
        return jdbc.sql(
                        "select a.width from attachment.attachment a join worklist.work_item w on w.case_file_id = a.case_file_id"
                                + " where w.work_item_id = ?::uuid order by a.uploaded_at")
                .param(address.substring(address.lastIndexOf('/') + 1))
                .query(Integer.class)
                .list();
    }

    private void take(String name, int width) {
        page.locator("#photo-file").setInputFiles(shot(name, width));
        button("加入案卷").click();
    }

    @Test
    void picturesTakenWithoutALineFollowTheirRecordOnceAndInOrder() {
        open(360, 740);
        signIn("officer");
        String address = scene();
        readyForTheField();
        context.setOffline(true);
        take("first.jpg", 320);
        assertThat(page.locator("form[data-photo] [data-waiting]")).containsText("1 张照片等待发送");
        page.reload();
        assertThat(page.locator("form[data-photo] [data-waiting]")).containsText("1 张照片等待发送");
        new FormFields(page);
        // chosen, not added: it goes along with the form
        page.locator("#photo-file").setInputFiles(shot("second.jpg", 240));
        check("field-offline-pictures-phone");
        sceneAnswers();
        button("提交办结").click();
        assertThat(page.locator("h1")).hasText("等待发送");
        assertThat(line()).containsText("等待发送 1 项");
        assertThat(line()).containsText("2 张照片等待发送");
        check("field-waiting-pictures-phone");
        assertThat(page.evaluate(ROWS, "pictures")).isEqualTo(2);
        Object stored = page.evaluate(
                "() => new Promise(done => { const r = indexedDB.open('green-channel');"
                        + " r.onsuccess = () => { const q = r.result.transaction('pictures').objectStore('pictures').getAll();"
                        + " q.onsuccess = () => done(q.result.map(row => String.fromCharCode(...new Uint8Array(row.data).slice(0, 8))).join()) } })");
        assertThat(stored.toString()).as("sealed").isNotBlank().doesNotContain("\u00ff\u00d8\u00ff");
        assertThat(attached(address)).isEmpty();

        // the answer to the first attempt at the first picture gets lost
        var lost = new AtomicBoolean();
        context.route("**/attachments", route -> {
            if (lost.compareAndSet(false, true)) {
                route.fetch();
                route.abort();
            } else {
                route.resume();
            }
        });
        context.setOffline(false);
        assertThat(line()).containsText("已送出：照片", patiently());
        page.waitForCondition(
                () -> page.evaluate(ROWS, "outbox").equals(0), new Page.WaitForConditionOptions().setTimeout(LONG));
        assertThat(attached(address)).containsExactly(320, 240);
        assertThat(page.evaluate(ROWS, "pictures")).isEqualTo(0);
        assertThat(jdbc.sql("select status from worklist.work_item where work_item_id = ?::uuid")
                        .param(address.substring(address.lastIndexOf('/') + 1))
                        .query(String.class)
                        .single())
                .isEqualTo("DONE");
        page.reload();
        assertThat(attached(address)).as("once each").hasSize(2);
    }

    @Test
    void whatDoesNotFitIsToldPlainlyAndTheRestStays() {
        open(360, 740);
        signIn("officer");
        scene();
        readyForTheField();
        page.evaluate("document.querySelector('form[data-photo]').dataset.most = '1000'");
        take("large.jpg", 300);
        assertThat(page.locator("form[data-photo] [data-done]")).containsText("没有加入");
        page.evaluate("document.querySelector('form[data-photo]').dataset.most = '10485760'");
        context.setOffline(true);
        // a full device
        page.evaluate("() => { IDBObjectStore.prototype.put = () => {"
                + " throw new DOMException('full', 'QuotaExceededError') } }");
        button("加入案卷").click();
        assertThat(page.locator("form[data-photo] [data-done]")).containsText("手机空间不足");
        assertThat(page.locator("#photo-file").evaluate("input => input.files.length"))
                .as("nothing is lost")
                .isEqualTo(1);
        assertThat(page.locator("form[data-photo] [data-waiting]")).isHidden();
        context.setOffline(false);
    }
}
