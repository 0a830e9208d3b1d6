package org.greenchannel.worklist;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.Corrections;
import org.greenchannel.kernel.Problem;
import org.springframework.stereotype.Component;

/** Lets the legal clock of a task stand still where the law knows a reason for it. */
@Component
class Suspending {

    private final LegalClocks clocks;
    private final WorkItemTable table;
    private final Corrections corrections;
    private final Clock clock;

    Suspending(LegalClocks clocks, WorkItemTable table, Corrections corrections, Clock clock) {
        this.clocks = clocks;
        this.table = table;
        this.corrections = corrections;
        this.clock = clock;
    }

    private Optional<LegalClock> of(WorkItem item) {
        return clocks.of(item.caseId()).stream()
                .filter(one -> item.id().equals(one.workItemId()))
                .filter(one -> one.status().equals("RUNNING") || one.status().equals("PAUSED"))
                .findFirst();
    }

    /** {@code RUNNING}, {@code PAUSED} or {@code NONE}. */
    String status(WorkItem item) {
        return of(item).map(LegalClock::status).orElse("NONE");
    }

    List<String> reasons(WorkItem item) {
        return of(item).map(one -> clocks.pauseReasons(one.definition().id())).orElse(List.of());
    }

    void pause(WorkItem item, String code) {
        LegalClock one = of(item).orElseThrow(() -> Problem.conflict("clock-none"));
        List<String> reasons = clocks.pauseReasons(one.definition().id());
        if (reasons.isEmpty()) {
            throw Problem.conflict(
                    "clock-not-pausable",
                    one.definition().name(),
                    one.definition().basis());
        }
        if (!reasons.contains(code)) {
            throw Problem.badRequest("pause-reason-unknown", code);
        }
        clocks.pause(one.id(), code, clock.instant());
    }

    void resume(WorkItemRow row) {
        LegalClock paused = of(row.item()).orElseThrow(() -> Problem.conflict("clock-none"));
        clocks.resume(paused.id(), clock.instant());
        LegalClock goesOn = clocks.find(paused.id()).orElseThrow();
        table.due(row.item().id(), goesOn.due().soft(), goesOn.due().hard());
        corrections.postpone(
                row.engineTaskId(),
                Duration.between(paused.due().hard(), goesOn.due().hard()));
    }
}
