package org.greenchannel.rights;

import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** Codes of the rights page. Handed out by staff who know the person; opened without an account. */
public interface RightsCodes {

    /**
     * A code just made; the only moment it can be read.
     *
     * @param code as printed, for example {@code 4KXM-92TP-HQ7C}
     * @param address address of the rights page with the code, for a QR code
     */
    record Issued(String code, String address, RightsCode details) {}

    /** Whether the viewer may hand out codes on the case. */
    boolean mayIssue(String caseNumber, Viewer viewer);

    /** Codes of the case, newest first; action {@code rights.issue} is required. */
    List<RightsCode> list(String caseNumber, Viewer viewer);

    /**
     * Hands out a code; an earlier one of the same holder stays valid until it is revoked.
     *
     * @param identityChecked that whoever takes it was identified: the patient, the guardian by proof of guardianship, the
     *     lawyer by a power of attorney. Problem {@code form-invalid} otherwise
     * @param requestId id of the form that was sent; problem {@code rights-code-issued} when it was used before, since a code
     *     is shown once only. Problem {@code rights-codes-full} with ten valid codes on the case
     */
    Issued issue(String caseNumber, Holder holder, boolean identityChecked, @Nullable String requestId, Viewer viewer);

    /** Ends a code at once; nothing happens to one that was revoked. Problem {@code rights-code-unknown}. */
    void revoke(String caseNumber, UUID codeId, Viewer viewer);

    /**
     * Opens the page: a sealed pass for a short visit. Problem {@code rights-refused}, the same for a wrong, an expired and a
     * revoked code; problem {@code rights-too-many} ({@code retryAfter} in seconds) after too many attempts with the
     * beginning of this code or from this address, whether or not the code is right.
     */
    String open(String typed);
}
