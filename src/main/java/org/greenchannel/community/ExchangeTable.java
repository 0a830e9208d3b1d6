package org.greenchannel.community;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of an exchange, their entries, and the differences that departments report. */
@Component
class ExchangeTable {

    private final JdbcClient jdbc;

    ExchangeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A list without its entries. */
    record Head(
            UUID id,
            UUID caseId,
            String department,
            String role,
            String organisation,
            String areaCode,
            String period,
            String sights,
            Instant preparedAt,
            @Nullable Instant receivedAt) {}

    /** A row of a list before the names are added. */
    record Entry(
            int position,
            UUID person,
            @Nullable String status,
            @Nullable String colour,
            @Nullable Integer danger,
            @Nullable LocalDate nextDue) {}

    void insert(Head head) {
        jdbc.sql(
                        """
                insert into community.exchange_list (exchange_list_id, case_file_id, department, role, organisation, area_code,
                  period, sights, prepared_at)
                values (:id, :caseId, :department, :role, :organisation, :area, :period, :sights, :at)
                """)
                .param("id", head.id())
                .param("caseId", head.caseId())
                .param("department", head.department())
                .param("role", head.role())
                .param("organisation", head.organisation())
                .param("area", head.areaCode())
                .param("period", head.period())
                .param("sights", head.sights())
                .param("at", Timestamp.from(head.preparedAt()))
                .update();
    }

    /**
     * Copies the codes the department may know of the people of the area; nothing of those who refused or left.
     *
     * @param concerned only people whose care is of concern to public safety: what the police need for their task
     */
    int fill(UUID list, String prefix, boolean status, boolean colour, boolean danger, boolean concerned) {
        return jdbc.sql(
                        """
                insert into community.exchange_entry (exchange_list_id, position, person_id, status, colour, danger_level, next_due)
                select :list, row_number() over (order by r.area_code, r.registration_id), r.person_id,
                  case when :status then r.status end, case when :colour then r.colour end,
                  case when :danger then r.danger_level end, case when :danger then r.next_due end
                from community.registration r
                where r.closed_at is null and r.status <> 'REFUSED' and r.area_code like :prefix
                  and (not :concerned or r.status = 'LOST' or r.danger_level >= 3 or r.colour in ('RED', 'GREY')
                    or exists (select 1 from community.visit v where v.registration_id = r.registration_id
                      and v.zhaoshi + v.zhaohuo > 0))
                """)
                .param("list", list)
                .param("prefix", prefix + "%")
                .param("status", status)
                .param("colour", colour)
                .param("danger", danger)
                .param("concerned", concerned)
                .update();
    }

    Optional<Head> find(UUID caseId, String department) {
        return heads(caseId).stream()
                .filter(head -> head.department().equals(department))
                .findFirst();
    }

    List<Head> heads(UUID caseId) {
        return jdbc.sql("select * from community.exchange_list where case_file_id = :id order by department")
                .param("id", caseId)
                .query((row, index) -> new Head(
                        row.getObject("exchange_list_id", UUID.class),
                        row.getObject("case_file_id", UUID.class),
                        row.getString("department"),
                        row.getString("role"),
                        row.getString("organisation"),
                        row.getString("area_code"),
                        row.getString("period"),
                        row.getString("sights"),
                        row.getTimestamp("prepared_at").toInstant(),
                        RegistrationTable.instant(row, "received_at")))
                .list();
    }

    List<Entry> entries(UUID list) {
        return jdbc.sql("select * from community.exchange_entry where exchange_list_id = :id order by position")
                .param("id", list)
                .query((row, index) -> new Entry(
                        row.getInt("position"),
                        row.getObject("person_id", UUID.class),
                        row.getString("status"),
                        row.getString("colour"),
                        row.getObject("danger_level", Integer.class),
                        row.getObject("next_due", LocalDate.class)))
                .list();
    }

    void received(UUID list, UUID submission, String user, Instant at) {
        jdbc.sql(
                        """
                update community.exchange_list set received_at = :at, received_by = :user, submission_id = :submission
                where exchange_list_id = :id and received_at is null
                """)
                .param("id", list)
                .param("submission", submission)
                .param("user", user)
                .param("at", Timestamp.from(at))
                .update();
    }

    void difference(UUID list, UUID caseId, @Nullable Integer entry, String kind, String user, Instant at) {
        jdbc.sql(
                        """
                insert into community.exchange_difference (exchange_difference_id, exchange_list_id, case_file_id, number, entry,
                  kind, reported_at, reported_by)
                select :id, :list, :caseId, count(*) + 1, :entry, :kind, :at, :user
                from community.exchange_difference where case_file_id = :caseId
                """)
                .param("id", UUID.randomUUID())
                .param("list", list)
                .param("caseId", caseId)
                .param("entry", entry, Types.INTEGER)
                .param("kind", kind)
                .param("user", user)
                .param("at", Timestamp.from(at))
                .update();
    }

    List<ExchangeList.Difference> differences(UUID list) {
        return jdbc.sql("select * from community.exchange_difference where exchange_list_id = :id order by number")
                .param("id", list)
                .query((row, index) -> new ExchangeList.Difference(
                        row.getInt("number"),
                        row.getObject("entry", Integer.class),
                        row.getString("kind"),
                        row.getString("resolution")))
                .list();
    }

    int open(UUID caseId) {
        return jdbc.sql(
                        "select count(*) from community.exchange_difference where case_file_id = :id and resolution is null")
                .param("id", caseId)
                .query(Integer.class)
                .single();
    }

    int resolve(UUID caseId, int number, String resolution, String user, Instant at) {
        return jdbc.sql(
                        """
                update community.exchange_difference set resolution = :resolution, resolved_at = :at, resolved_by = :user
                where case_file_id = :id and number = :number and resolution is null
                """)
                .param("id", caseId)
                .param("number", number)
                .param("resolution", resolution)
                .param("user", user)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Serialises what is counted for one exchange until the end of the transaction. */
    void lock(UUID caseId) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(:key)")
                .param("key", caseId.getMostSignificantBits())
                .query(Integer.class)
                .single();
    }
}
