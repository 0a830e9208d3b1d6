package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The way in, the lists, the language, the emergency of an officer on a phone. */
class SmokeTests extends BrowserTests {

    @Test
    void signsInWithOneTapAndSpeaksBothLanguages() {
        page.navigate("/cases?lang=zh");
        assertThat(page).hasURL(Pattern.compile(".*/login"));
        check("login");
        page.locator("[data-fill-username=officer]").click();
        assertThat(page.locator("h1")).hasText("案件");
        page.navigate("/");
        check("worklist-empty");
        page.getByText("English").click();
        assertThat(page.locator("h1")).hasText("Work list");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        page.navigate("/start");
        assertThat(page.locator("h1")).hasText("Start");
        check("start-en");
    }

    @Test
    void aWrongPasswordSaysNothing() {
        page.navigate("/login");
        page.locator("#username").fill("officer");
        page.locator("#password").fill("wrong");
        page.locator("form[data-sign-in] button[type=submit]").click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("用户名或密码不正确。");
        check("login-failed");
    }

    @Test
    void anOfficerSendsAnEmergencyFromAPhoneAndTheHospitalTakesIt() {
        open(360, 740);
        signIn("officer");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("发起应急处置"))
                .click();
        check("emergency-phone");
        page.getByText("立即发出").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("有内容需要更正");
        check("emergency-phone-errors");
        sendEmergency();
        assertThat(page.locator("h1")).hasText("已发起");
        check("emergency-phone-sent");
        page.getByText("查看案件").click();
        check("case-phone");
        page.navigate(page.url() + "?tab=diagram");
        assertThat(page.locator("diagram-viewer[data-state=ready]")).isVisible();
        check("case-phone-diagram");
    }

    @Test
    void anOfficerRecordsTheSceneWithAForm() {
        signIn("officer");
        page.navigate("/start/emergency");
        sendEmergency();
        assertThat(page.locator("h1")).hasText("已发起");
        page.navigate("/?view=available");
        page.keyboard().press("j");
        assertThat(page.locator("[data-row]").first().locator(".row-title")).isFocused();
        page.keyboard().press("c");
        assertThat(page.locator("[data-release]").first()).isVisible();
        page.locator(".row-title").first().click();
        assertThat(page.locator("form-viewer[data-state=ready]")).isVisible();
        check("task");
        page.getByText("提交办结").click();
        assertThat(page.locator("form-viewer .errors h2")).hasText("有内容需要更正");
        check("task-errors");
    }

    /** The least facts of an emergency, on the page that asks for them. */
    private void sendEmergency() {
        page.getByLabel("打人", new Page.GetByLabelOptions().setExact(true)).check();
        page.locator("#f-actDescription").fill("在路口挥舞木棍，追打两名行人");
        page.locator("#f-place").fill("花园路与农业路口");
        page.locator("#f-areaCode").selectOption("990105001001");
        page.locator("#f-channel").selectOption("110");
        page.getByLabel("对他人有危险或已有伤害").check();
        page.locator("#f-description").fill("男，四十岁左右，蓝色外套");
        page.getByText("立即发出").click();
    }
}
