package org.greenchannel.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code worklist.handling} and {@code worklist.signature}. The lock of the item guards them. */
@Component
class HandlingTable {

    private final JdbcClient jdbc;

    HandlingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Handling of(UUID item) {
        return jdbc.sql("select * from worklist.handling where work_item_id = :id")
                .param("id", item)
                .query(HandlingTable::handling)
                .optional()
                .orElse(new Handling(item, null, null, 1, null, null, null, null, null));
    }

    void save(Handling handling) {
        jdbc.sql(
                        """
                insert into worklist.handling as h
                  (work_item_id, owner, sign_mode, round, held_by, held_for, held_at, held_digest, nudged_at)
                values (:id, :owner, :mode, :round, :heldBy, :heldFor, :heldAt, :digest, :nudged)
                on conflict (work_item_id) do update set owner = excluded.owner, sign_mode = excluded.sign_mode,
                  round = excluded.round, held_by = excluded.held_by, held_for = excluded.held_for,
                  held_at = excluded.held_at, held_digest = excluded.held_digest, nudged_at = excluded.nudged_at
                """)
                .param("id", handling.workItemId())
                .param("owner", handling.owner())
                .param("mode", handling.mode())
                .param("round", handling.round())
                .param("heldBy", handling.heldBy())
                .param("heldFor", handling.heldFor())
                .param("heldAt", stamp(handling.heldAt()))
                .param("digest", handling.digest())
                .param("nudged", stamp(handling.nudgedAt()))
                .update();
    }

    /** All signatures of an item in their order, also those that do not count any more. */
    List<Signature> signatures(UUID item) {
        return jdbc.sql("select * from worklist.signature where work_item_id = :id order by round, position, added_at")
                .param("id", item)
                .query(HandlingTable::signature)
                .list();
    }

    /** Whether the user is asked to sign, or did. */
    boolean asked(UUID item, String username) {
        return jdbc.sql(
                        """
                select exists (select 1 from worklist.signature where work_item_id = :id
                  and status <> 'REMOVED' and (signer = :user or signed_by = :user))
                """)
                .param("id", item)
                .param("user", username)
                .query(Boolean.class)
                .single();
    }

    void ask(UUID item, int round, String phase, String signer, String by, Instant at) {
        jdbc.sql(
                        """
                insert into worklist.signature (signature_id, work_item_id, position, round, phase, signer, status, added_by, added_at)
                values (:id, :item, (select coalesce(max(position), 0) + 1 from worklist.signature where work_item_id = :item),
                  :round, :phase, :signer, 'PENDING', :by, :at)
                """)
                .param("id", UUID.randomUUID())
                .param("item", item)
                .param("round", round)
                .param("phase", phase)
                .param("signer", signer)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    void answer(UUID signature, String status, String by, @Nullable String digest, Instant at) {
        jdbc.sql(
                        """
                update worklist.signature set status = :status, signed_by = :by, signed_at = :at, digest = :digest
                where signature_id = :id and status = 'PENDING'
                """)
                .param("id", signature)
                .param("status", status)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("digest", digest)
                .update();
    }

    void status(UUID signature, String status) {
        jdbc.sql("update worklist.signature set status = :status where signature_id = :id")
                .param("id", signature)
                .param("status", status)
                .update();
    }

    /** The item goes away: what was asked or signed stays on record and counts no more. */
    void end(UUID item) {
        jdbc.sql(
                        """
                update worklist.signature set status = 'VOIDED'
                where work_item_id = :id and status in ('PENDING', 'SIGNED')
                """)
                .param("id", item)
                .update();
        jdbc.sql(
                        """
                update worklist.handling
                set owner = null, held_by = null, held_for = null, held_at = null, held_digest = null
                where work_item_id = :id
                """)
                .param("id", item)
                .update();
    }

    private static @Nullable Timestamp stamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static Handling handling(ResultSet row, int index) throws SQLException {
        return new Handling(
                row.getObject("work_item_id", UUID.class),
                row.getString("owner"),
                row.getString("sign_mode"),
                row.getInt("round"),
                row.getString("held_by"),
                row.getString("held_for"),
                instant(row.getTimestamp("held_at")),
                row.getString("held_digest"),
                instant(row.getTimestamp("nudged_at")));
    }

    private static Signature signature(ResultSet row, int index) throws SQLException {
        return new Signature(
                row.getObject("signature_id", UUID.class),
                row.getObject("work_item_id", UUID.class),
                row.getInt("position"),
                row.getInt("round"),
                row.getString("phase"),
                row.getString("signer"),
                row.getString("status"),
                row.getString("added_by"),
                row.getTimestamp("added_at").toInstant(),
                row.getString("signed_by"),
                instant(row.getTimestamp("signed_at")),
                row.getString("digest"));
    }
}
