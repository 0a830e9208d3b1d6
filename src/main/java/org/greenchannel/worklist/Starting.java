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
import org.greenchannel.engine.FormResource;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.FormContext;
import org.greenchannel.form.FormResult;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Starts processes: one user action is one transaction over everything it touches. */
@Component
class Starting {

    private final Aftermath after;
    private final FormContexts contexts;
    private final StartPlaces places;
    private final CaseFiles cases;
    private final Processes processes;
    private final Forms forms;
    private final Persons persons;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final Texts texts;
    private final JsonMapper json;
    private final Clock clock;

    Starting(
            Aftermath after,
            FormContexts contexts,
            StartPlaces places,
            CaseFiles cases,
            Processes processes,
            Forms forms,
            Persons persons,
            AuditLog audit,
            Idempotency idempotency,
            Texts texts,
            JsonMapper json,
            Clock clock) {
        this.after = after;
        this.contexts = contexts;
        this.places = places;
        this.cases = cases;
        this.processes = processes;
        this.forms = forms;
        this.persons = persons;
        this.audit = audit;
        this.idempotency = idempotency;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
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
        String mainInstance =
                existing == null ? null : cases.firstInstance(existing.id()).orElse(null);
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
        return new Started(
                ref.number(),
                instance,
                after.next(ref.id(), viewer, locale),
                Aftermath.texts(accepted.warnings(), locale));
    }
}
