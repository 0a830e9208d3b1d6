package org.greenchannel.document;

import java.time.Instant;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * An issued paper without its content.
 *
 * @param number number of the paper, for example {@code 郑八院诊字〔2026〕第0001号}
 * @param code form code, for example {@code RN-04}
 * @param recipient {@code PATIENT}, {@code GUARDIAN} or null when the paper is for nobody in particular
 * @param language {@code zh} or {@code en}
 * @param version 1 for the first of its kind, recipient and language on the case
 * @param issuer code of the organisation that issued it
 * @param issuedBy username, or null for the system
 * @param status {@code ISSUED}, or {@code SUPERSEDED} by a later version
 * @param verificationCode code printed on the paper, checked at {@code /verify/…}
 * @param dataClass data class of D16 of the content
 */
public record DocumentSummary(
        UUID id,
        UUID caseId,
        String number,
        String code,
        Text title,
        @Nullable String recipient,
        String language,
        int version,
        String issuer,
        Instant issuedAt,
        @Nullable String issuedBy,
        String status,
        String verificationCode,
        String dataClass) {}
