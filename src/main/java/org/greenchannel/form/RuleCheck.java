package org.greenchannel.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.engine.Expressions;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The rules over several fields (V01 and following). A rule that gives no answer refuses: nothing unlawful slips through. */
@Component
class RuleCheck {

    private static final Logger LOG = LoggerFactory.getLogger(RuleCheck.class);

    /** What the rules said. */
    record Outcome(List<FieldError> errors, List<FieldError> warnings) {}

    private final Expressions expressions;
    private final FormMessages messages;
    private final boolean strict;

    /**
     * @param strict whether a rule without an answer is a fault of the program, as in tests
     */
    RuleCheck(
            Expressions expressions,
            FormMessages messages,
            @Value("${greenchannel.form.strict-rules:false}") boolean strict) {
        this.expressions = expressions;
        this.messages = messages;
        this.strict = strict;
    }

    /** Runs every rule that does not concern a field already refused. */
    Outcome run(FormDefinition form, Map<String, ? extends @Nullable Object> data, Set<String> refused) {
        var errors = new ArrayList<FieldError>();
        var warnings = new ArrayList<FieldError>();
        for (Rule rule : form.rules()) {
            if (rule.fields().stream().anyMatch(refused::contains)) {
                continue;
            }
            String pointer =
                    rule.fields().isEmpty() ? "/data" : "/data/" + rule.fields().get(0);
            Boolean valid = valid(form, rule, data);
            if (valid == null) {
                errors.add(new FieldError(pointer, rule.id(), messages.text("form.error.rule", rule.id())));
            } else if (!valid) {
                (rule.warning() ? warnings : errors).add(new FieldError(pointer, rule.id(), rule.message()));
            }
        }
        return new Outcome(errors, warnings);
    }

    private @Nullable Boolean valid(FormDefinition form, Rule rule, Map<String, ? extends @Nullable Object> data) {
        Object answer = null;
        try {
            answer = expressions.evaluate(rule.valid(), data);
        } catch (Problem e) {
            LOG.debug("Form {}: rule {} cannot be read", form.id(), rule.id());
        }
        if (answer instanceof Boolean valid) {
            return valid;
        }
        LOG.error("Form {}: rule {} gives no answer", form.id(), rule.id());
        if (strict) {
            throw new IllegalStateException("Form " + form.id() + ": rule " + rule.id() + " gives no answer");
        }
        return null;
    }
}
