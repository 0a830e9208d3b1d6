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
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.InstanceState;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.form.FormContext;
import org.greenchannel.form.FormResult;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The actions that move a process: one user action is one transaction over everything it touches. */
@Component
class Completing {

    private final WorkItemTable table;
    private final Access access;
    private final VerbRules rules;
    private final Signing signing;
    private final VerbLog verbs;
    private final Suspending suspending;
    private final FormContexts contexts;
    private final StartPlaces places;
    private final CaseFiles cases;
    private final Processes processes;
    private final Forms forms;
    private final Persons persons;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final LegalClocks clocks;
    private final Map<String, TaskOutcome> outcomes;
    private final Texts texts;
    private final JsonMapper json;
    private final Clock clock;

    Completing(
            WorkItemTable table,
            Access access,
            VerbRules rules,
            Signing signing,
            VerbLog verbs,
            Suspending suspending,
            FormContexts contexts,
            StartPlaces places,
            CaseFiles cases,
            Processes processes,
            Forms forms,
            Persons persons,
            AuditLog audit,
            Idempotency idempotency,
            LegalClocks clocks,
            Map<String, TaskOutcome> outcomes,
            Texts texts,
            JsonMapper json,
            Clock clock) {
        this.table = table;
        this.access = access;
        this.rules = rules;
        this.signing = signing;
        this.verbs = verbs;
        this.suspending = suspending;
        this.contexts = contexts;
        this.places = places;
        this.cases = cases;
        this.processes = processes;
        this.forms = forms;
        this.persons = persons;
        this.audit = audit;
        this.idempotency = idempotency;
        this.clocks = clocks;
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
                return hold(row, data, actsFor, texts(accepted.warnings(), locale), viewer, locale);
            }
            requireSeparate(row, viewer, actsFor);
            Submission submission = store(file, id, item.process(), item.taskKey(), form, accepted, viewer, now);
            detail.put("submission", submission.id().toString());
            facts.putAll(accepted.facts());
            facts.putAll(outcome(row, submission, context, accepted, viewer, now));
            warnings.addAll(texts(accepted.warnings(), locale));
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
        return new Completed(id, item.caseNumber(), now.toString(), next(item.caseId(), viewer, locale), warnings);
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
                next(item.caseId(), viewer, locale),
                warnings);
    }

    private Submission store(
            CaseSummary file,
            @Nullable UUID itemId,
            String process,
            String task,
            FormResource form,
            FormResult accepted,
            Viewer viewer,
            Instant now) {
        Submission submission = forms.submit(file.id(), itemId, process, task, form, accepted, viewer, now);
        if (!accepted.person().isEmpty()) {
            persons.update(file.person(), accepted.person(), viewer);
        }
        if (!accepted.guardian().isEmpty()) {
            persons.updateGuardian(file.person(), accepted.guardian(), viewer);
        }
        return submission;
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

    @Transactional(propagation = Propagation.MANDATORY)
    Started start(
            ProcessInfo process,
            @Nullable CaseSummary file,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String key,
            Viewer viewer,
            Locale locale) {
        return idempotency.once(
                key,
                viewer.accountId(),
                "start:" + process.key() + (file == null ? "" : ":" + file.number()),
                json.writeValueAsString(data),
                Started.class,
                () -> startOnce(process, file, data, viewer, locale));
    }

    private Started startOnce(
            ProcessInfo process,
            @Nullable CaseSummary existing,
            Map<String, ? extends @Nullable Object> data,
            Viewer viewer,
            Locale locale) {
        Instant now = clock.instant();
        if (existing != null) {
            cases.lock(existing.id());
        }
        places.require(process, existing);
        FormResource form =
                processes.form(process.deploymentId(), java.util.Objects.requireNonNull(process.startFormId()));
        String mainInstance = existing == null ? null : mainInstance(existing);
        FormContext context = existing == null
                ? contexts.ofStart(process.key(), viewer)
                : contexts.of(existing, mainInstance, process.key(), Map.of(), List.of(), form, false, viewer);
        FormResult accepted = forms.check(form, data, context);
        Map<String, @Nullable Object> facts = new HashMap<>();
        CaseRef ref;
        if (existing == null) {
            Object area = accepted.facts().get("areaCode");
            UUID person = process.aboutPerson() ? persons.register(accepted.person(), viewer) : null;
            ref = cases.open(process.key(), person, area == null ? context.area() : area.toString(), viewer);
        } else {
            ref = new CaseRef(existing.id(), existing.number());
            // a process on an existing case starts from what is known: codes and ids only, as everywhere in the engine
            facts.putAll(mainInstance == null ? Map.of() : processes.facts(mainInstance));
        }
        CaseSummary file = cases.byId(ref.id());
        Submission submission = forms.submit(ref.id(), null, process.key(), "start", form, accepted, viewer, now);
        if (existing != null && !accepted.person().isEmpty()) {
            persons.update(file.person(), accepted.person(), viewer);
        }
        if (!accepted.guardian().isEmpty()) {
            persons.updateGuardian(file.person(), accepted.guardian(), viewer);
        }
        facts.putAll(accepted.facts());
        facts.put("caseId", ref.id().toString());
        facts.put("caseNumber", ref.number());
        facts.put(
                "starterRole",
                viewer.roles().stream()
                        .filter(process.starterRoles()::contains)
                        .sorted()
                        .findFirst()
                        .orElse(""));
        facts.put("starterOrganisation", viewer.organisation());
        cases.tell(
                ref.id(),
                now,
                "CASE",
                texts.of("worklist.started", process.name()),
                "",
                viewer.username(),
                Map.of("process", process.key(), "submission", submission.id().toString()));
        audit.record(
                viewer,
                AuditEntry.done(
                        "process.start",
                        ref.id(),
                        "process:" + process.key(),
                        Map.of("submission", submission.id().toString())));
        String instance = processes.start(process.key(), ref.id(), facts, viewer);
        forms.dropDraft(Items.startScope(process.key(), existing == null ? null : existing.number()), viewer);
        return new Started(ref.number(), instance, next(ref.id(), viewer, locale), texts(accepted.warnings(), locale));
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
            Submission submission = store(file, null, process, name, form, accepted, viewer, now);
            receipt = submission.id();
            detail.put("submission", submission.id().toString());
            facts.putAll(accepted.facts());
            warnings = texts(accepted.warnings(), locale);
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
        return new Completed(receipt, file.number(), now.toString(), next(file.id(), viewer, locale), warnings);
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

    /** The first instance of the case: its own process. */
    @Nullable
    String mainInstance(CaseSummary file) {
        return cases.firstInstance(file.id()).orElse(null);
    }

    private List<Completed.NextItem> next(UUID caseId, Viewer viewer, Locale locale) {
        return table.openOfCase(caseId).stream()
                .map(WorkItemRow::item)
                .filter(item -> access.visible(item, viewer))
                .map(item -> new Completed.NextItem(
                        item.id(),
                        item.taskKey(),
                        item.name().in(locale),
                        item.groups(),
                        item.groups().stream().anyMatch(viewer.groups()::contains)))
                .toList();
    }

    private static List<String> texts(List<FieldError> warnings, Locale locale) {
        return warnings.stream().map(warning -> warning.message().in(locale)).toList();
    }
}
