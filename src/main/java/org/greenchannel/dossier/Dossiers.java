package org.greenchannel.dossier;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** A case as a whole, as far as the viewer may see each part of it. */
public interface Dossiers {
    /** Kind of a line that tells of a look at sensitive data. */
    String LOOK = "LOOK";

    /** Kind of a line that tells of a form that was filled in again. */
    String CHANGE = "CHANGE";

    /**
     * The story, newest first, merged with looks at sensitive data and with forms filled in again (detail
     * {@code changed}: the submission to compare). Looks of everybody are for those who may read the audit log of the
     * case (D16, class {@code AUD}); others find their own under kind {@link #LOOK}.
     */
    Page<TimelineEntry> story(CaseSummary file, Viewer viewer, StoryFilter filter, int limit, @Nullable String cursor);

    /** Whether the viewer may read the form: all of those who treat, of the others what their own organisation wrote. */
    boolean reads(CaseSummary file, Submission submission, Viewer viewer);

    /**
     * What is different from the same form as it was submitted before, in the order of the form; empty when it is the
     * first. The look is audited. Problem {@code not-found} or {@code forbidden}.
     */
    List<Change> changes(CaseSummary file, UUID submissionId, Viewer viewer, Locale locale);

    /** Whether there is something to brief this viewer on. */
    boolean mayBrief(CaseSummary file, Viewer viewer);

    /**
     * What whoever is called to an open case needs at once: place, danger, what the person looks like. Of each answer
     * the class of D16 decides whether this viewer reads it; unanswered ones are left out. The look is audited.
     */
    List<Said> brief(CaseSummary file, Viewer viewer, Locale locale);

    /** An answer. */
    record Said(String label, String value) {}

    /** For what a whole case is printed. */
    Set<String> PURPOSES = Set.of("COURT", "SUPERVISION", "PATIENT_REQUEST", "REVIEW");

    /** Whether the viewer may print the whole case. */
    boolean mayPrint(CaseSummary file, Viewer viewer);

    /**
     * The whole case as one PDF: cover, contents, chronology, clocks, forms, papers, attachments, notes, extract of the audit
     * chain with hashes, then the papers themselves. Forms and papers the viewer may not read (D16) are named and withheld. The
     * print is audited with purpose, reference and its SHA-256.
     *
     * @param purpose one of {@link #PURPOSES}
     * @param reference number of the letter or proceeding that asks for it, 4 to 60 characters, never a person's name
     */
    byte[] print(CaseSummary file, String purpose, String reference, Viewer viewer, Locale locale);

    /** An answer that became another. @param before empty when there was none @param after empty when it was taken away */
    record Change(String section, String label, String before, String after) {}
}
