package org.greenchannel.form;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits of what may be sent at all, whatever the form: values, characters and depth together. */
final class DataLimits {

    private static final int DEEPEST = 6;
    private static final int MOST_VALUES = 5_000;
    private static final int MOST_CHARACTERS = 200_000;

    private int values;
    private int characters;

    private DataLimits() {}

    /** Whether the data stay within the limits. */
    static boolean hold(Map<String, ? extends @Nullable Object> data) {
        return new DataLimits().within(data, 0);
    }

    private boolean within(@Nullable Object value, int depth) {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            return false;
        }
        if (value instanceof CharSequence text) {
            characters += Math.min(text.length(), MOST_CHARACTERS + 1);
        } else if (value instanceof List<?> list) {
            return list.stream().allMatch(item -> within(item, depth + 1));
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .allMatch(entry ->
                            within(String.valueOf(entry.getKey()), depth + 1) && within(entry.getValue(), depth + 1));
        }
        return characters <= MOST_CHARACTERS;
    }
}
