package org.greenchannel.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills whatever form is on the page with given answers, as a person does: field by field, section by section on a
 * phone, what a condition brings in after it. Which fields there are is read from the form itself.
 */
final class FilledForm {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/M/d");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final int SETTLE_MILLIS = 60;
    private static final int ROUNDS = 40;
    private static final int TRIES = 4;

    private final Page page;
    private final JsonNode schema;
    private final Set<String> done = new HashSet<>();
    private final Map<String, Integer> tries = new HashMap<>();

    FilledForm(Page page) {
        this.page = page;
        Locator form = page.locator("form-viewer[data-state=ready]");
        form.waitFor();
        this.schema = JSON.readTree(form.getAttribute("data-schema"));
    }

    /** Fills and leaves the form at its end. */
    void fill(Map<String, Object> answers) {
        for (int round = 0; round < ROUNDS; round++) {
            if (!fillVisible(schema, answers, "")) {
                Locator next = page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("下一步").setExact(true));
                if (!next.isVisible()) {
                    return;
                }
                forward(next);
            }
            page.waitForTimeout(SETTLE_MILLIS);
        }
        throw new AssertionError("the form has no end");
    }

    private void forward(Locator next) {
        Locator head = page.locator(".step-head p");
        String before = head.innerText();
        next.click();
        page.waitForCondition(() -> !before.equals(head.innerText())
                || page.locator("form-viewer .errors").count() > 0);
        if (before.equals(head.innerText())) {
            throw new AssertionError(page.locator("form-viewer .errors").innerText());
        }
    }

    /** Whether anything new could be answered. */
    private boolean fillVisible(JsonNode parent, Map<String, Object> answers, String row) {
        boolean any = false;
        for (JsonNode field : parent.path("components")) {
            String type = field.path("type").asString();
            if (type.equals("dynamiclist")) {
                any |= fillList(field, answers);
            } else if (field.has("components")) {
                any |= fillVisible(field, answers, row);
            } else if (answers.get(field.path("key").asString("")) != null) {
                any |= answer(type, field, answers.get(field.path("key").asString()), row);
            }
        }
        return any;
    }

    private boolean fillList(JsonNode list, Map<String, Object> answers) {
        if (!(answers.get(list.path("path").asString()) instanceof List<?> rows)) {
            return false;
        }
        Locator element = page.locator(".fjs-repeat-render-footer, .fjs-repeat-row-container")
                .locator("xpath=ancestor::*[@id][1]");
        String first = list.path("components").get(0).path("id").asString();
        boolean any = false;
        for (int i = 0; i < rows.size(); i++) {
            if (input(first, "_" + i).count() == 0 && done.add(first + "+" + i)) {
                add(list).click();
                page.waitForTimeout(SETTLE_MILLIS);
                any = true;
            }
            if (rows.get(i) instanceof Map<?, ?> row) {
                any |= fillVisible(list, strings(row), "_" + i);
            }
        }
        while (element.count() > 0 && rows.isEmpty() && input(first, "_0").isVisible()) {
            input(first, "_0")
                    .locator("xpath=ancestor::*[contains(@class,'fjs-repeat-row-container')][1]")
                    .locator(".fjs-repeat-row-remove")
                    .click();
            page.waitForTimeout(SETTLE_MILLIS);
            any = true;
        }
        return any;
    }

    /** The button of that list: the one in the group with its name. */
    private Locator add(JsonNode list) {
        return page.locator(".fjs-form-field-dynamiclist, .fjs-form-field-grouplike, .fjs-form-field-group")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "> label",
                                new Page.LocatorOptions()
                                        .setHasText(list.path("label").asString()))))
                .last()
                .locator(".fjs-repeat-render-add")
                .last();
    }

    private static Map<String, Object> strings(Map<?, ?> row) {
        return JSON.convertValue(row, new tools.jackson.core.type.TypeReference<Map<String, Object>>() {});
    }

    private Locator input(String field, String suffix) {
        return page.locator("form-viewer [id$='-" + field + suffix + "'], form-viewer [id$='-" + field + suffix
                        + "-0'], form-viewer [id$='-" + field + suffix + "-date'], form-viewer [id$='-" + field + suffix
                        + "-display']")
                .first();
    }

    private boolean answer(String type, JsonNode field, Object answer, String row) {
        String id = field.path("id").asString();
        Locator input = input(id, row);
        if (done.contains(id + row) || input.count() == 0 || !shown(input) || input.isDisabled()) {
            return false;
        }
        if (type.startsWith("text") || type.equals("number")) {
            return text(id + row, input, String.valueOf(answer));
        }
        if (type.equals("datetime")) {
            return moment(id + row, String.valueOf(answer));
        }
        done.add(id + row);
        switch (type) {
            case "checkbox" -> input.setChecked(Boolean.TRUE.equals(answer));
            case "radio" -> option(id + row, index(field, answer)).check();
            case "checklist" -> {
                for (Object each : (List<?>) answer) {
                    option(id + row, index(field, each)).check();
                }
            }
            case "select" -> select(field, input, answer);
            default -> throw new AssertionError("no hand for a field of type " + type);
        }
        return true;
    }

    /** Boxes and buttons are drawn by their labels; what they are is in sight when their field is. */
    private static boolean shown(Locator input) {
        return input.locator("xpath=ancestor-or-self::*[contains(@class,'fjs-form-field')][1]")
                .isVisible();
    }

    /** A field that a condition has just brought in may be drawn anew, faster than any person types: looked at again. */
    private boolean text(String id, Locator input, String text) {
        if (text.equals(input.inputValue()) || tries.merge(id, 1, Integer::sum) > TRIES) {
            done.add(id);
            return false;
        }
        input.fill(text);
        input.blur();
        return true;
    }

    private Locator option(String id, int index) {
        return page.locator("form-viewer [id$='-" + id + "-" + index + "']");
    }

    private static int index(JsonNode field, Object value) {
        List<JsonNode> values = options(field).toList();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).path("value").asString().equals(String.valueOf(value))) {
                return i;
            }
        }
        throw new AssertionError(field.path("key").asString() + " has no option " + value);
    }

    private static Stream<JsonNode> options(JsonNode field) {
        return StreamSupport.stream(field.path("values").spliterator(), false);
    }

    private void select(JsonNode field, Locator input, Object value) {
        String label = options(field)
                .filter(option -> option.path("value").asString().equals(String.valueOf(value)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(field.path("key").asString() + " has no option " + value))
                .path("label")
                .asString();
        Locator box = input.locator("xpath=ancestor-or-self::*[contains(@class,'fjs-form-field')][1]");
        Locator group = box.locator(".fjs-input-group");
        if (group.innerText().strip().equals(label)
                || Stream.of(box.locator("input").all().toArray(Locator[]::new))
                        .map(Locator::inputValue)
                        .anyMatch(label::equals)) {
            return;
        }
        if (box.locator(".fjs-dropdownlist").count() == 0) {
            group.click();
        }
        box.locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(label))
                .first()
                .click();
    }

    /** What the form has filled in itself stays. Looked at again, as a text is. */
    private boolean moment(String id, String value) {
        Locator date = page.locator("form-viewer [id$='-" + id + "-date']");
        Locator time = page.locator("form-viewer [id$='-" + id + "-time']");
        boolean timed = value.length() > "2000-01-01".length() && time.count() > 0;
        boolean written = date.count() == 0
                || !date.inputValue().isEmpty() && (!timed || !time.inputValue().isEmpty());
        if (written || tries.merge(id, 1, Integer::sum) > TRIES) {
            done.add(id);
            return false;
        }
        date.fill(DAY.format(day(value)));
        date.press("Enter");
        if (timed) {
            // the time knows of the date only when it has been drawn anew
            page.waitForTimeout(SETTLE_MILLIS);
            time.fill(TIME.format(Instant.parse(value).atZone(FormFields.CHINA)));
            time.press("Enter");
        }
        page.keyboard().press("Escape");
        return true;
    }

    private static LocalDate day(String value) {
        return value.length() == "2000-01-01".length()
                ? LocalDate.parse(value)
                : LocalDate.ofInstant(Instant.parse(value), FormFields.CHINA);
    }
}
