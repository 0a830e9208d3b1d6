package org.greenchannel.oversight;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.platform.Texts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Opens alerts: a row that stays open until somebody takes note, a line of the story, a notice to the groups. */
@Component
class Alerts {

    private final AlertTable table;
    private final CaseFiles cases;
    private final AuditLog audit;
    private final Texts texts;
    private final ApplicationEventPublisher events;

    Alerts(AlertTable table, CaseFiles cases, AuditLog audit, Texts texts, ApplicationEventPublisher events) {
        this.table = table;
        this.cases = cases;
        this.audit = audit;
        this.texts = texts;
        this.events = events;
    }

    /**
     * Opens one in the caller's transaction.
     *
     * @param source what raised it: key of a process, or {@code clock}
     * @param place element of the model, or id of the clock's definition
     */
    void raise(UUID caseId, String kind, String basis, List<String> groups, String source, String place, Instant at) {
        UUID id = UUID.randomUUID();
        table.insert(id, caseId, kind, basis, groups, source, place, at);
        audit.record(
                null,
                AuditEntry.done("alert.raise", caseId, "alert:" + id, Map.of("kind", kind))
                        .on(basis));
        cases.tell(
                caseId,
                at,
                "NOTIFICATION",
                texts.of("oversight.alert." + kind),
                basis,
                null,
                Map.of("alert", id.toString(), "kind", kind));
        events.publishEvent(new AlertRaised(id, caseId, kind, groups, at));
    }
}
