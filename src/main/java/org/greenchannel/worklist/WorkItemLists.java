package org.greenchannel.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The lists. Each view is one bounded index range per group of the viewer, merged: the answer does not get slower with
 * the number of tasks that are none of his business.
 */
@Component
class WorkItemLists {

    private static final int MOST = 50;
    private static final int COUNT_CAP = 100;
    private static final Duration SOON = Duration.ofDays(3);
    private static final List<String> VIEWS = List.of("mine", "available", "team", "done");

    private final JdbcClient jdbc;
    private final WorkItemTable table;
    private final Clock clock;
    private final ZoneId zone;

    WorkItemLists(JdbcClient jdbc, WorkItemTable table, Clock clock, ZoneId zone) {
        this.jdbc = jdbc;
        this.table = table;
        this.clock = clock;
        this.zone = zone;
    }

    Page<WorkItem> page(WorkItemQuery query, Viewer viewer) {
        if (!VIEWS.contains(query.view())) {
            throw Problem.badRequest("view-unknown", query.view());
        }
        int limit = Math.max(1, Math.min(query.limit(), MOST));
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("limit", limit + 1);
        params.put("user", viewer.username());
        String filter = filter(query, params);
        boolean done = query.view().equals("done");
        String order = done ? "w.closed_at desc, w.work_item_id desc" : "due, w.work_item_id";
        String sql = source(query.view(), viewer, filter + after(query.cursor(), done, params), order, params);
        var rows = jdbc.sql(sql).params(params).query(table::row).list();
        boolean more = rows.size() > limit;
        List<WorkItem> items = (more ? rows.subList(0, limit) : rows)
                .stream().map(WorkItemRow::item).toList();
        return new Page<>(items, more ? cursor(items.get(limit - 1), done) : null);
    }

    private static String source(
            String view, Viewer viewer, String filter, String order, Map<String, @Nullable Object> params) {
        String columns = WorkItemTable.COLUMNS + ", coalesce(w.due_hard, 'infinity'::timestamptz) as due";
        if (view.equals("done")) {
            return "select " + columns + " from worklist.work_item w where w.status = 'DONE' and w.closed_by = :user"
                    + filter + " order by " + order + " limit :limit";
        }
        if (view.equals("mine")) {
            return "select " + columns + " from worklist.work_item w where w.status = 'OPEN' and w.assignee = :user"
                    + filter.replace("(due,", "(coalesce(w.due_hard, 'infinity'::timestamptz),")
                    + " order by " + order + " limit :limit";
        }
        params.put("groups", viewer.groups().toArray(String[]::new));
        params.put("assigned", view.equals("team"));
        String own = view.equals("team") ? " and w.assignee <> :user" : "";
        // both columns of the index, so that the next page starts inside it instead of reading and throwing away
        String ranged = filter.replace("(due, w.work_item_id)", "(o.due, o.work_item_id)");
        return "select " + columns
                + " from (select distinct found.work_item_id from unnest(:groups::text[]) as g (name)"
                + " cross join lateral (select o.work_item_id, o.due from worklist.work_item_group o"
                + " join worklist.work_item w on w.work_item_id = o.work_item_id"
                + " where o.group_name = g.name and o.assigned = :assigned" + own + ranged
                + " order by o.due, o.work_item_id limit :limit) found) hit"
                + " join worklist.work_item w on w.work_item_id = hit.work_item_id order by " + order + " limit :limit";
    }

    private String filter(WorkItemQuery query, Map<String, @Nullable Object> params) {
        var where = new StringBuilder();
        equal(where, params, "w.process_key", "process", query.process());
        equal(where, params, "w.task_key", "task", query.task());
        equal(where, params, "w.case_number", "caseNumber", query.caseNumber());
        if (query.q() != null && !query.q().isBlank()) {
            where.append(" and (w.name_zh ilike :q or w.name_en ilike :q or w.case_number ilike :q)");
            params.put(
                    "q",
                    "%" + query.q().strip().replace("\\", "").replace("%", "").replace("_", "\\_") + "%");
        }
        if (query.due() != null) {
            Instant now = clock.instant();
            Instant midnight = now.atZone(zone)
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(zone)
                    .toInstant();
            params.put("now", Timestamp.from(now));
            params.put("midnight", Timestamp.from(midnight));
            params.put("soon", Timestamp.from(midnight.plus(SOON)));
            where.append(
                    switch (query.due()) {
                        case "breached" -> " and w.due_hard < :now";
                        case "today" -> " and w.due_hard >= :now and w.due_hard < :midnight";
                        case "soon" -> " and w.due_hard >= :midnight and w.due_hard < :soon";
                        case "later" -> " and (w.due_hard is null or w.due_hard >= :soon)";
                        default -> throw Problem.badRequest("due-unknown", query.due());
                    });
        }
        return where.toString();
    }

    private static void equal(
            StringBuilder where,
            Map<String, @Nullable Object> params,
            String column,
            String name,
            @Nullable String value) {
        if (value != null && !value.isBlank()) {
            where.append(" and ").append(column).append(" = :").append(name);
            params.put(name, value);
        }
    }

    private static String after(@Nullable String cursor, boolean done, Map<String, @Nullable Object> params) {
        if (cursor == null || cursor.isBlank()) {
            return "";
        }
        try {
            String[] parts = cursor.split("_", 2);
            boolean never = parts[0].equals("never");
            params.put("afterDue", never ? "infinity" : Instant.parse(parts[0]).toString());
            params.put("afterId", UUID.fromString(parts[1]));
        } catch (RuntimeException e) {
            throw Problem.badRequest("cursor-invalid");
        }
        return done
                ? " and (w.closed_at, w.work_item_id) < (:afterDue::timestamptz, :afterId)"
                : " and (due, w.work_item_id) > (:afterDue::timestamptz, :afterId)";
    }

    private static String cursor(WorkItem last, boolean done) {
        Instant at = done ? last.closedAt() : last.dueHard();
        return (at == null ? "never" : at.toString()) + "_" + last.id();
    }

    /** How the database answers a page, for the test that holds every list to its index. */
    String plan(WorkItemQuery query, Viewer viewer) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("limit", query.limit() + 1);
        params.put("user", viewer.username());
        boolean done = query.view().equals("done");
        String order = done ? "w.closed_at desc, w.work_item_id desc" : "due, w.work_item_id";
        String filter = filter(query, params) + after(query.cursor(), done, params);
        return String.join(
                "\n",
                jdbc.sql("explain " + source(query.view(), viewer, filter, order, params))
                        .params(params)
                        .query(String.class)
                        .list());
    }

    Map<String, Integer> counts(Viewer viewer) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String view : VIEWS) {
            Map<String, @Nullable Object> params = new HashMap<>();
            params.put("user", viewer.username());
            params.put("limit", COUNT_CAP);
            String order = view.equals("done") ? "w.closed_at desc, w.work_item_id desc" : "due, w.work_item_id";
            String sql = source(view, viewer, "", order, params);
            counts.put(
                    view,
                    jdbc.sql("select count(*) from (" + sql + ") capped")
                            .params(params)
                            .query(Integer.class)
                            .single());
        }
        return counts;
    }
}
