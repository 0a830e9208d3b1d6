package org.greenchannel.community;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the register: nobody without a viewer, no row without a reason to see it. */
@Component
class Register {

    static final int MOST = 100;

    private final JdbcClient jdbc;

    Register(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param member whether the viewer's organisation belongs to the care team */
    record Row(Registration registration, boolean member) {}

    /**
     * A page, soonest visit first.
     *
     * @param team whether the viewer may see the people of his organisation's care teams
     * @param area whether he may see the people of the areas he supervises
     */
    Page<Row> page(RegisterQuery query, Viewer viewer, boolean team, boolean area, LocalDate today) {
        var where = new ArrayList<String>();
        Map<String, @Nullable Object> params = new HashMap<>();
        where.add("r.closed_at is null");
        where.add("((:team and m.member) or (:area and r.area_code like any (:areas)))");
        params.put("team", team);
        params.put("area", area && !viewer.areas().isEmpty());
        params.put("areas", viewer.areas().stream().map(code -> code + "%").toArray(String[]::new));
        params.put("organisation", viewer.organisation());
        filter(query, today, where, params);
        int limit = Math.max(1, Math.min(query.limit(), MOST));
        params.put("limit", limit + 1);
        var rows = jdbc.sql(
                        """
                select r.*, m.member from community.registration r
                cross join lateral (select exists (select 1 from community.team_member t
                  where t.organisation = :organisation and t.registration_id = r.registration_id and t.until is null) as member) m
                where %s order by coalesce(r.next_due, 'infinity'::date), r.registration_id limit :limit"""
                                .formatted(String.join(" and ", where)))
                .params(params)
                .query((row, index) -> new Row(RegistrationTable.row(row, index), row.getBoolean("member")))
                .list();
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(shown, more ? cursor(shown.get(limit - 1).registration()) : null);
    }

    private static void filter(
            RegisterQuery query, LocalDate today, List<String> where, Map<String, @Nullable Object> params) {
        equal(where, params, "r.colour", "colour", query.colour());
        equal(where, params, "r.status", "status", query.status());
        if (query.area() != null && !query.area().isBlank()) {
            if (!query.area().matches("\\d{12}")) {
                throw Problem.badRequest("bad-parameter", "area");
            }
            where.add("r.area_code like :inside");
            params.put("inside", Care.inside(query.area()) + "%");
        }
        if (query.due() != null && !query.due().isBlank()) {
            params.put("today", Date.valueOf(today));
            where.add(
                    switch (query.due()) {
                        case "overdue" -> "r.next_due < :today";
                        case "week" -> "r.next_due between :today and :today + 7";
                        case "month" -> "r.next_due between :today and :today + 31";
                        default -> throw Problem.badRequest("bad-parameter", "due");
                    });
        }
        if (query.cursor() != null && !query.cursor().isBlank()) {
            try {
                String[] parts = query.cursor().split("_", 2);
                params.put(
                        "afterDue",
                        parts[0].equals("never")
                                ? "infinity"
                                : LocalDate.parse(parts[0]).toString());
                params.put("afterId", UUID.fromString(parts[1]));
            } catch (RuntimeException e) {
                throw Problem.badRequest("cursor-invalid");
            }
            where.add("(coalesce(r.next_due, 'infinity'::date), r.registration_id) > (:afterDue::date, :afterId)");
        }
    }

    private static void equal(
            List<String> where,
            Map<String, @Nullable Object> params,
            String column,
            String name,
            @Nullable String value) {
        if (value != null && !value.isBlank()) {
            where.add(column + " = :" + name);
            params.put(name, value.strip());
        }
    }

    private static String cursor(Registration last) {
        return (last.nextDue() == null ? "never" : last.nextDue().toString()) + "_" + last.id();
    }
}
