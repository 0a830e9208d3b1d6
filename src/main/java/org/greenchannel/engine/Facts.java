package org.greenchannel.engine;

import java.util.Date;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may become a process variable: ids, codes, booleans, numbers and dates, under plain names. */
final class Facts {

    /** Longest code; a longer text is content and belongs into a submission. */
    private static final int MAX_LENGTH = 200;

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,59}");

    private Facts() {}

    static void check(String name, @Nullable Object value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a variable name: " + name);
        }
        boolean primitive = value == null
                || (value instanceof String text && text.length() <= MAX_LENGTH)
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Date;
        if (!primitive) {
            throw new IllegalArgumentException("not a fact: " + name);
        }
    }

    static void check(Map<String, ? extends @Nullable Object> facts) {
        facts.forEach(Facts::check);
    }
}
