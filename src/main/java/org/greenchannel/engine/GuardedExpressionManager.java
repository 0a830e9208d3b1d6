package org.greenchannel.engine;

import java.util.Map;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;

/** Expressions of models: variables, the steps, {@code clock.hard(…)} and decision results; everything else is refused. */
final class GuardedExpressionManager extends JuelExpressionManager {

    GuardedExpressionManager(Map<Object, Object> beans) {
        super(beans);
    }

    @Override
    protected ELResolver createElResolver() {
        return new GuardedElResolver(super.createElResolver());
    }
}
