package org.greenchannel.audit;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded. Never carries personal data: ids and codes only.
 *
 * @param action dotted code, for example {@code workitem.complete}, {@code person.reveal}, {@code login.failure}
 * @param caseId case concerned, if any
 * @param object kind and id of the thing acted on, for example {@code workitem:…}
 * @param outcome what came of it
 * @param legalBasis article, if the action rests on one
 * @param purpose purpose code of a look at sensitive data
 * @param detail further codes
 */
public record AuditEntry(
        String action,
        @Nullable UUID caseId,
        @Nullable String object,
        Outcome outcome,
        @Nullable String legalBasis,
        @Nullable String purpose,
        Map<String, String> detail) {

    /** Outcome of the action. */
    public enum Outcome {
        DONE,
        DENIED,
        FAILED
    }

    /** A successful action on a case. */
    public static AuditEntry done(
            String action, @Nullable UUID caseId, @Nullable String object, Map<String, String> detail) {
        return new AuditEntry(action, caseId, object, Outcome.DONE, null, null, detail);
    }

    /** A refused action. */
    public static AuditEntry denied(
            String action, @Nullable UUID caseId, @Nullable String object, Map<String, String> detail) {
        return new AuditEntry(action, caseId, object, Outcome.DENIED, null, null, detail);
    }

    /** The same entry with the article it rests on. */
    public AuditEntry on(@Nullable String basis) {
        return new AuditEntry(action, caseId, object, outcome, basis, purpose, detail);
    }

    /** The same entry with a purpose. */
    public AuditEntry purpose(String code) {
        return new AuditEntry(action, caseId, object, outcome, legalBasis, code, detail);
    }
}
