package org.greenchannel.oversight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;

/**
 * A clock that was breached has not ended, and the next level of its chain is to learn of it.
 *
 * @param id of this level, so that a second delivery tells nobody twice
 * @param level 1 for the first
 */
public record ClockEscalated(
        UUID id, UUID caseId, String definition, int level, List<String> groups, Instant occurredAt)
        implements DomainEvent {}
