package org.greenchannel.casefile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of cases. */
@Component
class CaseTable {

    private static final String COLUMNS =
            """
            c.case_file_id, c.number, c.process_key, c.person_id, c.area_code, c.legal_status, c.admission_type, c.stage,
            c.outcome, c.hospital, c.opened_by, c.opened_at, c.closed_at, c.version
            """;

    private static final String NOTHING = "false";

    private final JdbcClient jdbc;

    CaseTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Next number of the prefix and year; the row lock keeps the series without gaps. */
    int nextNumber(String prefix, int year) {
        return jdbc.sql(
                        """
                insert into casefile.case_number (prefix, year, last) values (:prefix, :year, 1)
                on conflict (prefix, year) do update set last = casefile.case_number.last + 1
                returning last
                """)
                .param("prefix", prefix)
                .param("year", year)
                .query(Integer.class)
                .single();
    }

    void insert(
            UUID id,
            String number,
            String processKey,
            @Nullable UUID personId,
            String area,
            String opener,
            Instant at) {
        jdbc.sql(
                        """
                insert into casefile.case_file (case_file_id, number, process_key, person_id, area_code, opened_by, opened_at)
                values (:id, :number, :process, :person, :area, :opener, :at)
                """)
                .param("id", id)
                .param("number", number)
                .param("process", processKey)
                .param("person", personId, java.sql.Types.OTHER)
                .param("area", area)
                .param("opener", opener)
                .param("at", Timestamp.from(at))
                .update();
    }

    Optional<CaseSummary> byNumber(String number) {
        return jdbc.sql("select " + COLUMNS + " from casefile.case_file c where c.number = :number")
                .param("number", number)
                .query(CaseTable::row)
                .optional();
    }

    List<CaseSummary> byIds(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("select " + COLUMNS + " from casefile.case_file c where c.case_file_id in (:ids)")
                        .param("ids", ids)
                        .query(CaseTable::row)
                        .list();
    }

    /** Locks the case for a change; rows that only refer to it may still be added by others. */
    CaseSummary lock(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from casefile.case_file c where c.case_file_id = :id for no key update")
                .param("id", id)
                .query(CaseTable::row)
                .single();
    }

    /** A case of a person, and whether it is within the reach. */
    record OfPerson(CaseSummary file, boolean seen) {}

    /** Cases of a person under any of these ids, newest first, at most {@code limit}. */
    List<OfPerson> ofPersons(Collection<UUID> personIds, Reach reach, int limit) {
        if (personIds.isEmpty()) {
            return List.of();
        }
        var params = new java.util.HashMap<String, @Nullable Object>();
        String seen = reasons(reach, params);
        return jdbc.sql("select " + COLUMNS + ", (" + seen + ") as seen from casefile.case_file c"
                        + " where c.person_id in (:persons)"
                        + " order by c.opened_at desc, c.case_file_id desc limit :limit")
                .params(params)
                .param("persons", personIds)
                .param("limit", limit)
                .query((row, index) -> new OfPerson(row(row, index), row.getBoolean("seen")))
                .list();
    }

    /** Open cases of a person under any of these ids, oldest first. */
    List<UUID> openOfPerson(Collection<UUID> personIds) {
        return jdbc.sql(
                        """
                select case_file_id from casefile.case_file
                where person_id in (:persons) and closed_at is null order by opened_at, case_file_id limit 100
                """)
                .param("persons", personIds)
                .query(UUID.class)
                .list();
    }

    void status(UUID id, String status, @Nullable String admissionType) {
        jdbc.sql(
                        """
                update casefile.case_file
                set legal_status = :status, admission_type = coalesce(:type, admission_type), version = version + 1
                where case_file_id = :id
                """)
                .param("status", status)
                .param("type", admissionType)
                .param("id", id)
                .update();
    }

