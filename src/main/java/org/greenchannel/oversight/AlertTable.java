package org.greenchannel.oversight;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code oversight.alert}. */
@Component
class AlertTable {

    private static final String SELECT = "select a.*, c.number, c.area_code from oversight.alert a"
            + " join casefile.case_file c on c.case_file_id = a.case_file_id";

    private final JdbcClient jdbc;

    AlertTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(
            UUID id,
            UUID caseId,
            String kind,
            String basis,
            List<String> groups,
            String processKey,
            String activityId,
            Instant at) {
        jdbc.sql(
                        """
                insert into oversight.alert (alert_id, case_file_id, kind, basis, groups, process_key, activity_id, raised_at)
                values (:id, :case, :kind, :basis, :groups, :process, :activity, :at)""")
                .param("id", id)
                .param("case", caseId)
                .param("kind", kind)
                .param("basis", basis)
                .param("groups", groups.toArray(String[]::new))
                .param("process", processKey)
                .param("activity", activityId)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** @param areas prefixes the viewer supervises @param groups groups of the viewer */
    List<Alert> page(
            boolean open,
            List<String> areas,
            List<String> groups,
            int limit,
            @Nullable Instant before,
            @Nullable UUID id) {
        String where = " where (c.area_code like any (cast(:areas as text[])) or a.groups && cast(:groups as text[]))";
        if (open) {
            where += " and a.seen_at is null";
        }
        if (before != null && id != null) {
            where += " and (a.raised_at, a.alert_id) < (:before, :id)";
        }
        var query = jdbc.sql(SELECT + where + " order by a.raised_at desc, a.alert_id desc limit :limit")
                .param("areas", areas.stream().map(area -> area + "%").toArray(String[]::new))
                .param("groups", groups.toArray(String[]::new))
                .param("limit", limit);
        if (before != null && id != null) {
            query = query.param("before", Timestamp.from(before)).param("id", id);
        }
        return query.query(AlertTable::row).list();
    }

    Optional<Alert> find(UUID id) {
        return jdbc.sql(SELECT + " where a.alert_id = :id")
                .param("id", id)
                .query(AlertTable::row)
                .optional();
    }

    void see(UUID id, String username, Instant at) {
        jdbc.sql("update oversight.alert set seen_at = :at, seen_by = :user where alert_id = :id and seen_at is null")
                .param("at", Timestamp.from(at))
                .param("user", username)
                .param("id", id)
                .update();
    }

    private static Alert row(ResultSet row, int number) throws SQLException {
        Array groups = row.getArray("groups");
        Timestamp seen = row.getTimestamp("seen_at");
        return new Alert(
                row.getObject("alert_id", UUID.class),
                row.getObject("case_file_id", UUID.class),
                row.getString("number"),
                row.getString("area_code"),
                row.getString("kind"),
                row.getString("basis"),
                Arrays.asList((String[]) groups.getArray()),
                row.getTimestamp("raised_at").toInstant(),
                seen == null ? null : seen.toInstant(),
                row.getString("seen_by"));
    }
}
