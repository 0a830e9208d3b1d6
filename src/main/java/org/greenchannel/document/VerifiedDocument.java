package org.greenchannel.document;

import java.time.Instant;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * What anybody holding a paper may learn about it: nothing about the person.
 *
 * @param issuer name of the organisation
 * @param status {@code ISSUED} or {@code SUPERSEDED}
 * @param sha256 SHA-256 of the original PDF, lower-case hexadecimal
 * @param replacedBy the version that counts now, null while this one does
 */
public record VerifiedDocument(
        String number,
        Text title,
        Text issuer,
        Instant issuedAt,
        String status,
        int version,
        String sha256,
        @Nullable Replacement replacedBy) {

    /** The version that counts. */
    public record Replacement(String number, Instant issuedAt, int version) {}
}
