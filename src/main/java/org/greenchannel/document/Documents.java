package org.greenchannel.document;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** Official papers and rights notices of a case. Callers have checked access to the case. */
public interface Documents {
    /** Issues a paper in the caller's transaction. Same as {@link #issue(UUID, String, String, String, Viewer)} for nobody in particular. */
    default DocumentSummary issue(UUID caseId, String code, String language, @Nullable Viewer actor) {
        return issue(caseId, code, language, null, actor);
    }

    /**
     * Issues a paper: takes the next number of the issuing organisation, renders it from the case's data, stores it
     * encrypted with its digest. Problem {@code document-unknown} when there is no such form.
     *
     * @param code form code, a folder below {@code documents/}
     * @param language {@code zh}, or {@code en} for a translation
     * @param recipient {@code PATIENT}, {@code GUARDIAN} or null
     * @param actor who issues it, null for the system
     */
    DocumentSummary issue(
            UUID caseId, String code, String language, @Nullable String recipient, @Nullable Viewer actor);

    /** Title of a kind of paper; nothing for an unknown code. */
    Optional<Text> title(String code);

    /** PaperTable of a case, newest first. */
    List<DocumentSummary> list(UUID caseId);

    /** One of them; problem {@code document-unknown} when the case has no such paper. */
    DocumentSummary get(UUID caseId, UUID documentId);

    /**
     * A copy of the PDF as issued, marked at its edge with the copy's serial and the reader; counted and audited.
     * Problem {@code document-unknown} when the case has no such paper, {@link IllegalStateException} when the stored
     * original was changed.
     */
    byte[] pdf(UUID caseId, UUID documentId, Viewer reader);

    /** Checks a verification code; upper and lower case, spaces and hyphens do not matter. */
    Optional<VerifiedDocument> verify(String verificationCode);

    /** Proofs of service of a case, oldest first. */
    List<Service> services(UUID caseId);
}
