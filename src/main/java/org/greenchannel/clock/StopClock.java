package org.greenchannel.clock;

import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.springframework.stereotype.Component;

/**
 * Step {@code stopClock}: ends a legal clock that belongs to no task as met. Parameters: {@code clock}; {@code recipient},
 * without which the clocks of all recipients end; {@code reason}, a code.
 */
@Component("stopClock")
class StopClock implements ProcessStep {

    private final LegalClocks clocks;

    StopClock(LegalClocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public void execute(StepContext step) {
        String id = clocks.definition(step.parameter("clock")).id();
        String reason = step.optional("reason").orElse("MET");
        String only = step.optional("recipient").orElse(null);
        for (LegalClock clock : clocks.of(step.caseId())) {
            boolean same = clock.definition().id().equals(id) && clock.workItemId() == null;
            if (same && clock.stoppedAt() == null && (only == null || only.equals(clock.recipient()))) {
                clocks.stop(step.caseId(), id, clock.recipient(), null, reason, step.now());
            }
        }
    }
}
