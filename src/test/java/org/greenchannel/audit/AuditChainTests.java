package org.greenchannel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.greenchannel.kernel.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The chain on a real database: what it seals, what it refuses and what it finds. */
class AuditChainTests {

    @TempDir
    Path anchors;

    AuditBench audit;

    @BeforeEach
    void open() {
        audit = new AuditBench(anchors);
    }

    @AfterEach
    void close() {
        audit.close();
    }

    @Test
    void anUntouchedLogIsWhole() {
        assertThat(audit.log.verify().whole()).isTrue();
        audit.fill(20);
        audit.log.recordApart(null, AuditEntry.denied("test.late", null, null, Map.of()));
        Verification proof = audit.log.verify();
        assertThat(proof.whole()).isTrue();
        assertThat(proof.rows()).isEqualTo(20);
        assertThat(proof.unsealed()).isEqualTo(1);
        assertThat(proof.head()).hasSize(64);
    }

    @Test
    void rowsCanOnlyBeAdded() {
        audit.fill(3);
        for (String sql : List.of(
                "update audit.entry set username = 'x'",
                "delete from audit.entry",
                "truncate audit.entry",
                "update audit.seal set hash = ''",
                "delete from audit.seal",
                "truncate audit.seal",
                "truncate audit.segment")) {
            assertThatThrownBy(() -> audit.jdbc.execute(sql))
                    .as(sql)
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("can only be added to");
        }
        assertThat(audit.log.verify().whole()).isTrue();
    }

    @Test
    void findsAnEdit() {
        audit.fill(10);
        audit.tamper("update audit.entry set outcome = 'DENIED' where id = 4");
        assertBad(4L, "changed");
    }

    @Test
    void findsAnEditWithARecomputedChain() throws Exception {
        audit.fill(10);
        audit.tamper("update audit.entry set object = 'row:999' where id = 4");
        rewriteChain();
        assertBad(4L, "changed");
    }

    @Test
    void findsADeletedRowInTheMiddle() {
        audit.fill(10);
        audit.tamper("delete from audit.entry where id = 5");
        assertBad(5L, "missing");
    }

    @Test
    void findsADeletedRowWithItsSeal() {
        audit.fill(10);
        audit.tamper("delete from audit.entry where id = 5", "delete from audit.seal where entry_id = 5");
        assertBad(5L, "missing");
    }

    @Test
    void findsACutOffEnd() {
        audit.fill(10);
        audit.tamper("delete from audit.entry where id > 7", "delete from audit.seal where position > 7");
        assertBad(8L, "missing");
    }

    @Test
    void findsAnEmptiedLog() {
        audit.fill(10);
        audit.tamper("delete from audit.entry", "delete from audit.seal");
        assertBad(1L, "missing");
    }

    @Test
    void findsAForgedRowBeforeAndAfterSealing() {
        audit.fill(10);
        String columns = "segment, nonce, username, action, outcome, detail, mac";
        audit.tamper("insert into audit.entry (" + columns + ") values (0, gen_random_uuid(), 'x', 'test.row', 'DONE',"
                + " '{}', decode(repeat('00', 32), 'hex'))");
        assertBad(11L, "inserted");
        audit.log.seal();
        assertBad(11L, "changed");
    }

    @Test
    void findsARowSlippedInUnderAnOldTransaction() {
        audit.fill(10);
        audit.tamper("insert into audit.entry (segment, txid, nonce, action, object, outcome, detail, mac)"
                + " select segment, txid, nonce, action, object, outcome, detail, mac from audit.entry where id = 3");
        assertBad(11L, "inserted");
    }

    @Test
    void findsSwappedRows() {
        audit.fill(10);
        audit.tamper(
                "update audit.seal set entry_id = -1 where position = 3",
                "update audit.seal set entry_id = 3 where position = 4",
                "update audit.seal set entry_id = 4 where position = 3");
        // the first of the two already does not fit its digest
        assertBad(3L, "changed");
    }

    @Test
    void findsSwappedRowsWithARecomputedChain() throws Exception {
        audit.fill(10);
        audit.tamper(
                "update audit.seal set entry_id = -1 where position = 3",
                "update audit.seal set entry_id = 3 where position = 4",
                "update audit.seal set entry_id = 4 where position = 3");
        rewriteChain();
        assertBad(4L, "reordered");
    }

