package org.greenchannel.worklist;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.Corrections;
import org.greenchannel.engine.PassedTask;
import org.greenchannel.engine.SentBack;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Going back: the open item goes, the earlier task is open again with its old answers as a draft, and nothing is lost. */
@Component
class Moving {

    private final WorkItemTable table;
    private final HandlingTable handlings;
    private final VerbRules rules;
    private final Signing signing;
    private final VerbLog log;
    private final Corrections corrections;
    private final Reopened reopened;
    private final LegalClocks clocks;
    private final Forms forms;
    private final Suspending suspending;
    private final Undone undone;

    Moving(
            WorkItemTable table,
            HandlingTable handlings,
            VerbRules rules,
            Signing signing,
            VerbLog log,
            Corrections corrections,
            Reopened reopened,
            LegalClocks clocks,
            Forms forms,
            Suspending suspending,
            Undone undone) {
        this.table = table;
        this.handlings = handlings;
        this.rules = rules;
        this.signing = signing;
        this.log = log;
        this.corrections = corrections;
        this.reopened = reopened;
        this.clocks = clocks;
        this.forms = forms;
        this.suspending = suspending;
        this.undone = undone;
    }

    List<WorkVerbs.BackTarget> targets(WorkItemRow row) {
        boolean right = VerbRules.guardsRight(row);
        List<PassedTask> passed = corrections.passed(row.engineTaskId());
        PassedTask first = starter(passed).orElse(null);
        return passed.stream()
                .map(task -> new WorkVerbs.BackTarget(
                        task.taskKey(),
                        task.name(),
                        task.completedBy(),
                        task.completedAt(),
                        place(task, first, passed),
                        right
                                ? Problem.conflict("guarded-right", row.item().name())
                                : task.obstacle() == null
                                        ? null
                                        : Problem.conflict("send-back-" + task.obstacle(), task.name())))
                .toList();
    }

    /** The first step of the process, or the earliest that can be done again. */
    private static Optional<PassedTask> starter(List<PassedTask> passed) {
        return passed.stream().filter(task -> task.obstacle() == null).reduce((later, earlier) -> earlier);
    }

    private static @Nullable String place(PassedTask task, @Nullable PassedTask first, List<PassedTask> passed) {
        if (task.obstacle() == null && task.next()) {
            return "PREVIOUS";
        }
        if (!task.equals(first)) {
            return null;
        }
        return task.equals(passed.get(passed.size() - 1)) ? "FIRST" : "EARLIEST";
    }

    /** Sends back and returns the item that is open again. */
    WorkItem sendBack(WorkItemRow row, String to, Viewer viewer, @Nullable String actsFor, String reason) {
        if (VerbRules.guardsRight(row)) {
            throw Problem.conflict("guarded-right", row.item().name());
        }
        List<PassedTask> passed = corrections.passed(row.engineTaskId());
        PassedTask target = choose(passed, to);
        log.done("send-back", row.item(), viewer, actsFor, target.taskKey(), reason);
        return move(row, target, null, viewer, actsFor, reason);
    }

    private static PassedTask choose(List<PassedTask> passed, String to) {
        if (passed.isEmpty()) {
            throw Problem.conflict("send-back-first");
        }
        boolean named = !to.equals("previous") && !to.equals("starter");
        Optional<PassedTask> target =
                switch (to) {
                    case "previous" ->
                        passed.stream()
                                .filter(task -> task.obstacle() == null && task.next())
                                .findFirst();
                    case "starter" -> starter(passed);
                    default ->
                        passed.stream()
                                .filter(task -> task.taskKey().equals(to))
                                .findFirst();
                };
        // a step that was never done is unknown; one that stands in the way says why
        return target.orElseThrow(() -> passed.stream()
                .filter(task -> task.obstacle() != null && !named)
                .findFirst()
                .map(task -> Problem.conflict("send-back-" + task.obstacle(), task.name()))
                .orElseGet(() -> Problem.conflict("send-back-unknown", to)));
    }

