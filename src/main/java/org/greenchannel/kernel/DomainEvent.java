package org.greenchannel.kernel;

import java.time.Instant;

/** Something that happened; carries ids and codes only, never names or contents. Delivered over the outbox. */
public interface DomainEvent {
    /** When it happened. */
    Instant occurredAt();
}
