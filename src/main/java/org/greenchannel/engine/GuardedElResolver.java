package org.greenchannel.engine;

import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Deny by default. A model may read variables, look into the result of a decision, read the business key and ask the
 * clock. No reflection, no bean of the application, no engine service can be reached, whatever a model says.
 */
final class GuardedElResolver extends ELResolver {

    private static final Set<String> CLOCK_METHODS = Set.of("hard", "soft");

    private final ELResolver target;

    GuardedElResolver(ELResolver target) {
        this.target = target;
    }

    private static void check(@Nullable Object base, @Nullable Object member) {
        if (base == null) {
            return;
        }
        String name = String.valueOf(member);
        boolean allowed = (base instanceof DelegateExecution && name.equals("processBusinessKey"))
                || (base instanceof DmnDecisionResult && name.equals("getSingleResult"))
                || (base instanceof DmnDecisionResultEntries && !name.equals("class"))
                || (base instanceof ModelClock && CLOCK_METHODS.contains(name));
        if (!allowed) {
            throw new ELException("refused in a model: " + name);
        }
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, Object property) {
        check(base, property);
        return target.getValue(context, base, property);
    }

    @Override
    public @Nullable Object invoke(
            ELContext context, @Nullable Object base, Object method, Class<?>[] types, Object[] params) {
        check(base, method);
        return target.invoke(context, base, method, types, params);
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, Object property) {
        check(base, property);
        return target.getType(context, base, property);
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, Object property, Object value) {
        throw new ELException("models cannot assign");
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, Object property) {
        return true;
    }

    @Override
    public java.util.@Nullable Iterator<java.beans.FeatureDescriptor> getFeatureDescriptors(
            ELContext context, @Nullable Object base) {
        return null;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
