package org.greenchannel.document;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * What people do with papers: look at one before it is issued, issue one anew, print several at once. Checks rights
 * itself: action {@code case.documents} or {@code document.reissue} and the data class of each paper (D16).
 */
public interface PaperPrints {
    /** Why a paper is issued anew. */
    Set<String> REASONS = Set.of("CORRECTION", "NEW_FACTS", "LOST", "DAMAGED");

    /** Most papers in one print. */
    int MOST = 40;

    /**
     * A paper the running processes of a case may still issue.
     *
     * @param recipient {@code PATIENT}, {@code GUARDIAN} or null
     */
    record Planned(String code, Text title, @Nullable String recipient) {}

    /** Papers the case may still issue and the viewer may read, by title. */
    List<Planned> planned(UUID caseId, Viewer viewer);

    /**
     * How the paper would look now, with a watermark, without number and code; nothing is stored, the look is audited.
     * Problem {@code document-unknown} when there is no such form.
     */
    byte[] preview(UUID caseId, String code, String language, @Nullable String recipient, Viewer viewer);

    /**
     * Issues a paper anew from the case's present data, by the organisation that issued it: a new number and version; the
     * old one stays and is marked as superseded, also where its code is checked. Problems {@code document-unknown},
     * {@code document-superseded}, {@code document-of-others}.
     *
     * @param reason one of {@link #REASONS}
     */
    DocumentSummary reissue(UUID caseId, UUID documentId, String reason, Viewer viewer);

    /** Several papers of a case as one PDF, each page marked as a copy of its paper; each look is audited. */
    byte[] bundle(UUID caseId, List<UUID> documentIds, Viewer viewer);
}
