package org.greenchannel.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/** Lets a service task run a {@link ProcessStep}. */
final class StepDelegate implements JavaDelegate {

    private final Supplier<ProcessStep> step;
    private final Clock clock;

    StepDelegate(Supplier<ProcessStep> step, Clock clock) {
        this.step = step;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        step.get().execute(new Context(execution, clock.instant()));
    }

    private record Context(DelegateExecution execution, Instant now) implements StepContext {

        @Override
        public UUID caseId() {
            return UUID.fromString(execution.getProcessBusinessKey());
        }

        @Override
        public String processKey() {
            return ((ExecutionEntity) execution).getProcessDefinition().getKey();
        }

        @Override
        public String processInstanceId() {
            return execution.getProcessInstanceId();
        }

        @Override
        public String activityId() {
            return execution.getCurrentActivityId();
        }

        @Override
        public String parameter(String name) {
            return optional(name)
                    .orElseThrow(() -> new IllegalStateException("step " + activityId() + " lacks parameter " + name));
        }

        @Override
        public Optional<String> optional(String name) {
            Object value = execution.hasVariableLocal(name) ? execution.getVariableLocal(name) : null;
            return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isBlank());
        }

        @Override
        public Map<String, @Nullable Object> parameters() {
            return execution.getVariablesLocal();
        }

        @Override
        public @Nullable Object variable(String name) {
            return execution.getVariable(name);
        }

        @Override
        public void set(String name, @Nullable Object value) {
            Facts.check(name, value);
            // on the instance: the step's own scope holds its parameters and ends with it
            Objects.requireNonNull(((ExecutionEntity) execution).getProcessInstance())
                    .setVariable(name, value);
        }
    }
}
