package org.greenchannel.worklist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The lists. Each view is one bounded index range per group of the viewer, merged: the answer does not get slower with
 * the number of tasks that are none of his business. Whatever is searched or filtered is searched inside these ranges,
 * so that no filter can find what the list would not show.
 */
@Component
class WorkItemLists {

    static final List<String> VIEWS = List.of("mine", "available", "team", "done", "copied");
    static final List<String> LEVELS = List.of("breached", "today", "soon", "later", "none");
    static final int COUNT_CAP = 100;
    private static final int MOST = 50;

    private final JdbcClient jdbc;
    private final WorkItemTable table;
    private final ListFilter filters;

    WorkItemLists(JdbcClient jdbc, WorkItemTable table, ListFilter filters) {
        this.jdbc = jdbc;
        this.table = table;
        this.filters = filters;
    }

    /** A statement and its parameters. */
    private record Asked(String sql, Map<String, @Nullable Object> params) {}

    Page<WorkItem> page(WorkItemQuery query, Viewer viewer) {
        int limit = Math.max(1, Math.min(query.limit(), MOST));
        Asked asked = rows(query, viewer, limit + 1);
        var rows =
                jdbc.sql(asked.sql()).params(asked.params()).query(table::row).list();
        boolean more = rows.size() > limit;
        List<WorkItem> items = (more ? rows.subList(0, limit) : rows)
                .stream().map(WorkItemRow::item).toList();
        return new Page<>(items, more ? cursor(items.get(limit - 1), query.view()) : null);
    }

    /** Counts of all views under the same filter, each at most {@link #COUNT_CAP}, in one statement. */
    Map<String, Integer> counts(WorkItemQuery query, Viewer viewer) {
        Map<String, WorkItemQuery> each = new LinkedHashMap<>();
        VIEWS.forEach(view -> each.put(view, query.in(view)));
        return counts(each, viewer);
    }

    Map<String, Integer> counts(Viewer viewer) {
        return counts(new WorkItemQuery("mine", null, null, null, null, null, 1, null), viewer);
    }

    /** Counts of one view by urgency under the same filter, each at most {@link #COUNT_CAP}, in one statement. */
    Map<String, Integer> levels(WorkItemQuery query, Viewer viewer) {
        requireView(query);
        Map<String, WorkItemQuery> each = new LinkedHashMap<>();
        LEVELS.stream()
                .filter(level -> query.due() == null || query.due().equals(level) || later(query.due(), level))
                .forEach(level -> each.put(level, query.due(level.equals("later") ? ListFilter.DATED : level)));
        return counts(each, viewer);
    }

    private static boolean later(String chosen, String level) {
        return chosen.equals("later") && level.equals("none");
    }

    private Map<String, Integer> counts(Map<String, WorkItemQuery> each, Viewer viewer) {
        Map<String, @Nullable Object> params = new HashMap<>();
        var parts = new ArrayList<String>();
        each.forEach((name, query) -> {
            String ids = ids(query, filters.where(query, viewer, params), false);
            parts.add("select '" + name + "' as name, count(*) as hits from (select 1 from (" + ids
                    + ") one limit :limit) capped");
        });
        common(params, viewer, COUNT_CAP);
        Map<String, Integer> counts = new LinkedHashMap<>();
        each.keySet().forEach(name -> counts.put(name, 0));
        jdbc.sql(String.join(" union all ", parts)).params(params).query(row -> {
            counts.put(row.getString("name"), row.getInt("hits"));
        });
        return counts;
    }

