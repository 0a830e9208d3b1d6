package org.greenchannel.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SPI: told of starts, outcomes and ends of process instances, in the same transaction. */
public interface ProcessObserver {
    /** An instance started. */
    default void started(UUID caseId, String processKey, String processInstanceId, boolean called, Instant at) {}

    /** A running instance belongs to another version of its model now. */
    default void migrated(
            UUID caseId,
            String processKey,
            String processInstanceId,
            int fromVersion,
            int toVersion,
            boolean called,
            Instant at) {}

    /** An end event with an {@code outcome} property was reached. */
    default void outcome(UUID caseId, String processKey, String endEvent, String outcome, boolean called, Instant at) {}

    /** The instance has no token left. */
    default void ended(
            UUID caseId,
            String processKey,
            String processInstanceId,
            boolean called,
            Instant at,
            @Nullable String deleteReason) {}
}
