package org.greenchannel.oversight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the timelines of all cases; writing them is the case file's own business. */
@Component
class HistoryTable {

    private static final int MOST = 100;

    private final JdbcClient jdbc;

    HistoryTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(long position, HistoryEntry entry) {}

    Page<HistoryEntry> page(HistoryQuery query, List<String> areas, boolean withoutGrounds) {
        var params = new HashMap<String, Object>();
        var where = new ArrayList<String>();
        where.add("c.area_code like any (:areas)");
        params.put("areas", areas.stream().map(area -> area + "%").toArray(String[]::new));
        if (withoutGrounds) {
            // D16: whoever may know only the state of a case does not see on which ground it was decided
            where.add("t.kind not in ('DECISION', 'STATUS', 'OUTCOME')");
        }
        filter(query, where, params);
        int limit = Math.max(1, Math.min(query.limit(), MOST));
        params.put("limit", limit + 1);
        List<Row> rows = jdbc.sql(
                        """
                select t.*, c.number, c.process_key, c.area_code
                from casefile.timeline t join casefile.case_file c on c.case_file_id = t.case_file_id
                where %s order by t.position desc limit :limit"""
                                .formatted(String.join(" and ", where)))
                .params(params)
                .query(HistoryTable::row)
                .list();
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(
                shown.stream().map(Row::entry).toList(),
                more ? Long.toString(shown.get(limit - 1).position()) : null);
    }

    private static void filter(HistoryQuery query, List<String> where, Map<String, Object> params) {
        like(where, params, "c.number like :number", "number", query.number(), false);
        like(where, params, "t.basis like :basis", "basis", query.basis(), true);
        like(where, params, "(t.title_zh ilike :text or t.title_en ilike :text)", "text", query.text(), true);
        if (query.actor() != null) {
            where.add("t.actor = :actor");
            params.put("actor", query.actor());
        }
        if (query.kind() != null) {
            where.add("t.kind = :kind");
            params.put("kind", query.kind());
        }
        if (query.from() != null) {
            where.add("t.at >= :from");
            params.put("from", Timestamp.from(query.from()));
        }
        if (query.to() != null) {
            where.add("t.at < :to");
            params.put("to", Timestamp.from(query.to()));
        }
        if (query.cursor() != null) {
            where.add("t.position < :before");
            params.put("before", position(query.cursor()));
        }
    }

    private static void like(
            List<String> where,
            Map<String, Object> params,
            String condition,
            String name,
            @Nullable String value,
            boolean anywhere) {
        if (value != null && !value.isBlank()) {
            String literal = value.strip().replaceAll("[\\\\%_]", "\\\\$0");
            where.add(condition);
            params.put(name, (anywhere ? "%" : "") + literal + "%");
        }
    }

    private static long position(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("cursor-invalid");
        }
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("position"),
                new HistoryEntry(
                        row.getObject("timeline_id", UUID.class),
                        row.getString("number"),
                        row.getString("process_key"),
                        row.getString("area_code"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("kind"),
                        new Text(row.getString("title_zh"), row.getString("title_en")),
                        row.getString("basis"),
                        row.getString("actor")));
    }
}
