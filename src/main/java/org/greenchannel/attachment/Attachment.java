package org.greenchannel.attachment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of a case without its content.
 *
 * @param kind what it is; decides its data class
 * @param fileName name as the uploader had it, cleaned
 * @param size bytes of the original
 * @param sha256 digest of the original, lower-case hexadecimal
 * @param pages pages of a PDF, null for a picture
 * @param workItemId task it was added in, if any
 * @param organisation code of the uploader's organisation
 * @param withdrawnWhy code of the reason, null while it counts
 * @param thumbnail whether it has one; a PDF its first page
 */
public record Attachment(
        UUID id,
        UUID caseId,
        AttachmentKind kind,
        String fileName,
        String mediaType,
        long size,
        String sha256,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Integer pages,
        @Nullable UUID workItemId,
        String uploadedBy,
        String organisation,
        Instant uploadedAt,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawnWhy,
        boolean thumbnail) {

    /** Whether it is a picture, otherwise a PDF. */
    public boolean picture() {
        return mediaType.startsWith("image/");
    }
}