    /** @param back who gets it, or null: whoever completed it, if he still may */
    private WorkItem move(
            WorkItemRow row,
            PassedTask target,
            @Nullable String back,
            Viewer viewer,
            @Nullable String actsFor,
            @Nullable String reason) {
        WorkItem item = row.item();
        WorkItemRow earlier = table.ofTask(target.engineTaskId())
                .orElseThrow(() -> Problem.conflict("send-back-unknown", target.taskKey()));
        suspending.end(row, viewer, actsFor);
        remember(earlier);
        table.close(item.id(), "WITHDRAWN", viewer.username(), log.now());
        SentBack sent = reopened.during(
                earlier.item(), () -> corrections.sendBack(row.engineTaskId(), target.taskKey(), viewer));
        WorkItemRow again = table.ofTask(sent.taskId())
                .orElseThrow(() -> new IllegalStateException("no item for " + sent.taskId()));
        sent.undone().forEach(key -> table.last(row.processInstanceId(), key).ifPresent(this::remember));
        if (earlier.item().clock() == null) {
            corrections.countFrom(sent.taskId(), null, earlier.item().createdAt(), Duration.ZERO);
        }
        signing.askAgain(earlier.item().id(), again.item().id());
        String by = back != null ? back : earlier.item().closedBy();
        if (by != null && may(again, by)) {
            table.assign(again.item().id(), by);
            draft(earlier.item(), again.item(), by);
        }
        log.line("reopened", again.item(), viewer, actsFor, item.taskKey(), reason);
        return table.find(again.item().id()).orElseThrow().item();
    }

    /** The period of a task that is undone goes on when it comes again, unless it begins anew with it. */
    private void remember(WorkItemRow row) {
        WorkItem item = row.item();
        clocks.of(item.caseId()).stream()
                .filter(clock -> item.id().equals(clock.workItemId()))
                .filter(clock -> !clocks.restarts(clock.definition().id()))
                .findFirst()
                .ifPresent(clock -> undone.remember(row.processInstanceId(), item.taskKey(), clock.id()));
    }

    private boolean may(WorkItemRow row, String username) {
        try {
            rules.requireCandidate(row, username);
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    /** The earlier answers, to be looked at, corrected and signed anew. */
    private void draft(WorkItem earlier, WorkItem again, String username) {
        if (!rules.enabled(username)) {
            return;
        }
        forms.list(earlier.caseId()).stream()
                .filter(submission -> earlier.id().equals(submission.workItemId()))
                .reduce((first, second) -> second)
                .flatMap(submission -> forms.find(submission.id()))
                .ifPresent(submission -> {
                    Map<String, @Nullable Object> data = new HashMap<>(submission.data());
                    data.remove("signature");
                    forms.saveDraft(Items.scope(again.id()), rules.viewer(username), data, null);
                });
    }

    /** Takes back a completed item while the next has not been started. */
    WorkItem withdraw(WorkItemRow mine, Viewer viewer, @Nullable String reason) {
        WorkItem item = mine.item();
        if (!viewer.username().equals(item.closedBy()) || !item.status().equals("DONE")) {
            throw Problem.forbidden("withdraw-not-yours");
        }
        Problem refusal = null;
        for (WorkItemRow open : table.openOfCase(item.caseId())) {
            if (!open.processInstanceId().equals(mine.processInstanceId())) {
                continue;
            }
            PassedTask target = corrections.passed(open.engineTaskId()).stream()
                    .filter(task -> task.engineTaskId().equals(mine.engineTaskId()))
                    .findFirst()
                    .orElse(null);
            if (target == null || "branch".equals(target.obstacle())) {
                continue;
            }
            refusal = refusal(open, target);
            if (refusal == null) {
                WorkItemRow locked = table.lock(open.item().id()).orElseThrow();
                log.done("withdraw", item, viewer, null, locked.item().taskKey(), reason);
                return move(locked, target, viewer.username(), viewer, null, reason);
            }
        }
        throw refusal == null ? Problem.conflict("withdraw-too-late") : refusal;
    }

    private @Nullable Problem refusal(WorkItemRow open, PassedTask target) {
        WorkItem next = open.item();
        if (target.obstacle() != null) {
            return Problem.conflict("send-back-" + target.obstacle(), target.name());
        }
        if (!target.next()) {
            return Problem.conflict("withdraw-too-late");
        }
        if (next.assignee() != null) {
            return Problem.conflict("withdraw-started", rules.name(next.assignee()), next.name());
        }
        boolean touched = next.version() > 0
                || !log.of(next.id()).isEmpty()
                || handlings.signatures(next.id()).stream().anyMatch(Signature::signed);
        return touched ? Problem.conflict("withdraw-touched", next.name()) : null;
    }

    /** Takes back what was submitted and waits, while nobody has signed it. */
    WorkItem recall(WorkItemRow row, Viewer viewer, @Nullable String reason) {
        WorkItem item = row.item();
        if (signing.after(item.id()).stream().anyMatch(Signature::signed)) {
            throw Problem.conflict("withdraw-signed");
        }
        log.done("withdraw", item, viewer, null, null, reason);
        signing.reopen(item);
        table.touch(item.id());
        return table.find(item.id()).orElseThrow().item();
    }

    Optional<WorkItemRow> lock(UUID id) {
        return table.lock(id);
    }
}
