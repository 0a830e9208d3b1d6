package org.greenchannel.clock;

import java.time.Instant;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;
import org.jspecify.annotations.Nullable;

/**
 * A running clock comes near its legal end.
 *
 * @param level which warning of the clock it is, from 1; each is published once
 * @param due the legal end
 */
public record ClockWarned(
        UUID clockId,
        UUID caseId,
        String definition,
        int level,
        @Nullable UUID workItemId,
        Instant due,
        Instant occurredAt)
        implements DomainEvent {}
