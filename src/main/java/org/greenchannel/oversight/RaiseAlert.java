package org.greenchannel.oversight;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.platform.Texts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Step {@code raiseAlert}: tells supervisors that the law may be broken. Parameters: {@code kind} code, {@code basis}
 * articles, {@code to} groups separated by commas.
 */
@Component("raiseAlert")
public class RaiseAlert implements ProcessStep {

    private final AlertTable alerts;
    private final CaseFiles cases;
    private final AuditLog audit;
    private final Texts texts;
    private final ApplicationEventPublisher events;

    RaiseAlert(AlertTable alerts, CaseFiles cases, AuditLog audit, Texts texts, ApplicationEventPublisher events) {
        this.alerts = alerts;
        this.cases = cases;
        this.audit = audit;
        this.texts = texts;
        this.events = events;
    }

    @Override
    public void execute(StepContext step) {
        String kind = step.parameter("kind");
        String basis = step.parameter("basis");
        List<String> groups = Arrays.stream(step.parameter("to").split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty() && !group.endsWith("@"))
                .toList();
        UUID id = UUID.randomUUID();
        alerts.insert(id, step.caseId(), kind, basis, groups, step.processKey(), step.activityId(), step.now());
        audit.record(
                null,
                AuditEntry.done("alert.raise", step.caseId(), "alert:" + id, Map.of("kind", kind))
                        .on(basis));
        cases.tell(
                step.caseId(),
                step.now(),
                "NOTIFICATION",
                texts.of("oversight.alert." + kind),
                basis,
                null,
                Map.of("alert", id.toString(), "kind", kind));
        events.publishEvent(new AlertRaised(id, step.caseId(), kind, groups, step.now()));
    }
}
