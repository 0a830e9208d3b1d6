package org.greenchannel.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Conditions of a list on an item {@code w} and, in the lists of groups, its offer {@code o}; all begin with {@code and}. */
@Component
class ListFilter {

    /** Due later, but due: what the group "later" of a page holds, other than the filter of that name. */
    static final String DATED = "dated";

    private static final Duration SOON = Duration.ofDays(3);
    private static final String MINE = "coalesce(w.due_hard, 'infinity'::timestamptz)";

    private final Words words;
    private final Clock clock;
    private final ZoneId zone;

    ListFilter(Words words, Clock clock, ZoneId zone) {
        this.words = words;
        this.clock = clock;
        this.zone = zone;
    }

    /** The end of an item as the index of its list has it. */
    private static String due(String view) {
        return view.equals("available") || view.equals("team") ? "o.due" : MINE;
    }

    String where(WorkItemQuery query, Viewer viewer, Map<String, @Nullable Object> params) {
        var where = new StringBuilder();
        equal(where, params, "w.process_key", "process", query.process());
        equal(where, params, "w.task_key", "task", query.task());
        equal(where, params, "w.case_number", "caseNumber", query.caseNumber());
        equal(where, params, "w.stage", "stage", query.stage());
        if (query.area() != null) {
            where.append(" and w.area_code like :area");
            params.put("area", like(Words.inside(query.area())) + "%");
        }
        if (query.persons() != null) {
            where.append(" and w.person_id = any(:persons)");
            params.put("persons", query.persons().toArray(UUID[]::new));
        }
        if (query.due() != null) {
            where.append(limits(query.due(), due(query.view()), params));
        }
        mark(where, query, params);
        if (query.q() != null) {
            text(where, Words.split(query.q()), params);
        }
        return where.toString();
    }

    private String limits(String level, String due, Map<String, @Nullable Object> params) {
        Instant now = clock.instant();
        Instant midnight =
                now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        params.put("now", Timestamp.from(now));
        params.put("midnight", Timestamp.from(midnight));
        params.put("soon", Timestamp.from(midnight.plus(SOON)));
        return switch (level) {
            case "breached" -> " and " + due + " < :now";
            case "today" -> " and " + due + " >= :now and " + due + " < :midnight";
            case "soon" -> " and " + due + " >= :midnight and " + due + " < :soon";
            case "later" -> " and " + due + " >= :soon";
            case "none" -> " and " + due + " = 'infinity'::timestamptz";
            case DATED -> " and " + due + " >= :soon and " + due + " < 'infinity'::timestamptz";
            default -> throw Problem.badRequest("due-unknown", level);
        };
    }

    /** What was put aside is not in the way until its day, and never beyond its legal end. */
    private void mark(StringBuilder where, WorkItemQuery query, Map<String, @Nullable Object> params) {
        boolean open = query.view().equals("mine") || query.view().equals("available");
        String aside = "exists (select 1 from worklist.follow_up f where f.username = :user"
                + " and f.work_item_id = w.work_item_id and f.until > :now and " + due(query.view()) + " > :now)";
        String mark = query.mark() == null ? "" : query.mark();
        switch (mark) {
            case "later" -> where.append(" and ").append(aside);
            case "unread" ->
                where.append(" and not exists (select 1 from worklist.seen s where s.username = :user"
                        + " and s.work_item_id = w.work_item_id and s.version >= w.version)");
            case "" -> {}
            default -> throw Problem.badRequest("mark-unknown", mark);
        }
        if (open && !mark.equals("later")) {
            where.append(" and not ").append(aside);
        }
        params.put("now", Timestamp.from(clock.instant()));
    }

    private void text(StringBuilder where, List<String> all, Map<String, @Nullable Object> params) {
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            where.append(" and (w.name_zh ilike :q").append(i);
            where.append(" or w.name_en ilike :q").append(i);
            where.append(" or w.case_number ilike :q").append(i);
            params.put("q" + i, "%" + like(word) + "%");
            any(where, params, "w.process_key = any(:", "qp" + i, words.processes(word));
            any(where, params, "w.stage = any(:", "qs" + i, words.stages(word));
            any(
                    where,
                    params,
                    "w.area_code like any(:",
                    "qa" + i,
                    words.areas(word).stream().map(code -> code + "%").toList());
            where.append(')');
        }
    }

    private static void any(
            StringBuilder where, Map<String, @Nullable Object> params, String head, String name, List<String> codes) {
        if (!codes.isEmpty()) {
            where.append(" or ").append(head).append(name).append("::text[])");
            params.put(name, codes.toArray(String[]::new));
        }
    }

    private static String like(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
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

    /** Where the next page begins: inside the index, so that nothing is read and thrown away. */
    String after(WorkItemQuery query, Map<String, @Nullable Object> params) {
        String cursor = query.cursor();
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
        return switch (query.view()) {
            case "done" -> " and (w.closed_at, w.work_item_id) < (:afterDue::timestamptz, :afterId)";
            case "copied" ->
                " and (c.at, :afterId) < (select x.at, c.work_item_id"
                        + " from worklist.copy x where x.work_item_id = :afterId and x.username = :user)";
            case "available", "team" -> " and (o.due, o.work_item_id) > (:afterDue::timestamptz, :afterId)";
            default -> " and (" + MINE + ", w.work_item_id) > (:afterDue::timestamptz, :afterId)";
        };
    }
}
