package org.greenchannel.clock;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A running or finished clock of a case.
 *
 * @param status {@code RUNNING}, {@code PAUSED}, {@code MET}, {@code CANCELLED}; {@code breachedAt} says whether the end passed before
 * @param recipient {@code PATIENT}, {@code GUARDIAN} or null
 */
public record LegalClock(
        UUID id,
        UUID caseId,
        ClockDefinition definition,
        @Nullable String recipient,
        @Nullable UUID workItemId,
        Instant startedAt,
        Due due,
        String status,
        @Nullable Instant stoppedAt,
        @Nullable String reason,
        @Nullable Instant breachedAt) {}
