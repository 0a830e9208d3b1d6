package org.greenchannel.worklist;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.greenchannel.worklist.WorkDesk.Bulk;
import org.greenchannel.worklist.WorkDesk.Line;
import org.greenchannel.worklist.WorkDesk.Many;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The same verb on many items. Everything is locked first, cases before items and each kind in one order, as every action
 * does; then what stands in the way of an item is found out before anything is written, so that a refusal of one takes
 * nothing away from the others.
 */
@Component
class BulkActions {

    private final WorkItemLists lists;
    private final WorkItemTable table;
    private final DeskTable desk;
    private final WorkItems items;
    private final WorkVerbs verbs;
    private final Access access;
    private final Later later;
    private final CaseFiles cases;
    private final Idempotency idempotency;
    private final Texts texts;
    private final Clock clock;

    BulkActions(
            WorkItemLists lists,
            WorkItemTable table,
            DeskTable desk,
            WorkItems items,
            WorkVerbs verbs,
            Access access,
            Later later,
            CaseFiles cases,
            Idempotency idempotency,
            Texts texts,
            Clock clock) {
        this.lists = lists;
        this.table = table;
        this.desk = desk;
        this.items = items;
        this.verbs = verbs;
        this.access = access;
        this.later = later;
        this.cases = cases;
        this.idempotency = idempotency;
        this.texts = texts;
        this.clock = clock;
    }

    /** What is kept for a second request under the same key: codes only. */
    record Kept(List<Result> results) {}

    /** Result of one item. */
    record Result(UUID id, boolean done, @Nullable String why, Text reason) {}

    List<Line> preview(Many many, Viewer viewer) {
        return items(many, viewer).stream()
                .map(item -> {
                    Problem against = against(many, item, viewer);
                    return new Line(item, against == null, type(against), reason(against));
                })
                .toList();
    }

    List<Line> apply(Many many, @Nullable String key, Viewer viewer) {
        Kept kept = idempotency.once(
                key,
                viewer.accountId(),
                "work-items/bulk",
                many.verb() + " " + new TreeMap<>(many.items()) + " " + many.until() + " " + many.reason() + " "
                        + many.to(),
                Kept.class,
                () -> new Kept(run(many, viewer)));
        Map<UUID, WorkItem> now = new HashMap<>();
        items(many, viewer).forEach(item -> now.put(item.id(), item));
        var lines = new ArrayList<Line>();
        for (Result result : kept.results()) {
            WorkItem item = now.get(result.id());
            if (item != null) {
                lines.add(new Line(item, result.done(), result.why(), result.reason()));
            }
        }
        return lines;
    }

    private List<WorkItem> items(Many many, Viewer viewer) {
        if (many.items().isEmpty() || many.items().size() > WorkDesk.MOST) {
            throw Problem.badRequest(many.items().isEmpty() ? "no-items" : "too-many-items", WorkDesk.MOST);
        }
        return lists.among(many.items().keySet(), viewer).stream()
                .sorted(Comparator.comparing(
                                WorkItem::dueHard, Comparator.nullsLast(Comparator.<java.time.Instant>naturalOrder()))
                        .thenComparing(WorkItem::id))
                .toList();
    }

    private List<Result> run(Many many, Viewer viewer) {
        List<WorkItem> chosen = items(many, viewer);
        chosen.stream().map(WorkItem::caseId).distinct().sorted().forEach(cases::lock);
        chosen.stream().map(WorkItem::id).sorted().forEach(table::lock);
        var results = new ArrayList<Result>();
        for (WorkItem item : items(many, viewer)) {
            Problem against = against(many, item, viewer);
            if (against == null) {
                act(many, item, viewer);
            }
            results.add(new Result(item.id(), against == null, type(against), reason(against)));
        }
        return results;
    }

    private void act(Many many, WorkItem item, Viewer viewer) {
        switch (many.verb()) {
            case CLAIM -> items.claim(item.id(), item.version(), viewer);
            case RELEASE -> items.release(item.id(), item.version(), viewer);
            case ASSIGN ->
                verbs.assign(
                        item.id(),
                        String.valueOf(many.to()),
                        new VerbCall(item.version(), null, many.reason()),
                        viewer);
            case FOLLOW_UP -> later.put(item, many.until(), many.reason(), viewer);
        }
        table.find(item.id()).ifPresent(row -> desk.seen(item.id(), row.item().version(), viewer, clock.instant()));
    }

    /** What stands in the way, or null. Nobody is told on for looking at a preview. */
    private @Nullable Problem against(Many many, WorkItem item, Viewer viewer) {
        try {
            if (item.groups().stream().noneMatch(viewer.groups()::contains)) {
                return Problem.forbidden("not-your-task");
            }
            access.requireHandler(item, viewer);
            boolean mine = viewer.username().equals(item.assignee());
            if (many.verb() == Bulk.CLAIM && mine) {
                return Problem.conflict("already-yours");
            }
            if (many.verb() == Bulk.RELEASE && !mine) {
                return Problem.conflict("not-taken");
            }
            if (many.verb() == Bulk.ASSIGN) {
                requireAssignable(many, item, viewer);
            }
            if (many.verb() == Bulk.FOLLOW_UP) {
                later.require(item, many.until(), many.reason());
            }
            Integer version = many.items().get(item.id());
            access.requireVersion(item, version == null || version < 0 ? null : version);
            return null;
        } catch (Problem refused) {
            return refused;
        }
    }

    private void requireAssignable(Many many, WorkItem item, Viewer viewer) {
        WorkVerbs.Standing standing = verbs.standing(item.id(), viewer);
        for (WorkVerbs.Offer offer : standing.offers()) {
            if (offer.verb().equals("assign") && offer.refusal() != null) {
                throw offer.refusal();
            }
        }
        String to = many.to();
        List<String> others = standing.candidates().stream()
                .filter(one -> !one.equals(item.assignee()))
                .toList();
        if (to == null ? others.isEmpty() : !others.contains(to)) {
            throw Problem.conflict("not-assignable");
        }
    }

    List<String> candidates(Collection<UUID> ids, Viewer viewer) {
        List<String> all = null;
        for (UUID id : ids) {
            List<String> its = verbs.standing(id, viewer).candidates();
            all = all == null ? its : all.stream().filter(its::contains).toList();
        }
        return all == null ? List.of() : all;
    }

    private static @Nullable String type(@Nullable Problem problem) {
        return problem == null ? null : problem.type();
    }

    private Text reason(@Nullable Problem problem) {
        return problem == null
                ? Text.same("")
                : texts.of(
                        "problem." + problem.type() + ".detail", problem.args().toArray());
    }
}
