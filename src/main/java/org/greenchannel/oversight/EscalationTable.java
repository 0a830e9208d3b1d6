package org.greenchannel.oversight;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code oversight.escalation}: which level of which breached clock comes next, and when. */
@Component
class EscalationTable {

    /** @param level next level, 0 for the first */
    record Pending(UUID clockId, UUID caseId, String definition, int level, Instant breachedAt) {}

    private final JdbcClient jdbc;

    EscalationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the breach is there already. */
    boolean open(UUID clockId, UUID caseId, String definition, Instant breachedAt, Instant next) {
        return jdbc.sql(
                                """
                                insert into oversight.escalation (clock_id, case_file_id, definition, breached_at, level, next_at)
                                values (:clock, :case, :definition, :breached, 0, :next) on conflict do nothing""")
                        .param("clock", clockId)
                        .param("case", caseId)
                        .param("definition", definition)
                        .param("breached", Timestamp.from(breachedAt))
                        .param("next", Timestamp.from(next))
                        .update()
                == 1;
    }

    List<UUID> due(Instant now, int limit) {
        return jdbc.sql("select clock_id from oversight.escalation where next_at <= :now order by next_at limit :limit")
                .param("now", Timestamp.from(now))
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    /** Another node that looks at the same time takes others. */
    Optional<Pending> lock(UUID clockId, Instant now) {
        return jdbc.sql(
                        """
                        select * from oversight.escalation where clock_id = :clock and next_at <= :now
                        for update skip locked""")
                .param("clock", clockId)
                .param("now", Timestamp.from(now))
                .query((row, number) -> new Pending(
                        row.getObject("clock_id", UUID.class),
                        row.getObject("case_file_id", UUID.class),
                        row.getString("definition"),
                        row.getInt("level"),
                        row.getTimestamp("breached_at").toInstant()))
                .optional();
    }

    /** @param next null when no level is left or the clock has ended */
    void next(UUID clockId, int level, @Nullable Instant next) {
        jdbc.sql("update oversight.escalation set level = :level, next_at = :next where clock_id = :clock")
                .param("level", level)
                .param("next", next == null ? null : Timestamp.from(next))
                .param("clock", clockId)
                .update();
    }
}
