package org.greenchannel.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
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
        this.log = new ChainedAuditLog(
                jdbc,
                manager,
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
        source.close();
    }
}
