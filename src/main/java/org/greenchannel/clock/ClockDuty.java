package org.greenchannel.clock;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the module does by itself: looks for clocks that are over, and counts again once a calendar has arrived. */
@Component
class ClockDuty {

    private static final Logger LOG = LoggerFactory.getLogger(ClockDuty.class);
    private static final int ROUNDS = 50;

    private final LegalClocks clocks;
    private final ClockTable table;
    private final ClockRules rules;
    private final DueDates dates;
    private final WorkCalendar calendar;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ZoneId zone;

    ClockDuty(
            LegalClocks clocks,
            ClockTable table,
            ClockRules rules,
            DueDates dates,
            WorkCalendar calendar,
            TransactionTemplate transaction,
            Clock clock,
            ZoneId zone) {
        this.clocks = clocks;
        this.table = table;
        this.rules = rules;
        this.dates = dates;
        this.calendar = calendar;
        this.transaction = transaction;
        this.clock = clock;
        this.zone = zone;
    }

    /** Every 15 seconds; a backlog is worked off in portions. */
    @Scheduled(fixedDelayString = "${greenchannel.clock.tick:PT15S}", initialDelayString = "PT5S")
    void tick() {
        for (int round = 0; round < ROUNDS; round++) {
            if (clocks.tick(clock.instant()) < StoredClocks.BATCH) {
                return;
            }
        }
    }

    /** Counts again what was counted without an official calendar that is there now. Returns how many changed. */
    @EventListener(ApplicationReadyEvent.class)
    int recount() {
        warn();
        Integer changed = transaction.execute(status -> {
            int count = 0;
            for (ClockTable.Provisional open : table.lockProvisional()) {
                var counted = rules.find(open.definition())
                        .map(rule -> dates.count(rule, open.startedAt()))
                        .filter(one -> !one.provisional());
                if (counted.isPresent()) {
                    Due due = counted.get().due();
                    table.recount(
                            open.id(),
                            new Due(due.soft().plus(open.paused()), due.hard().plus(open.paused())));
                    count++;
                }
            }
            return count;
        });
        if (changed != null && changed > 0) {
            LOG.info("{} legal clocks counted again with a calendar that has arrived", changed);
        }
        return changed == null ? 0 : changed;
    }

    /** The notice for the next year is published in November. */
    private void warn() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        if (!calendar.covers(today)) {
            LOG.warn("The calendar of {} is missing: add seeds/holidays/{}.yaml", today.getYear(), today.getYear());
        }
        int next = today.getYear() + 1;
        if (today.getMonthValue() >= 11 && !calendar.covers(LocalDate.of(next, 1, 1))) {
            LOG.warn("The calendar of {} is missing; periods that reach into it are provisional", next);
        }
    }
}
