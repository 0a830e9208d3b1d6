package org.greenchannel.note;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.DomainEvent;

/**
 * Colleagues were named in a note.
 *
 * @param callId id of this call, so that a second delivery tells nobody twice
 * @param to usernames
 */
public record NoteMention(UUID callId, UUID noteId, UUID caseId, List<String> to, Instant occurredAt)
        implements DomainEvent {}
