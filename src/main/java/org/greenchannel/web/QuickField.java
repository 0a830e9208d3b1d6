package org.greenchannel.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form drawn with plain controls, for a phone and for browsers without scripts.
 *
 * @param kind {@code text}, {@code area}, {@code number}, {@code radio}, {@code select}, {@code yes}, {@code list}, {@code moment}, {@code day}
 * @param condition when it is hidden, or null
 * @param first whether it belongs to the least facts asked first
 * @param now whether an empty moment starts as the present
 * @param capture what a button may fill in: {@code location}; or null
 * @param values chosen values
 */
record QuickField(
        String key,
        String kind,
        String label,
        @Nullable String hint,
        List<Option> options,
        boolean required,
        @Nullable Integer longest,
        @Nullable Condition condition,
        boolean first,
        boolean now,
        @Nullable String capture,
        List<String> values) {

    /** A choice. */
    record Option(String value, String label) {}

    /** Hidden when the field {@code key} is (operator {@code =}) or is not ({@code !=}) the value. */
    record Condition(String key, String operator, String value) {}

    QuickField with(List<String> chosen) {
        return new QuickField(
                key, kind, label, hint, options, required, longest, condition, first, now, capture, chosen);
    }

    String value() {
        return values.isEmpty() ? "" : values.get(0);
    }
}
