package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Geolocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Work outside: a phone, one hand, a keyboard alone. */
class FieldBrowserTests extends FieldSteps {

    /** More stops than the form has. */
    private static final int PASSING = 60;

    /** How often the draft of the task was saved. */
    private int drafts(String address) {
        return jdbc.sql("select coalesce(max(version), 0) from form.draft where scope = ?")
                .param("item:" + address.substring(address.lastIndexOf('/') + 1))
                .query(Integer.class)
                .single();
    }

    @Test
    void whoOnlyPassesThroughAFormHasWrittenNothing() {
        signIn("officer");
        String address = scene();
        new FormFields(page);
        for (int i = 0; i < PASSING; i++) {
            page.keyboard().press("Tab");
        }
        page.waitForTimeout(5_000);
        assertThat(drafts(address)).isZero();
        // nothing is asked on the way out, and a draft of the first letter is kept
        page.navigate("/");
        page.navigate(address);
        new FormFields(page).type("受伤情况", "左");
        page.waitForCondition(() -> drafts(address) == 1, new Page.WaitForConditionOptions().setTimeout(LONG));
    }

    @Test
    void aDraftGoesOnOnASecondDeviceAndNothingIsOverwrittenUnasked() {
        signIn("officer");
        String address = scene();
        FormFields here = new FormFields(page);
        here.type("受伤情况", "左手擦伤");
        assertThat(page.locator("[data-status]")).containsText(Pattern.compile("已保存 \\d\\d:\\d\\d"), patiently());

        try (BrowserContext second = secondDevice()) {
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
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("发起应急处置"))
                .click();
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
        assertThat(page.locator("form[data-photo] [data-done]")).hasText("照片已加入案卷。");
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

        write(page.locator("input[id*=Field_officer]").nth(1), "测警二");
        press("Space", page.getByLabel("对人持械，或放火、爆炸"));
        for (String question : List.of("对人动手（未持械）", "打砸物品", "身份情况")) {
            first(question);
        }
        press("Space", page.getByLabel("护送", new Page.GetByLabelOptions().setExact(true)));
        first("下一步");
        press("Space", page.locator("input[id*=Field_signature]"));
        press("Enter", button("提交办结"));
        assertThat(page.locator(".receipt h1")).containsText("现场处置记录", patiently());
    }