    @Test
    void findsAChainWrittenAnewWithoutARow() throws Exception {
        audit.fill(10);
        audit.tamper(
                "delete from audit.seal where entry_id = 5",
                "delete from audit.entry where id = 5",
                "update audit.seal set position = position + 1000 where position > 5",
                "update audit.seal set position = position - 1001 where position > 1000");
        rewriteChain();
        audit.fill(5);
        // the head has moved on, so only the mark of the day tells
        assertThat(audit.log.verify().reason()).isEqualTo("anchor");
    }

    @Test
    void findsAForgedAnchor() throws Exception {
        audit.fill(10);
        try (var files = Files.list(anchors)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .hasSize(2)
                    .contains("head.anchor")
                    .anyMatch(name -> name.matches("\\d{4}-\\d\\d-\\d\\d\\.anchor"));
        }
        Path head = anchors.resolve("head.anchor");
        Files.writeString(head, Files.readString(head).replace("position=10", "position=9"));
        assertBad(9L, "anchor");
    }

    @Test
    void findsAnOlderBackup() {
        audit.fill(10);
        // the database goes back to an earlier state, the marks outside do not
        audit.tamper("delete from audit.seal where position > 2", "delete from audit.entry where id > 2");
        audit.fill(3);
        assertThat(audit.log.verify().whole()).isFalse();
    }

    @Test
    void manyWritersWithRollbacksLoseAndBlockNothing() throws Exception {
        int writers = 8;
        var committed = new AtomicInteger();
        var running = new AtomicBoolean(true);
        var pool = Executors.newFixedThreadPool(writers + 1);
        try {
            Future<Integer> sealer = pool.submit(() -> {
                int sealed = 0;
                while (running.get()) {
                    sealed += audit.log.seal();
                }
                return sealed;
            });
            List<Future<?>> jobs = IntStream.range(0, writers)
                    .<Future<?>>mapToObj(w -> pool.submit(() -> write(w, committed)))
                    .toList();
            for (Future<?> job : jobs) {
                job.get();
            }
            running.set(false);
            int sealed = sealer.get() + audit.log.seal();
            assertThat(sealed).isEqualTo(committed.get());
        } finally {
            pool.shutdownNow();
        }
        Verification proof = audit.log.verify();
        assertThat(proof.whole()).isTrue();
        assertThat(proof.rows()).isEqualTo(committed.get());
        assertThat(proof.unsealed()).isZero();
    }

    private void write(int writer, AtomicInteger committed) {
        var random = ThreadLocalRandom.current();
        for (int i = 0; i < 150; i++) {
            boolean back = random.nextInt(4) == 0;
            int rows = 1 + random.nextInt(3);
            audit.transaction.executeWithoutResult(status -> {
                for (int n = 0; n < rows; n++) {
                    audit.jdbc.execute("select pg_sleep(" + random.nextInt(3) / 1000.0 + ")");
                    audit.log.record(null, AuditEntry.done("test.concurrent", null, "writer:" + writer, Map.of()));
                }
                if (back) {
                    status.setRollbackOnly();
                }
            });
            committed.addAndGet(back ? 0 : rows);
        }
    }

    @Test
    void aRunningTransactionHoldsBackOnlyWhatCouldComeAfterIt() {
        audit.fill(2);
        audit.transaction.executeWithoutResult(status -> {
            audit.log.record(null, AuditEntry.done("test.slow", null, null, Map.of()));
            audit.log.recordApart(null, AuditEntry.done("test.quick", null, null, Map.of()));
            assertThat(audit.log.seal()).isZero();
            assertThat(audit.log.verify().whole()).isTrue();
        });
        assertThat(audit.log.seal()).isEqualTo(2);
        assertThat(audit.log.verify().whole()).isTrue();
    }

