package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.engine.DecisionAnswer;
import org.greenchannel.engine.DecisionInfo;
import org.greenchannel.engine.DecisionRow;
import org.greenchannel.engine.Decisions;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.Texts;
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

    /** Longest name that is repeated and longest code a table can be asked with. */
    private static final int LONGEST = 200;

    private final Decisions decisions;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Texts texts;
    private final CurrentUser user;

    DecisionController(Decisions decisions, AccessPolicy access, AuditLog audit, Texts texts, CurrentUser user) {
        this.decisions = decisions;
        this.access = access;
        this.audit = audit;
        this.texts = texts;
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

    /** Inputs the table does not have, or of another type, would quietly be answered by its last row. */
    private void check(String id, Map<String, @Nullable Object> inputs) {
        Map<String, String> types = decisions.all().stream()
                .filter(table -> table.key().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("decision-unknown", id))
                .inputs()
                .stream()
                .collect(Collectors.toMap(DecisionInfo.Column::name, DecisionInfo.Column::type, (a, b) -> a));
        List<FieldError> errors = new ArrayList<>();
        inputs.forEach((name, value) -> {
            String type = types.get(name);
            if (type == null || !fits(type, value)) {
                String shown = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
                String rule = type == null ? "unknown" : "type";
                errors.add(new FieldError(
                        "/inputs/" + shown.replace("~", "~0").replace("/", "~1"),
                        rule,
                        texts.of("integration.input." + rule)));
            }
        });
        if (!errors.isEmpty()) {
            throw Problem.invalid("inputs-invalid", errors);
        }
    }

    private static boolean fits(String type, @Nullable Object value) {
        if (value == null) {
            return true;
        }
        return switch (type) {
            case "boolean" -> value instanceof Boolean;
            case "integer", "long", "double", "number" -> value instanceof Number;
            default -> value instanceof String text && text.length() <= LONGEST;
        };
    }

    @PostMapping("/{id}/evaluate")
    @Operation(summary = "A decision table's answer with row ids and legal basis; advice, audited")
    Answer evaluate(@PathVariable String id, @RequestBody Inputs body) {
        Viewer viewer = user.require();
        if (!access.allows(viewer, "decision.evaluate", Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied("decision.evaluate", null, "decision:" + id, Map.of()));
            throw Problem.forbidden("forbidden", "decision.evaluate");
        }
        Map<String, @Nullable Object> inputs = body.inputs() == null ? Map.of() : body.inputs();
        check(id, inputs);
        DecisionAnswer answer = decisions.evaluate(id, inputs);
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
