package org.greenchannel.worklist;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.Corrections;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TaskEvent;
import org.greenchannel.engine.TaskObserver;
import org.greenchannel.form.Forms;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Keeps the work list in step with the engine, in the same transaction. */
@Component
@Order(10)
class WorkItemObserver implements TaskObserver {

    /** Ends closer than this are the same end: the model fixed it in the same transaction. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private final WorkItemTable table;
    private final CaseFiles cases;
    private final LegalClocks clocks;
    private final Forms forms;
    private final HandlingTable handlings;
    private final Reopened reopened;
    private final Undone undone;
    private final Processes processes;
    private final Corrections corrections;

    WorkItemObserver(
            WorkItemTable table,
            CaseFiles cases,
            LegalClocks clocks,
            Forms forms,
            HandlingTable handlings,
            Reopened reopened,
            Undone undone,
            Processes processes,
            Corrections corrections) {
        this.table = table;
        this.cases = cases;
        this.clocks = clocks;
        this.forms = forms;
        this.handlings = handlings;
        this.reopened = reopened;
        this.undone = undone;
        this.processes = processes;
        this.corrections = corrections;
    }

    @Override
    public void created(TaskEvent task) {
        UUID id = UUID.randomUUID();
        table.open(id, task, cases.byId(task.caseId()), clock(id, task));
        if (reopened.of(task.taskKey()).isEmpty()) {
            askSigners(id, task);
        }
    }

    /** Signatures the model asks for: {@code signers} (usernames) and {@code countersign} (the mode). */
    private void askSigners(UUID id, TaskEvent task) {
        String signers = task.properties().getOrDefault("signers", "");
        if (signers.isBlank()) {
            return;
        }
        String mode = task.properties().getOrDefault("countersign", "ALL");
        handlings.save(new Handling(id, null, mode, 1, null, null, null, null, null));
        for (String signer : signers.split(",")) {
            handlings.ask(id, 1, "AFTER", signer.strip(), Signature.MODEL, task.at());
        }
    }

    private @Nullable LegalClock clock(UUID item, TaskEvent task) {
        String clock = task.properties().get("clock");
        if (clock == null || clock.isBlank()) {
            return null;
        }
        Optional<LegalClock> again = undone.take(task.processInstanceId(), task.taskKey())
                .flatMap(clocks::find)
                .filter(earlier -> earlier.definition().id().equals(clock));
        if (again.isPresent()) {
            return goOn(item, task, again.get());
        }
        String recipient = task.properties().get("recipient");
        return clocks.start(task.caseId(), clock, recipient, item, start(task, clock, recipient));
    }

    /** Undone and done again: the period goes on from its first start, without the time that did not count. */
    private LegalClock goOn(UUID item, TaskEvent task, LegalClock earlier) {
        LegalClock goesOn = clocks.goOn(earlier.id(), item);
        // once the engine has written the timers at its edge
        processes.then(() -> corrections.countFrom(
                task.taskId(), goesOn.definition().id(), goesOn.startedAt(), clocks.paused(goesOn.id())));
        return goesOn;
    }

    /**
     * When the clock of a task began. A task that the model opens again with the end it fixed before (a person held for
     * diagnosis and examined anew) goes on with the first period: doing it again never buys more time.
     */
    private Instant start(TaskEvent task, String clock, @Nullable String recipient) {
        Instant due = task.due();
        if (due == null) {
            return task.at();
        }
        return clocks.latest(task.caseId(), clock, recipient)
                .filter(earlier ->
                        Duration.between(earlier.due().hard(), due).abs().compareTo(SAME) < 0)
                .map(LegalClock::startedAt)
                .orElse(task.at());
    }

    @Override
    public void completed(TaskEvent task) {
        table.ofTask(task.taskId()).ifPresent(row -> {
            table.close(row.item().id(), "DONE", row.item().assignee(), task.at());
            clocks.stopFor(row.item().id(), true, "COMPLETED", task.at());
        });
    }

    /** Who does it, until when and since when stays as it is; what is to be done is said by the new model. */
    @Override
    public void migrated(TaskEvent task) {
        table.ofTask(task.taskId()).ifPresent(row -> table.change(row.item().id(), task));
    }

    @Override
    public void withdrawn(TaskEvent task) {
        table.ofTask(task.taskId()).ifPresent(row -> {
            table.close(row.item().id(), "WITHDRAWN", null, task.at());
            forms.dropDrafts(Items.scope(row.item().id()));
            forms.dropDrafts(Signing.heldScope(row.item().id()));
            handlings.end(row.item().id());
            clocks.stopFor(row.item().id(), false, "WITHDRAWN", task.at());
        });
    }
}
