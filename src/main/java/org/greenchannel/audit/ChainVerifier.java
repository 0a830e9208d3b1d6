package org.greenchannel.audit;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import org.greenchannel.platform.KeyRing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Recomputes the chain from its start in one pass over the rows, in one snapshot of the database. */
@Component
class ChainVerifier {

    private static final int FETCH = 2000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;
    private final Anchors anchors;
    private final KeyRing keys;
    private final Clock clock;

    ChainVerifier(JdbcTemplate jdbc, PlatformTransactionManager manager, Anchors anchors, KeyRing keys, Clock clock) {
        this.jdbc = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
        this.jdbc.setFetchSize(FETCH);
        this.snapshot = new TransactionTemplate(manager);
        snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        this.anchors = anchors;
        this.keys = keys;
        this.clock = clock;
    }

    /** One walk along the chain; stops looking at the first row that does not fit. */
    private static final class Walk {
        final Canonical buffer = new Canonical();
        final MessageDigest sha = ChainSealer.sha256();
        final Mac mac;
        final Map<Long, String> marks = new HashMap<>();
        byte[] hash = ChainSealer.START;
        long position;

        @Nullable
        StoredEntry last;

        @Nullable
        Long badPosition;

        @Nullable
        String reason;

        Walk(Mac mac) {
            this.mac = mac;
        }

        void bad(long at, String why) {
            if (reason == null) {
                badPosition = at;
                reason = why;
            }
        }
    }

    Verification verify() {
        // the marks first: whatever is sealed after that is in the snapshot too
        List<Anchors.Anchor> known = anchors.read();
        Verification result = snapshot.execute(status -> verify(known));
        return java.util.Objects.requireNonNull(result);
    }

    private Verification verify(List<Anchors.Anchor> known) {
        var walk = new Walk(keys.mac("audit/entry"));
        for (Anchors.Anchor anchor : known) {
            if (!anchor.genuine() || conflicts(walk.marks.put(anchor.position(), anchor.hash()), anchor)) {
                walk.bad(Math.max(1, anchor.position()), "anchor");
            }
        }
        // the chain in one stream; an entry that is gone leaves its columns empty
        jdbc.query(
                "select s.position, s.hash, " + StoredEntry.COLUMNS
                        + " from audit.seal s left join audit.entry e on e.id = s.entry_id order by s.position",
                (ResultSet row) -> step(walk, row));
        for (long marked : walk.marks.keySet()) {
            if (marked > walk.position) {
                walk.bad(walk.position + 1, "missing");
            }
        }
        long unsealed = rest(walk);
        return new Verification(
                walk.reason == null,
                walk.position,
                unsealed,
                walk.badPosition,
                walk.reason,
                walk.position == 0 ? null : HexFormat.of().formatHex(walk.hash),
                clock.instant());
    }

    private static boolean conflicts(@Nullable String other, Anchors.Anchor anchor) {
        return other != null && !other.equals(anchor.hash());
    }

    private static void step(Walk walk, ResultSet row) throws SQLException {
        if (walk.reason != null && !walk.reason.equals("anchor")) {
            return;
        }
        long position = row.getLong(1);
        byte[] stored = row.getBytes(2);
        StoredEntry entry = StoredEntry.read(row, 2);
        if (position != walk.position + 1) {
            walk.bad(walk.position + 1, "missing");
            return;
        }
        if (entry == null) {
            walk.bad(position, "missing");
            return;
        }
        walk.position = position;
        if (walk.last != null && !entry.isAfter(walk.last)) {
            walk.bad(position, "reordered");
        }
        entry.chained(walk.hash, position, walk.buffer);
        walk.hash = walk.buffer.digest(walk.sha);
        if (!Arrays.equals(walk.hash, stored)
                || !Arrays.equals(entry.expectedMac(walk.mac, walk.buffer), entry.mac())) {
            walk.bad(position, "changed");
        }
        walk.last = entry;
        String mark = walk.marks.get(position);
        if (mark != null && !mark.equals(HexFormat.of().formatHex(walk.hash))) {
            walk.bad(position, "anchor");
        }
    }

    /** Rows outside of the chain: each must come after it and carry the right keyed digest. */
    private long rest(Walk walk) {
        long[] count = new long[1];
        if (walk.reason == null || walk.reason.equals("anchor")) {
            jdbc.query(
                    "select " + StoredEntry.COLUMNS + " from audit.entry e"
                            + " where not exists (select 1 from audit.seal s where s.entry_id = e.id)",
                    (ResultSet row) -> {
                        StoredEntry entry = java.util.Objects.requireNonNull(StoredEntry.read(row, 0));
                        count[0]++;
                        boolean early = walk.last != null && !entry.isAfter(walk.last);
                        if (early || !Arrays.equals(entry.expectedMac(walk.mac, walk.buffer), entry.mac())) {
                            walk.bad(walk.position + 1, "inserted");
                        }
                    });
        }
        return count[0];
    }
}
