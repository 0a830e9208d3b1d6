package org.greenchannel.organisation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Locks a sign-in name after five failures for fifteen minutes, doubling with every further five to at most four hours.
 * Names are kept as digests, and names that do not exist are treated alike: a lock does not tell which do.
 */
@Component
class SignInFailures {

    static final int STEP = 5;
    static final Duration FIRST_LOCK = Duration.ofMinutes(15);
    static final Duration LONGEST_LOCK = Duration.ofHours(4);
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    SignInFailures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long lockedSeconds(String username) {
        Instant now = clock.instant();
        return jdbc.sql(
                        "select locked_until from organisation.sign_in_failure where name_digest = :digest and locked_until > :now")
                .param("digest", digest(username))
                .param("now", Timestamp.from(now))
                .query(Timestamp.class)
                .optional()
                .map(until -> Math.max(
                        1,
                        Duration.between(now, until.toInstant()).plusMillis(999).toSeconds()))
                .orElse(0L);
    }

    /** A guess while the name is locked does not count: it is not looked at. */
    void failed(String username) {
        Instant now = clock.instant();
        Integer failures = jdbc.sql(
                        """
                        insert into organisation.sign_in_failure as f (name_digest, failures, last_at)
                        values (:digest, 1, :now)
                        on conflict (name_digest) do update set
                          failures = case when f.locked_until > :now then f.failures
                                          when f.last_at < :forgotten then 1
                                          else f.failures + 1 end,
                          last_at = case when f.locked_until > :now then f.last_at else :now end
                        returning case when f.locked_until > :now then 0 else f.failures end""")
                .param("digest", digest(username))
                .param("now", Timestamp.from(now))
                .param("forgotten", Timestamp.from(now.minus(FORGOTTEN_AFTER)))
                .query(Integer.class)
                .single();
        if (failures > 0 && failures % STEP == 0) {
            jdbc.sql("update organisation.sign_in_failure set locked_until = :until where name_digest = :digest")
                    .param("until", Timestamp.from(now.plus(lock(failures))))
                    .param("digest", digest(username))
                    .update();
        }
        jdbc.sql("delete from organisation.sign_in_failure where last_at < :forgotten")
                .param("forgotten", Timestamp.from(now.minus(FORGOTTEN_AFTER)))
                .update();
    }

    void succeeded(String username) {
        jdbc.sql("delete from organisation.sign_in_failure where name_digest = :digest")
                .param("digest", digest(username))
                .update();
    }

    static Duration lock(int failures) {
        Duration lock = FIRST_LOCK;
        for (int i = STEP; i < failures && lock.compareTo(LONGEST_LOCK) < 0; i += STEP) {
            lock = lock.multipliedBy(2);
        }
        return lock.compareTo(LONGEST_LOCK) > 0 ? LONGEST_LOCK : lock;
    }

    private static byte[] digest(String username) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(username.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
