package org.greenchannel.document;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
 * @param status {@code ISSUED}, or {@code SUPERSEDED} by a later version or by going back before the step that issued it
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
        String dataClass) {

    /** The version that came after this one among the papers of the case; null while there is none. */
    public @Nullable DocumentSummary replacedBy(List<DocumentSummary> papers) {
        return papers.stream()
                .filter(other -> other.code.equals(code) && other.language.equals(language))
                .filter(other -> Objects.equals(other.recipient, recipient) && other.version > version)
                .min(Comparator.comparingInt(DocumentSummary::version))
                .orElse(null);
    }
}
