package org.greenchannel.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.greenchannel.flow.HeldPerson;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rights page as people meet it: on a desk, on a borrowed phone, without a mouse, at 200 % zoom. */
class RightsBrowserTests extends BrowserTests {

    private static final int MOST_TABS = 60;

    @Autowired
    private TestClock clock;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JdbcClient jdbc;

    private HeldPerson person;

    @BeforeEach
    void hold() {
        new TimeMachine(clock, engine.getManagementService()).realTime();
        jdbc.sql("delete from rights.attempt").update();
        person = HeldPerson.now(port, clock, engine, jdbc);
    }

    @AfterEach
    void nobodyIsLockedOut() {
        new TimeMachine(clock, engine.getManagementService()).realTime();
        jdbc.sql("delete from rights.attempt").update();
    }

    /** Goes on with Tab until what is looked for has the focus. */
    private void tabTo(String selector) {
        for (int i = 0; i < MOST_TABS; i++) {
            if (Boolean.TRUE.equals(page.evaluate("s => document.activeElement.matches(s)", selector))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("not reached with Tab: " + selector);
    }

    private void enter(String code) {
        page.navigate("/rights?lang=zh");
        page.locator("#code").fill(code);
        page.locator("main form .primary").click();
    }

    private void refused(String words) {
        assertThat(page.locator("main [role=alert]")).containsText(words);
        assertThat(page.locator("#code")).isVisible();
    }

    @Test
    void codesThatAreWrongExpiredOrTriedTooOftenAreExplained() {
        String code = person.code("GUARDIAN");
        enter("ABCD-EFGH-JKMN");
        refused("查询码不正确、已过期或者已作废");
        check("rights-wrong");
        jdbc.sql(
                        """
                        update rights.code set expires_at = issued_at + interval '1 second'
                         where case_id = (select case_file_id from casefile.case_file where number = ?)""")
                .param(person.number())
                .update();
        page.waitForTimeout(1_100);
        open(360, 740);
        enter(code);
        refused("查询码不正确、已过期或者已作废");
        check("rights-expired-phone");
        for (int i = 0; i < 5; i++) {
            enter("9999-2222-222" + (i + 2));
        }
        enter("9999-2222-2222");
        refused("尝试次数过多");
        check("rights-locked-phone");
    }

    @Test
    void withoutAMouseThePatientReadsObjectsAndCloses() {
        String code = person.code("PATIENT");
        page.navigate("/rights?lang=zh");
        tabTo("#code");
        page.keyboard().type(code);
        page.keyboard().press("Enter");
        assertThat(page.locator(".plain-status")).containsText("非自愿住院");
        check("rights-overview");
        String notice = page.locator("a[href*='/rights/notices/']").first().getAttribute("href");
        var paper = page.request().get(notice);
        assertThat(paper.status()).isEqualTo(200);
        assertThat(paper.headers().get("content-type")).startsWith("application/pdf");
        tabTo("a[href*='/rights/requests/rediagnosis-request']");
        page.keyboard().press("Enter");
        assertThat(page.locator("#f-applicantName")).isVisible();
        check("rights-objection");
        // what is missing is listed, and the list has the focus
        tabTo("main form .primary");
        page.keyboard().press("Enter");
        assertThat(page.locator(".errors")).isFocused();
        check("rights-objection-errors");
        tabTo("input[name=stage]");
        page.keyboard().press("Space");
        tabTo("#f-applicantName");
        page.keyboard().type("测甲乙");
        tabTo("#f-conclusionNotReceived");
        page.keyboard().press("Space");
        tabTo("main form .primary");
        page.keyboard().press("Enter");
        assertThat(page.locator(".note.done")).containsText(person.number() + "-R1");
        assertThat(page.locator("main")).containsText("已经提出，正在依法办理");
        check("rights-filed");
        tabTo("form[action$='/rights/close'] button");
        page.keyboard().press("Enter");
        assertThat(page.locator("#code")).isVisible();
        // a notice that was left open
        page.navigate(notice);
        assertThat(page.locator("main")).containsText("页面已经关闭");
        assertThat(page.locator("#code")).isVisible();
        check("rights-over");
    }

    @Test
    void aBorrowedPhoneAndATwofoldZoomShowAllOfIt() {
        String code = person.code("GUARDIAN");
        open(360, 740);
        enter(code);
        assertThat(page.locator("main")).containsText("以监护人身份");
        check("rights-overview-phone");
        page.locator("a[href*='/rights/requests/complaint-record']").click();
        assertThat(page.locator("main form .submit-bar")).isVisible();
        check("rights-complaint-phone");
        open(640, 450, 2);
        page.navigate("/rights?lang=zh");
        check("rights-door-zoom");
        enter(code);
        assertThat(page).hasURL(Pattern.compile(".*/rights$"));
        check("rights-overview-zoom");
        page.locator("a[href*='/rights/requests/complaint-record']").click();
        page.locator("main form .primary").click();
        assertThat(page.locator(".errors")).isFocused();
        check("rights-complaint-errors-zoom");
    }
}
