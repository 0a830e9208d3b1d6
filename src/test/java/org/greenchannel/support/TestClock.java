package org.greenchannel.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of the application under test: runs like the real one, and can be moved. */
public final class TestClock extends Clock {

    private final Clock real = Clock.systemUTC();
    private volatile Duration offset = Duration.ZERO;

    /** Lets the time pass, or with a negative duration go back. */
    public void advance(Duration by) {
        offset = offset.plus(by);
    }

    /** Goes to the moment and runs on from there. */
    public void moveTo(Instant moment) {
        offset = Duration.between(real.instant(), moment);
    }

    /** Back to the real time. */
    public void reset() {
        offset = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return real.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : Clock.offset(real.withZone(zone), offset);
    }
}
