package org.greenchannel.casefile;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Cases in the database. */
@Component
class StoredCaseFiles implements CaseFiles {

    /** Statuses that are also an admission type (domain C0.1). */
    private static final Set<String> ADMISSION_TYPES = Set.of(
            "OBSERVATION",
            "VOLUNTARY",
            "VOLUNTARY_BY_REPRESENTATIVE",
            "INVOLUNTARY_SELF_HARM",
            "INVOLUNTARY_HARM_OTHERS",
            "TEMP_PROTECTIVE",
            "COMPULSORY_TREATMENT");

    /** More cases than one person ever has. */
    private static final int OF_PERSON = 200;

    /** Statuses with which a stay in hospital ends. */
    private static final Set<String> STAY_ENDED = Set.of("RELEASED", "CLOSED");

    private final CaseTable table;
    private final RunTable runs;
    private final LinkTable links;
    private final CaseLife life;
    private final Processes processes;
    private final Timeline timeline;
    private final LegalStatusGate gate;
    private final Organisations organisations;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final CoarseState coarse;
    private final Texts texts;
    private final Clock clock;
    private final ZoneId zone;

    StoredCaseFiles(
            CaseTable table,
            RunTable runs,
            LinkTable links,
            CaseLife life,
            Processes processes,
            Timeline timeline,
            LegalStatusGate gate,
            Organisations organisations,
            AccessPolicy access,
            AuditLog audit,
            CoarseState coarse,
            Texts texts,
            Clock clock,
            ZoneId zone) {
        this.table = table;
        this.runs = runs;
        this.links = links;
        this.life = life;
        this.processes = processes;
        this.timeline = timeline;
        this.gate = gate;
        this.organisations = organisations;
        this.access = access;
        this.audit = audit;
        this.coarse = coarse;
        this.texts = texts;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public CaseRef open(String processKey, @Nullable UUID personId, String areaCode, @Nullable Viewer opener) {
        Instant now = clock.instant();
        Object prefixes = organisations.settings("case").get("prefixes");
        String prefix = prefixes instanceof Map<?, ?> map && map.get(processKey) != null
                ? String.valueOf(map.get(processKey))
                : "GC";
        int year = now.atZone(zone).getYear();
        var ref = new CaseRef(UUID.randomUUID(), "%s-%d-%06d".formatted(prefix, year, table.nextNumber(prefix, year)));
        table.insert(
                ref.id(),
                ref.number(),
                processKey,
                personId,
                areaCode,
                opener == null ? "system" : opener.username(),
                now);
        if (opener != null) {
            table.participate(ref.id(), "opener", opener.organisation(), now);
        }
        audit.record(
                opener, AuditEntry.done("case.open", ref.id(), "case:" + ref.number(), Map.of("process", processKey)));
        return ref;
    }

    @Override
    public CaseSummary get(String number, Viewer viewer) {
        CaseSummary file = table.byNumber(number).orElseThrow(() -> Problem.notFound("case-unknown"));
        require(file, "case.read", viewer);
        return file;
    }

    @Override
    public CaseSummary byId(UUID caseId) {
        return table.byIds(List.of(caseId)).stream().findFirst().orElseThrow(() -> Problem.notFound("case-unknown"));
    }

    @Override
    public Map<UUID, CaseSummary> byIds(Collection<UUID> caseIds) {
        return table.byIds(caseIds).stream().collect(Collectors.toMap(CaseSummary::id, Function.identity()));
    }

    @Override
    public Optional<CaseSummary> byNumber(String number) {
        return table.byNumber(number);
    }

    @Override
    public Relation relation(CaseSummary file, Viewer viewer) {
        if (table.involved(file.id(), viewer.groups())) {
            return Relation.TASK;
        }
        if (table.participants(file.id()).stream()
                .anyMatch(p -> p.organisation().equals(viewer.organisation()))) {
            return Relation.PARTICIPANT;
        }
        return viewer.areas().stream().anyMatch(area -> file.areaCode().startsWith(prefix(area)))
                ? Relation.AREA
                : Relation.NONE;
    }

    @Override
    public Relation require(CaseSummary file, String action, Viewer viewer) {
        Relation relation = relation(file, viewer);
        if (access.allows(viewer, action, relation)) {
            return relation;
        }
        audit.recordApart(
                viewer,
                AuditEntry.denied(action, file.id(), "case:" + file.number(), Map.of("relation", relation.name())));
        // whoever may not even read the case must not learn that it exists
        throw access.allows(viewer, "case.read", relation)
                ? Problem.forbidden("forbidden", action)
                : Problem.notFound("case-unknown");
    }

    @Override
    public Page<CaseSummary> list(
            @Nullable String query,
            @Nullable Boolean open,
            @Nullable String process,
            Viewer viewer,
            int limit,
            @Nullable String cursor) {
        return table.page(reach("case.list", viewer), query, open, process, Math.max(1, Math.min(limit, 50)), cursor);
    }

    private CaseTable.Reach reach(String action, Viewer viewer) {
        return new CaseTable.Reach(
                access.allows(viewer, action, Relation.NONE),
                access.allows(viewer, action, Relation.TASK) ? viewer.groups() : Set.of(),
                access.allows(viewer, action, Relation.PARTICIPANT) ? viewer.organisation() : null,
                access.allows(viewer, action, Relation.AREA)
                        ? viewer.areas().stream().map(StoredCaseFiles::prefix).toList()
                        : List.of());
    }

    @Override
    public PersonCases ofPersons(Collection<UUID> personIds, String action, Viewer viewer) {
        List<CaseTable.OfPerson> all = table.ofPersons(personIds, reach(action, viewer), OF_PERSON);
        List<CaseSummary> seen = all.stream()
                .filter(CaseTable.OfPerson::seen)
                .map(CaseTable.OfPerson::file)
                .toList();
        return new PersonCases(seen, all.size() - seen.size());
    }

    @Override
    @Transactional(readOnly = true)
    public List<CaseSummary> openOfPersons(Collection<UUID> personIds) {
        return personIds.isEmpty() ? List.of() : table.byIds(table.openOfPerson(personIds));
    }

    /** A parent's area code without its trailing zeros is a prefix of its children's codes. */
    private static String prefix(String area) {
        return area.replaceAll("0+$", "");
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void changeLegalStatus(UUID caseId, String status, String basis, Instant at, @Nullable String byInstance) {
        CaseSummary file = table.lock(caseId);
        String from = file.legalStatus();
        if (status.equals(from)) {
            return; // stays what it is: nothing happens, and nothing has to be proved
        }
        gate.check(caseId, StatusHistory.of(table.statusLog(caseId)), status, at);
        // the log first: the database refuses a status that no line of this transaction tells of
        table.logStatus(caseId, at, from, status, basis);
        table.status(caseId, status, ADMISSION_TYPES.contains(status) ? status : null);
        Text name = gate.name(status);
        timeline.add(
                caseId,
                at,
                "STATUS",
                texts.of("casefile.status", name),
                basis,
                null,
                Map.of("from", from == null ? "-" : from, "to", status));
        audit.record(
                null,
                AuditEntry.done(
                                "case.legal-status",
                                caseId,
                                "case:" + file.number(),
                                Map.of("from", from == null ? "-" : from, "to", status))
                        .on(basis));
        life.review(caseId, at);
        if (STAY_ENDED.contains(status)) {
            processes.tell(caseId, "stay-ended", Map.of("endStatus", status), byInstance);
        }
    }

    @Override
    public List<CaseLink> links(CaseSummary file, Viewer viewer) {
        List<CaseLink> all = links.of(file.id());
        Map<UUID, CaseSummary> others =
                byIds(all.stream().map(CaseLink::caseId).distinct().toList());
        // who may not read the other case must not learn that it exists
        return all.stream()
                .filter(link -> {
                    CaseSummary other = others.get(link.caseId());
                    return other != null && access.allows(viewer, "case.read", relation(other, viewer));
                })
                .toList();
    }

    @Override
    public List<String> running(UUID caseId) {
        return runs.keys(caseId);
    }

    @Override
    public Optional<String> firstInstance(UUID caseId) {
        return runs.first(caseId);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(UUID caseId) {
        table.lock(caseId);
    }

    @Override
    public void stage(UUID caseId, String stage) {
        table.set(caseId, "stage", stage);
    }

    @Override
    public void participate(UUID caseId, String role, String organisation) {
        table.participate(caseId, role, organisation, clock.instant());
        if (role.equals("hospital")) {
            table.set(caseId, "hospital", organisation);
        }
    }

    @Override
    public List<Participant> participants(UUID caseId) {
        return table.participants(caseId);
    }

    @Override
    public void tell(
            UUID caseId,
            Instant at,
            String kind,
            Text title,
            String basis,
            @Nullable String actor,
            Map<String, String> detail) {
        timeline.add(caseId, at, kind, title, basis, actor, detail);
    }

    @Override
    public Page<TimelineEntry> timeline(UUID caseId, @Nullable String kind, int limit, @Nullable String cursor) {
        return timeline.page(caseId, new StoryFilter(kind, null, null), limit, cursor);
    }

    @Override
    public Page<TimelineEntry> story(
            CaseSummary file, Viewer viewer, @Nullable String kind, int limit, @Nullable String cursor) {
        return story(file, viewer, new StoryFilter(kind, null, null), limit, cursor);
    }

    @Override
    public Page<TimelineEntry> story(
            CaseSummary file, Viewer viewer, StoryFilter filter, int limit, @Nullable String cursor) {
        require(file, "case.timeline", viewer);
        Sight sight = access.sight(viewer, "LEG", relation(file, viewer));
        Page<TimelineEntry> page = timeline.page(file.id(), filter, limit, cursor);
        return new Page<>(
                page.items().stream()
                        .flatMap(entry -> coarse.seen(entry, sight).stream())
                        .toList(),
                page.nextCursor());
    }

    @Override
    public Map<String, Integer> actors(UUID caseId) {
        return timeline.actors(caseId);
    }

    @Override
    public List<String> groups(UUID caseId) {
        return table.groups(caseId);
    }

    @Override
    public CaseSummary seenBy(CaseSummary file, Viewer viewer) {
        return coarse.seen(file, access.sight(viewer, "LEG", relation(file, viewer)));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Instant> statusSince(UUID caseId) {
        return Optional.ofNullable(StatusHistory.of(table.statusLog(caseId)).since());
    }

    @Override
    public Text statusName(String status) {
        return gate.name(status);
    }

    @Override
    public Map<String, List<String>> signers(UUID caseId) {
        return timeline.signers(caseId);
    }
}
