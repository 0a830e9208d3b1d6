package org.greenchannel.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.greenchannel.platform.KeyRing;
import org.greenchannel.platform.TestDatabase;
import org.greenchannel.platform.TestKeys;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** An audit log on a database of its own, without the application. */
final class AuditBench implements AutoCloseable {

    final HikariDataSource source;
    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final ChainedAuditLog log;
    final Path anchors;
    private final ApartConnections apart;
    private final KeyRing keys = TestKeys.ring(7);

    AuditBench(Path anchors) {
        var database = TestDatabase.fresh();
        var config = new HikariConfig();
        config.setJdbcUrl(database.url() + "&reWriteBatchedInserts=true");
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(16);
        this.source = new HikariDataSource(config);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/audit")
                .load()
                .migrate();
        this.anchors = anchors;
        this.jdbc = new JdbcTemplate(source);
        var manager = new DataSourceTransactionManager(source);
        this.transaction = new TransactionTemplate(manager);
        var marks = new Anchors(anchors, null, keys, Clock.systemUTC(), ZoneId.of("Asia/Shanghai"));
        this.apart = new ApartConnections(source);
        this.log = new ChainedAuditLog(
                jdbc,
                apart,
                JsonMapper.builder().build(),
                keys,
                new ChainSealer(jdbc, manager, marks),
                new ChainVerifier(jdbc, manager, marks, keys, Clock.systemUTC()));
    }

    /** Records rows, each in a transaction of its own, and seals them. */
    void fill(int rows) {
        for (int i = 0; i < rows; i++) {
            log.recordApart(null, AuditEntry.done("test.row", null, "row:" + i, Map.of("n", Integer.toString(i))));
        }
        log.seal();
    }

    /** Records many rows at once, as the log would have written them one by one. */
    void fillFast(int rows) {
        var mac = keys.mac("audit/entry");
        var buffer = new Canonical();
        var batch = new ArrayList<Object[]>(rows);
        for (int i = 0; i < rows; i++) {
            var nonce = UUID.randomUUID();
            String account = new UUID(0, i % 500).toString();
            String caseId = new UUID(1, i % 9000).toString();
            String object = "workitem:" + new UUID(2, i);
            var row = new StoredEntry(
                    0,
                    0,
                    0,
                    0,
                    nonce,
                    account,
                    "user" + i % 500,
                    "zz-hosp-8",
                    "workitem.complete",
                    caseId,
                    object,
                    "DONE",
                    "MHL 30(2)(2)",
                    null,
                    "{\"task\":\"RecordScene\"}",
                    "r" + i,
                    "127.0.0.1",
                    "phone",
                    new byte[0]);
            batch.add(new Object[] {
                nonce,
                account,
                row.username(),
                row.organisation(),
                row.action(),
                caseId,
                object,
                row.outcome(),
                row.legalBasis(),
                row.detail(),
                row.requestId(),
                row.address(),
                row.device(),
                row.expectedMac(mac, buffer)
            });
        }
        jdbc.batchUpdate(
                "insert into audit.entry (segment, nonce, account_id, username, organisation, action, case_id, object,"
                        + " outcome, legal_basis, detail, request_id, address, device, mac)"
                        + " values (0, ?, ?::uuid, ?, ?, ?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?)",
                batch);
    }

    /** Does what a person with full rights on the database could do: the triggers are switched off around it. */
    void tamper(String... sql) {
        transaction.executeWithoutResult(status -> {
            for (String table : new String[] {"entry", "seal"}) {
                jdbc.execute("alter table audit." + table + " disable trigger user");
            }
            for (String one : sql) {
                jdbc.execute(one);
            }
            for (String table : new String[] {"entry", "seal"}) {
                jdbc.execute("alter table audit." + table + " enable trigger user");
            }
        });
    }

    @Override
    public void close() {
        apart.destroy();
        source.close();
    }
}
