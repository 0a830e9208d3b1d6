package org.greenchannel.community;

import java.sql.Date;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Visits, successful or not. */
@Component
class VisitTable {

    private final JdbcClient jdbc;

    VisitTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A visit as the form says; counts by name of the column. */
    record Visit(
            UUID registration,
            UUID caseId,
            UUID submission,
            Instant at,
            LocalDate on,
            String mode,
            boolean found,
            @Nullable String lostReason,
            @Nullable Integer danger,
            @Nullable String adherence,
            Map<String, Integer> counts,
            boolean confined,
            String username) {}

    void insert(Visit visit) {
        var insert = jdbc.sql(
                        """
                insert into community.visit (visit_id, registration_id, case_file_id, submission_id, at, visited_on, mode, found,
                  lost_reason, danger_level, adherence, minor_disturbances, zhaoshi, zhaohuo, other_harm, self_harm,
                  suicide_attempts, confined, username)
                values (:id, :registration, :caseId, :submission, :at, :on, :mode, :found, :lostReason, :danger, :adherence,
                  :minor_disturbances, :zhaoshi, :zhaohuo, :other_harm, :self_harm, :suicide_attempts, :confined, :username)
                """)
                .param("id", UUID.randomUUID())
                .param("registration", visit.registration())
                .param("caseId", visit.caseId())
                .param("submission", visit.submission())
                .param("at", Timestamp.from(visit.at()))
                .param("on", Date.valueOf(visit.on()))
                .param("mode", visit.mode())
                .param("found", visit.found())
                .param("lostReason", visit.lostReason(), Types.VARCHAR)
                .param("danger", visit.danger(), Types.INTEGER)
                .param("adherence", visit.adherence(), Types.VARCHAR)
                .param("confined", visit.confined())
                .param("username", visit.username());
        for (String count : VisitOutcome.COUNTS.values()) {
            insert = insert.param(count, visit.counts().getOrDefault(count, 0));
        }
        insert.update();
    }

    /** Visits without contact since the last one with contact. */
    int missed(UUID registration) {
        return jdbc.sql(
                        """
                select count(*) from community.visit v where v.registration_id = :id and not v.found
                  and not exists (select 1 from community.visit f where f.registration_id = :id and f.found and f.at > v.at)
                """)
                .param("id", registration)
                .query(Integer.class)
                .single();
    }

    /** Day of the newest incident or self-harm, if there ever was one. */
    Optional<LocalDate> lastIncident(UUID registration) {
        return jdbc.sql(
                        """
                select visited_on from community.visit where registration_id = :id
                  and zhaoshi + zhaohuo + other_harm + self_harm + suicide_attempts + minor_disturbances > 0
                order by visited_on desc limit 1
                """)
                .param("id", registration)
                .query((row, index) -> row.getObject("visited_on", LocalDate.class))
                .optional();
    }

    List<CommunityCare.Visit> newest(UUID registration, int limit) {
        return jdbc.sql(
                        """
                select case_file_id, visited_on, mode, found, danger_level, adherence, username,
                  zhaoshi + zhaohuo + other_harm + self_harm + suicide_attempts + minor_disturbances as incidents
                from community.visit where registration_id = :id order by visited_on desc, at desc limit :limit
                """)
                .param("id", registration)
                .param("limit", limit)
                .query((row, index) -> new CommunityCare.Visit(
                        row.getObject("case_file_id", UUID.class),
                        row.getObject("visited_on", LocalDate.class),
                        row.getString("mode"),
                        row.getBoolean("found"),
                        row.getObject("danger_level", Integer.class),
                        row.getString("adherence"),
                        row.getInt("incidents"),
                        row.getString("username")))
                .list();
    }
}
