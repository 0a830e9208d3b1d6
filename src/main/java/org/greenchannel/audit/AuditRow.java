package org.greenchannel.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One stored row of the log; {@code position} and {@code hash} are null until it is sealed into the chain. */
public record AuditRow(
        long id,
        Instant at,
        @Nullable UUID accountId,
        @Nullable String username,
        @Nullable String organisation,
        String action,
        @Nullable UUID caseId,
        @Nullable String object,
        String outcome,
        @Nullable String legalBasis,
        @Nullable String purpose,
        Map<String, String> detail,
        @Nullable String requestId,
        @Nullable String address,
        @Nullable Long position,
        @Nullable String hash) {}
