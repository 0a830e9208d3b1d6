package org.greenchannel.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;

/**
 * Somebody has to be told.
 *
 * @param messageId id of the message, so that a second delivery of this event tells nobody twice
 * @param to groups {@code role@organisation} and the words {@code guardian}, {@code patient}
 */
record NotificationRequested(UUID messageId, UUID caseId, String template, List<String> to, Instant occurredAt)
        implements DomainEvent {}
