package org.greenchannel.casefile;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A case without anything personal but the id of its person. */
public record CaseSummary(
        UUID id,
        String number,
        String processKey,
        UUID personId,
        String areaCode,
        @Nullable String legalStatus,
        @Nullable String admissionType,
        @Nullable String stage,
        @Nullable String outcome,
        @Nullable String hospital,
        String openedBy,
        Instant openedAt,
        @Nullable Instant closedAt,
        int version) {}
