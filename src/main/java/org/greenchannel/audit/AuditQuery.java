package org.greenchannel.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Filter of the log search; null means any. {@code limit} is capped at 100. */
public record AuditQuery(
        @Nullable UUID caseId,
        @Nullable String username,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit,
        @Nullable String cursor) {}
