package org.greenchannel.clock;

import java.util.Date;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.springframework.stereotype.Component;

/**
 * Step {@code resumeClock}: the time that is not counted is over; both ends of the clock move by its length. Parameters:
 * {@code clock}; {@code recipient}; {@code variable} if the model needs the new legal end as a date.
 */
@Component("resumeClock")
class ResumeClock implements ProcessStep {

    private final LegalClocks clocks;

    ResumeClock(LegalClocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public void execute(StepContext step) {
        String id = clocks.definition(step.parameter("clock")).id();
        String only = step.optional("recipient").orElse(null);
        clocks.of(step.caseId()).stream()
                .filter(clock -> clock.definition().id().equals(id) && clock.workItemId() == null)
                .filter(clock -> clock.status().equals("PAUSED"))
                .filter(clock -> only == null || only.equals(clock.recipient()))
                .forEach(clock -> clocks.resume(clock.id(), step.now()));
        step.optional("variable")
                .flatMap(name -> clocks.latest(step.caseId(), id, only))
                .ifPresent(clock -> step.set(
                        step.parameter("variable"), Date.from(clock.due().hard())));
    }
}
