package org.greenchannel.form;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.engine.FormResource;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** Forms: shown, checked on the server against the same schema, stored. */
public interface Forms {
    /** The form in a language with prefilled data. */
    FormView view(FormResource form, FormContext context, Locale locale);

    /** The form's own heading in a language, its id when it has none. */
    String title(FormResource form, Locale locale);

    /** Fields that whoever is called to help needs at once (property {@code brief}), in form order. */
    List<BriefField> brief(FormResource form, Locale locale);

    /**
     * A field of a brief.
     *
     * @param dataClass class of D16 that it belongs to
     * @param store where its value is kept besides or instead of the submission, {@code person.description}; may be empty
     */
    record BriefField(String key, String label, String dataClass, String store) {}

    /** Sources ({@code person.name}, {@code submission:…}) the form wants for prefilling. */
    Set<String> prefillSources(FormResource form);

    /** Checks types, ranges, options, conditions and rules; problem {@code form-invalid} with every field error. Unknown fields are refused. */
    FormResult check(FormResource form, Map<String, ? extends @Nullable Object> data, FormContext context);

    /** Whether the form has a rule that only warns. */
    boolean warns(FormResource form);

    /**
     * What the rules say to unfinished answers; what is missing or wrong in a single field is no matter of theirs. Nothing is
     * stored and nothing refused.
     *
     * @param answeredOnly only rules all of whose fields have been answered: somebody is still filling in
     */
    Advice advise(
            FormResource form, Map<String, ? extends @Nullable Object> data, FormContext context, boolean answeredOnly);

    /** Stores what was accepted and returns it. */
    Submission submit(
            UUID caseId,
            @Nullable UUID workItemId,
            String processKey,
            String taskKey,
            FormResource form,
            FormResult accepted,
            Viewer viewer,
            Instant at);

    /** Submissions of a case without their data (empty map), oldest first. */
    List<Submission> list(UUID caseId);

    /** One with its data decrypted; the caller has checked access and audits. */
    Optional<Submission> find(UUID submissionId);

    /** The newest of a form on a case, decrypted, for papers and prefilling. */
    Optional<Submission> latest(UUID caseId, String formId);

    /** Localised label/value pairs of a submission in form order, for reading. */
    List<Answer> answers(Submission submission, FormResource form, Locale locale);

    /** One answered question. */
    record Answer(String key, String section, String label, String value) {}

    /**
     * Saves a draft of the viewer for a work item, a start form or a message; encrypted. Conflict {@code draft-changed}
     * when another device saved one that this one has not seen.
     *
     * @param seen version this device saw last, 0 for none, null to save in any case
     */
    Draft saveDraft(String scope, Viewer viewer, Map<String, ? extends @Nullable Object> data, @Nullable Integer seen);

    /** The viewer's draft. */
    Optional<Draft> draft(String scope, Viewer viewer);

    /** When the viewer saved drafts in these scopes, for those where there is one. */
    Map<String, Instant> drafted(Collection<String> scopes, Viewer viewer);

    /** The last draft of anybody; the caller has checked access and audits. */
    Optional<Draft> lastDraft(String scope);

    /** Forgets the viewer's. */
    void dropDraft(String scope, Viewer viewer);

    /** Forgets those of everybody: what they were for is done or gone. */
    void dropDrafts(String scope);
}
