package org.greenchannel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@AppTest
class ApplicationStartTests {

    @Autowired
    Clock clock;

    @Autowired
    TestClock testClock;

    @Autowired
    ZoneId zone;

    @Autowired
    JdbcClient jdbc;

    @Test
    void theWholeApplicationStartsOnARealDatabase() {
        assertThat(jdbc.sql("select version()").query(String.class).single()).startsWith("PostgreSQL 17");
        assertThat(jdbc.sql("select count(*) from event_publication")
                        .query(Long.class)
                        .single())
                .isNotNegative();
        assertThat(zone).isEqualTo(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void theClockCanBeMoved() {
        assertThat(clock).isSameAs(testClock);
        Instant before = clock.instant();
        testClock.advance(Duration.ofDays(3));
        assertThat(Duration.between(before, clock.instant())).isGreaterThanOrEqualTo(Duration.ofDays(3));
        testClock.reset();
        assertThat(Duration.between(before, clock.instant())).isLessThan(Duration.ofMinutes(5));
    }
}
