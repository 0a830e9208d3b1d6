package org.greenchannel.audit;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notices that the database was restored into a cluster whose transaction ids start again, and opens a segment. */
@Component
@DependsOnDatabaseInitialization
class Segments {

    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final JdbcTemplate jdbc;
    private final AuditLog log;

    Segments(JdbcTemplate jdbc, AuditLog log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void openAfterRestore() {
        jdbc.queryForObject("select pg_advisory_xact_lock(hashtext('audit.segment'))::text", String.class);
        Integer opened = jdbc.update(
                """
                insert into audit.segment (number)
                select coalesce(max(e.segment), 0) + 1 from audit.entry e
                where e.segment = (select coalesce(max(number), 0) from audit.segment)
                having max(e.txid) > txid_current()
                """);
        if (opened == 1) {
            LOG.warn("The database was restored into another cluster: the audit log goes on in a new segment");
            log.record(null, AuditEntry.done("audit.restored", null, null, Map.of()));
        }
    }
}
