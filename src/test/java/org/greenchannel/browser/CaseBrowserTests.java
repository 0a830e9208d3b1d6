package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.greenchannel.support.SampleFiles;
import org.junit.jupiter.api.Test;

/** The case page: story and its filters, attachments, picture of the process. */
class CaseBrowserTests extends BrowserTests {

    @Test
    void anOfficerAddsAPictureAndAWrongFileIsExplained() {
        open(360, 740);
        signIn("officer");
        String file = "/cases/" + emergency();
        page.navigate(file + "?tab=attachments");
        page.locator("#attach-kind").selectOption("SCENE");
        page.locator("#attach-file")
                .setInputFiles(new FilePayload("a.jpg", "image/jpeg", "no picture".getBytes(StandardCharsets.UTF_8)));
        page.locator(".attach button").click();
        assertThat(page.locator("[role=alert]")).containsText("不接受此类文件");
        check("case-attachments-refused-phone");
        page.locator("#attach-kind").selectOption("SCENE");
        page.locator("#attach-file")
                .setInputFiles(new FilePayload("现场.jpg", "image/jpeg", SampleFiles.photo(900, 600, 1)));
        page.locator(".attach button").click();
        assertThat(page.locator(".file img")).isVisible();
        check("case-attachments-phone");

        open(1440, 900);
        signIn("officer");
        page.navigate(file);
        page.locator("#kind").selectOption("ATTACHMENT");
        page.locator("form.filters button[type=submit]").click();
        assertThat(page.locator(".story > li:not(.story-date)")).hasCount(1);
        check("case-story-filtered");
        page.navigate(file + "?tab=diagram");
        assertThat(page.locator("diagram-viewer[data-state=ready]")).isVisible();
        page.locator(".steps a").first().click();
        assertThat(page).hasURL(Pattern.compile(".*step=\\w+"));
        assertThat(page.locator(".note")).containsText("只显示步骤");
    }

    /** 1280 pixels at 200 % are 640: everything is there, nothing is wider than the window. */
    @Test
    void everyTabIsCleanAlsoAtTwiceTheSize() {
        open(640, 450);
        signIn("officer");
        String file = "/cases/" + emergency();
        page.navigate(file + "?tab=attachments");
        page.locator("#attach-kind").selectOption("SCENE");
        page.locator("#attach-file")
                .setInputFiles(new FilePayload("一份很长很长很长的文件名.pdf", "application/pdf", SampleFiles.pdf(2)));
        page.locator(".attach button").click();
        assertThat(page.locator(".file img")).isVisible();
        page.navigate(file);
        assertThat(page.locator(".tabs a[aria-current]")).isInViewport();
        for (Object tab : (java.util.List<?>)
                page.evaluate("[...document.querySelectorAll('.tabs a')].map(a => a.getAttribute('href'))")) {
            page.navigate(String.valueOf(tab));
            assertThat(page.locator(".tabs a[aria-current]")).isInViewport();
            check("case-large-" + String.valueOf(tab).replaceAll(".*tab=", ""));
        }
        page.navigate(file + "?tab=attachments");
        page.locator(".file-look").click();
        assertThat(page.locator(".leaf")).hasCount(2);
        check("case-large-pages");
        page.navigate(file + "?tab=submissions");
        page.locator(".table a").first().click();
        check("case-large-submission");
        page.navigate(page.url().replaceAll("[?#].*", "") + "/changes");
        check("case-large-changes");
        page.navigate(file);
        page.emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions()
                .setMedia(com.microsoft.playwright.options.Media.PRINT));
        assertThat(page.locator(".story")).isVisible();
        assertThat(page.locator("form.filters")).isHidden();
        check("case-print");
    }

    /** A note is written, a colleague told, and the note corrected without a pointer. */
    @Test
    void aNoteIsWrittenByKeyboardAlone() {
        open(1440, 900);
        signIn("officer");
        page.navigate("/cases/" + emergency());
        tabTo(".tabs a[href*='tab=notes']");
        page.keyboard().press("Enter");
        assertThat(page.locator("#note-text")).isVisible();
        tabTo("#note-text");
        page.keyboard().insertText("患者母亲明早九点到，请接应。");
        tabTo(".tell > summary");
        page.keyboard().press("Enter");
        tabTo(".tell input[type=checkbox]");
        page.keyboard().press("Space");
        assertThat(page.locator(".tell input:checked")).hasCount(1);
        check("case-notes-write");
        tabTo(".jot > .actions button");
        page.keyboard().press("Enter");
        assertThat(page.locator("[role=status]", new Page.LocatorOptions().setHasText("便签已保存")))
                .isVisible();
        assertThat(page.locator(".jotting .jot-text").first()).containsText("请接应");
        tabTo(".jot-acts summary");
        page.keyboard().press("Enter");
        tabTo(".jot-acts textarea");
        page.keyboard().insertText("（改在十点）");
        check("case-notes-correct");
        tabTo(".jot-acts button[type=submit]");
        page.keyboard().press("Enter");
        assertThat(page.locator(".jotting").first()).containsText("第 2 版");
        String here = page.url();
        open(360, 740);
        signIn("officer");
        page.navigate(here);
        check("case-notes-phone");
    }

    /** Goes on with the tabulator until the focus is there. */
    private void tabTo(String selector) {
        for (int i = 0; i < 120; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate("s => document.activeElement.matches(s)", selector))) {
                return;
            }
        }
        throw new AssertionError("the tabulator does not lead to " + selector);
    }

    /** A case as the phone of an officer opens it. */
    private String emergency() {
        String now = java.time.Instant.now()
                .minusSeconds(300)
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
        String basic =
                java.util.Base64.getEncoder().encodeToString(("officer:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var answer = page.request()
                .post(
                        "/api/v1/processes/emergency-admission/start",
                        com.microsoft.playwright.options.RequestOptions.create()
                                .setHeader("Authorization", "Basic " + basic)
                                .setHeader("Content-Type", "application/json")
                                .setData(
                                        """
                                        {"data":{"behaviours":["ASSAULT"],"actDescription":"在路口挥舞木棍，追打两名行人","place":"花园路与农业路口",
                                        "areaCode":"990105001001","channel":"110","ongoing":true,"dangerToOthersSeen":true,"dangerToSelfSeen":false,
                                        "victimCount":0,"personKnown":false,"description":"男，四十岁左右，蓝色外套","reportTime":"%1$s","incidentTime":"%1$s"}}"""
                                                .formatted(now)));
        var number =
                java.util.regex.Pattern.compile("\"caseNumber\":\"([^\"]+)\"").matcher(answer.text());
        org.assertj.core.api.Assertions.assertThat(number.find())
                .as(answer.text())
                .isTrue();
        return number.group(1);
    }
}
