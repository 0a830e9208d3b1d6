package org.greenchannel.engine;

/** SPI: a step of the vocabulary of service tasks; the bean name is what models write in {@code delegateExpression}. */
public interface ProcessStep {
    /** Does the step, joining the transaction. */
    void execute(StepContext step);
}
