package org.greenchannel.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Property {@code defaults} of a process, {@code urgency=ROUTINE;known=false;tries=0;hospital=}: what is set at start if missing. */
final class Defaults {

    private Defaults() {}

    /** The variables in the order of the model. {@link IllegalStateException} when the text cannot be read. */
    static Map<String, @Nullable Object> parse(@Nullable String text) {
        Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
        if (text == null) {
            return defaults;
        }
        for (String part : text.split(";")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalStateException("not a default: " + part.strip());
            }
            String name = part.substring(0, equals).strip();
            Object value = value(part.substring(equals + 1).strip());
            try {
                Facts.check(name, value);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            defaults.put(name, value);
        }
        return Collections.unmodifiableMap(defaults);
    }

    private static @Nullable Object value(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : text;
    }
}
