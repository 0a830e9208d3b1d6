package org.greenchannel.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/** Fills a form of the process in the browser the way a person does: by the words beside the fields. */
final class FormFields {

    private static final int ATTEMPTS = 5;
    private static final int SETTLE_MILLIS = 80;

    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/M/d");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Locator form;

    private final Page page;

    FormFields(Page page) {
        this.page = page;
        this.form = page.locator("form-viewer[data-state=ready]");
        form.waitFor();
    }

    private static Pattern words(String label) {
        return Pattern.compile("^\\s*" + label.replaceAll("([\\\\.()|\\[\\]?*+{}^$])", "\\\\$1") + "\\s*\\*?\\s*$");
    }

    /** The field with this label; of repeated ones the last. */
    Locator field(String label) {
        return onScreen(form.locator("label.fjs-form-field-label")
                .filter(new Locator.FilterOptions().setHasText(words(label)))
                .last()
                .locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' fjs-form-field ')][1]"));
    }

    /** On a phone a form comes section by section: goes on, and then back, until the field is on the screen. */
    private Locator onScreen(Locator field) {
        if (page.locator("[data-steps]").count() == 0) {
            return field;
        }
        field.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        for (String way : List.of("下一步", "上一步")) {
            Locator button = button(way);
            while (!field.isVisible() && button.isVisible()) {
                turn(button);
            }
        }
        return field;
    }

    private void turn(Locator button) {
        Locator head = page.locator(".step-head p");
        String before = head.innerText();
        button.click();
        page.waitForCondition(() ->
                !before.equals(head.innerText()) || form.locator(".errors").count() > 0);
        if (before.equals(head.innerText())) {
            throw new AssertionError(form.locator(".errors").allInnerTexts() + " at " + before);
        }
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Goes on to the last section, where what was entered is checked and signed. */
    FormFields toTheEnd() {
        Locator next = button("下一步");
        while (next.isVisible()) {
            turn(next);
        }
        return this;
    }

    FormFields type(String label, String text) {
        Locator input = field(label).locator("input, textarea").first();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            input.fill(text);
            input.blur();
            // a field that a condition has just brought in may be drawn anew once more, faster than any person types
            page.waitForTimeout(SETTLE_MILLIS);
            if (text.equals(input.inputValue())) {
                break;
            }
        }
        return this;
    }

    /** An option of a radio group or of a list to choose from. */
    FormFields choose(String label, String option) {
        Locator field = field(label);
        if (field.locator("input[type=radio]").count() > 0) {
            field.getByLabel(option, new Locator.GetByLabelOptions().setExact(true))
                    .check();
            return this;
        }
        Locator box = field.locator(".fjs-input-group");
        if (field.locator(".fjs-dropdownlist").count() == 0) {
            box.click();
        }
        field.locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(option))
                .first()
                .click();
        return this;
    }

    /** Ticks boxes, alone or in a list. */
    FormFields tick(String... labels) {
        for (String label : labels) {
            onScreen(form.getByLabel(words(label)).last()).check();
        }
        return this;
    }

    /** Date and time of day. */
    FormFields moment(String label, Instant at) {
        Locator inputs = field(label).locator("input.fjs-input");
        inputs.nth(0).fill(DAY.format(at.atZone(CHINA)));
        inputs.nth(0).press("Enter");
        // the time knows of the date only when it has been drawn anew
        page.waitForTimeout(SETTLE_MILLIS);
        inputs.nth(1).fill(TIME.format(at.atZone(CHINA)));
        inputs.nth(1).press("Enter");
        page.keyboard().press("Escape");
        return this;
    }

    FormFields day(String label, LocalDate day) {
        Locator input = field(label).locator("input.fjs-input").first();
        input.fill(DAY.format(day));
        input.press("Enter");
        page.keyboard().press("Escape");
        return this;
    }

    /** A moment as date and time fields show it. */
    static String words(Instant at) {
        return DAY.format(at.atZone(CHINA)) + " " + TIME.format(at.atZone(CHINA));
    }

    /** What a date and time field shows, as {@code yyyy/M/d HH:mm}. */
    String shown(String label) {
        Locator inputs = field(label).locator("input.fjs-input");
        return inputs.nth(0).inputValue() + " " + inputs.nth(1).inputValue();
    }

    /** The signature every paper ends with. */
    FormFields sign() {
        return tick("我已核对并签署（以本人账号签署，系统记录账号、时间和内容）");
    }
}
