package org.greenchannel.notification;

import java.time.Instant;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * The patient or the guardian has to be told by voice, since nothing about a case goes out by text message.
 *
 * @param caseNumber number of the case, for people
 * @param recipient {@code PATIENT} or {@code GUARDIAN}
 * @param result {@code REACHED}, {@code NOT_REACHED}, {@code IN_PERSON}, or null while it is open
 */
public record Duty(
        UUID id,
        UUID caseId,
        String caseNumber,
        String recipient,
        String template,
        Text title,
        Instant createdAt,
        @Nullable Instant doneAt,
        @Nullable String doneBy,
        @Nullable String result) {}
