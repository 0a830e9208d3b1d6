package org.greenchannel.integration;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.ProblemRenderer;
import org.jspecify.annotations.Nullable;

/** What every controller reads from a request. */
final class Requests {

    private static final int LONGEST_KEY = 200;

    private Requests() {}

    /** Body of an action. */
    record Data(@Nullable Map<String, @Nullable Object> data, @Nullable String caseNumber) {
        Map<String, @Nullable Object> orEmpty() {
            return data == null ? Map.of() : data;
        }
    }

    static Locale language(HttpServletRequest request) {
        return ProblemRenderer.language(request);
    }

    /** Version of an {@code If-Match} header, or null when none was sent. */
    static @Nullable Integer version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.equals("*")) {
            return null;
        }
        String number = ifMatch.replace("W/", "").replace("\"", "").strip();
        if (!number.matches("\\d{1,9}")) {
            throw Problem.badRequest("bad-parameter", "If-Match");
        }
        return Integer.valueOf(number);
    }

    static @Nullable String key(@Nullable String idempotencyKey) {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw Problem.badRequest("bad-parameter", "Idempotency-Key");
        }
        return idempotencyKey;
    }
}
