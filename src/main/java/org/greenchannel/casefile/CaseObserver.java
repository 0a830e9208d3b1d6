package org.greenchannel.casefile;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.engine.DecisionAnswer;
import org.greenchannel.engine.DecisionObserver;
import org.greenchannel.engine.DecisionRow;
import org.greenchannel.engine.ProcessObserver;
import org.greenchannel.engine.TaskEvent;
import org.greenchannel.engine.TaskObserver;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.LegalBasis;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Keeps the case in step with its processes: stage, relationships, decisions, outcome, end. */
@Component
@Order(0)
class CaseObserver implements TaskObserver, ProcessObserver, DecisionObserver {

    private final CaseTable table;
    private final RunTable runs;
    private final CaseLife life;
    private final Timeline timeline;
    private final LegalBasis bases;
    private final Texts texts;

    CaseObserver(CaseTable table, RunTable runs, CaseLife life, Timeline timeline, LegalBasis bases, Texts texts) {
        this.table = table;
        this.runs = runs;
        this.life = life;
        this.timeline = timeline;
        this.bases = bases;
        this.texts = texts;
    }

    @Override
    public void created(TaskEvent task) {
        table.involve(task.caseId(), task.groups());
        String stage = task.properties().get("stage");
        // a side branch (funding, review, record) never moves the stage people look at
        if (stage != null && !"side".equals(task.properties().get("branch"))) {
            table.set(task.caseId(), "stage", stage);
        }
        timeline.add(
                task.caseId(),
                task.at(),
                "TASK_OPENED",
                task.name(),
                task.properties().getOrDefault("basis", ""),
                null,
                Map.of("task", task.taskKey(), "groups", String.join(",", task.groups())));
    }

    @Override
    public void completed(TaskEvent task) {
        // told by the work list, which knows who and with which submission
    }

    @Override
    public void withdrawn(TaskEvent task) {
        timeline.add(task.caseId(), task.at(), "TASK_WITHDRAWN", task.name(), "", null, Map.of("task", task.taskKey()));
    }

    @Override
    public void decided(UUID caseId, String processKey, String activityId, DecisionAnswer answer, Instant at) {
        String rows = answer.rows().stream().map(DecisionRow::id).collect(Collectors.joining(", "));
        Text basis = bases.join(answer.rows().stream().map(DecisionRow::basis).toList());
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("decision", answer.decision());
        detail.put("rows", rows);
        detail.put("version", Integer.toString(answer.version()));
        for (DecisionRow row : answer.rows()) {
            row.outputs().forEach((name, value) -> detail.put(name, String.valueOf(value)));
        }
        timeline.add(
                caseId,
                at,
                "DECISION",
                texts.of(
                        "casefile.decided", texts.of("casefile.decision." + answer.decision()), answered(answer), rows),
                basis.zh() + " | " + basis.en(),
                null,
                detail);
    }

    /** What the table says, in words where there are words for it. */
    private Text answered(DecisionAnswer answer) {
        return answer.rows().stream()
                .limit(1)
                .flatMap(row -> row.outputs().values().stream().limit(1))
                .map(value -> texts.of("casefile.answer." + value))
                .map(text -> text.zh().startsWith("casefile.answer.")
                        ? Text.same(text.zh().substring("casefile.answer.".length()))
                        : text)
                .findFirst()
                .orElse(Text.same("-"));
    }

    @Override
    public void started(UUID caseId, String processKey, String processInstanceId, boolean called, Instant at) {
        if (!called) {
            runs.started(caseId, processKey, processInstanceId, at);
            life.review(caseId, at);
        }
    }

    @Override
    public void migrated(
            UUID caseId,
            String processKey,
            String processInstanceId,
            int fromVersion,
            int toVersion,
            boolean called,
            Instant at) {
        timeline.add(
                caseId,
                at,
                "CASE",
                texts.of("casefile.migrated", Integer.toString(fromVersion), Integer.toString(toVersion)),
                "",
                null,
                Map.of("process", processKey));
    }

    @Override
    public void outcome(UUID caseId, String processKey, String endEvent, String outcome, boolean called, Instant at) {
        if (called) {
            return;
        }
        CaseSummary file = table.lock(caseId);
        if (file.processKey().equals(processKey)) {
            table.set(caseId, "outcome", outcome);
        }
        Text name = texts.of("casefile.outcome." + outcome);
        timeline.add(caseId, at, "OUTCOME", name, "", null, Map.of("outcome", outcome, "process", processKey));
    }

    @Override
    public void ended(
            UUID caseId,
            String processKey,
            String processInstanceId,
            boolean called,
            Instant at,
            @Nullable String deleteReason) {
        if (!called) {
            runs.ended(processInstanceId, at);
            life.review(caseId, at);
        }
    }
}
