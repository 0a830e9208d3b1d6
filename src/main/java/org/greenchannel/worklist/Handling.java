package org.greenchannel.worklist;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an open item is being handled beyond who has it; see table {@code worklist.handling}. */
record Handling(
        UUID workItemId,
        @Nullable String owner,
        @Nullable String mode,
        int round,
        @Nullable String heldBy,
        @Nullable String heldFor,
        @Nullable Instant heldAt,
        @Nullable String digest,
        @Nullable Instant nudgedAt) {

    boolean held() {
        return heldBy != null;
    }

    boolean delegated() {
        return owner != null;
    }
}
