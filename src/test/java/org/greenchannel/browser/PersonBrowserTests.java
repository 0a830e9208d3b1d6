package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A person is found, looked at, compared with an entry that may be the same, and merged by two. */
class PersonBrowserTests extends BrowserTests {

    @Test
    void twoEntriesAreFoundRevealedComparedAndMerged() {
        String phone = "138" + String.format("%08d", ThreadLocalRandom.current().nextInt(100_000_000));
        String number = emergency("\"personKnown\":true,\"personName\":\"测甲子\"", phone);
        emergency("\"personKnown\":false,\"description\":\"灰色外套\"", phone);

        open(360, 740);
        signIn("officer");
        page.navigate("/cases");
        page.locator("a[href='/persons']").click();
        check("persons-phone");
        page.locator("#term").fill(phone);
        page.locator("form[role=search] button[type=submit]").click();
        assertThat(page.locator(".row")).hasCount(2);
        assertThat(page).hasURL(Pattern.compile(".*/persons$"));
        check("persons-found-phone");
        page.locator(".row-title a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("测*"))
                .click();
        assertThat(page.locator("main")).containsText(number);
        check("person-phone");
        page.locator("#purpose").selectOption("CONTACT_GUARDIAN");
        page.locator("form[action$='/reveal'] button").click();
        assertThat(page.locator("main")).containsText(phone);
        check("person-identity-phone");

        open(1440, 900);
        signIn("prevention");
        page.navigate("/persons");
        page.locator("#term").fill(phone);
        page.locator("#term").press("Enter");
        page.locator(".row-title a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("测*"))
                .click();
        check("person");
        page.locator("a[href*='/compare/']").click();
        check("person-compare");
        page.locator("input[name=pair]").first().check();
        page.locator("#reason").selectOption("PAPERS_CHECKED");
        page.locator("#note").fill("核对了登记材料");
        page.locator("input[name=seen]").check();
        page.locator("form[action$='/persons/merges'] button").click();
        assertThat(page.locator("main")).containsText("您是提出人");
        String request = page.url().replaceFirst("^https?://[^/]+", "");
        check("person-merge-waits");

        open(360, 740);
        signIn("health");
        page.navigate("/persons/duplicates");
        page.locator("a[href='" + request + "']").click();
        check("person-merge-phone");
        page.locator("form[action$='/confirm'] button").click();
        assertThat(page.locator("main .note.done")).containsText("已经生效");
        check("person-merged-phone");
        page.locator("main a[href^='/persons/']", new com.microsoft.playwright.Page.LocatorOptions().setHasText("人员档案"))
                .click();
        assertThat(page.locator(".split summary")).hasCount(1);
        page.locator(".split summary").click();
        check("person-merged-entry-phone");
        page.navigate("/persons/duplicates");
        check("duplicates-phone");
    }

    /** A case as the phone of an officer opens it. */
    private String emergency(String who, String guardianPhone) {
        String now =
                Instant.now().minusSeconds(300).truncatedTo(ChronoUnit.SECONDS).toString();
        String basic = Base64.getEncoder().encodeToString(("officer:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var answer = page.request()
                .post(
                        "/api/v1/processes/emergency-admission/start",
                        RequestOptions.create()
                                .setHeader("Authorization", "Basic " + basic)
                                .setHeader("Content-Type", "application/json")
                                .setData(
                                        """
                                        {"data":{"behaviours":["ASSAULT"],"actDescription":"在路口挥舞木棍，追打两名行人","place":"花园路与农业路口",
                                        "areaCode":"990105001001","channel":"110","ongoing":true,"dangerToOthersSeen":true,"dangerToSelfSeen":false,
                                        "victimCount":0,%2$s,"guardianName":"测丙丁","guardianPhone":"%3$s","reportTime":"%1$s","incidentTime":"%1$s"}}"""
                                                .formatted(now, who, guardianPhone)));
        var number = Pattern.compile("\"caseNumber\":\"([^\"]+)\"").matcher(answer.text());
        org.assertj.core.api.Assertions.assertThat(number.find())
                .as(answer.text())
                .isTrue();
        return number.group(1);
    }
}
