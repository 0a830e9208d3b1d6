package org.greenchannel.clock;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells of clocks that come near their end, each warning of a clock once, whatever restarts or runs twice; table
 * {@code clock.warning}. A clock that stands still does not come nearer, and what is over has been breached.
 */
@Component
class ClockWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWarnings.class);
    private static final int BATCH = 200;
    private static final int ROUNDS = 20;

    private final NearRules rules;
    private final ClockTable table;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ClockWarnings(
            NearRules rules,
            ClockTable table,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.rules = rules;
        this.table = table;
        this.jdbc = jdbc;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A clock and the latest of its warnings that is due. */
    private record Near(UUID id, int level) {}

    @Scheduled(fixedDelayString = "${greenchannel.clock.tick:PT15S}", initialDelayString = "PT7S")
    void run() {
        for (int round = 0; round < ROUNDS; round++) {
            if (warn(clock.instant()) < BATCH) {
                return;
            }
        }
    }

    /** Warns of what is near; returns how many were looked at. */
    int warn(Instant now) {
        List<Near> found = near(now);
        for (Near near : found) {
            try {
                transaction.executeWithoutResult(status -> warn(near, now));
            } catch (RuntimeException e) {
                LOG.error("The warning of clock {} failed and is tried again", near.id(), e);
            }
        }
        return found.size();
    }

    private void warn(Near near, Instant now) {
        // the lock keeps the clock from ending between the look and the telling
        table.lock(near.id())
                .filter(one -> one.status().equals("RUNNING") && one.breachedAt() == null)
                .filter(one -> reached(near, now))
                .ifPresent(one -> events.publishEvent(new ClockWarned(
                        one.id(),
                        one.caseId(),
                        one.definition().id(),
                        near.level(),
                        one.workItemId(),
                        one.due().hard(),
                        now)));
    }

    /** False when this warning, or a later one, was given before. */
    private boolean reached(Near near, Instant now) {
        return jdbc.sql(
                                """
                                insert into clock.warning as w (clock_id, level, at) values (:id, :level, :now)
                                on conflict (clock_id) do update set level = excluded.level, at = excluded.at
                                where w.level < excluded.level""")
                        .param("id", near.id())
                        .param("level", near.level())
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    private List<Near> near(Instant now) {
        var definitions = new ArrayList<String>();
        var numbers = new ArrayList<Integer>();
        var shares = new ArrayList<Integer>();
        var seconds = new ArrayList<Long>();
        Duration longest = Duration.ZERO;
        for (var entry : rules.levels().entrySet()) {
            int number = 0;
            for (NearRules.Level level : entry.getValue()) {
                definitions.add(entry.getKey());
                numbers.add(++number);
                shares.add(level.share());
                seconds.add(level.most().toSeconds());
                longest = longest.compareTo(level.most()) < 0 ? level.most() : longest;
            }
        }
        return jdbc.sql(
                        """
                        select c.id, max(n.level) as level
                          from clock.legal_clock c
                          join unnest(:definitions, :levels, :shares, :seconds) as n (definition, level, share, most)
                            on n.definition = c.definition
                          left join clock.warning w on w.clock_id = c.id and w.level >= n.level
                         where c.status = 'RUNNING' and c.breached_at is null and w.clock_id is null
                           and c.hard_due > :now and c.hard_due <= :latest
                           and c.hard_due - least((c.hard_due - c.started_at) * n.share / 100,
                                                  make_interval(secs => n.most)) <= :now
                         group by c.id, c.hard_due order by c.hard_due, c.id limit :limit""")
                .param("definitions", definitions.toArray(String[]::new))
                .param("levels", numbers.toArray(Integer[]::new))
                .param("shares", shares.toArray(Integer[]::new))
                .param("seconds", seconds.toArray(Long[]::new))
                .param("now", Timestamp.from(now))
                .param("latest", Timestamp.from(now.plus(longest)))
                .param("limit", BATCH)
                .query((row, n) -> new Near(row.getObject("id", UUID.class), row.getInt("level")))
                .list();
    }
}
