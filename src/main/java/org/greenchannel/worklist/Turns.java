package org.greenchannel.worklist;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.Idempotency;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The frame of every verb: seen by the viewer, once for a key, case and item locked in this order, checked, answered. */
@Component
class Turns {

    private final WorkItemTable table;
    private final HandlingTable handlings;
    private final WorkItems items;
    private final Access access;
    private final VerbRules rules;
    private final VerbLog log;
    private final CaseFiles cases;
    private final Idempotency idempotency;
    private final AuditLog audit;
    private final JsonMapper json;

    Turns(
            WorkItemTable table,
            HandlingTable handlings,
            WorkItems items,
            Access access,
            VerbRules rules,
            VerbLog log,
            CaseFiles cases,
            Idempotency idempotency,
            AuditLog audit,
            JsonMapper json) {
        this.table = table;
        this.handlings = handlings;
        this.items = items;
        this.access = access;
        this.rules = rules;
        this.log = log;
        this.cases = cases;
        this.idempotency = idempotency;
        this.audit = audit;
        this.json = json;
    }

    /** Which item to answer with. */
    record Done(UUID item) {}

    /** What a verb works on: the locked item, how it is handled, for whom the viewer acts. */
    record Turn(WorkItemRow row, Handling handling, @Nullable String actsFor) {
        WorkItem item() {
            return row.item();
        }
    }

    /** For those who handle the item now. */
    WorkItem handling(UUID id, String verb, VerbCall call, Viewer viewer, Object body, Function<Turn, UUID> step) {
        return once(id, verb, call, viewer, body, row -> {
            String actsFor = access.requireHandler(row.item(), viewer);
            access.requireVersion(row.item(), call.version());
            rules.requireAllowed(row, verb);
            return step.apply(new Turn(row, handlings.of(id), actsFor));
        });
    }

    /** For those who may see the item. */
    WorkItem once(UUID id, String verb, VerbCall call, Viewer viewer, Object body, Function<WorkItemRow, UUID> step) {
        WorkItem seen = visible(id, viewer).item();
        Done done = idempotency.once(
                call.idempotencyKey(),
                viewer.accountId(),
                verb + ":" + id,
                json.writeValueAsString(Map.of("body", body, "reason", String.valueOf(call.reason()))),
                Done.class,
                () -> {
                    cases.lock(seen.caseId());
                    WorkItemRow row = table.lock(id).orElseThrow(() -> Problem.notFound("work-item-unknown"));
                    return new Done(step.apply(row));
                });
        return answer(done.item(), id, viewer);
    }

    /** What is open now may be none of the viewer's business: then he gets the item he acted on. */
    WorkItem answer(UUID id, UUID before, Viewer viewer) {
        WorkItem item = table.find(id).orElseThrow().item();
        return access.visible(item, viewer)
                ? items.get(id, viewer)
                : table.find(before).orElseThrow().item();
    }

    WorkItemRow visible(UUID id, Viewer viewer) {
        WorkItemRow row = table.find(id).orElseThrow(() -> Problem.notFound("work-item-unknown"));
        if (!access.visible(row.item(), viewer)) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            "workitem.look",
                            row.item().caseId(),
                            "workitem:" + id,
                            Map.of("task", row.item().taskKey())));
            throw Problem.notFound("work-item-unknown");
        }
        return row;
    }

    void requireOpen(WorkItem item) {
        if (!item.status().equals("OPEN")) {
            throw Problem.conflict("work-item-closed", item.closedBy() == null ? "" : rules.name(item.closedBy()))
                    .with("closedBy", item.closedBy() == null ? "" : item.closedBy());
        }
    }

    /** A change of the signatures: a new version of the item, one line. */
    void changed(
            WorkItem item,
            String verb,
            Viewer viewer,
            @Nullable String actsFor,
            @Nullable String target,
            @Nullable String reason) {
        table.touch(item.id());
        log.done(verb, item, viewer, actsFor, target, reason);
    }
}
