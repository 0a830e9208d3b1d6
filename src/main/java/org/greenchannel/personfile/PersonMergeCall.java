package org.greenchannel.personfile;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;

/**
 * Somebody is told of a proposal to merge or separate entries of a person.
 *
 * @param callId id of this call, so that a second delivery tells nobody twice
 * @param caseId a case of the person
 * @param kind {@code proposed} or {@code decided}
 * @param to usernames
 */
public record PersonMergeCall(UUID callId, UUID caseId, String kind, List<String> to, Instant occurredAt)
        implements DomainEvent {}
