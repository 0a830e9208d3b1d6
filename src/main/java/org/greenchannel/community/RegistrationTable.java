package org.greenchannel.community;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of registrations and of their colours. */
@Component
class RegistrationTable {

    private final JdbcClient jdbc;

    RegistrationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Registrations of a person under any of these ids: running ones first, then the newest. */
    List<Registration> ofPerson(Collection<UUID> people) {
        return people.isEmpty() ? List.of() : of(people, "");
    }

    /**
     * The registration, locked until the end of the transaction: that of this entry of the person, else a running one of
     * another entry that was merged with it.
     */
    Optional<Registration> lock(UUID person, Collection<UUID> same) {
        List<Registration> all = of(same, " for update");
        return all.stream()
                .filter(one -> one.personId().equals(person))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private List<Registration> of(Collection<UUID> people, String suffix) {
        return jdbc.sql("select * from community.registration where person_id in (:people)"
                        + " order by closed_at desc nulls first, enrolled_at desc" + suffix)
                .param("people", people)
                .query(RegistrationTable::row)
                .list();
    }

    void insert(UUID person, UUID caseId, String area, String consent, LocalDate on, String status, Instant at) {
        jdbc.sql(
                        """
                insert into community.registration (registration_id, person_id, case_file_id, area_code, consent, consent_on,
                  status, enrolled_at)
                values (:id, :person, :caseId, :area, :consent, :on, :status, :at)
                """)
                .param("id", UUID.randomUUID())
                .param("person", person)
                .param("caseId", caseId)
                .param("area", area)
                .param("consent", consent)
                .param("on", Date.valueOf(on))
                .param("status", status)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Enrols again or moves to another case and area; what is known of the person stays. */
    void enrol(UUID id, UUID caseId, String area, String consent, LocalDate on, String status) {
        jdbc.sql(
                        """
                update community.registration set case_file_id = :caseId, area_code = :area, consent = :consent,
                  consent_on = :on, status = :status, closed_at = null, close_reason = null, version = version + 1
                where registration_id = :id
                """)
                .param("id", id)
                .param("caseId", caseId)
                .param("area", area)
                .param("consent", consent)
                .param("on", Date.valueOf(on))
                .param("status", status)
                .update();
    }

    void status(UUID id, String status) {
        jdbc.sql(
                        "update community.registration set status = :status, version = version + 1 where registration_id = :id")
                .param("id", id)
                .param("status", status)
                .update();
    }

    /** Ends it: no colour, no next visit. */
    void close(UUID id, String reason, Instant at) {
        jdbc.sql(
                        """
                update community.registration set status = 'CLOSED', closed_at = :at, close_reason = :reason, colour = null,
                  colour_row = null, held_colour = null, held_row = null, held_at = null, next_due = null,
                  version = version + 1
                where registration_id = :id
                """)
                .param("id", id)
                .param("reason", reason)
                .param("at", Timestamp.from(at))
                .update();
    }

    void nextDue(UUID id, @Nullable LocalDate day) {
        jdbc.sql("update community.registration set next_due = :day, version = version + 1 where registration_id = :id")
                .param("id", id)
                .param("day", day == null ? null : Date.valueOf(day))
                .update();
    }

    void seen(UUID id, LocalDate day, @Nullable Integer danger) {
        jdbc.sql(
                        """
                update community.registration set last_contact = greatest(last_contact, :day),
                  danger_level = coalesce(:danger, danger_level), version = version + 1
                where registration_id = :id
                """)
                .param("id", id)
                .param("day", Date.valueOf(day))
                .param("danger", danger, java.sql.Types.INTEGER)
                .update();
    }

    void assessed(UUID id, @Nullable String stability, @Nullable Integer danger) {
        jdbc.sql(
                        """
                update community.registration set stability = coalesce(:stability, stability),
                  danger_level = coalesce(:danger, danger_level) where registration_id = :id
                """)
                .param("id", id)
                .param("stability", stability, java.sql.Types.VARCHAR)
                .param("danger", danger, java.sql.Types.INTEGER)
                .update();
    }

    void placed(UUID id, UUID caseId, String placement, @Nullable String organisation, Instant at) {
        jdbc.sql(
                        """
                update community.registration set placement = :placement, placement_organisation = :organisation,
                  version = version + 1 where registration_id = :id
                """)
                .param("id", id)
                .param("placement", placement)
                .param("organisation", organisation, java.sql.Types.VARCHAR)
                .update();
        jdbc.sql(
                        """
                insert into community.placement (placement_id, registration_id, case_file_id, at, placement, organisation)
                values (:placementId, :id, :caseId, :at, :placement, :organisation)
                """)
                .param("placementId", UUID.randomUUID())
                .param("id", id)
                .param("caseId", caseId)
                .param("at", Timestamp.from(at))
                .param("placement", placement)
                .param("organisation", organisation, java.sql.Types.VARCHAR)
                .update();
    }

    /** A lower colour waits for a signature; asking again for the same one does not make a signature older. */
    void hold(UUID id, String colour, @Nullable String row, Instant at) {
        jdbc.sql(
                        """
                update community.registration set held_colour = :colour, held_row = :row, held_at = :at, version = version + 1
                where registration_id = :id
                """)
                .param("id", id)
                .param("colour", colour)
                .param("row", row, java.sql.Types.VARCHAR)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Nothing waits for a signature any more. */
    void release(UUID id) {
        jdbc.sql(
                        """
                update community.registration set held_colour = null, held_row = null, held_at = null
                where registration_id = :id and held_colour is not null
                """)
                .param("id", id)
                .update();
    }

    /** A signed decision over a colour. */
    record Signed(String username, UUID decision, @Nullable UUID agreement) {}

    void colour(
            Registration now,
            UUID caseId,
            @Nullable String colour,
            @Nullable String row,
            @Nullable Signed signed,
            Instant at) {
        jdbc.sql(
                        """
                update community.registration set colour = :colour, colour_row = :row, colour_at = :at, colour_by = :by,
                  held_colour = null, held_row = null, held_at = null, version = version + 1
                where registration_id = :id
                """)
                .param("id", now.id())
                .param("colour", colour, java.sql.Types.VARCHAR)
                .param("row", row, java.sql.Types.VARCHAR)
                .param("at", Timestamp.from(at))
                .param("by", signed == null ? null : signed.username(), java.sql.Types.VARCHAR)
                .update();
        jdbc.sql(
                        """
                insert into community.colour_change (colour_change_id, registration_id, at, case_file_id, from_colour, colour,
                  colour_row, decided_by, decision_id, agreement_id)
                values (:changeId, :id, :at, :caseId, :from, :colour, :row, :by, :decision, :agreement)
                """)
                .param("changeId", UUID.randomUUID())
                .param("id", now.id())
                .param("at", Timestamp.from(at))
                .param("caseId", caseId)
                .param("from", now.colour(), java.sql.Types.VARCHAR)
                .param("colour", colour, java.sql.Types.VARCHAR)
                .param("row", row, java.sql.Types.VARCHAR)
                .param("by", signed == null ? null : signed.username(), java.sql.Types.VARCHAR)
                .param("decision", signed == null ? null : signed.decision(), java.sql.Types.OTHER)
                .param("agreement", signed == null ? null : signed.agreement(), java.sql.Types.OTHER)
                .update();
    }

    List<ColourChange> colours(Collection<UUID> people) {
        return jdbc.sql(
                        """
                select c.* from community.colour_change c join community.registration r on r.registration_id = c.registration_id
                where r.person_id in (:people) order by c.at, c.colour_change_id
                """)
                .param("people", people)
                .query((row, index) -> new ColourChange(
                        row.getTimestamp("at").toInstant(),
                        row.getString("from_colour"),
                        row.getString("colour"),
                        row.getString("colour_row"),
                        row.getString("decided_by")))
                .list();
    }

    static Registration row(ResultSet row, int index) throws SQLException {
        return new Registration(
                row.getObject("registration_id", UUID.class),
                row.getObject("person_id", UUID.class),
                row.getObject("case_file_id", UUID.class),
                row.getString("area_code"),
                row.getString("consent"),
                row.getObject("consent_on", LocalDate.class),
                row.getString("status"),
                row.getString("stability"),
                row.getObject("danger_level", Integer.class),
                row.getString("colour"),
                row.getString("colour_row"),
                instant(row, "colour_at"),
                row.getString("colour_by"),
                row.getString("held_colour"),
                row.getString("held_row"),
                instant(row, "held_at"),
                row.getObject("next_due", LocalDate.class),
                row.getObject("last_contact", LocalDate.class),
                row.getString("placement"),
                row.getString("placement_organisation"),
                row.getTimestamp("enrolled_at").toInstant(),
                instant(row, "closed_at"),
                row.getString("close_reason"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
