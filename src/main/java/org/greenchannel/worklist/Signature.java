package org.greenchannel.worklist;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A signature somebody is or was asked for.
 *
 * @param round which submission it belongs to; 0 for those before the first
 * @param phase {@code BEFORE} the form is submitted, or {@code AFTER}
 * @param signer who was asked
 * @param status {@code PENDING}, {@code SIGNED}, {@code REFUSED}, {@code REMOVED}, {@code LAPSED} (one of several was enough)
 *     or {@code VOIDED} (what was signed does not hold any more)
 * @param addedBy who asked for it; {@code system}: the model, nobody may take it away
 * @param signedBy who signed: the signer or his deputy
 * @param digest digest of the answers that were signed
 */
public record Signature(
        UUID id,
        UUID workItemId,
        int position,
        int round,
        String phase,
        String signer,
        String status,
        String addedBy,
        Instant addedAt,
        @Nullable String signedBy,
        @Nullable Instant signedAt,
        @Nullable String digest) {

    /** Asked for by the model. */
    static final String MODEL = "system";

    boolean before() {
        return phase.equals("BEFORE");
    }

    boolean pending() {
        return status.equals("PENDING");
    }

    boolean signed() {
        return status.equals("SIGNED");
    }

    /** Whether it still counts for the item. */
    boolean active() {
        return Set.of("PENDING", "SIGNED", "REFUSED").contains(status);
    }
}
