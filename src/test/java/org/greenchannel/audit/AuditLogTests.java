package org.greenchannel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.RequestContext;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** The log inside the application. */
@AppTest
class AuditLogTests {

    @Autowired
    AuditLog log;

    @Autowired
    TransactionTemplate transaction;

    private final Viewer viewer =
            new Viewer(UUID.randomUUID(), "auditor-test", "x", "ORG-1", Set.of("auditor"), Set.of());

    @Test
    void recordsOnlyInsideATransactionAndGoesBackWithIt() {
        UUID caseId = UUID.randomUUID();
        var entry = AuditEntry.done("test.inside", caseId, null, Map.of());
        assertThatThrownBy(() -> log.record(viewer, entry)).isInstanceOf(IllegalTransactionStateException.class);
        transaction.executeWithoutResult(status -> {
            log.record(viewer, entry);
            log.recordApart(viewer, AuditEntry.denied("test.apart", caseId, null, Map.of()));
            status.setRollbackOnly();
        });
        var rows = log.search(new AuditQuery(caseId, null, null, null, null, 10, null))
                .items();
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).action()).isEqualTo("test.apart");
        assertThat(rows.get(0).outcome()).isEqualTo("DENIED");
    }

    @Test
    void saysWhoAndFromWhere() {
        UUID caseId = UUID.randomUUID();
        RequestContext.set(new RequestContext.Request("request-4711", "192.0.2.7", "phone"));
        try {
            log.recordApart(
                    viewer,
                    AuditEntry.done("test.who", caseId, "x:1", Map.of("k", "v"))
                            .on("MHL 30(2)(2)")
                            .purpose("TREATMENT"));
        } finally {
            RequestContext.set(null);
        }
        AuditRow row = log.search(new AuditQuery(caseId, null, null, null, null, 10, null))
                .items()
                .get(0);
        assertThat(row.username()).isEqualTo("auditor-test");
        assertThat(row.organisation()).isEqualTo("ORG-1");
        assertThat(row.requestId()).isEqualTo("request-4711");
        assertThat(row.address()).isEqualTo("192.0.2.7");
        assertThat(row.legalBasis()).isEqualTo("MHL 30(2)(2)");
        assertThat(row.purpose()).isEqualTo("TREATMENT");
        assertThat(row.detail()).containsExactly(Map.entry("k", "v"));
    }

    @Test
    void isSealedWithinSeconds() throws Exception {
        UUID caseId = UUID.randomUUID();
        log.recordApart(viewer, AuditEntry.done("test.sealed", caseId, null, Map.of()));
        for (int i = 0; i < 100; i++) {
            var row = log.search(new AuditQuery(caseId, null, null, null, null, 1, null))
                    .items()
                    .get(0);
            if (row.position() != null) {
                assertThat(row.hash()).hasSize(64);
                assertThat(log.verify().whole()).isTrue();
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError("not sealed within 20 s");
    }
}
