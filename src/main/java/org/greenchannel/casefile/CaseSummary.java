package org.greenchannel.casefile;

import java.time.Instant;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A case without anything personal but the id of its person.
 *
 * @param personId whom it is about, or null: a meeting or an exchange of lists is about nobody
 */
public record CaseSummary(
        UUID id,
        String number,
        String processKey,
        @Nullable UUID personId,
        String areaCode,
        @Nullable String legalStatus,
        @Nullable String admissionType,
        @Nullable String stage,
        @Nullable String outcome,
        @Nullable String hospital,
        String openedBy,
        Instant openedAt,
        @Nullable Instant closedAt,
        int version) {

    /** Whom the case is about; problem {@code case-without-person} when it is about nobody. */
    public UUID person() {
        if (personId == null) {
            throw Problem.conflict("case-without-person", number);
        }
        return personId;
    }
}
