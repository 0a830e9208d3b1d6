package org.greenchannel.notification;

import java.time.Instant;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * Something an account was told: a case and what to do, never who or which illness.
 *
 * @param template code of the text, for example {@code team-alert}
 * @param readAt when it was read, or null
 */
public record Notification(
        UUID id, String caseNumber, String template, Text title, Text body, Instant at, @Nullable Instant readAt) {}
