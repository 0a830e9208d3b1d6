package org.greenchannel.clock;

import java.time.Instant;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;
import org.jspecify.annotations.Nullable;

/** A running clock passed its legal end. */
public record ClockBreached(
        UUID clockId, UUID caseId, String definition, String consequence, @Nullable UUID workItemId, Instant occurredAt)
        implements DomainEvent {}
