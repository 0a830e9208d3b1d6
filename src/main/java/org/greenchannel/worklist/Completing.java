package org.greenchannel.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.form.FormContext;
import org.greenchannel.form.FormResult;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Completes tasks, or keeps what waits for signatures: one user action is one transaction over everything it touches. */
@Component
class Completing {

    private final Aftermath after;
    private final WorkItemTable table;
    private final Access access;
    private final VerbRules rules;
    private final Signing signing;
    private final VerbLog verbs;
    private final Suspending suspending;
    private final FormContexts contexts;
    private final CaseFiles cases;
    private final Processes processes;
    private final Forms forms;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final Map<String, TaskOutcome> outcomes;
    private final Texts texts;
    private final JsonMapper json;
    private final Clock clock;

    Completing(
            Aftermath after,
            WorkItemTable table,
            Access access,
            VerbRules rules,
            Signing signing,
            VerbLog verbs,
            Suspending suspending,
            FormContexts contexts,
            CaseFiles cases,
            Processes processes,
            Forms forms,
            AuditLog audit,
            Idempotency idempotency,
            Map<String, TaskOutcome> outcomes,
            Texts texts,
            JsonMapper json,
            Clock clock) {
        this.after = after;
        this.table = table;
        this.access = access;
        this.rules = rules;
        this.signing = signing;
        this.verbs = verbs;
        this.suspending = suspending;
        this.contexts = contexts;
        this.cases = cases;
        this.processes = processes;
        this.forms = forms;
        this.audit = audit;
        this.idempotency = idempotency;
        this.outcomes = outcomes;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Completed complete(
            UUID id,
            Map<String, ? extends @Nullable Object> data,
            @Nullable Integer version,
            @Nullable String key,
            Viewer viewer,
            Locale locale) {
        return idempotency.once(
                key,
                viewer.accountId(),
                "complete:" + id,
                json.writeValueAsString(data),
                Completed.class,
                () -> completeOnce(id, data, version, false, viewer, locale));
    }

    /** The last signature was given: what was submitted completes the task, for whoever submitted it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void completeSigned(UUID id, Map<String, ? extends @Nullable Object> data, Viewer submitter) {
        completeOnce(id, data, null, true, submitter, Locale.SIMPLIFIED_CHINESE);
    }

    private Completed completeOnce(
            UUID id,
            Map<String, ? extends @Nullable Object> data,
            @Nullable Integer version,
            boolean signed,
            Viewer viewer,
            Locale locale) {
        table.find(id).ifPresent(found -> cases.lock(found.item().caseId()));
        WorkItemRow row = table.lock(id).orElseThrow(() -> Problem.notFound("work-item-unknown"));
        WorkItem item = row.item();
        String actsFor = access.requireHandler(item, viewer);
        access.requireVersion(item, version);
        if (!signed) {
            signing.requireSubmittable(item, viewer);
        }
        Instant now = clock.instant();
        CaseSummary file = cases.byId(item.caseId());
        Map<String, @Nullable Object> facts = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        Map<String, String> detail = new HashMap<>(Map.of("task", item.taskKey(), "workItem", id.toString()));
        if (actsFor != null) {
            detail.put("for", actsFor);
        }
        boolean hold = !signed && signing.needed(id);
        if (item.formId() != null) {
            FormResource form = processes.form(row.deploymentId(), item.formId());
            FormContext context = contexts.of(
                    file,
                    row.processInstanceId(),
                    item.taskKey(),
                    row.properties(),
                    item.groups(),
                    form,
                    false,
                    viewer);
            FormResult accepted = forms.check(form, data, context);
            if (hold) {
                return hold(row, data, actsFor, Aftermath.texts(accepted.warnings(), locale), viewer, locale);
            }
            requireSeparate(row, viewer, actsFor);
            Submission submission = after.store(file, id, item.process(), item.taskKey(), form, accepted, viewer, now);
            detail.put("submission", submission.id().toString());
            facts.putAll(accepted.facts());
            facts.putAll(outcome(row, submission, context, accepted, viewer, now));
            warnings.addAll(Aftermath.texts(accepted.warnings(), locale));
        } else if (!data.isEmpty()) {
            throw Problem.invalid(
                    "form-invalid", List.of(new FieldError("/data", "unknown", texts.of("worklist.no-form"))));
        } else if (hold) {
            return hold(row, data, actsFor, List.of(), viewer, locale);
        } else {
            requireSeparate(row, viewer, actsFor);
        }
        suspending.end(row, viewer, actsFor);
        table.close(id, "DONE", viewer.username(), now);
        cases.tell(item.caseId(), now, "TASK_DONE", item.name(), item.basis(), viewer.username(), detail);
        audit.record(
                viewer,
                AuditEntry.done("workitem.complete", item.caseId(), "workitem:" + id, Map.copyOf(detail))
                        .on(item.basis()));
        processes.complete(row.engineTaskId(), facts, viewer);
        if (item.formId() != null) {
            forms.dropDrafts(Items.scope(id));
        }
        return new Completed(
                id, item.caseNumber(), now.toString(), after.next(item.caseId(), viewer, locale), warnings);
    }

    private void requireSeparate(WorkItemRow row, Viewer viewer, @Nullable String actsFor) {
        rules.requireSeparate(row, viewer.username());
        rules.requireSeparate(row, actsFor);
    }

    /** What needs more signatures is kept until they are given. */
    private Completed hold(
            WorkItemRow row,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String actsFor,
            List<String> warnings,
            Viewer viewer,
            Locale locale) {
        WorkItem item = row.item();
        requireSeparate(row, viewer, actsFor);
        // from now on it is his who submitted it; a deputy's submission is his own
        table.assign(item.id(), viewer.username());
        signing.hold(item, data, viewer, actsFor);
        verbs.done("submit", item, viewer, actsFor, null, null);
        forms.dropDraft(Items.scope(item.id()), viewer);
        return new Completed(
                item.id(),
                item.caseNumber(),
                clock.instant().toString(),
                after.next(item.caseId(), viewer, locale),
                warnings);
    }

    private Map<String, @Nullable Object> outcome(
            WorkItemRow row,
            Submission submission,
            FormContext context,
            FormResult accepted,
            Viewer viewer,
            Instant now) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        for (String name : row.properties().getOrDefault("outcome", "").split(",")) {
            if (name.isBlank()) {
                continue;
            }
            TaskOutcome outcome = outcomes.get(name.strip());
            if (outcome == null) {
                throw new IllegalStateException("model names an unknown outcome: " + name);
            }
            facts.putAll(outcome.apply(new TaskCompletion(
                    row.item().caseId(),
                    row.item().id(),
                    submission.id(),
                    row.item().process(),
                    row.processInstanceId(),
                    row.item().taskKey(),
                    row.properties(),
                    context.variables(),
                    accepted.data(),
                    viewer,
                    now)));
        }
        return facts;
    }
}
