package org.greenchannel.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.Corrections;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets the legal clock of a task stand still where the law knows a reason for it. */
@Component
class Suspending {

    private final LegalClocks clocks;
    private final WorkItemTable table;
    private final Corrections corrections;
    private final VerbLog log;
    private final Clock clock;

    Suspending(LegalClocks clocks, WorkItemTable table, Corrections corrections, VerbLog log, Clock clock) {
        this.clocks = clocks;
        this.table = table;
        this.corrections = corrections;
        this.log = log;
        this.clock = clock;
    }

    private Optional<LegalClock> of(WorkItem item) {
        return clocks.of(item.caseId()).stream()
                .filter(one -> item.id().equals(one.workItemId()))
                .filter(one -> one.status().equals("RUNNING") || one.status().equals("PAUSED"))
                .findFirst();
    }

    private boolean paused(WorkItem item) {
        return of(item).filter(one -> one.status().equals("PAUSED")).isPresent();
    }

    /** Why its clock cannot be let stand still now, or null. */
    @Nullable
    Problem notPausable(WorkItem item) {
        LegalClock one = of(item).orElse(null);
        if (one == null) {
            return Problem.conflict("clock-none");
        }
        if (one.status().equals("PAUSED")) {
            return Problem.conflict("clock-not-running", one.definition().name());
        }
        return clocks.pauseReasons(one.definition().id()).isEmpty()
                ? Problem.conflict(
                        "clock-not-pausable",
                        one.definition().name(),
                        one.definition().basis())
                : null;
    }

    /** Why its clock cannot go on, or null. */
    @Nullable
    Problem notResumable(WorkItem item) {
        LegalClock one = of(item).orElse(null);
        if (one == null) {
            return Problem.conflict("clock-none");
        }
        return one.status().equals("PAUSED")
                ? null
                : Problem.conflict("clock-not-paused", one.definition().name());
    }

    List<String> reasons(WorkItem item) {
        return of(item).map(one -> clocks.pauseReasons(one.definition().id())).orElse(List.of());
    }

    void pause(WorkItemRow row, String code) {
        WorkItem item = row.item();
        Problem against = notPausable(item);
        if (against != null) {
            throw against;
        }
        LegalClock one = of(item).orElseThrow();
        List<String> reasons = clocks.pauseReasons(one.definition().id());
        if (!reasons.contains(code)) {
            throw Problem.badRequest("pause-reason-unknown", code);
        }
        clocks.pause(one.id(), code, clock.instant());
        table.pause(item.id(), clock.instant());
        corrections.hold(row.engineTaskId(), one.definition().id());
    }

    void resume(WorkItemRow row) {
        Problem against = notResumable(row.item());
        if (against != null) {
            throw against;
        }
        LegalClock paused = of(row.item()).orElseThrow();
        clocks.resume(paused.id(), clock.instant());
        LegalClock goesOn = clocks.find(paused.id()).orElseThrow();
        table.due(row.item().id(), goesOn.due().soft(), goesOn.due().hard());
        corrections.goOn(
                row.engineTaskId(),
                paused.definition().id(),
                Duration.between(paused.due().hard(), goesOn.due().hard()));
    }

    /** A pause ends with its task, done or taken away: that is said in the story, and its length is kept with the period. */
    void end(WorkItemRow row, Viewer viewer, @Nullable String actsFor) {
        if (paused(row.item())) {
            resume(row);
            log.done("resume-clock", row.item(), viewer, actsFor, null, null);
        }
    }
}
