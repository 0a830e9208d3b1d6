package org.greenchannel.clock;

import java.util.Date;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.springframework.stereotype.Component;

/**
 * Step {@code startClock}: starts a legal clock that belongs to no task. Parameters: {@code clock}; {@code recipient}
 * ({@code PATIENT} or {@code GUARDIAN}) if each has his own; {@code variable} if the model needs the legal end as a date.
 */
@Component("startClock")
class StartClock implements ProcessStep {

    private final LegalClocks clocks;

    StartClock(LegalClocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public void execute(StepContext step) {
        LegalClock clock = clocks.start(
                step.caseId(),
                step.parameter("clock"),
                step.optional("recipient").orElse(null),
                null,
                step.now());
        step.optional("variable")
                .ifPresent(name -> step.set(name, Date.from(clock.due().hard())));
    }
}
