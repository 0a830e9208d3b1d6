package org.greenchannel.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the texts of the English file beside a form over the Chinese ones. */
final class FormTexts {

    private final Map<String, Object> texts;

    private FormTexts(Map<String, Object> texts) {
        this.texts = texts;
    }

    /** A deep copy of the schema with English texts where there are any. */
    static Map<String, Object> english(Map<String, Object> schema, Map<String, Object> english) {
        Map<String, Object> copy = FormReader.map(copy(schema));
        if (english.get("title") instanceof String title) {
            copy.put("title", title);
        }
        new FormTexts(FormReader.map(english.get("fields"))).translate(copy);
        return copy;
    }

    /** A deep copy that may be changed. */
    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var copy = new java.util.LinkedHashMap<String, @Nullable Object>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), copy(v)));
            return copy;
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(item -> copy.add(copy(item)));
            return copy;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private void translate(Map<String, Object> parent) {
        for (Object item : FormReader.list(parent.get("components"))) {
            if (item instanceof Map<?, ?> raw) {
                var component = (Map<String, Object>) raw;
                component(component, textsOf(component));
                translate(component);
            }
        }
    }

    private Map<String, Object> textsOf(Map<String, Object> component) {
        for (String name : List.of("id", "key", "path")) {
            if (texts.get(String.valueOf(component.get(name))) instanceof Map<?, ?> found) {
                return FormReader.map(found);
            }
        }
        return Map.of();
    }

    @SuppressWarnings("unchecked")
    private static void component(Map<String, Object> component, Map<String, Object> english) {
        boolean datetime = "datetime".equals(component.get("type"));
        english.forEach((name, text) -> {
            if (text instanceof String) {
                // a date has no label of its own but one for each part
                boolean dated = datetime && name.equals("label") && !component.containsKey("label");
                put(component, dated && component.containsKey("dateLabel") ? "dateLabel" : name, text);
            }
        });
        Map<String, Object> options = FormReader.map(english.get("options"));
        for (Object item : FormReader.list(component.get("values"))) {
            if (item instanceof Map<?, ?> option && options.get(String.valueOf(option.get("value"))) != null) {
                ((Map<String, Object>) option).put("label", options.get(String.valueOf(option.get("value"))));
            }
        }
    }

    private static void put(Map<String, Object> component, String name, Object text) {
        switch (name) {
            case "patternErrorMessage" -> inner(component, "validate", name, text);
            case "prefix", "prefixAdorner" -> inner(component, "appearance", "prefixAdorner", text);
            case "suffix", "suffixAdorner" -> inner(component, "appearance", "suffixAdorner", text);
            default -> component.put(name, text);
        }
    }

    private static void inner(Map<String, Object> component, String part, String name, Object text) {
        var changed = new HashMap<>(FormReader.map(component.get(part)));
        changed.put(name, text);
        component.put(part, changed);
    }
}
