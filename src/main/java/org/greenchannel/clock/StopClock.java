package org.greenchannel.clock;

import java.util.Arrays;
import java.util.List;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.springframework.stereotype.Component;

/**
 * Step {@code stopClock}: ends legal clocks that belong to no task as met. Parameters: {@code clock}, several comma
 * separated or {@code ALL}; {@code recipient}, without which the clocks of all recipients end; {@code reason}, a code.
 */
@Component("stopClock")
class StopClock implements ProcessStep {

    private static final String ALL = "ALL";

    private final LegalClocks clocks;

    StopClock(LegalClocks clocks) {
        this.clocks = clocks;
    }

    @Override
    public void execute(StepContext step) {
        String wanted = step.parameter("clock");
        // a clock that nobody knows is a slip of the model, also when none of them runs
        List<String> ids = Arrays.stream(wanted.split(","))
                .map(String::strip)
                .filter(id -> !id.equals(ALL))
                .map(id -> clocks.definition(id).id())
                .toList();
        String reason = step.optional("reason").orElse("MET");
        String only = step.optional("recipient").orElse(null);
        for (LegalClock clock : clocks.of(step.caseId())) {
            String id = clock.definition().id();
            boolean same = (wanted.equals(ALL) || ids.contains(id)) && clock.workItemId() == null;
            if (same && clock.stoppedAt() == null && (only == null || only.equals(clock.recipient()))) {
                clocks.stop(step.caseId(), id, clock.recipient(), null, reason, step.now());
            }
        }
    }
}
