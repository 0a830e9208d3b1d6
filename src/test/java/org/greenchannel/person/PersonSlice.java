package org.greenchannel.person;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditQuery;
import org.greenchannel.audit.AuditRow;
import org.greenchannel.audit.Verification;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The module with the platform, a real database and an audit log that can be made to fail. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
@ComponentScan({"org.greenchannel.platform", "org.greenchannel.person"})
class PersonSlice {

    /** Keeps what was recorded. */
    static final class Diary implements AuditLog {

        final List<AuditEntry> entries = Collections.synchronizedList(new ArrayList<>());
        final AtomicBoolean broken = new AtomicBoolean();

        @Override
        public void record(Viewer viewer, AuditEntry entry) {
            if (broken.get()) {
                throw new IllegalStateException("no audit");
            }
            entries.add(entry);
        }

        @Override
        public void recordApart(Viewer viewer, AuditEntry entry) {
            record(viewer, entry);
        }

        @Override
        public Page<AuditRow> search(AuditQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int seal() {
            return 0;
        }

        @Override
        public Verification verify() {
            throw new UnsupportedOperationException();
        }
    }

    @Bean
    Diary diary() {
        return new Diary();
    }
}
