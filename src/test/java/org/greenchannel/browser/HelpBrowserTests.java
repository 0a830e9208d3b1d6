package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Help in a browser: the guided tour, the panel beside a page, keys, and the pages to read. */
class HelpBrowserTests extends BrowserTests {

    @Autowired
    private JdbcClient jdbc;

    private void forgetTour(String username) {
        jdbc.sql("delete from help.tour where account_id = (select id from organisation.account where username = ?)")
                .param(username)
                .update();
    }

    @Test
    void theTourIsWalkedByKeyboardAndNotOfferedAgain() {
        forgetTour("dpf");
        signIn("dpf");
        page.navigate("/");
        assertThat(page.locator("[data-tour-offer]")).isVisible();
        check("tour-offer");
        page.locator("[data-tour-start]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#tour-title")).isFocused();
        assertThat(page.locator("[data-tour-count]")).containsText("第 1 步");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("[data-tour-count]")).containsText("第 2 步");
        assertThat(page.locator(".tour-at")).hasCount(1);
        check("tour-step");
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("[data-tour-back]")).isDisabled();
        while (!page.locator("[data-tour-next]").innerText().equals("看完了")) {
            page.locator("[data-tour-next]").click();
        }
        page.waitForResponse(
                "**/help/tour", () -> page.locator("[data-tour-next]").click());
        assertThat(page.locator("#tour")).isHidden();
        assertThat(page.locator(".tour-at")).hasCount(0);
        page.navigate("/");
        assertThat(page.locator("[data-tour-offer]")).hasCount(0);
        // begun again from the help
        page.navigate("/help");
        page.getByText("再看一遍新手引导").click();
        assertThat(page.locator("#tour-title")).isFocused();
        page.waitForResponse("**/help/tour", () -> page.keyboard().press("Escape"));
        assertThat(page.locator("#tour")).isHidden();
    }

    @Test
    void onAPhoneTheTourKeepsOutOfTheWayOfWhatItShows() {
        forgetTour("veterans");
        open(360, 740);
        signIn("veterans");
        page.navigate("/");
        check("tour-offer-phone");
        page.locator("[data-tour-start]").click();
        check("tour-phone");
        while (!page.locator("[data-tour-next]").innerText().equals("看完了")) {
            page.locator("[data-tour-next]").click();
            if (page.locator(".tour-at").count() == 1) {
                var place = page.locator(".tour-at").boundingBox();
                var dialog = page.locator("#tour").boundingBox();
                org.assertj.core.api.Assertions.assertThat(
                                place.y + Math.min(place.height, 40) <= dialog.y || place.y >= dialog.y + dialog.height)
                        .as(page.locator("#tour-title").innerText())
                        .isTrue();
            }
        }
        page.waitForResponse(
                "**/help/tour", () -> page.locator("[data-tour-end]").click());
    }

    @Test
    void theQuestionMarkOpensTheHelpOfThePageAndGivesTheFocusBack() {
        signIn("prevention");
        page.navigate("/notifications/preferences");
        page.keyboard().press("?");
        assertThat(page.locator("#help-panel-title")).hasText("我的通知设置");
        assertThat(page.locator("#help-panel-title")).isFocused();
        check("help-panel");
        page.keyboard().press("Escape");
        assertThat(page.locator("#help-panel")).isHidden();
        assertThat(page.locator("[data-help]")).isFocused();
        // typing a question is no question
        page.navigate("/cases");
        page.locator("main input").first().focus();
        page.keyboard().type("?");
        assertThat(page.locator("#help-panel")).isHidden();
        page.evaluate("localStorage.setItem('gc-keys-off','true')");
        page.locator("h1").click();
        page.keyboard().press("?");
        assertThat(page.locator("#help-panel")).isHidden();
        page.evaluate("localStorage.clear()");
        open(360, 740);
        signIn("prevention");
        page.navigate("/start");
        page.locator("[data-help]").click();
        assertThat(page.locator("#help-panel-title")).hasText("发起");
        check("help-panel-phone");
        page.locator("[data-help-close]").click();
        assertThat(page.locator("#help-panel")).isHidden();
    }

    @Test
    void everyPageOfTheHelpAndTheNoticesFitsADeskAndAPhone() {
        for (int width : new int[] {1280, 360}) {
            open(width, 800);
            signIn("attending");
            String size = width == 360 ? "-phone" : "";
            for (String path : List.of(
                    "/help",
                    "/help/roles",
                    "/help/roles/psychiatrist-attending",
                    "/help/words",
                    "/help/keys",
                    "/help/pages/work",
                    "/help/processes/discharge-resettlement",
                    "/help/tasks/periodic-assessment/AssessInvoluntary",
                    "/help/tour",
                    "/notifications",
                    "/notifications/preferences")) {
                page.navigate(path);
                check(path.substring(1).replace('/', '-') + size);
            }
        }
        page.navigate("/help");
        page.locator("#help-q").fill("留院");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/help/words\\?q=.*"));
        assertThat(page.locator("dl.words dt").first()).containsText("留院观察");
    }
}