    /** The log of legal status, oldest first. */
    List<StatusHistory.Change> statusLog(UUID id) {
        return jdbc.sql(
                        """
                select from_status, to_status, at from casefile.legal_status_change where case_file_id = :id
                order by position limit 1000
                """)
                .param("id", id)
                .query((row, index) -> new StatusHistory.Change(
                        row.getString("from_status"),
                        row.getString("to_status"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    void logStatus(UUID id, Instant at, @Nullable String from, String to, String basis) {
        jdbc.sql(
                        """
                insert into casefile.legal_status_change (case_file_id, at, position, from_status, to_status, basis)
                select :id, :at, count(*), :from, :to, :basis from casefile.legal_status_change where case_file_id = :id
                """)
                .param("id", id)
                .param("at", Timestamp.from(at))
                .param("from", from)
                .param("to", to)
                .param("basis", basis)
                .update();
    }

    /** Sets one of the plain columns. */
    void set(UUID id, String column, @Nullable Object value) {
        if (!Set.of("stage", "outcome", "hospital", "closed_at").contains(column)) {
            throw new IllegalArgumentException(column);
        }
        jdbc.sql("update casefile.case_file set " + column
                        + " = :value, version = version + 1 where case_file_id = :id")
                .param("value", value instanceof Instant at ? Timestamp.from(at) : value)
                .param("id", id)
                .update();
    }

    /** What a list may show: any of these ways of standing to a case, or all cases. */
    record Reach(boolean everything, Set<String> groups, @Nullable String organisation, List<String> areaPrefixes) {}

    Page<CaseSummary> page(
            Reach reach,
            @Nullable String number,
            @Nullable Boolean open,
            @Nullable String process,
            int limit,
            @Nullable String cursor) {
        var params = new java.util.HashMap<String, @Nullable Object>();
        String reasons = reasons(reach, params);
        if (reasons.equals(NOTHING)) {
            return new Page<>(List.of(), null);
        }
        String where = "(" + reasons + ")";
        if (number != null && !number.isBlank()) {
            where += " and c.number like :number";
            params.put(
                    "number",
                    number.strip()
                                    .toUpperCase(java.util.Locale.ROOT)
                                    .replace("%", "")
                                    .replace("_", "") + "%");
        }
        if (open != null) {
            where += open ? " and c.closed_at is null" : " and c.closed_at is not null";
        }
        if (process != null) {
            where += " and c.process_key = :process";
            params.put("process", process);
        }
        if (cursor != null) {
            Cursor after = Cursor.parse(cursor);
            where += " and (c.opened_at, c.case_file_id) < (:at, :id)";
            params.put("at", Timestamp.from(after.at()));
            params.put("id", after.id());
        }
        params.put("limit", limit + 1);
        var rows = jdbc.sql("select " + COLUMNS + " from casefile.case_file c where " + where
                        + " order by c.opened_at desc, c.case_file_id desc limit :limit")
                .params(params)
                .query(CaseTable::row)
                .list();
        boolean more = rows.size() > limit;
        List<CaseSummary> shown = more ? rows.subList(0, limit) : rows;
        return new Page<>(
                shown,
                more
                        ? new Cursor(
                                        shown.get(limit - 1).openedAt(),
                                        shown.get(limit - 1).id())
                                .text()
                        : null);
    }
    /** Condition of the reach on a case {@code c}. */
    private static String reasons(Reach reach, Map<String, @Nullable Object> params) {
        List<String> reasons = new ArrayList<>();
        if (reach.everything()) {
            reasons.add("true");
        }
        if (!reach.groups().isEmpty()) {
            reasons.add(
                    "exists (select 1 from casefile.involvement i where i.case_file_id = c.case_file_id and i.group_name in (:groups))");
            params.put("groups", reach.groups());
        }
        if (reach.organisation() != null) {
            reasons.add(
                    "exists (select 1 from casefile.participant p where p.case_file_id = c.case_file_id and p.organisation = :organisation)");
            params.put("organisation", reach.organisation());
        }
        for (int i = 0; i < reach.areaPrefixes().size(); i++) {
            reasons.add("c.area_code like :area" + i);
            params.put("area" + i, reach.areaPrefixes().get(i) + "%");
        }
        return reasons.isEmpty() ? NOTHING : String.join(" or ", reasons);
    }

    private record Cursor(Instant at, UUID id) {
        String text() {
            return at + "_" + id;
        }

        static Cursor parse(String text) {
            try {
                String[] parts = text.split("_", 2);
                return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            } catch (RuntimeException e) {
                throw Problem.badRequest("cursor-invalid");
            }
        }
    }

    void participate(UUID id, String role, String organisation, Instant at) {
        jdbc.sql(
                        """
                insert into casefile.participant (case_file_id, role, organisation, since) values (:id, :role, :organisation, :at)
                on conflict do nothing
                """)
                .params(Map.of("id", id, "role", role, "organisation", organisation, "at", Timestamp.from(at)))
                .update();
    }

    List<Participant> participants(UUID id) {
        return jdbc.sql(
                        "select role, organisation from casefile.participant where case_file_id = :id order by since, role")
                .param("id", id)
                .query((row, index) -> new Participant(row.getString("role"), row.getString("organisation")))
                .list();
    }

    void involve(UUID id, Collection<String> groups) {
        for (String group : groups) {
            jdbc.sql(
                            "insert into casefile.involvement (group_name, case_file_id) values (:group, :id) on conflict do nothing")
                    .param("group", group)
                    .param("id", id)
                    .update();
        }
    }

    boolean involved(UUID id, Set<String> groups) {
        return !groups.isEmpty()
                && jdbc.sql(
                                "select exists (select 1 from casefile.involvement where case_file_id = :id and group_name in (:groups))")
                        .param("id", id)
                        .param("groups", groups)
                        .query(Boolean.class)
                        .single();
    }

    List<String> groups(UUID id) {
        return jdbc.sql("select group_name from casefile.involvement where case_file_id = :id order by group_name")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private static CaseSummary row(ResultSet row, int index) throws SQLException {
        Timestamp closed = row.getTimestamp("closed_at");
        return new CaseSummary(
                row.getObject("case_file_id", UUID.class),
                row.getString("number"),
                row.getString("process_key"),
                row.getObject("person_id", UUID.class),
                row.getString("area_code"),
                row.getString("legal_status"),
                row.getString("admission_type"),
                row.getString("stage"),
                row.getString("outcome"),
                row.getString("hospital"),
                row.getString("opened_by"),
                row.getTimestamp("opened_at").toInstant(),
                closed == null ? null : closed.toInstant(),
                row.getInt("version"));
    }
}
