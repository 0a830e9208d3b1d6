package org.greenchannel.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals rows into the chain. Writers never wait for each other: a row takes its place by transaction id, and it is
 * sealed once every transaction with a lower id has ended, so that nothing can appear later in front of a sealed row.
 */
@Component
class ChainSealer {

    /** Hash before the first row. */
    static final byte[] START = new byte[32];

    private static final Logger LOG = LoggerFactory.getLogger(ChainSealer.class);
    private static final int BATCH = 2000;
    private static final long LOCK = 0x617564_6974L;

    /** The end of the chain. */
    record Head(long position, byte[] hash, int segment, long txid, long entryId) {}

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Anchors anchors;
    private boolean failing;

    ChainSealer(JdbcTemplate jdbc, PlatformTransactionManager manager, Anchors anchors) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(manager);
        // never part of a caller's transaction: it must see what others have committed
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.anchors = anchors;
    }

    @Scheduled(fixedDelay = 2000, initialDelay = 2000)
    void sealRegularly() {
        try {
            seal();
            failing = false;
        } catch (DataAccessException | TransactionException e) {
            if (!failing) {
                LOG.warn(
                        "The audit log cannot be sealed at the moment, trying on: {}",
                        e.getClass().getName());
            }
            failing = true;
        }
    }

    /** Seals all rows that can be; returns how many. Does nothing while another node is sealing. */
    int seal() {
        int total = 0;
        while (true) {
            var sealed = new ArrayList<Head>(1);
            Integer count = transaction.execute(status -> sealBatch(sealed));
            if (!sealed.isEmpty()) {
                anchors.write(sealed.get(0));
            }
            if (count == null || count == 0) {
                return total;
            }
            total += count;
            if (count < BATCH) {
                return total;
            }
        }
    }

    private int sealBatch(List<Head> sealed) {
        if (!Boolean.TRUE.equals(jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK))) {
            return 0;
        }
        Head head = head();
        Long watermark = jdbc.queryForObject("select txid_snapshot_xmin(txid_current_snapshot())", Long.class);
        Integer segment = jdbc.queryForObject("select coalesce(max(number), 0) from audit.segment", Integer.class);
        List<StoredEntry> rows = jdbc.query(
                "select " + StoredEntry.COLUMNS + " from audit.entry e where (e.segment, e.txid, e.id) > (?, ?, ?)"
                        + " and (e.segment < ? or e.txid < ?) order by e.segment, e.txid, e.id limit " + BATCH,
                (row, n) -> java.util.Objects.requireNonNull(StoredEntry.read(row, 0)),
                head == null ? 0 : head.segment(),
                head == null ? 0 : head.txid(),
                head == null ? 0 : head.entryId(),
                segment,
                watermark);
        if (rows.isEmpty()) {
            return 0;
        }
        sealed.add(append(head, rows));
        return rows.size();
    }

    private Head append(@Nullable Head head, List<StoredEntry> rows) {
        MessageDigest sha = sha256();
        var buffer = new Canonical();
        long position = head == null ? 0 : head.position();
        byte[] hash = head == null ? START : head.hash();
        var seals = new ArrayList<Object[]>(rows.size());
        for (StoredEntry row : rows) {
            position++;
            row.chained(hash, position, buffer);
            hash = buffer.digest(sha);
            seals.add(new Object[] {position, row.id(), hash});
        }
        jdbc.batchUpdate("insert into audit.seal (position, entry_id, hash) values (?, ?, ?)", seals);
        StoredEntry last = rows.get(rows.size() - 1);
        return new Head(position, hash, last.segment(), last.txid(), last.id());
    }

    /** The end of the chain, null while it is empty. */
    @Nullable
    Head head() {
        List<Head> found = jdbc.query(
                "select s.position, s.hash, e.segment, e.txid, e.id from audit.seal s"
                        + " left join audit.entry e on e.id = s.entry_id order by s.position desc limit 1",
                (row, n) -> new Head(row.getLong(1), row.getBytes(2), row.getInt(3), row.getLong(4), row.getLong(5)));
        return found.isEmpty() ? null : found.get(0);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
