package org.greenchannel.casefile;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Identities;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Starts and tells through the engine, and writes into the story what was started. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredCaseProcesses implements CaseProcesses {

    private static final String SYSTEM = "system";

    private final Processes processes;
    private final CaseFiles cases;
    private final CaseTable table;
    private final RunTable runs;
    private final LinkTable links;
    private final AuditLog audit;
    private final Texts texts;
    private final CurrentUser user;
    private final Persons persons;
    private final Identities identities;
    private final Clock clock;

    StoredCaseProcesses(
            Processes processes,
            CaseFiles cases,
            CaseTable table,
            RunTable runs,
            LinkTable links,
            AuditLog audit,
            Texts texts,
            CurrentUser user,
            Persons persons,
            Identities identities,
            Clock clock) {
        this.processes = processes;
        this.cases = cases;
        this.table = table;
        this.runs = runs;
        this.links = links;
        this.audit = audit;
        this.texts = texts;
        this.user = user;
        this.persons = persons;
        this.identities = identities;
        this.clock = clock;
    }

    @Override
    public void tell(UUID caseId, String message, Map<String, ? extends @Nullable Object> facts) {
        processes.tell(caseId, message, facts, null);
    }

    @Override
    public void tellPerson(UUID personId, String message, Map<String, ? extends @Nullable Object> facts) {
        table.openOfPerson(identities.same(List.of(personId))).forEach(caseId -> tell(caseId, message, facts));
    }

    @Override
    public void start(UUID caseId, String processKey, Map<String, ? extends @Nullable Object> facts) {
        start(caseId, processKey, facts, false);
    }

    /** @param once whether nothing happens while the process runs in the case already */
    void start(UUID caseId, String processKey, Map<String, ? extends @Nullable Object> facts, boolean once) {
        ProcessInfo process = known(processKey);
        processes.then(() -> {
            if (once && (runs.running(caseId, processKey) || processes.runs(caseId, processKey))) {
                return;
            }
            CaseSummary file = cases.byId(caseId);
            Map<String, @Nullable Object> all = new HashMap<>();
            runs.first(caseId).ifPresent(instance -> all.putAll(processes.facts(instance)));
            all.putAll(facts);
            run(file, process, all);
        });
    }

    @Override
    public CaseRef startLinked(
            UUID caseId,
            String processKey,
            String link,
            @Nullable String areaCode,
            Map<String, ? extends @Nullable Object> facts) {
        return startLinked(caseId, processKey, link, areaCode, false, facts);
    }

    /** @param newPerson the case is about somebody else, of whom nothing is known yet; somebody must be signed in */
    CaseRef startLinked(
            UUID caseId,
            String processKey,
            String link,
            @Nullable String areaCode,
            boolean newPerson,
            Map<String, ? extends @Nullable Object> facts) {
        ProcessInfo process = known(processKey);
        CaseSummary origin = cases.byId(caseId);
        Viewer actor = user.find().orElse(null);
        Instant now = clock.instant();
        UUID person = newPerson
                ? persons.register(
                        Map.of(), user.find().orElseThrow(() -> new IllegalStateException("nobody registers a person")))
                : origin.personId();
        CaseRef ref = cases.open(processKey, person, areaCode == null ? origin.areaCode() : areaCode, actor);
        links.add(ref.id(), caseId, link, now);
        Text kind = texts.of("casefile.link." + link);
        tellLink(
                caseId, now, texts.of("casefile.linked.later", ref.number(), process.name(), kind), ref.number(), link);
        tellLink(ref.id(), now, texts.of("casefile.linked.origin", origin.number(), kind), origin.number(), link);
        Map<String, @Nullable Object> all = new HashMap<>(facts);
        processes.then(() -> run(cases.byId(ref.id()), process, all));
        return ref;
    }

    private void tellLink(UUID caseId, Instant at, Text title, String other, String link) {
        String actor = user.find().map(Viewer::username).orElse(null);
        cases.tell(caseId, at, "CASE", title, "", actor, Map.of("case", other, "link", link));
    }

    private void run(CaseSummary file, ProcessInfo process, Map<String, @Nullable Object> facts) {
        Viewer actor = user.find().orElse(null);
        facts.put("caseId", file.id().toString());
        facts.put("caseNumber", file.number());
        facts.put("starterRole", SYSTEM);
        facts.put("starterOrganisation", actor == null ? "" : actor.organisation());
        facts.putIfAbsent("areaCode", file.areaCode());
        cases.tell(
                file.id(),
                clock.instant(),
                "CASE",
                texts.of("casefile.process-started", process.name()),
                "",
                actor == null ? null : actor.username(),
                Map.of("process", process.key()));
        audit.record(
                actor, AuditEntry.done("process.start", file.id(), "process:" + process.key(), Map.of("by", "model")));
        processes.start(process.key(), file.id(), facts, null);
    }

    private ProcessInfo known(String processKey) {
        return processes.find(processKey).orElseThrow(() -> Problem.notFound("process-unknown", processKey));
    }
}
