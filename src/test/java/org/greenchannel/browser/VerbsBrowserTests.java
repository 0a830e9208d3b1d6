package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.greenchannel.flow.AppraisalCase;
import org.greenchannel.support.TestClock;
import org.greenchannel.worklist.Verb;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The verbs of a task in a browser: without a mouse, on a phone, and each page what it says. */
class VerbsBrowserTests extends BrowserTests {

    @Autowired
    private TestClock clock;

    private AppraisalCase appraisal() {
        return new AppraisalCase(port, clock);
    }

    private void task(AppraisalCase file) {
        page.navigate("/work-items/" + file.item());
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Opens the menu of a task and chooses, with keys alone. */
    private void choose(String verb) {
        Locator menu = page.locator(".verb-menu > summary");
        tabTo(menu);
        page.keyboard().press("Enter");
        tabTo(page.locator(".verb-menu .menu-panel")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(verb).setExact(true)));
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText(verb);
    }

    private void write(String reason) {
        tabTo(page.locator("#reason"));
        page.keyboard().type(reason);
    }

    private void press(String button) {
        tabTo(button(button));
        page.keyboard().press("Enter");
    }

    @Test
    void countersignAndSendBackByKeyboardAlone() {
        AppraisalCase file = appraisal();
        file.verb("appraiser", "claim", Map.of());
        signIn("appraiser");
        task(file);
        choose("会签");
        tabTo(page.locator("input[name=people][value=appraiser2]"));
        page.keyboard().press("Space");
        write("请第二名鉴定人复核");
        check("verb-countersign-keys");
        press("会签");
        assertThat(page.getByText("宋并鉴").first()).isVisible();
        file.submit("appraiser");

        signIn("appraiser2");
        page.navigate("/work-items/to-sign");
        check("to-sign");
        Locator mine = page.locator("a[href*='" + file.item() + "']").first();
        tabTo(mine);
        page.keyboard().press("Enter");
        assertThat(page.locator(".submitted-answers")).containsText("案发时处于发病期");
        check("verb-sign-keys");
        write("依据不足，请补充");
        tabTo(page.locator("button[name=agree][value=no]"));
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/work-items/" + file.item()));

        signIn("appraiser");
        task(file);
        choose("退回");
        assertThat(page.locator(".choice").first()).containsText("上一步");
        tabTo(page.locator("input[name=to]").first());
        page.keyboard().press("Space");
        write("委托事项不明");
        check("verb-send-back-keys");
        press("退回");
        assertThat(page.locator("h1")).containsText("聘请鉴定");
    }

    @Test
    void everyVerbHasAPageOnDesktopAndPhone() {
        AppraisalCase file = appraisal();
        file.verb("appraiser", "claim", Map.of());
        signIn("appraiser");
        for (String verb : Verb.codes()) {
            page.navigate("/work-items/" + file.item() + "/verbs/" + verb);
            boolean possible = page.locator("form.card").count() > 0;
            assertThat(possible || page.locator("[role=alert]").count() > 0)
                    .as("a form, or why not: " + verb)
                    .isTrue();
            check("verb-" + verb);
        }
        open(360, 740);
        signIn("appraiser");
        for (String verb : List.of("delegate", "countersign", "add-signer", "send-back", "pause-clock", "comment")) {
            page.navigate("/work-items/" + file.item() + "/verbs/" + verb);
            assertThat(page.locator("form.card .actions .button").first().boundingBox().height)
                    .as("large enough for a thumb")
                    .isGreaterThanOrEqualTo(44);
            check("verb-phone-" + verb);
        }
    }

    @Test
    void aClockStandsStillAndGoesOnAndASubmittedTaskIsTakenBack() {
        AppraisalCase file = appraisal();
        open(360, 740);
        signIn("appraiser");
        task(file);
        page.locator(".verb-menu > summary").click();
        link("暂停期限").click();
        page.locator("#reason").fill("待补充病历");
        button("暂停期限").click();
        assertThat(page.getByText("期限中止").first()).isVisible();
        check("task-paused-phone");
        page.navigate("/?view=available&due=none");
        assertThat(page.locator("#row-" + file.item())).containsText("期限中止");
        check("desk-paused-phone");
        task(file);
        page.locator(".verb-menu > summary").click();
        link("恢复期限").click();
        button("恢复期限").click();
        assertThat(page.getByText("期限中止")).hasCount(0);

        file.verb("appraiser", "claim", Map.of());
        file.verb("appraiser", "countersign", Map.of("mode", "ALL", "people", List.of("appraiser2"), "reason", "请复核"));
        file.submit("appraiser");
        open(1280, 900);
        signIn("appraiser");
        task(file);
        check("task-held");
        page.locator(".verb-menu > summary").click();
        link("撤回").click();
        page.locator("#reason").fill("还要补充一处");
        button("撤回").click();
        assertThat(page.getByText("已撤回").first()).isVisible();
        page.locator("#comment-text").fill("请先核对用药记录。");
        page.locator("#comment-people").fill("appraiser2");
        button("发布").click();
        assertThat(page.locator(".comment").first()).containsText("请先核对用药记录");
        check("task-commented");
    }
}
