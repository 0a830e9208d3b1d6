package org.greenchannel.engine;

import java.time.Instant;
import java.util.UUID;

/** SPI: told of every decision a process evaluated for a case, in the same transaction. */
public interface DecisionObserver {
    /** The table answered. */
    void decided(UUID caseId, String processKey, String activityId, DecisionAnswer answer, Instant at);
}
