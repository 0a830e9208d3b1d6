package org.greenchannel.clock;

import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.springframework.stereotype.Component;

/**
 * Step {@code pauseClock}: time that the law does not count begins (for example while the police supplement evidence,
 * SPP 539). Parameters: {@code clock}; {@code recipient}, without which the clocks of all recipients stand still;
 * {@code reason}, a code.
 */
@Component("pauseClock")
class PauseClock implements ProcessStep {

    private final LegalClocks clocks;

    PauseClock(LegalClocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public void execute(StepContext step) {
        String id = clocks.definition(step.parameter("clock")).id();
        String reason = step.optional("reason").orElse("NOT_COUNTED");
        String only = step.optional("recipient").orElse(null);
        clocks.of(step.caseId()).stream()
                .filter(clock -> clock.definition().id().equals(id) && clock.workItemId() == null)
                .filter(clock -> clock.status().equals("RUNNING"))
                .filter(clock -> only == null || only.equals(clock.recipient()))
                .forEach(clock -> clocks.pause(clock.id(), reason, step.now()));
    }
}
