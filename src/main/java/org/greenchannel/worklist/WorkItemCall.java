package org.greenchannel.worklist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;

/**
 * Somebody is called to a work item.
 *
 * @param callId id of this call, so that a second delivery tells nobody twice
 * @param kind {@code assigned}, {@code delegated}, {@code given-back}, {@code signature-asked}, {@code sent-back},
 *     {@code copied}, {@code nudged}, {@code mentioned}
 * @param to usernames
 */
public record WorkItemCall(UUID callId, UUID workItemId, UUID caseId, String kind, List<String> to, Instant occurredAt)
        implements DomainEvent {}
