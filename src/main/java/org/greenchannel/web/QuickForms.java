package org.greenchannel.web;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.greenchannel.form.FormView;
import org.greenchannel.web.QuickField.Condition;
import org.greenchannel.web.QuickField.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Reads a Camunda Form as plain controls and what a browser posts back as the form's data. */
@Component
class QuickForms {

    private static final Pattern CONDITION = Pattern.compile(
            "^=\\s*(?:not\\()?(?:(\\w+)\\s*=\\s*null\\s+or\\s+)?(\\w+)\\s*(!?=)\\s*(?:\"([^\"]*)\"|(true|false|null))\\s*\\)?$");
    private static final Map<String, String> KINDS = Map.of(
            "textfield", "text",
            "textarea", "area",
            "number", "number",
            "radio", "radio",
            "select", "select",
            "checkbox", "yes",
            "checklist", "list",
            "taglist", "list");
    /** Yes-or-no questions that decide the next minute are asked at once, although a form never requires a tick. */
    private static final Set<String> URGENT =
            Set.of("ongoing", "dangerToOthersSeen", "dangerToSelfSeen", "personKnown");

    private static final int FEW = 6;

    private final ZoneId zone;

    QuickForms(ZoneId zone) {
        this.zone = zone;
    }

    /** All fields with a key, in form order. @param posted what was typed before, or null at first */
    List<QuickField> fields(FormView view, @Nullable MultiValueMap<String, String> posted) {
        var fields = new ArrayList<QuickField>();
        collect(view.schema(), view.data(), posted, null, fields);
        return fields;
    }

    private void collect(
            Map<?, ?> component,
            Map<String, ?> data,
            @Nullable MultiValueMap<String, String> posted,
            @Nullable Condition outer,
            List<QuickField> fields) {
        Condition condition = condition(component);
        Condition effective = condition == null ? outer : condition;
        if (component.get("key") instanceof String key) {
            String kind = kind(component);
            if (kind != null) {
                fields.add(field(component, key, kind, data, posted, effective));
            }
        }
        if (component.get("components") instanceof List<?> children && !"dynamiclist".equals(component.get("type"))) {
            for (Object child : children) {
                if (child instanceof Map<?, ?> map) {
                    collect(map, data, posted, effective, fields);
                }
            }
        }
    }

    private static @Nullable String kind(Map<?, ?> component) {
        if ("datetime".equals(component.get("type"))) {
            return "date".equals(component.get("subtype")) ? "day" : "moment";
        }
        String kind = KINDS.get(String.valueOf(component.get("type")));
        List<Option> options = options(component);
        return "select".equals(kind) && !options.isEmpty() && options.size() <= FEW ? "radio" : kind;
    }

    private QuickField field(
            Map<?, ?> component,
            String key,
            String kind,
            Map<String, ?> data,
            @Nullable MultiValueMap<String, String> posted,
            @Nullable Condition condition) {
        Map<?, ?> validate = component.get("validate") instanceof Map<?, ?> map ? map : Map.of();
        boolean required = Boolean.TRUE.equals(validate.get("required"));
        Object label = component.get("label") == null ? component.get("dateLabel") : component.get("label");
        return new QuickField(
                key,
                kind,
                label == null ? key : label.toString(),
                component.get("description") == null
                        ? null
                        : component.get("description").toString(),
                options(component),
                required,
                validate.get("maxLength") instanceof Number longest ? longest.intValue() : null,
                condition,
                required && !kind.equals("moment") || URGENT.contains(key) || property(component, "capture") != null,
                "now".equals(property(component, "prefill")),
                property(component, "capture"),
                posted == null
                        ? initial(kind, data.containsKey(key) ? data.get(key) : component.get("defaultValue"))
                        : posted.getOrDefault(key, List.of()));
    }

    private static @Nullable String property(Map<?, ?> component, String name) {
        return component.get("properties") instanceof Map<?, ?> properties
                        && properties.get(name) instanceof String value
                ? value
                : null;
    }

    private static List<Option> options(Map<?, ?> component) {
        var options = new ArrayList<Option>();
        if (component.get("values") instanceof List<?> values) {
            for (Object value : values) {
                if (value instanceof Map<?, ?> map) {
                    options.add(new Option(String.valueOf(map.get("value")), String.valueOf(map.get("label"))));
                }
            }
        }
        return options;
    }

    private List<String> initial(String kind, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        if (kind.equals("moment")) {
            try {
                return List.of(OffsetDateTime.parse(value.toString())
                        .atZoneSameInstant(zone)
                        .toLocalDateTime()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString());
            } catch (DateTimeParseException e) {
                return List.of();
            }
        }
        return List.of(value.toString());
    }

    private static @Nullable Condition condition(Map<?, ?> component) {
        if (!(component.get("conditional") instanceof Map<?, ?> conditional)
                || !(conditional.get("hide") instanceof String hide)) {
            return null;
        }
        Matcher match = CONDITION.matcher(hide.strip());
        if (!match.matches()) {
            return null;
        }
        String value = match.group(4) == null ? match.group(5) : match.group(4);
        return new Condition(match.group(2), match.group(3), value);
    }

    /** What a draft holds, as the browser would post it. */
    Map<String, List<String>> posted(FormView view, Map<String, ? extends @Nullable Object> draft) {
        var posted = new LinkedHashMap<String, List<String>>();
        for (QuickField field : fields(new FormView(view.schema(), new LinkedHashMap<>(draft)), null)) {
            if (draft.get(field.key()) != null) {
                posted.put(field.key(), field.values());
            }
        }
        return posted;
    }

    /** Data in the types of the form; fields that are hidden are left out. */
    Map<String, @Nullable Object> data(List<QuickField> fields) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        for (QuickField field : fields) {
            if (!hidden(field, fields)) {
                Object value = typed(field);
                if (value != null) {
                    data.put(field.key(), value);
                }
            }
        }
        return data;
    }

    private static boolean hidden(QuickField field, List<QuickField> all) {
        Condition condition = field.condition();
        if (condition == null) {
            return false;
        }
        String now = all.stream()
                .filter(other -> other.key().equals(condition.key()))
                .findFirst()
                .map(other -> other.kind().equals("yes")
                        ? String.valueOf(!other.values().isEmpty())
                        : other.value())
                .orElse("");
        return condition.operator().equals("=") == now.equals(condition.value());
    }

    private @Nullable Object typed(QuickField field) {
        String value = field.value().strip();
        if (field.kind().equals("yes")) {
            return !field.values().isEmpty() && !value.equals("false");
        }
        if (field.kind().equals("list")) {
            return field.values();
        }
        if (value.isEmpty()) {
            return null;
        }
        // a browser posts words; a form whose choices are yes and no wants truth values
        if (field.kind().equals("radio")
                && field.options().stream()
                        .allMatch(o -> o.value().equals("true") || o.value().equals("false"))) {
            return Boolean.valueOf(value);
        }
        return switch (field.kind()) {
            case "number" -> number(value);
            case "moment" -> moment(value);
            default -> value;
        };
    }

    /** What is no number goes on as typed: the form's own check says so in words. */
    private static Object number(String value) {
        try {
            return value.contains(".") ? (Object) Double.valueOf(value) : Long.valueOf(value);
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private String moment(String value) {
        try {
            return LocalDateTime.parse(value).atZone(zone).toOffsetDateTime().toString();
        } catch (DateTimeParseException e) {
            return value;
        }
    }
}
