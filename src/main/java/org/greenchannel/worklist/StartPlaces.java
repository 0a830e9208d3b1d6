package org.greenchannel.worklist;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.Expressions;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where and when people may start a process: properties {@code startIn} and {@code startWhen} of its model. */
@Component
class StartPlaces {

    private final CaseFiles cases;
    private final Processes processes;
    private final Expressions expressions;

    StartPlaces(CaseFiles cases, Processes processes, Expressions expressions) {
        this.cases = cases;
        this.processes = processes;
        this.expressions = expressions;
    }

    /** Those of the processes that may be started on the case as it stands. */
    List<ProcessInfo> on(CaseSummary file, List<ProcessInfo> candidates) {
        boolean asks = candidates.stream().anyMatch(process -> process.startWhen() != null);
        Map<String, @Nullable Object> context = asks ? context(file) : Map.of();
        return candidates.stream()
                .filter(process -> process.startIn().joinsCases() && now(process, context))
                .toList();
    }

    /** Problem {@code process-not-startable} when the model does not let people start it there. @param file null: a new case */
    void require(ProcessInfo process, @Nullable CaseSummary file) {
        boolean allowed = file == null
                ? process.startIn().opensCases()
                : !on(file, List.of(process)).isEmpty();
        if (!allowed) {
            throw Problem.conflict("process-not-startable", process.name().zh());
        }
    }

    private boolean now(ProcessInfo process, Map<String, @Nullable Object> context) {
        String condition = process.startWhen();
        return condition == null || Boolean.TRUE.equals(expressions.evaluate(condition, context));
    }

    private Map<String, @Nullable Object> context(CaseSummary file) {
        Map<String, @Nullable Object> known = new HashMap<>();
        cases.firstInstance(file.id()).ifPresent(instance -> known.putAll(processes.facts(instance)));
        known.put("number", file.number());
        known.put("process", file.processKey());
        known.put("legalStatus", file.legalStatus());
        known.put("admissionType", file.admissionType());
        known.put("stage", file.stage());
        known.put("outcome", file.outcome());
        known.put("hospital", file.hospital());
        known.put("areaCode", file.areaCode());
        known.put("open", file.closedAt() == null);
        known.put("running", cases.running(file.id()));
        return Map.of("case", known);
    }
}
