package org.greenchannel.casefile;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.engine.Processes;
import org.greenchannel.platform.Texts;
import org.springframework.stereotype.Component;

/** A case is open while a process runs in it or the person is in hospital; a start or a new stay opens it again. */
@Component
class CaseLife {

    private final CaseTable table;
    private final RunTable runs;
    private final LegalStatusGate gate;
    private final Processes processes;
    private final Timeline timeline;
    private final Texts texts;

    CaseLife(
            CaseTable table, RunTable runs, LegalStatusGate gate, Processes processes, Timeline timeline, Texts texts) {
        this.table = table;
        this.runs = runs;
        this.gate = gate;
        this.processes = processes;
        this.timeline = timeline;
        this.texts = texts;
    }

    /** Closes or opens the case as it stands when all that happens now has happened: one process may follow another. */
    void review(UUID caseId, Instant at) {
        processes.atLast("case-life:" + caseId, () -> settle(caseId, at));
    }

    private void settle(UUID caseId, Instant at) {
        // two processes that end at the same moment: the second waits here and then sees the end of the first
        CaseSummary file = table.lock(caseId);
        boolean open = gate.inHospital(file.legalStatus()) || runs.running(caseId);
        if (open == (file.closedAt() == null)) {
            return;
        }
        table.set(caseId, "closed_at", open ? null : at);
        timeline.add(caseId, at, "CASE", texts.of(open ? "casefile.reopened" : "casefile.closed"), "", null, Map.of());
    }
}