    /** The first answer of a question: the tabulator leads to the one that is chosen already, the arrows to the others. */
    private void first(String question) {
        Locator answers = page.getByRole(AriaRole.RADIOGROUP, new Page.GetByRoleOptions().setName(question))
                .locator("input");
        for (int i = 0; i < 150 && answers.and(page.locator(":focus")).count() == 0; i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Space");
        for (int i = 0; i < 8 && !answers.first().isChecked(); i++) {
            page.keyboard().press("ArrowUp");
        }
        assertThat(answers.first()).isChecked();
    }

    /** A window of 1280 by 900 at 200 % has 640 by 450 pixels for the page (WCAG 1.4.4, 1.4.10). */
    @Test
    void nothingIsLostAtTwiceTheSize() {
        open(640, 450);
        signIn("officer");
        page.navigate("/start");
        check("field-zoom-start");
        page.navigate("/start/emergency");
        check("field-zoom-emergency");
        button("立即发出").click();
        assertThat(page.locator(".errors")).isFocused();
        check("field-zoom-emergency-errors");
        scene();
        check("field-zoom-scene");
        button("下一步").click();
        assertThat(page.locator("form-viewer .errors a").first()).isFocused();
        check("field-zoom-scene-errors");
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

    private BrowserContext secondDevice() {
        return context.browser()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("zh-CN")
                        .setTimezoneId("Asia/Shanghai")
                        .setBaseURL("http://127.0.0.1:" + port)
                        .setViewportSize(360, 740));
    }

    private Locator saved() {
        return page.locator("[data-role=draft]");
    }

    /** Also the alarm goes on on another device; what its rules only warn of is told before it is out. */
    @Test
    void anAlarmThatIsNotSentYetFollowsToAnotherDevice() {
        signIn("officer2");
        page.navigate("/start/emergency");
        page.getByLabel("打人", new Page.GetByLabelOptions().setExact(true)).check();
        page.locator("#f-place").fill("草稿路 1 号");
        assertThat(saved()).containsText(Pattern.compile("已保存 \\d\\d:\\d\\d"), patiently());
        assertThat(page.locator("[data-warnings]")).containsText("对他人有危险");
        try (BrowserContext second = secondDevice()) {
            Page first = page;
            BrowserContext firstContext = context;
            context = second;
            page = second.newPage();
            signIn("officer2");
            page.navigate("/start/emergency");
            assertThat(page.locator("main .note-line")).containsText("已恢复您");
            assertThat(page.locator("#f-place")).hasValue("草稿路 1 号");
            assertThat(page.getByLabel("打人", new Page.GetByLabelOptions().setExact(true)))
                    .isChecked();
            page.locator("#f-place").fill("草稿路 2 号");
            page.waitForResponse(answer -> answer.url().endsWith("/draft") && answer.ok(), () -> {});
            page = first;
            context = firstContext;
        }
        page.locator("#f-place").fill("草稿路 3 号");
        Locator conflict = page.locator("[data-conflict]");
        assertThat(conflict).containsText("另一台设备", patiently());
        check("field-alarm-conflict");
        conflict.getByText("载入那一份").click();
        assertThat(page.locator("#f-place")).hasValue("草稿路 2 号");
        fillEmergency();
        button("立即发出").click();
        assertThat(page.locator("h1")).hasText("已发起");
        page.navigate("/start/emergency");
        assertThat(page.locator("main .note-line")).hasCount(0);
        assertThat(page.locator("#f-place")).hasValue("");
    }

    @Test
    void aLongFormWithoutGroupsComesInStepsOnAPhone() {
        open(360, 740);
        signIn("primary2");
        page.navigate("/start/joint-followup");
        new FormFields(page);
        Locator head = page.locator(".step-head");
        assertThat(head.locator("[role=status]")).hasText("第 1 步，共 3 步");
        assertThat(head.locator("h2")).hasText("来源等 5 项");
        button("下一步").click();
        assertThat(page.locator("form-viewer .errors a").first()).isFocused();
        check("field-steps-error-phone");
        FormFields form = new FormFields(page);
        page.locator("form-viewer input[type=radio]").first().check();
        form.type("姓名", "测步骤");
        button("下一步").click();
        assertThat(head.locator("[role=status]")).hasText("第 2 步，共 3 步");
        assertThat(head.locator("h2")).isFocused();
        assertThat(page.locator("input[id*=Field_name]")).isHidden();
        check("field-steps-phone");
    }

    @Test
    void whatRulesOnlyWarnOfIsToldBeforeItIsSent() {
        open(1280, 900);
        signIn("primary2");
        page.navigate("/start/two-way-referral");
        FormFields form = new FormFields(page);
        form.choose("转诊方向", "上转（基层到精神专科）").type("危险性等级（0—5）", "4");
        Locator warnings = page.locator("form-viewer .warnings");
        assertThat(warnings).containsText("将转为应急处置", patiently());
        check("field-warnings");
        warnings.locator("a").click();
        assertThat(page.locator("input[id*=Field_dangerLevel]")).isFocused();
        form.type("危险性等级（0—5）", "1");
        assertThat(page.locator("form-viewer .warnings"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(LONG));
        assertThat(jdbc.sql(
                                "select count(*) from casefile.case_file where process_key = 'two-way-referral' and opened_by = 'primary2'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void thePhoneMayInstallIt() {
        open(360, 740);
        signIn("officer");
        page.navigate("/");
        var session = context.newCDPSession(page);
        var manifest = session.send("Page.getAppManifest");
        assertThat(manifest.getAsJsonArray("errors")).isEmpty();
        assertThat(manifest.get("data").getAsString()).contains("\"standalone\"");
        assertThat(session.send("Page.getInstallabilityErrors")
                        .getAsJsonArray("installabilityErrors")
                        .toString())
                .isIn("[]", "[{\"errorId\":\"in-incognito\",\"errorArguments\":[]}]");
    }
}
