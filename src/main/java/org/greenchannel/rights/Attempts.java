package org.greenchannel.rights;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.greenchannel.platform.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts failed attempts by the beginning of a code and by network address, in the database so that all nodes count
 * together. A quarter of an hour after the first five (ten from one address), doubling with every further five (ten) to
 * four hours. A right code forgives its own beginning, never the address: it may be the code of whoever guesses others.
 */
@Component
class Attempts {

    static final int BY_CODE = 5;
    static final int BY_ADDRESS = 10;
    static final Duration FIRST_LOCK = Duration.ofMinutes(15);
    static final Duration LONGEST_LOCK = Duration.ofHours(4);
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Clock clock;

    Attempts(JdbcClient jdbc, FieldCipher cipher, Clock clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Seconds until the next attempt is looked at; 0 when it is now. */
    long lockedSeconds(String beginning, String address) {
        Instant now = clock.instant();
        return jdbc
                .sql(
                        "select max(locked_until) from rights.attempt where subject in (:subjects) and locked_until > :now")
                .param("subjects", List.of(code(beginning), address(address)))
                .param("now", Timestamp.from(now))
                .query((row, n) -> row.getTimestamp(1))
                .list()
                .stream()
                .filter(java.util.Objects::nonNull)
                .mapToLong(until -> Math.max(
                        1,
                        Duration.between(now, until.toInstant()).plusMillis(999).toSeconds()))
                .max()
                .orElse(0);
    }

    void failed(String beginning, String address) {
        count(code(beginning), BY_CODE);
        count(address(address), BY_ADDRESS);
        jdbc.sql("delete from rights.attempt where last_at < :forgotten")
                .param("forgotten", Timestamp.from(clock.instant().minus(FORGOTTEN_AFTER)))
                .update();
    }

    void succeeded(String beginning) {
        jdbc.sql("delete from rights.attempt where subject = :subject")
                .param("subject", code(beginning))
                .update();
    }

    private void count(byte[] subject, int step) {
        Instant now = clock.instant();
        int failures = jdbc.sql(
                        """
                        insert into rights.attempt as a (subject, failures, last_at) values (:subject, 1, :now)
                        on conflict (subject) do update set
                          failures = case when a.last_at < :forgotten then 1 else a.failures + 1 end, last_at = :now
                        returning failures""")
                .param("subject", subject)
                .param("now", Timestamp.from(now))
                .param("forgotten", Timestamp.from(now.minus(FORGOTTEN_AFTER)))
                .query(Integer.class)
                .single();
        if (failures % step == 0) {
            jdbc.sql("update rights.attempt set locked_until = :until where subject = :subject")
                    .param("until", Timestamp.from(now.plus(lock(failures, step))))
                    .param("subject", subject)
                    .update();
        }
    }

    static Duration lock(int failures, int step) {
        Duration lock = FIRST_LOCK;
        for (int i = step; i < failures && lock.compareTo(LONGEST_LOCK) < 0; i += step) {
            lock = lock.multipliedBy(2);
        }
        return lock.compareTo(LONGEST_LOCK) > 0 ? LONGEST_LOCK : lock;
    }

    private byte[] code(String beginning) {
        return cipher.blindIndex("code:" + beginning, "rights/attempt/v1");
    }

    private byte[] address(String address) {
        return cipher.blindIndex("address:" + address, "rights/attempt/v1");
    }
}
