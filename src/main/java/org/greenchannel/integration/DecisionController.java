package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.engine.DecisionAnswer;
import org.greenchannel.engine.DecisionInfo;
import org.greenchannel.engine.DecisionRow;
import org.greenchannel.engine.Decisions;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Decision tables as advice: a named person decides. */
@RestController
@RequestMapping("/api/v1/decisions")
@Tag(name = "decisions")
class DecisionController {

    private final Decisions decisions;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final CurrentUser user;

    DecisionController(Decisions decisions, AccessPolicy access, AuditLog audit, CurrentUser user) {
        this.decisions = decisions;
        this.access = access;
        this.audit = audit;
        this.user = user;
    }

    /** Inputs by name. */
    record Inputs(@Nullable Map<String, @Nullable Object> inputs) {}

    /** The answer; {@code outputs} are those of the first row. */
    record Answer(
            String decision,
            int version,
            List<String> rowIds,
            List<DecisionRow> rows,
            Map<String, Object> outputs,
            boolean advice) {}

    @GetMapping
    @Operation(summary = "All decision tables with their inputs and outputs")
    List<DecisionInfo> all() {
        user.require();
        return decisions.all();
    }

    @PostMapping("/{id}/evaluate")
    @Operation(summary = "A decision table's answer with row ids and legal basis; advice, audited")
    Answer evaluate(@PathVariable String id, @RequestBody Inputs body) {
        Viewer viewer = user.require();
        if (!access.allows(viewer, "decision.evaluate", Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied("decision.evaluate", null, "decision:" + id, Map.of()));
            throw Problem.forbidden("forbidden", "decision.evaluate");
        }
        DecisionAnswer answer = decisions.evaluate(id, body.inputs() == null ? Map.of() : body.inputs());
        List<String> rows = answer.rows().stream().map(DecisionRow::id).toList();
        audit.recordApart(
                viewer,
                AuditEntry.done("decision.evaluate", null, "decision:" + id, Map.of("rows", String.join(",", rows))));
        return new Answer(
                answer.decision(),
                answer.version(),
                rows,
                answer.rows(),
                answer.rows().isEmpty() ? Map.of() : answer.rows().get(0).outputs(),
                true);
    }
}
