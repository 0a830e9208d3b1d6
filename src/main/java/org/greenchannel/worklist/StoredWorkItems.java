package org.greenchannel.worklist;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.form.Advice;
import org.greenchannel.form.FormContext;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The facade: looks things up, checks who may, and hands the verbs that move a process to {@link Completing}. */
@Component
class StoredWorkItems implements WorkItems {

    private final WorkItemTable table;
    private final WorkItemLists lists;
    private final Access access;
    private final VerbRules rules;
    private final HandlingTable handlings;
    private final Completing completing;
    private final Starting starting;
    private final Sending sending;
    private final FormContexts contexts;
    private final StartPlaces places;
    private final CaseFiles cases;
    private final Processes processes;
    private final Forms forms;
    private final ItemDrafts drafts;
    private final Persons persons;
    private final AuditLog audit;
    private final Texts texts;
    private final Clock clock;

    StoredWorkItems(
            WorkItemTable table,
            WorkItemLists lists,
            Access access,
            VerbRules rules,
            HandlingTable handlings,
            Completing completing,
            Starting starting,
            Sending sending,
            FormContexts contexts,
            StartPlaces places,
            CaseFiles cases,
            Processes processes,
            Forms forms,
            ItemDrafts drafts,
            Persons persons,
            AuditLog audit,
            Texts texts,
            Clock clock) {
        this.table = table;
        this.lists = lists;
        this.access = access;
        this.rules = rules;
        this.handlings = handlings;
        this.completing = completing;
        this.starting = starting;
        this.sending = sending;
        this.contexts = contexts;
        this.places = places;
        this.cases = cases;
        this.processes = processes;
        this.forms = forms;
        this.drafts = drafts;
        this.persons = persons;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<WorkItem> list(WorkItemQuery query, Viewer viewer) {
        Page<WorkItem> page = lists.page(query, viewer);
        return new Page<>(withPersons(page.items()), page.nextCursor());
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Integer> counts(Viewer viewer) {
        return lists.counts(viewer);
    }

    @Override
    @Transactional(readOnly = true)
    public WorkItem get(UUID id, Viewer viewer) {
        return withPersons(List.of(visible(id, viewer).item())).get(0);
    }

    @Override
    @Transactional(readOnly = true)
    public List<WorkItem> ofCase(UUID caseId, Viewer viewer) {
        return withPersons(table.openOfCase(caseId).stream()
                .filter(row -> access.visible(row.item(), viewer))
                .map(WorkItemRow::item)
                .toList());
    }

    @Override
    public Optional<WorkItem> ofTask(String engineTaskId) {
        return table.ofTask(engineTaskId).map(WorkItemRow::item);
    }

    @Override
    public Optional<WorkItem> find(UUID id) {
        return table.find(id).map(WorkItemRow::item);
    }

    private WorkItemRow visible(UUID id, Viewer viewer) {
        WorkItemRow row = table.find(id).orElseThrow(() -> Problem.notFound("work-item-unknown"));
        if (!access.visible(row.item(), viewer)) {
            Map<String, String> detail = Map.of("task", row.item().taskKey());
            audit.recordApart(
                    viewer, AuditEntry.denied("workitem.look", row.item().caseId(), "workitem:" + id, detail));
            throw Problem.notFound("work-item-unknown");
        }
        return row;
    }

    private List<WorkItem> withPersons(Collection<WorkItem> items) {
        var masked = persons.masked(items.stream()
                .map(WorkItem::personId)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList());
        return items.stream()
                .map(item -> {
                    var person = item.personId() == null ? null : masked.get(item.personId());
                    return person == null ? item : Items.withPerson(item, person.name());
                })
                .toList();
    }

    @Override
    @Transactional
    public TaskForm form(UUID id, Viewer viewer, Locale locale) {
        WorkItemRow row = visible(id, viewer);
        access.requireHandler(row.item(), viewer);
        WorkItem item = row.item();
        if (item.formId() == null) {
            return new TaskForm(null, null, null, false);
        }
        FormResource form = processes.form(row.deploymentId(), item.formId());
        FormContext context = context(row, form, true, viewer);
        return new TaskForm(
                forms.view(form, context, locale), drafts.of(item, viewer).orElse(null), form, forms.warns(form));
    }

    private FormContext context(WorkItemRow row, FormResource form, boolean prefill, Viewer viewer) {
        WorkItem item = row.item();
        return contexts.of(
                cases.byId(item.caseId()),
                row.processInstanceId(),
                item.taskKey(),
                row.properties(),
                item.groups(),
                form,
                prefill,
                viewer);
    }

    @Override
    @Transactional(readOnly = true)
    public Advice advise(
            DraftPlace place, Map<String, ? extends @Nullable Object> data, boolean answeredOnly, Viewer viewer) {
        if (place instanceof DraftPlace.OfItem at) {
            WorkItemRow row = visible(at.id(), viewer);
            access.requireHandler(row.item(), viewer);
            String formId = row.item().formId();
            if (formId == null) {
                return Advice.NONE;
            }
            FormResource form = processes.form(row.deploymentId(), formId);
            return forms.advise(form, data, context(row, form, false, viewer), answeredOnly);
        }
        if (place instanceof DraftPlace.OfStart at) {
            ProcessInfo process = startable(at.process(), viewer);
            String number = at.caseNumber();
            CaseSummary file = number == null ? null : cases.get(number, viewer);
            places.require(process, file);
            FormResource form =
                    processes.form(process.deploymentId(), java.util.Objects.requireNonNull(process.startFormId()));
            return forms.advise(form, data, startContext(at.process(), file, form, false, viewer), answeredOnly);
        }
        var at = (DraftPlace.OfMessage) place;
        WaitingMessage waiting = message(at.caseNumber(), at.message(), viewer);
        if (waiting.formId() == null) {
            return Advice.NONE;
        }
        FormResource form = processes.form(waiting.deploymentId(), waiting.formId());
        return forms.advise(form, data, context(at.caseNumber(), waiting, form, false, viewer), answeredOnly);
    }

    private FormContext startContext(
            String process, @Nullable CaseSummary file, FormResource form, boolean prefill, Viewer viewer) {
        return file == null
                ? contexts.ofStart(process, viewer)
                : contexts.of(
                        file,
                        cases.firstInstance(file.id()).orElse(null),
                        process,
                        Map.of(),
                        List.of(),
                        form,
                        prefill,
                        viewer);
    }

    private FormContext context(
            String caseNumber, WaitingMessage waiting, FormResource form, boolean prefill, Viewer viewer) {
        return contexts.of(
                cases.get(caseNumber, viewer),
                waiting.processInstanceId(),
                waiting.name(),
                waiting.properties(),
                List.copyOf(waiting.groups()),
                form,
                prefill,
                viewer);
    }

    @Override
    @Transactional
    public WorkItem claim(UUID id, @Nullable Integer version, Viewer viewer) {
        WorkItem item = lockedForHandling(id, version, viewer);
        if (viewer.username().equals(item.assignee())) {
            return get(id, viewer);
        }
        rules.requireFree(handlings.of(id));
        if (rules.pendingSigner(id, viewer.username())) {
            throw Problem.conflict("is-signer", viewer.displayName());
        }
        table.assign(id, viewer.username());
        audit.record(
                viewer,
                AuditEntry.done("workitem.claim", item.caseId(), "workitem:" + id, Map.of("task", item.taskKey())));
        cases.tell(
                item.caseId(),
                clock.instant(),
                "TASK_CLAIMED",
                texts.of("worklist.claimed", item.name()),
                "",
                viewer.username(),
                Map.of("task", item.taskKey()));
        return get(id, viewer);
    }

    @Override
    @Transactional
    public WorkItem release(UUID id, @Nullable Integer version, Viewer viewer) {
        WorkItem item = lockedForHandling(id, version, viewer);
        if (item.assignee() == null) {
            return get(id, viewer);
        }
        rules.requireFree(handlings.of(id));
        table.assign(id, null);
        audit.record(
                viewer,
                AuditEntry.done("workitem.release", item.caseId(), "workitem:" + id, Map.of("task", item.taskKey())));
        cases.tell(
                item.caseId(),
                clock.instant(),
                "TASK_CLAIMED",
                texts.of("worklist.released", item.name()),
                "",
                viewer.username(),
                Map.of("task", item.taskKey()));
        return get(id, viewer);
    }

    private WorkItem lockedForHandling(UUID id, @Nullable Integer version, Viewer viewer) {
        visible(id, viewer);
        WorkItemRow row = table.lock(id).orElseThrow(() -> Problem.notFound("work-item-unknown"));
        access.requireHandler(row.item(), viewer);
        access.requireVersion(row.item(), version);
        return row.item();
    }

    @Override
    @Transactional
    public Completed complete(
            UUID id,
            Map<String, ? extends @Nullable Object> data,
            @Nullable Integer version,
            @Nullable String idempotencyKey,
            Viewer viewer,
            Locale locale) {
        visible(id, viewer);
        return completing.complete(id, data, version, idempotencyKey, viewer, locale);
    }

    @Override
    public List<ProcessInfo> startable(Viewer viewer) {
        return offered(viewer).filter(process -> process.startIn().opensCases()).toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<ProcessInfo> startableOn(String caseNumber, Viewer viewer) {
        return places.on(cases.get(caseNumber, viewer), offered(viewer).toList());
    }

    private Stream<ProcessInfo> offered(Viewer viewer) {
        return processes.all().stream()
                .filter(process -> process.startFormId() != null)
                .filter(process -> process.starterRoles().stream().anyMatch(viewer::hasRole));
    }

    private ProcessInfo startable(String key, Viewer viewer) {
        ProcessInfo process = processes
                .find(key)
                .filter(found -> found.startFormId() != null)
                .orElseThrow(() -> Problem.notFound("process-unknown", key));
        if (process.starterRoles().stream().noneMatch(viewer::hasRole)) {
            audit.recordApart(viewer, AuditEntry.denied("process.start", null, "process:" + process.key(), Map.of()));
            throw Problem.notFound("process-unknown", key);
        }
        return process;
    }

    @Override
    @Transactional
    public TaskForm startForm(String processKey, @Nullable String caseNumber, Viewer viewer, Locale locale) {
        ProcessInfo process = startable(processKey, viewer);
        CaseSummary file = caseNumber == null ? null : cases.get(caseNumber, viewer);
        places.require(process, file);
        FormResource form =
                processes.form(process.deploymentId(), java.util.Objects.requireNonNull(process.startFormId()));
        FormContext context = startContext(processKey, file, form, true, viewer);
        String scope = Items.startScope(processKey, caseNumber);
        return new TaskForm(
                forms.view(form, context, locale), forms.draft(scope, viewer).orElse(null), form, forms.warns(form));
    }

    @Override
    @Transactional
    public Started start(
            String processKey,
            @Nullable String caseNumber,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String idempotencyKey,
            Viewer viewer,
            Locale locale) {
        ProcessInfo process = startable(processKey, viewer);
        CaseSummary file = caseNumber == null ? null : cases.get(caseNumber, viewer);
        return starting.start(process, file, data, idempotencyKey, viewer, locale);
    }

    @Override
    @Transactional(readOnly = true)
    public List<WaitingMessage> messages(String caseNumber, Viewer viewer) {
        CaseSummary file = cases.get(caseNumber, viewer);
        return processes.waiting(file.id()).stream()
                .filter(message -> message.groups().stream().anyMatch(viewer.groups()::contains))
                .toList();
    }

    private WaitingMessage message(String caseNumber, String name, Viewer viewer) {
        return messages(caseNumber, viewer).stream()
                .filter(message -> message.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("message-unknown", name));
    }

    @Override
    @Transactional
    public TaskForm messageForm(String caseNumber, String message, Viewer viewer, Locale locale) {
        WaitingMessage waiting = message(caseNumber, message, viewer);
        if (waiting.formId() == null) {
            return new TaskForm(null, null, null, false);
        }
        FormResource form = processes.form(waiting.deploymentId(), waiting.formId());
        return new TaskForm(
                forms.view(form, context(caseNumber, waiting, form, true, viewer), locale),
                forms.draft(Items.messageScope(caseNumber, message), viewer).orElse(null),
                form,
                forms.warns(form));
    }

    @Override
    @Transactional
    public Completed send(
            String caseNumber,
            String message,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String idempotencyKey,
            Viewer viewer,
            Locale locale) {
        CaseSummary file = cases.get(caseNumber, viewer);
        return sending.send(file, message, data, idempotencyKey, viewer, locale);
    }
}
