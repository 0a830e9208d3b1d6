package org.greenchannel.oversight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;

/** An alert was raised for the groups. */
public record AlertRaised(UUID alertId, UUID caseId, String kind, List<String> groups, Instant occurredAt)
        implements DomainEvent {}
