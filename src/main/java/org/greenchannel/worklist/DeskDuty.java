package org.greenchannel.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets what nobody needs: marks of items closed long ago, presence that ran out, news that everybody has read. */
@Component
class DeskDuty {

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    DeskDuty(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void forgetNews() {
        jdbc.sql("delete from worklist.change where changed_at < now() - interval '2 minutes'")
                .update();
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forgetMarks() {
        Timestamp old = Timestamp.from(clock.instant().minus(KEPT));
        jdbc.sql("delete from worklist.presence where until < :old")
                .param("old", Timestamp.from(clock.instant().minus(Duration.ofHours(1))))
                .update();
        for (String table : new String[] {"seen", "follow_up"}) {
            jdbc.sql("delete from worklist." + table + " m using worklist.work_item w"
                            + " where w.work_item_id = m.work_item_id and w.status <> 'OPEN' and w.closed_at < :old")
                    .param("old", old)
                    .update();
        }
    }
}
