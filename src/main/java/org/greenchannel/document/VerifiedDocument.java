package org.greenchannel.document;

import java.time.Instant;
import org.greenchannel.kernel.Text;

/**
 * What anybody holding a paper may learn about it: nothing about the person.
 *
 * @param issuer name of the organisation
 * @param status {@code ISSUED} or {@code SUPERSEDED}
 * @param sha256 SHA-256 of the original PDF, lower-case hexadecimal
 */
public record VerifiedDocument(
        String number, Text title, Text issuer, Instant issuedAt, String status, int version, String sha256) {}
