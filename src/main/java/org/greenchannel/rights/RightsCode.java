package org.greenchannel.rights;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code that was handed out, without the code.
 *
 * @param organisation organisation that handed it out
 * @param issuedBy username
 * @param revokedBy username, or null while it counts
 */
public record RightsCode(
        UUID id,
        UUID caseId,
        Holder holder,
        String organisation,
        String issuedBy,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable Instant lastUsedAt) {

    /** Whether it opens the page at that moment. */
    public boolean valid(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
