package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

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
