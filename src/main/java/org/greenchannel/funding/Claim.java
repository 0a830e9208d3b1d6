package org.greenchannel.funding;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Money;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A claim on one source.
 *
 * @param source code of decision table D6a
 * @param name name of the source
 * @param state {@code PLANNED, PENDING, APPROVED, REJECTED, AUTOMATIC, PAID}
 * @param row row of D6a that allows the source
 * @param basis its article
 * @param decisions what the approvers said, in order
 */
public record Claim(
        UUID id,
        String source,
        Text name,
        Money amount,
        int priority,
        String state,
        String row,
        String basis,
        @Nullable Instant settledAt,
        List<Decision> decisions) {

    /** One approver's word. */
    public record Decision(Instant at, String username, String role, String decision) {}
}
