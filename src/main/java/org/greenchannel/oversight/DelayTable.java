package org.greenchannel.oversight;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code oversight.delayed_discharge}: one for a case, opened again when the person is delayed again. */
@Component
class DelayTable {

    /** A delay that has not ended. */
    record Delay(UUID caseId, String reason, Instant since, Instant reviewedAt, @Nullable LocalDate nextReview) {}

    private final JdbcClient jdbc;

    DelayTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void open(UUID caseId, String reason, Instant since, @Nullable LocalDate next, Instant at) {
        jdbc.sql(
                        """
                        insert into oversight.delayed_discharge (case_file_id, reason, since, reviewed_at, next_review)
                        values (:case, :reason, :since, :at, :next)
                        on conflict (case_file_id) do update set reason = excluded.reason, next_review = excluded.next_review,
                            since = case when delayed_discharge.ended_at is null then delayed_discharge.since else excluded.since end,
                            reviewed_at = excluded.reviewed_at, ended_at = null""")
                .param("case", caseId)
                .param("reason", reason)
                .param("since", Timestamp.from(since))
                .param("at", Timestamp.from(at))
                .param("next", next == null ? null : Date.valueOf(next))
                .update();
    }

    void reviewed(UUID caseId, @Nullable LocalDate next, Instant at) {
        jdbc.sql(
                        """
                        update oversight.delayed_discharge set reviewed_at = :at, next_review = :next
                        where case_file_id = :case and ended_at is null""")
                .param("case", caseId)
                .param("at", Timestamp.from(at))
                .param("next", next == null ? null : Date.valueOf(next))
                .update();
    }

    void end(UUID caseId, Instant at) {
        jdbc.sql(
                        """
                        update oversight.delayed_discharge set ended_at = :at
                        where case_file_id = :case and ended_at is null""")
                .param("case", caseId)
                .param("at", Timestamp.from(at))
                .update();
    }

    List<Delay> running(int limit) {
        return jdbc.sql(
                        """
                        select case_file_id, reason, since, reviewed_at, next_review from oversight.delayed_discharge
                        where ended_at is null order by since limit :limit""")
                .param("limit", limit)
                .query((row, number) -> {
                    Date next = row.getDate("next_review");
                    return new Delay(
                            row.getObject("case_file_id", UUID.class),
                            row.getString("reason"),
                            row.getTimestamp("since").toInstant(),
                            row.getTimestamp("reviewed_at").toInstant(),
                            next == null ? null : next.toLocalDate());
                })
                .list();
    }
}
