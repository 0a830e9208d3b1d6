package org.greenchannel.worklist;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.person.Identities;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.person.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The desk over its tables. */
@Component
class StoredWorkDesk implements WorkDesk {

    private static final Duration PRESENT = Duration.ofSeconds(70);
    private static final String SEARCH = "person.search";

    private final WorkItemLists lists;
    private final WorkItemTable items;
    private final DeskTable table;
    private final Access access;
    private final Changes changes;
    private final Later later;
    private final BulkActions bulk;
    private final Words words;
    private final Forms forms;
    private final AccessPolicy policy;
    private final Persons persons;
    private final Identities identities;
    private final AuditLog audit;
    private final Clock clock;

    StoredWorkDesk(
            WorkItemLists lists,
            WorkItemTable items,
            DeskTable table,
            Access access,
            Changes changes,
            Later later,
            BulkActions bulk,
            Words words,
            Forms forms,
            AccessPolicy policy,
            Persons persons,
            Identities identities,
            AuditLog audit,
            Clock clock) {
        this.lists = lists;
        this.items = items;
        this.table = table;
        this.access = access;
        this.changes = changes;
        this.later = later;
        this.bulk = bulk;
        this.words = words;
        this.forms = forms;
        this.policy = policy;
        this.persons = persons;
        this.identities = identities;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Integer> counts(WorkItemQuery filter, Viewer viewer) {
        return lists.counts(filter, viewer);
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Integer> levels(WorkItemQuery filter, Viewer viewer) {
        return lists.levels(filter, viewer);
    }

    @Override
    public boolean mayName(Viewer viewer) {
        return policy.allows(viewer, SEARCH, Relation.NONE);
    }

    @Override
    public WorkItemQuery named(WorkItemQuery filter, String idNoOrName, Viewer viewer) {
        if (!mayName(viewer)) {
            audit.recordApart(viewer, AuditEntry.denied(SEARCH, null, null, Map.of()));
            throw Problem.forbidden("forbidden", SEARCH);
        }
        Set<UUID> found = persons.search(idNoOrName.strip(), viewer).stream()
                .map(MaskedPerson::id)
                .collect(Collectors.toSet());
        return filter.of(identities.same(found));
    }

    @Override
    public List<String> stages() {
        return words.stages();
    }

    @Override
    @Transactional(readOnly = true)
    public Map<UUID, Marks> marks(Collection<WorkItem> some, Viewer viewer) {
        if (some.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Marks> marks = table.marks(some, viewer, clock.instant());
        List<UUID> open = some.stream()
                .filter(item -> item.status().equals("OPEN"))
                .map(WorkItem::id)
                .toList();
        Map<String, Instant> drafted =
                forms.drafted(open.stream().map(Items::scope).toList(), viewer);
        open.forEach(id -> marks.computeIfPresent(id, (same, mark) -> {
            Instant at = drafted.get(Items.scope(id));
            return at == null ? mark : mark.drafted(at);
        }));
        return marks;
    }

    @Override
    @Transactional(readOnly = true)
    public List<WorkItem> among(Set<UUID> ids, Viewer viewer) {
        return faces(lists.among(ids, viewer));
    }

    private List<WorkItem> faces(List<WorkItem> found) {
        var masked = persons.masked(found.stream()
                .map(WorkItem::personId)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList());
        return found.stream()
                .map(item -> {
                    var person = item.personId() == null ? null : masked.get(item.personId());
                    return person == null ? item : Items.withPerson(item, person.name());
                })
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Set<UUID> fitting(Set<UUID> ids, WorkItemQuery filter, Viewer viewer) {
        return lists.fitting(ids, filter, viewer);
    }

    @Override
    @Transactional
    public void seen(UUID id, Viewer viewer) {
        lists.among(Set.of(id), viewer).forEach(item -> table.seen(id, item.version(), viewer, clock.instant()));
    }

    @Override
    @Transactional
    public Marks.FollowUp followUp(UUID id, Instant until, String reason, Viewer viewer) {
        WorkItem item = locked(id, viewer);
        access.requireHandler(item, viewer);
        return later.put(item, until, reason, viewer);
    }

    private WorkItem locked(UUID id, Viewer viewer) {
        return items.lock(id)
                .map(WorkItemRow::item)
                .filter(item -> access.visible(item, viewer))
                .orElseThrow(() -> Problem.notFound("work-item-unknown"));
    }

    @Override
    @Transactional
    public void comeBack(UUID id, Viewer viewer) {
        WorkItem item = locked(id, viewer);
        if (table.comeBack(id, viewer)) {
            audit.record(
                    viewer,
                    AuditEntry.done(
                            "workitem.come-back", item.caseId(), "workitem:" + id, Map.of("task", item.taskKey())));
        }
    }

    @Override
    @Transactional
    public List<String> working(UUID id, Viewer viewer) {
        WorkItem item = items.find(id).map(WorkItemRow::item).orElse(null);
        if (item == null || !item.status().equals("OPEN") || !access.visible(item, viewer)) {
            return List.of();
        }
        Instant now = clock.instant();
        // only who may act on it is working on it; others are reading
        if (item.groups().stream().anyMatch(viewer.groups()::contains)
                && table.working(id, viewer, now, now.plus(PRESENT))) {
            changes.touch(id);
        }
        return table.others(id, viewer, now);
    }

    @Override
    @Transactional
    public void left(UUID id, Viewer viewer) {
        if (table.left(id, viewer)) {
            changes.touch(id);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> preview(Many many, Viewer viewer) {
        return faced(bulk.preview(many, viewer));
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> candidates(Collection<UUID> ids, Viewer viewer) {
        return bulk.candidates(ids, viewer);
    }

    @Override
    @Transactional
    public List<Line> apply(Many many, @Nullable String idempotencyKey, Viewer viewer) {
        return faced(bulk.apply(many, idempotencyKey, viewer));
    }

    private List<Line> faced(List<Line> lines) {
        List<WorkItem> items = faces(lines.stream().map(Line::item).toList());
        return IntStream.range(0, lines.size())
                .mapToObj(at -> new Line(
                        items.get(at),
                        lines.get(at).done(),
                        lines.get(at).why(),
                        lines.get(at).reason()))
                .toList();
    }

    @Override
    public AutoCloseable listen(Viewer viewer, Consumer<Set<UUID>> news) {
        return changes.listen(viewer, news);
    }
}
