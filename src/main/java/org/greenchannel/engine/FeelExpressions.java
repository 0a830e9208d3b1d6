package org.greenchannel.engine;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.Variables;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** FEEL with the engine that also evaluates the decision tables. */
@Component
class FeelExpressions implements Expressions {

    private final FeelEngine feel = new ParsedOnceFeel().createInstance();

    @Override
    public @Nullable Object evaluate(String expression, Map<String, ? extends @Nullable Object> context) {
        try {
            String text = expression.startsWith("=") ? expression.substring(1) : expression;
            return feel.evaluateSimpleExpression(
                    text,
                    Variables.fromMap(new HashMap<String, Object>(context)).asVariableContext());
        } catch (FeelException e) {
            throw Problem.badRequest("expression-failed", expression);
        }
    }
}
