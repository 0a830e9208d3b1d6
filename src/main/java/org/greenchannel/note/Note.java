package org.greenchannel.note;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A note to a case as one viewer sees it.
 *
 * @param author username
 * @param organisation code of the author's organisation
 * @param versions what it said and says, oldest first; empty when the viewer may not read it
 * @param withdrawnWhy code of the reason, null while it counts
 */
public record Note(
        UUID id,
        UUID caseId,
        NoteKind kind,
        String author,
        String organisation,
        Instant at,
        List<Version> versions,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawnWhy) {

    /** What a note says from one moment on. @param number 1 for the first @param mentions usernames */
    public record Version(int number, Instant at, String text, List<String> mentions) {}

    /** Copies the list. */
    public Note {
        versions = List.copyOf(versions);
    }

    /** Whether the viewer may read it. */
    public boolean readable() {
        return !versions.isEmpty();
    }

    /** What it says now; null when the viewer may not read it. */
    public @Nullable Version last() {
        return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    /** What it said before, newest first. */
    public List<Version> earlier() {
        return versions.size() < 2
                ? List.of()
                : versions.subList(0, versions.size() - 1).stream()
                        .sorted((a, b) -> b.number() - a.number())
                        .toList();
    }

    Note unread() {
        return new Note(id, caseId, kind, author, organisation, at, List.of(), withdrawnAt, withdrawnWhy);
    }
}
