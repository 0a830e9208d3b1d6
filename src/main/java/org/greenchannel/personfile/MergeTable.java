package org.greenchannel.personfile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code personfile.merge_request}. */
@Component
class MergeTable {

    /** A row, decrypted. */
    record Row(
            UUID id,
            String kind,
            UUID from,
            UUID into,
            String reason,
            String note,
            Set<String> warnings,
            Set<String> filled,
            String proposedBy,
            Instant proposedAt,
            String status,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String decisionNote) {}

    private static final String NOTE = "personfile.merge_request.note|";
    private static final String DECISION = "personfile.merge_request.decision_note|";

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    MergeTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** False when a proposal for the two waits already. */
    boolean insert(UUID id, PersonMerges.Proposal proposal, Set<String> warnings, String username, Instant at) {
        return jdbc.sql(
                                """
                        insert into personfile.merge_request
                               (id, kind, from_person, into_person, reason, note, warnings, proposed_by, proposed_at)
                        values (:id, :kind, :from, :into, :reason, :note, :warnings, :by, :at) on conflict do nothing""")
                        .param("id", id)
                        .param("kind", proposal.kind())
                        .param("from", proposal.from())
                        .param("into", proposal.into())
                        .param("reason", proposal.reason())
                        .param("note", cipher.encrypt(proposal.note(), NOTE + id))
                        .param("warnings", warnings.toArray(String[]::new))
                        .param("by", username)
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    void decide(UUID id, String status, String username, @Nullable String note, Collection<String> filled, Instant at) {
        jdbc.sql(
                        """
                        update personfile.merge_request set status = :status, decided_by = :by, decided_at = :at,
                               decision_note = :note, filled = :filled where id = :id""")
                .param("id", id)
                .param("status", status)
                .param("by", username)
                .param("at", Timestamp.from(at))
                .param("note", note == null ? null : cipher.encrypt(note, DECISION + id), java.sql.Types.BINARY)
                .param("filled", filled.toArray(String[]::new))
                .update();
    }

    /** Proposals nobody decided in time no longer stand. */
    void lapse(Instant before, Instant now) {
        jdbc.sql("update personfile.merge_request set status = 'LAPSED', decided_at = :now"
                        + " where status = 'OPEN' and proposed_at < :before")
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(before))
                .update();
    }

    Optional<Row> find(UUID id) {
        return rows("id = :id", Map.of("id", id)).stream().findFirst();
    }

    /** Locked until the end of the transaction. */
    Optional<Row> lock(UUID id) {
        return rows("id = :id for update", Map.of("id", id)).stream().findFirst();
    }

    /** Waiting, oldest first. */
    List<Row> open(int limit) {
        return rows("status = 'OPEN' order by proposed_at, id limit :limit", Map.of("limit", limit));
    }

    /** Those with one of these people, newest first. */
    List<Row> of(Collection<UUID> people) {
        return people.isEmpty()
                ? List.of()
                : rows(
                        "from_person in (:people) or into_person in (:people) order by proposed_at desc, id limit 200",
                        Map.of("people", people));
    }

    /** Whether somebody found the two to be two people. */
    boolean refused(UUID one, UUID other) {
        return of(List.of(one, other)).stream()
                .anyMatch(row -> row.kind().equals("MERGE")
                        && row.status().equals("REFUSED")
                        && Set.of(row.from(), row.into()).equals(Set.of(one, other)));
    }

    private List<Row> rows(String condition, Map<String, ?> params) {
        return jdbc.sql("select * from personfile.merge_request where " + condition)
                .params(params)
                .query(this::row)
                .list();
    }

    private Row row(ResultSet row, int n) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] decision = row.getBytes("decision_note");
        Timestamp decided = row.getTimestamp("decided_at");
        return new Row(
                id,
                row.getString("kind"),
                row.getObject("from_person", UUID.class),
                row.getObject("into_person", UUID.class),
                row.getString("reason"),
                cipher.decrypt(row.getBytes("note"), NOTE + id),
                set(row, "warnings"),
                set(row, "filled"),
                row.getString("proposed_by"),
                row.getTimestamp("proposed_at").toInstant(),
                row.getString("status"),
                row.getString("decided_by"),
                decided == null ? null : decided.toInstant(),
                decision == null ? null : cipher.decrypt(decision, DECISION + id));
    }

    private static Set<String> set(ResultSet row, String column) throws SQLException {
        return new TreeSet<>(List.of((String[]) row.getArray(column).getArray()));
    }
}
