package org.greenchannel.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.greenchannel.form.Field.Kind;
import org.greenchannel.form.Field.Option;
import org.jspecify.annotations.Nullable;

/** Reads the components of a Camunda Form; a form this server could not check completely is refused as a whole. */
final class FormReader {

    private static final Set<String> WITHOUT_DATA =
            Set.of("text", "html", "image", "spacer", "separator", "button", "iframe", "table", "documentPreview");

    private final String form;

    private FormReader(String form) {
        this.form = form;
    }

    /** The tree of components that hold data. */
    static List<Field> fields(String form, Map<String, Object> schema) {
        return new FormReader(form).read(schema, false);
    }

    private List<Field> read(Map<String, Object> parent, boolean inList) {
        var fields = new ArrayList<Field>();
        for (Object component : list(parent.get("components"))) {
            Map<String, Object> source = map(component);
            if (!WITHOUT_DATA.contains(string(source, "type"))) {
                fields.add(field(source, inList));
            }
        }
        var keys = new HashSet<String>();
        for (Field field : Field.leaves(fields)) {
            require(!field.key().isEmpty() && field.key().indexOf('.') < 0, "bad key " + field.id());
            require(keys.add(field.key()), "two fields named " + field.key());
        }
        return List.copyOf(fields);
    }

    private Field field(Map<String, Object> source, boolean inList) {
        Kind kind = kind(source);
        boolean list = kind == Kind.LIST;
        require(kind != Kind.GROUP || string(source, "path").isEmpty(), "group with a path");
        require(!list || !inList, "list in a list");
        boolean nested = list || kind == Kind.GROUP;
        Map<String, Object> validate = map(source.getOrDefault("validate", Map.of()));
        if (validate.get("pattern") instanceof String pattern) {
            Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS);
        }
        var field = new Field(
                kind,
                list ? string(source, "path") : kind == Kind.GROUP ? "" : string(source, "key"),
                string(source, "id"),
                label(source),
                hide(source),
                validate,
                properties(source),
                options(source),
                nested ? read(source, inList || list) : List.of(),
                source);
        require(storable(field, inList), "cannot store " + field.key());
        require(!(source.containsKey("valuesKey") || source.containsKey("valuesExpression")), "options by expression");
        return field;
    }

    /** Facts are codes, booleans, numbers and dates; never free text or lists. */
    private static boolean storable(Field field, boolean inList) {
        if (field.store().isEmpty()) {
            return true;
        }
        Set<Kind> never = field.fact()
                ? Set.of(Kind.TEXTAREA, Kind.CHOICES, Kind.LIST, Kind.GROUP)
                : Set.of(Kind.CHOICES, Kind.LIST, Kind.GROUP);
        return !inList && !never.contains(field.kind());
    }

    private Kind kind(Map<String, Object> source) {
        String type = string(source, "type");
        return switch (type) {
            case "textfield" -> Kind.TEXT;
            case "textarea" -> Kind.TEXTAREA;
            case "number" -> Kind.NUMBER;
            case "checkbox" -> Kind.CHECKBOX;
            case "radio", "select" -> Kind.CHOICE;
            case "checklist", "taglist" -> Kind.CHOICES;
            case "expression" -> Kind.COMPUTED;
            case "dynamiclist" -> Kind.LIST;
            case "group" -> Kind.GROUP;
            case "datetime" ->
                switch (string(source, "subtype")) {
                    case "date", "" -> Kind.DATE;
                    case "time" -> Kind.TIME;
                    default -> Kind.DATETIME;
                };
            default -> throw new IllegalStateException("Form " + form + ": component " + type + " is not supported");
        };
    }

    private static String label(Map<String, Object> source) {
        for (String name : List.of("label", "dateLabel", "timeLabel")) {
            if (!string(source, name).isEmpty()) {
                return string(source, name);
            }
        }
        return string(source, "key");
    }

    private static @Nullable String hide(Map<String, Object> source) {
        String hide = string(map(source.getOrDefault("conditional", Map.of())), "hide");
        return hide.isBlank() ? null : hide.startsWith("=") ? hide.substring(1) : hide;
    }

    private static Map<String, String> properties(Map<String, Object> source) {
        var properties = new HashMap<String, String>();
        map(source.getOrDefault("properties", Map.of())).forEach((k, v) -> properties.put(k, String.valueOf(v)));
        return Map.copyOf(properties);
    }

    private static List<Option> options(Map<String, Object> source) {
        var options = new ArrayList<Option>();
        for (Object item : list(source.get("values"))) {
            Map<String, Object> option = map(item);
            Object value = option.get("value");
            if (value != null) {
                options.add(
                        new Option(value, option.getOrDefault("label", value).toString()));
            }
        }
        return List.copyOf(options);
    }

    private void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalStateException("Form " + form + ": " + otherwise);
        }
    }

    /** The object as a map with text keys; an empty one if it is something else. */
    static Map<String, Object> map(@Nullable Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> source) {
            source.forEach((k, v) -> {
                if (v != null) {
                    map.put(String.valueOf(k), v);
                }
            });
        }
        return map;
    }

    /** The object as a list; an empty one if it is something else. */
    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String string(Map<String, Object> source, String name) {
        return source.get(name) instanceof String text ? text : "";
    }
}
