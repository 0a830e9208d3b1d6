package org.greenchannel.attachment;

import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * Pictures (JPEG, PNG) and papers (PDF) of cases. Rights: actions {@code case.attach}, {@code case.attachments} and
 * {@code case.attachments.original} of the access table, and the data class of the kind (D16); whoever added a file
 * sees it always. Files are at most {@value #MOST_BYTES} bytes.
 */
public interface Attachments {
    /** Largest file in bytes. */
    int MOST_BYTES = 10 * 1024 * 1024;

    /** Largest picture in pixels. */
    int MOST_PIXELS = 40_000_000;

    /** Most pages of a PDF. */
    int MOST_PAGES = 50;

    /** Most files of a case. */
    int MOST_FILES = 300;

    /**
     * Checks and stores a file in one transaction with its audit entry and its line in the story. The same file added
     * twice by the same person to the same case is one attachment: the first is answered again.
     *
     * <p>Problems: {@code attachment-empty}, {@code attachment-type} (content is no JPEG, PNG or PDF, or not what the
     * name says), {@code attachment-broken} (cannot be read), {@code attachment-active} (a PDF with scripts, embedded
     * files or a password), {@code attachment-too-large}, {@code attachment-infected}, {@code scan-unavailable},
     * {@code attachments-full}.
     *
     * @param key idempotency key, or null
     */
    Attachment store(UUID caseId, Upload upload, @Nullable String key, Viewer viewer);

    /** Those of the case the viewer may see, newest first, withdrawn ones too. */
    List<Attachment> list(UUID caseId, Viewer viewer);

    /** One of them; problem {@code attachment-unknown} when there is none or the viewer may not see it. */
    Attachment get(UUID caseId, UUID attachmentId, Viewer viewer);

    /** The content; the look is audited before it is answered, except at thumbnails. */
    Content read(UUID caseId, UUID attachmentId, Rendition rendition, Viewer viewer);

    /**
     * A page of a PDF drawn as a picture, so that it can be read everywhere and nothing of the file runs anywhere; the look
     * is audited. Problem {@code attachment-page} when there is no such page or it cannot be drawn.
     *
     * @param page from 1
     */
    Content page(UUID caseId, UUID attachmentId, int page, Viewer viewer);

    /**
     * Takes an attachment back that was added by mistake: it stays in the record, crossed out. Only whoever added it
     * or a colleague with the same right. @param why {@code WRONG_CASE}, {@code WRONG_FILE} or {@code DUPLICATE}
     */
    void withdraw(UUID caseId, UUID attachmentId, String why, Viewer viewer);
}
