package org.greenchannel.community;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the accepted data of a form; a hidden or empty field is absent. */
final class Answers {

    private final Map<String, ? extends @Nullable Object> data;

    Answers(Map<String, ? extends @Nullable Object> data) {
        this.data = data;
    }

    @Nullable
    Object raw(String key) {
        return data.get(key);
    }

    @Nullable
    String text(String key) {
        Object value = data.get(key);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    String text(String key, String otherwise) {
        String value = text(key);
        return value == null ? otherwise : value;
    }

    boolean yes(String key) {
        return "true".equals(String.valueOf(data.get(key)));
    }

    @Nullable
    Integer number(String key) {
        String value = text(key);
        return value == null ? null : new BigDecimal(value).intValue();
    }

    int number(String key, int otherwise) {
        Integer value = number(key);
        return value == null ? otherwise : value;
    }

    BigDecimal money(String key) {
        String value = text(key);
        return value == null ? BigDecimal.ZERO : new BigDecimal(value);
    }
}
