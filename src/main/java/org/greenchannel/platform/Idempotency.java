package org.greenchannel.platform;

import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The same key from the same account gets the first answer again; another body under the same key is refused. */
public interface Idempotency {
    /**
     * Runs the action once for the key, in the caller's transaction, and stores its answer as JSON.
     *
     * @param key null means no idempotency was asked for: the action simply runs
     * @param body canonical form of the request, compared by digest; problem {@code idempotency-key-reused} when it differs
     * @param type type of the answer, read back from JSON on a replay
     */
    <T> T once(@Nullable String key, UUID accountId, String operation, String body, Class<T> type, Supplier<T> action);
}
