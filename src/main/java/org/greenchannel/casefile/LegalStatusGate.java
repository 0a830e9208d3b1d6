package org.greenchannel.casefile;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.engine.Expressions;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.Seeds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The state machine of C9, read from {@code seeds/legal-status.yaml}: the single gate for changes of legal status. A
 * transition that is not listed does not exist, and one that requires evidence happens only when it is stored.
 */
@Component
class LegalStatusGate {

    private final LegalStatusTable law;
    private final StatusEvidence evidence;
    private final Expressions expressions;

    LegalStatusGate(Seeds seeds, StatusEvidence evidence, Expressions expressions) {
        this.law = LegalStatusTable.read(seeds);
        this.evidence = evidence;
        this.expressions = expressions;
        // an expression nobody can read must not be found out in an emergency
        law.requirements().values().forEach(each -> holds(each, Map.of()));
    }

    /** Problem {@code legal-status} when the law does not know the transition. */
    LegalStatusTable.Transition check(StatusHistory history, String to) {
        String from = history.code() == null ? LegalStatusTable.BEFORE : history.code();
        return law.transition(from, to, history.previous())
                .orElseThrow(() -> Problem.conflict("legal-status", name(from), name(to))
                        .with("from", from)
                        .with("to", to));
    }

    /** The same, and problem {@code legal-status-evidence} with the rule and what is missing when it is not on record. */
    void check(UUID caseId, StatusHistory history, String to, Instant now) {
        LegalStatusTable.Transition transition = check(history, to);
        if (transition.requires().isEmpty()) {
            return;
        }
        List<LegalStatusTable.Requirement> required = law.required(transition);
        Map<String, @Nullable Object> context = new HashMap<>(evidence.of(
                caseId,
                law.evidence(),
                required.stream().map(LegalStatusTable.Requirement::valid).toList()));
        context.putAll(evidence.when(history, now));
        for (LegalStatusTable.Requirement each : required) {
            if (!holds(each, context)) {
                throw Problem.conflict("legal-status-evidence", name(to), each.message(), each.basis())
                        .with("from", history.code() == null ? LegalStatusTable.BEFORE : history.code())
                        .with("to", to)
                        .with("requirement", each.id())
                        .with("rule", each.rule());
            }
        }
    }

    private boolean holds(LegalStatusTable.Requirement requirement, Map<String, ? extends @Nullable Object> known) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        law.evidence().keySet().forEach(name -> context.put(name, null));
        for (String name : List.of("form", "signed", "status", "stay", "now")) {
            context.put(name, null);
        }
        context.putAll(known);
        return Boolean.TRUE.equals(expressions.evaluate(StatusEvidence.readable(requirement.valid()), context));
    }

    /** Whether a person of this status is a patient of a hospital, on the ward or away from it. */
    boolean inHospital(@Nullable String status) {
        return status != null && law.inHospital().contains(status);
    }

    /** Name of a status for people. */
    Text name(String status) {
        return law.names().getOrDefault(status, Text.same(status));
    }
}
