package org.greenchannel.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the answer beside the effects, in the same transaction: either both exist or neither. An advisory lock that
 * ends with the transaction tells a request that is still running from one that has ended.
 */
@Component
class StoredIdempotency implements Idempotency {

    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofHours(72);

    private record Stored(String digest, String answer) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    StoredIdempotency(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    @Override
    @Transactional
    public <T> T once(
            @Nullable String key, UUID accountId, String operation, String body, Class<T> type, Supplier<T> action) {
        if (key == null) {
            return action.get();
        }
        if (!key.matches("[\\x21-\\x7e]{1,128}")) {
            throw Problem.badRequest("idempotency-key-invalid");
        }
        lock(key, accountId);
        String digest = digest(operation + "\n" + body);
        Stored stored = find(key, accountId);
        if (stored != null) {
            if (!stored.digest().equals(digest)) {
                throw Problem.invalid("idempotency-key-reused", List.of());
            }
            return json.readValue(stored.answer(), type);
        }
        T answer = action.get();
        jdbc.sql("insert into platform.idempotency (account_id, key, operation, digest, answer, created_at)"
                        + " values (?, ?, ?, ?, ?::jsonb, ?)")
                .params(accountId, key, operation, digest, json.writeValueAsString(answer), now())
                .update();
        return answer;
    }

    private void lock(String key, UUID accountId) {
        boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 4711))")
                .param(accountId + " " + key)
                .query(Boolean.class)
                .single();
        if (!mine) {
            throw Problem.conflict("request-in-progress").with("retryAfter", 1);
        }
    }

    private @Nullable Stored find(String key, UUID accountId) {
        return jdbc.sql("select digest, answer from platform.idempotency where account_id = ? and key = ?")
                .params(accountId, key)
                .query((row, n) -> new Stored(row.getString("digest"), row.getString("answer")))
                .optional()
                .orElse(null);
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void forgetOld() {
        jdbc.sql("delete from platform.idempotency where created_at < ?")
                .param(now().minus(KEPT))
                .update();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