    /** Those of the items that the viewer finds in one of his lists, in whatever order. */
    List<WorkItem> among(Set<UUID> ids, Viewer viewer) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc
                .sql("select " + WorkItemTable.COLUMNS + " from worklist.work_item w where w.work_item_id = any(:ids)"
                        + " and (w.group_names && :groups::text[] or w.assignee = :user or w.closed_by = :user or exists"
                        + " (select 1 from worklist.copy c where c.work_item_id = w.work_item_id"
                        + " and c.username = :user))")
                .param("ids", ids.toArray(UUID[]::new))
                .param("groups", viewer.groups().toArray(String[]::new))
                .param("user", viewer.username())
                .query(table::row)
                .list()
                .stream()
                .map(WorkItemRow::item)
                .toList();
    }

    /** Those of the items that a list with this filter shows. */
    Set<UUID> fitting(Set<UUID> ids, WorkItemQuery query, Viewer viewer) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Map<String, @Nullable Object> params = new HashMap<>();
        String where = filters.where(query, viewer, params) + " and w.work_item_id = any(:ids)";
        params.put("ids", ids.toArray(UUID[]::new));
        common(params, viewer, COUNT_CAP);
        return Set.copyOf(jdbc.sql(ids(query, where, false))
                .params(params)
                .query((row, at) -> row.getObject("work_item_id", UUID.class))
                .set());
    }

    private Asked rows(WorkItemQuery query, Viewer viewer, int limit) {
        requireView(query);
        Map<String, @Nullable Object> params = new HashMap<>();
        String where = filters.where(query, viewer, params) + filters.after(query, params);
        common(params, viewer, limit);
        String order =
                switch (query.view()) {
                    case "done" -> "w.closed_at desc, w.work_item_id desc";
                    case "copied" -> "hit.copied_at desc, w.work_item_id";
                    default -> "coalesce(w.due_hard, 'infinity'::timestamptz), w.work_item_id";
                };
        String sql = "select " + WorkItemTable.COLUMNS + " from (" + ids(query, where, true) + ") hit"
                + " join worklist.work_item w on w.work_item_id = hit.work_item_id order by " + order + " limit :limit";
        return new Asked(sql, params);
    }

    private static void requireView(WorkItemQuery query) {
        if (!VIEWS.contains(query.view())) {
            throw Problem.badRequest("view-unknown", query.view());
        }
    }

    private static void common(Map<String, @Nullable Object> params, Viewer viewer, int limit) {
        params.put("limit", limit);
        params.put("user", viewer.username());
        params.put("groups", viewer.groups().toArray(String[]::new));
    }

    /** Ids of one list, as far as needed and no further. */
    private static String ids(WorkItemQuery query, String where, boolean ordered) {
        return switch (query.view()) {
            case "done" ->
                "(select w.work_item_id from worklist.work_item w where w.status = 'DONE' and w.closed_by = :user"
                        + where + (ordered ? " order by w.closed_at desc, w.work_item_id desc" : "") + " limit :limit)";
            case "mine" ->
                "(select w.work_item_id from worklist.work_item w where w.status = 'OPEN' and w.assignee = :user"
                        + where
                        + (ordered ? " order by coalesce(w.due_hard, 'infinity'::timestamptz), w.work_item_id" : "")
                        + " limit :limit)";
            case "available", "team" ->
                "select distinct found.work_item_id from unnest(:groups::text[]) as g (name)"
                        + " cross join lateral (select o.work_item_id from worklist.work_item_group o"
                        + " join worklist.work_item w on w.work_item_id = o.work_item_id"
                        + " where o.group_name = g.name and o.assigned = "
                        + query.view().equals("team")
                        + (query.view().equals("team") ? " and w.assignee <> :user" : "") + where
                        + (ordered ? " order by o.due, o.work_item_id" : "") + " limit :limit) found";
            default -> copies(where, ordered);
        };
    }

    private static String copies(String where, boolean ordered) {
        return "(select c.work_item_id, c.at as copied_at from worklist.copy c"
                + " join worklist.work_item w on w.work_item_id = c.work_item_id where c.username = :user" + where
                + (ordered ? " order by c.at desc, c.work_item_id" : "") + " limit :limit)";
    }

    private static String cursor(WorkItem last, String view) {
        Instant at =
                switch (view) {
                    case "done" -> last.closedAt();
                    case "copied" -> null;
                    default -> last.dueHard();
                };
        return (at == null ? "never" : at.toString()) + "_" + last.id();
    }

    /** How the database answers a page, for the test that holds every list to its index. */
    String plan(WorkItemQuery query, Viewer viewer) {
        Asked asked = rows(query, viewer, query.limit() + 1);
        return String.join(
                "\n",
                jdbc.sql("explain " + asked.sql())
                        .params(asked.params())
                        .query(String.class)
                        .list());
    }
}
