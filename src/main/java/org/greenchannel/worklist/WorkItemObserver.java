package org.greenchannel.worklist;

import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.TaskEvent;
import org.greenchannel.engine.TaskObserver;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Keeps the work list in step with the engine, in the same transaction. */
@Component
@Order(10)
class WorkItemObserver implements TaskObserver {

    private final WorkItemTable table;
    private final CaseFiles cases;
    private final LegalClocks clocks;

    WorkItemObserver(WorkItemTable table, CaseFiles cases, LegalClocks clocks) {
        this.table = table;
        this.cases = cases;
        this.clocks = clocks;
    }

    @Override
    public void created(TaskEvent task) {
        UUID id = UUID.randomUUID();
        table.open(id, task, cases.byId(task.caseId()), clock(id, task));
    }

    private @Nullable LegalClock clock(UUID item, TaskEvent task) {
        String clock = task.properties().get("clock");
        return clock == null || clock.isBlank()
                ? null
                : clocks.start(task.caseId(), clock, task.properties().get("recipient"), item, task.at());
    }

    @Override
    public void completed(TaskEvent task) {
        table.ofTask(task.taskId()).ifPresent(row -> {
            table.close(row.item().id(), "DONE", row.item().assignee(), task.at());
            clocks.stopFor(row.item().id(), true, "COMPLETED", task.at());
        });
    }

    @Override
    public void withdrawn(TaskEvent task) {
        table.ofTask(task.taskId()).ifPresent(row -> {
            table.close(row.item().id(), "WITHDRAWN", null, task.at());
            clocks.stopFor(row.item().id(), false, "WITHDRAWN", task.at());
        });
    }
}
