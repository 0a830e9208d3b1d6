package org.greenchannel.note;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * Notes to cases. Rights: actions {@code case.notes} (read) and {@code case.note} (write) of the access table, and the
 * data class of the kind (D16); whoever wrote a note reads it always. A mention gives nobody more access than he has.
 */
public interface Notes {
    /** Longest note in characters. */
    int LONGEST = 2_000;

    /** Most people mentioned at once. */
    int MOST_PEOPLE = 20;

    /** Why a note is withdrawn. */
    List<String> REASONS = List.of("WRONG_CASE", "MISTAKEN", "DUPLICATE");

    /**
     * Adds a note in one transaction with its audit entry and its line in the story; those mentioned are told of it
     * without its content.
     *
     * <p>Problems: {@code note-empty} (no text, or too long), {@code note-people} (too many mentioned), {@code person-unknown}, {@code note-mention}
     * (somebody mentioned may not read notes of this kind on this case).
     *
     * @param key idempotency key, or null
     */
    Note write(UUID caseId, NoteKind kind, String text, List<String> mentions, @Nullable String key, Viewer viewer);

    /**
     * Says it anew: the author only. What it said before stays readable. Those mentioned for the first time are told.
     * Problems as {@link #write}, {@code note-of-others}, {@code note-withdrawn}, {@code note-changed} (somebody, or the
     * author on another page, was faster).
     *
     * @param version number of the version that is corrected
     */
    Note correct(
            UUID caseId,
            UUID noteId,
            int version,
            String text,
            List<String> mentions,
            @Nullable String key,
            Viewer viewer);

    /**
     * Takes a note back: the author only. It stays in the record, crossed out; one that was written to the wrong case is
     * read by its author only from then on. @param why one of {@link #REASONS}
     */
    Note withdraw(UUID caseId, UUID noteId, String why, Viewer viewer);

    /**
     * Notes of the case, newest first; those the viewer may not read come without text. When notes of others with a data
     * class are among them, the look is audited.
     */
    Page<Note> list(UUID caseId, Viewer viewer, int limit, @Nullable String cursor);

    /** Those of the given notes that everybody on the case may read, as far as the viewer may; for the story. */
    List<Note> general(UUID caseId, Set<UUID> ids, Viewer viewer);

    /** Whether the viewer may write notes to the case. */
    boolean mayWrite(UUID caseId, Viewer viewer);

    /** Colleagues who work on the case, without the viewer: usernames, to choose from. */
    List<String> people(UUID caseId, Viewer viewer);
}
