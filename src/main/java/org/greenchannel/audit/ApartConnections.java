package org.greenchannel.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A few connections of their own for rows that are recorded apart from the caller's transaction. The caller often holds
 * a connection while such a row is written; were both taken from one pool, as many refusals at once as the pool has
 * connections would wait for each other until they give up.
 */
@Component
class ApartConnections implements DisposableBean {

    /** Enough for short inserts; whoever waits here holds nothing that others here need. */
    private static final int SIZE = 4;

    private final HikariDataSource pool;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    ApartConnections(DataSource main) {
        var config = new HikariConfig();
        try {
            main.unwrap(HikariDataSource.class).copyStateTo(config);
        } catch (SQLException e) {
            throw new IllegalStateException("the audit log needs the settings of the connection pool", e);
        }
        config.setPoolName("audit-apart");
        config.setMaximumPoolSize(SIZE);
        config.setMinimumIdle(1);
        this.pool = new HikariDataSource(config);
        this.jdbc = new JdbcTemplate(pool);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** A transaction that has nothing to do with that of the caller. */
    TransactionTemplate transaction() {
        return transaction;
    }

    @Override
    public void destroy() {
        pool.close();
    }
}
