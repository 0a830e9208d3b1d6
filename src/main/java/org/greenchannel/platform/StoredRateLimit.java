package org.greenchannel.platform;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** One row an account; its lock makes counting exact. What is in the future is the work of a clock set back and not counted. */
@Component
class StoredRateLimit implements RateLimit {

    private final JdbcClient jdbc;
    private final Clock clock;

    StoredRateLimit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public long take(String what, UUID accountId, int most, Duration window) {
        Instant now = clock.instant();
        String recent = "array(select t from unnest(r.taken) t where t > :since and t <= :now order by t)";
        Instant oldest = jdbc
                .sql("insert into platform.rate_limit as r (what, account_id, taken)"
                        + " values (:what, :account, array[cast(:now as timestamptz)])"
                        + " on conflict (what, account_id) do update set"
                        + " refused = cardinality(" + recent + ") >= :most,"
                        + " taken = case when cardinality(" + recent + ") >= :most then " + recent + " else " + recent
                        + " || cast(:now as timestamptz) end"
                        + " returning case when refused then taken[1] end")
                .param("what", what)
                .param("account", accountId)
                .param("now", Timestamp.from(now))
                .param("since", Timestamp.from(now.minus(window)))
                .param("most", most)
                .query((row, n) -> row.getTimestamp(1))
                .list()
                .stream()
                .filter(java.util.Objects::nonNull)
                .map(Timestamp::toInstant)
                .findFirst()
                .orElse(null);
        return oldest == null
                ? 0
                : Math.max(
                        1,
                        Duration.between(now, oldest.plus(window))
                                .plusMillis(999)
                                .toSeconds());
    }
}
