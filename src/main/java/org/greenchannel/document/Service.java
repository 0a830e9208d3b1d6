package org.greenchannel.document;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a rights notice was explained and handed over, or that it was attempted (MHL 37).
 *
 * @param noticeCode {@code RN-01} …
 * @param documentId the paper that was handed over
 * @param recipient {@code PATIENT} or {@code GUARDIAN}
 * @param understood {@code YES}, {@code PARTLY}, {@code NO} or empty
 * @param repeatAt when it is to be explained again, or null
 * @param witness username of the witness, or null
 * @param attempted true when it could not be delivered and only the attempt is on record
 * @param deliveredAt moment of delivery or, when only attempted, of the attempt
 */
public record Service(
        UUID id,
        UUID caseId,
        String noticeCode,
        UUID documentId,
        String recipient,
        boolean oral,
        boolean written,
        String language,
        String understood,
        @Nullable LocalDate repeatAt,
        @Nullable String witness,
        boolean refusedToSign,
        boolean attempted,
        Instant deliveredAt,
        String recordedBy) {

    /** Whether the recipient has the notice: what starts a right's period. */
    public boolean delivered() {
        return !attempted;
    }
}
