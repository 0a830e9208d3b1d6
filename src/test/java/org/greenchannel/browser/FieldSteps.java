package org.greenchannel.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tests of the work outside share: an emergency, its scene record, a device that is ready for a broken line. */
abstract class FieldSteps extends BrowserTests {

    static final String ACT = "在路口挥舞木棍，追打两名行人";
    static final double LONG = 40_000;

    @Autowired
    JdbcClient jdbc;

    int cases() {
        return jdbc.sql("select count(*) from casefile.case_file")
                .query(Integer.class)
                .single();
    }

    Locator line() {
        return page.locator(".line");
    }

    static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(LONG);
    }

    /** Waits until the service worker has the page: from then on a broken line is no broken page. */
    void readyForTheField() {
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

    void fillEmergency() {
        page.getByLabel("打人", new Page.GetByLabelOptions().setExact(true)).check();
        page.locator("#f-actDescription").fill(ACT);
        page.locator("#f-place").fill("花园路与农业路口");
        page.locator("#f-areaCode").selectOption("990105001001");
        page.getByLabel("对他人有危险或已有伤害").check();
        page.locator("#f-description").fill("男，四十岁左右，蓝色外套");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A new emergency; answers the address of its scene record. */
    String scene() {
        page.navigate("/start/emergency");
        fillEmergency();
        button("立即发出").click();
        page.getByText("办理下一步").click();
        new FormFields(page);
        return page.url();
    }

    void officers() {
        for (int i = 0; i < 2; i++) {
            Locator officer = page.locator("input[id*=Field_officer]").nth(i);
            officer.fill(List.of("测警一", "测警二").get(i));
            officer.blur();
        }
    }

    void sceneAnswers() {
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
}
