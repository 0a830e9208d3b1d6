package org.greenchannel.form;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One way to write the same data: sorted keys, no blanks, numbers without exponent or trailing zeros. What is signed is its digest. */
final class CanonicalJson {

    private final JsonMapper json;

    CanonicalJson(JsonMapper json) {
        this.json = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    String write(Map<String, ? extends @Nullable Object> data) {
        var out = new StringBuilder();
        append(out, data);
        return out.toString();
    }

    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> read(String text) {
        return json.readValue(text, Map.class);
    }

    /** SHA-256 of the text, hexadecimal. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(StringBuilder out, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, @Nullable Object>();
            map.forEach((k, v) -> sorted.put(String.valueOf(k), v));
            String before = "{";
            for (var entry : sorted.entrySet()) {
                out.append(before)
                        .append(json.writeValueAsString(entry.getKey()))
                        .append(':');
                append(out, entry.getValue());
                before = ",";
            }
            out.append(sorted.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String before = "[";
            for (Object item : list) {
                append(out.append(before), item);
                before = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else {
            BigDecimal number = value instanceof Number ? Numbers.exact(value) : null;
            out.append(
                    number == null
                            ? json.writeValueAsString(value)
                            : Numbers.plain(number).toPlainString());
        }
    }
}