    @Test
    void goesOnInANewSegmentAfterARestoreIntoAnotherCluster() {
        audit.fill(5);
        audit.tamper("insert into audit.entry (segment, txid, nonce, action, object, outcome, detail, mac)"
                + " select 0, txid_current() + 1000000000, nonce, action, object, outcome, detail, mac"
                + " from audit.entry where id = 5");
        var segments = new Segments(audit.jdbc, audit.log);
        audit.transaction.executeWithoutResult(status -> segments.openAfterRestore());
        audit.fill(3);
        Verification proof = audit.log.verify();
        assertThat(proof.reason()).isNull();
        assertThat(proof.unsealed()).isZero();
        assertThat(proof.rows()).isEqualTo(5 + 1 + 1 + 3);
        assertThat(audit.jdbc.queryForObject("select max(segment) from audit.entry", Integer.class))
                .isEqualTo(1);
        audit.transaction.executeWithoutResult(status -> segments.openAfterRestore());
        assertThat(audit.jdbc.queryForObject("select max(number) from audit.segment", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void searchIsPagedByKeyAndFiltered() {
        UUID caseId = UUID.randomUUID();
        for (int i = 0; i < 25; i++) {
            audit.log.recordApart(null, AuditEntry.done("test.page", caseId, "row:" + i, Map.of("i", "" + i)));
            audit.log.recordApart(null, AuditEntry.done("test.other", null, null, Map.of()));
        }
        audit.log.seal();
        var query = new AuditQuery(caseId, null, null, null, null, 10, null);
        var first = audit.log.search(query);
        assertThat(first.items()).hasSize(10);
        assertThat(first.items().get(0).object()).isEqualTo("row:24");
        assertThat(first.items().get(0).detail()).containsEntry("i", "24");
        assertThat(first.items().get(0).position()).isNotNull();
        var second = audit.log.search(new AuditQuery(caseId, null, null, null, null, 10, first.nextCursor()));
        var third = audit.log.search(new AuditQuery(caseId, null, null, null, null, 10, second.nextCursor()));
        assertThat(third.items()).hasSize(5);
        assertThat(third.nextCursor()).isNull();
        assertThat(third.items().get(4).object()).isEqualTo("row:0");
        assertThatThrownBy(() -> audit.log.search(new AuditQuery(null, null, null, null, null, 10, "§")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void sealsAndVerifiesManyRowsQuickly() {
        int rows = 60_000;
        audit.fillFast(rows);
        long begin = System.nanoTime();
        assertThat(audit.log.seal()).isEqualTo(rows);
        long sealed = System.nanoTime();
        assertThat(audit.log.verify().rows()).isEqualTo(rows);
        long verified = System.nanoTime();
        double perSecond = rows * 1e9 / (verified - sealed);
        LoggerFactory.getLogger(getClass())
                .info(
                        "sealed {} rows/s, verified {} rows/s",
                        Math.round(rows * 1e9 / (sealed - begin)),
                        Math.round(perSecond));
        // far below what a quiet machine does, far above what checking row by row would
        assertThat(perSecond).isGreaterThan(5_000);
    }

    @Test
    void searchUsesItsIndexes() {
        audit.jdbc.update(
                """
                insert into audit.entry (segment, nonce, username, action, case_id, outcome, detail, mac)
                select 0, gen_random_uuid(), 'u' || i % 200, 'a' || i % 200, md5((i % 500)::text)::uuid, 'DONE', '{}', ''
                from generate_series(1, 60000) i
                """);
        audit.jdbc.execute("analyze audit.entry");
        for (String[] one : new String[][] {
            {"case_id = md5('3')::uuid", "entry_case"},
            {"username = 'u7'", "entry_username"},
            {"action = 'a7'", "entry_action"},
            {"true", "entry_pkey"}
        }) {
            String plan = String.join(
                    "\n",
                    audit.jdbc.queryForList(
                            "explain select * from audit.entry where " + one[0] + " order by id desc limit 11",
                            String.class));
            assertThat(plan).contains(one[1]).doesNotContain("Seq Scan");
        }
    }

    @Test
    void anActionThatCannotBeRecordedFails() {
        audit.tamper("alter table audit.entry add constraint broken check (action <> 'test.broken')");
        assertThatThrownBy(() -> audit.log.recordApart(null, AuditEntry.done("test.broken", null, null, Map.of())))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
    }

    private void assertBad(long position, String reason) {
        Verification proof = audit.log.verify();
        assertThat(proof.whole()).isFalse();
        assertThat(proof.reason()).isEqualTo(reason);
        assertThat(proof.firstBadPosition()).isEqualTo(position);
    }

    /** What an attacker with the source code would do: compute every digest of the chain again. */
    private void rewriteChain() throws Exception {
        var sha = MessageDigest.getInstance("SHA-256");
        var buffer = new Canonical();
        byte[] hash = ChainSealer.START;
        long position = 0;
        for (StoredEntry row : audit.jdbc.query(
                "select " + StoredEntry.COLUMNS + " from audit.seal s join audit.entry e on e.id = s.entry_id"
                        + " order by s.position",
                (r, n) -> StoredEntry.read(r, 0))) {
            row.chained(hash, ++position, buffer);
            hash = buffer.digest(sha);
            String hex = java.util.HexFormat.of().formatHex(hash);
            audit.tamper("update audit.seal set hash = decode('" + hex + "', 'hex') where position = " + position);
        }
    }
}
