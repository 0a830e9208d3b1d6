package org.greenchannel.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail, text message or chat message that failed three times or more, or that nothing tries any more.
 *
 * @param username account it was for
 * @param channel how it was to go
 * @param dead true when nothing tries it any more
 * @param error class of the last error, without its text
 */
public record FailedDelivery(
        UUID id,
        String caseNumber,
        String template,
        String username,
        Channel channel,
        int attempts,
        boolean dead,
        @Nullable String error,
        Instant createdAt) {}
