package org.greenchannel.clock;

import java.time.Instant;
import org.greenchannel.engine.ClockSource;
import org.springframework.stereotype.Component;

/** Gives models the ends of legal clocks. */
@Component
class ClockEnds implements ClockSource {

    private final ClockRules rules;
    private final DueDates dates;

    ClockEnds(ClockRules rules, DueDates dates) {
        this.rules = rules;
        this.dates = dates;
    }

    @Override
    public Instant end(String clockId, Instant from, boolean hard) {
        Due due = dates.count(rules.rule(clockId), from).due();
        return hard ? due.hard() : due.soft();
    }
}
