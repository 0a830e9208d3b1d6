package org.greenchannel.audit;

import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** The log of every action and of every look at sensitive data; rows can only be added. */
public interface AuditLog {
    /** Records in the caller's transaction: if this fails, the action fails with it. */
    void record(@Nullable Viewer viewer, AuditEntry entry);

    /** Records in a transaction of its own: looks, refusals and sign-ins, which must stay even when the caller rolls back. */
    void recordApart(@Nullable Viewer viewer, AuditEntry entry);

    /** Newest first. */
    Page<AuditRow> search(AuditQuery query);

    /** Seals what can be sealed; called by a schedule, public for tests and for the verifier. Returns the rows sealed. */
    int seal();

    /** Recomputes the whole chain. */
    Verification verify();
}
