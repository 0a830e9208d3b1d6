package org.greenchannel.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.form.FormContext;
import org.greenchannel.form.FormResult;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.Idempotency;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Messages to running cases: one user action is one transaction over everything it touches. */
@Component
class Sending {

    private final Aftermath after;
    private final FormContexts contexts;
    private final CaseFiles cases;
    private final Processes processes;
    private final Forms forms;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final LegalClocks clocks;
    private final JsonMapper json;
    private final Clock clock;

    Sending(
            Aftermath after,
            FormContexts contexts,
            CaseFiles cases,
            Processes processes,
            Forms forms,
            AuditLog audit,
            Idempotency idempotency,
            LegalClocks clocks,
            JsonMapper json,
            Clock clock) {
        this.after = after;
        this.contexts = contexts;
        this.cases = cases;
        this.processes = processes;
        this.forms = forms;
        this.audit = audit;
        this.idempotency = idempotency;
        this.clocks = clocks;
        this.json = json;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Completed send(
            CaseSummary file,
            String message,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String key,
            Viewer viewer,
            Locale locale) {
        return idempotency.once(
                key,
                viewer.accountId(),
                "message:" + file.id() + ":" + message,
                json.writeValueAsString(data),
                Completed.class,
                () -> sendOnce(file, message, data, viewer, locale));
    }

    private Completed sendOnce(
            CaseSummary file, String name, Map<String, ? extends @Nullable Object> data, Viewer viewer, Locale locale) {
        Instant now = clock.instant();
        cases.lock(file.id());
        WaitingMessage message = processes.waiting(file.id()).stream()
                .filter(waiting -> waiting.name().equals(name))
                .filter(waiting -> waiting.groups().stream().anyMatch(viewer.groups()::contains))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("message-unknown", name));
        Map<String, @Nullable Object> facts = new HashMap<>();
        Map<String, String> detail = new HashMap<>(Map.of("message", name));
        List<String> warnings = List.of();
        UUID receipt = UUID.randomUUID();
        if (message.formId() != null) {
            FormResource form = processes.form(message.deploymentId(), message.formId());
            FormContext context = contexts.of(
                    file,
                    message.processInstanceId(),
                    name,
                    message.properties(),
                    List.copyOf(message.groups()),
                    form,
                    false,
                    viewer);
            FormResult accepted = forms.check(form, data, context);
            String process = processOf(file, message.processInstanceId());
            Submission submission = after.store(file, null, process, name, form, accepted, viewer, now);
            receipt = submission.id();
            detail.put("submission", submission.id().toString());
            facts.putAll(accepted.facts());
            warnings = Aftermath.texts(accepted.warnings(), locale);
        }
        Text label = message.label().zh().isEmpty() ? Text.same(name) : message.label();
        String basis = message.properties().getOrDefault("basis", "");
        cases.tell(file.id(), now, "MESSAGE", label, basis, viewer.username(), detail);
        audit.record(
                viewer,
                AuditEntry.done("case.message", file.id(), "message:" + name, Map.copyOf(detail))
                        .on(basis));
        used(file, message, facts, now);
        processes.correlate(file.id(), name, facts, viewer);
        forms.dropDraft(Items.messageScope(file.number(), name), viewer);
        return new Completed(receipt, file.number(), now.toString(), after.next(file.id(), viewer, locale), warnings);
    }

    /** A right that was used in time: the model names the clock and the facts that say whose it was. */
    private void used(CaseSummary file, WaitingMessage message, Map<String, @Nullable Object> facts, Instant now) {
        String clockId = message.properties().get("clock");
        if (clockId == null) {
            return;
        }
        for (String fact :
                message.properties().getOrDefault("clockRecipient", "").split(",")) {
            if (facts.get(fact) instanceof String recipient) {
                clocks.stop(file.id(), clockId, recipient, null, "USED", now);
            }
        }
    }

    private String processOf(CaseSummary file, String instanceId) {
        return processes.states(file.id()).stream()
                .filter(state -> state.processInstanceId().equals(instanceId))
                .map(InstanceState::processKey)
                .findFirst()
                .orElse(file.processKey());
    }
}
