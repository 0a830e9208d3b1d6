package org.greenchannel.person;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * People entered more than once: which entry counts, who is alike, what differs, merging and separating. Nothing is
 * deleted: a merged entry points to the one that counts, and every read by its id reaches that one. Without access rules:
 * the caller has checked them.
 */
public interface Identities {

    /** The entry that counts: itself, or the one it was merged into; empty for an unknown id. */
    Optional<UUID> current(UUID personId);

    /** All ids of the people: theirs, those merged into theirs, those theirs were merged into. */
    Set<UUID> same(Collection<UUID> personIds);

    /** What is known of a person, masked; empty for an unknown id. */
    Optional<IdentityFile> file(UUID personId);

    /** Entries as they were made, whether merged or not. */
    Map<UUID, MaskedPerson> entries(Collection<UUID> personIds);

    /** Entries that may be the same person as this one, newest first. */
    List<Alike> alike(UUID personId);

    /** Pairs of everybody, newest first. @param after the last pair of the page before, or null */
    List<Alike> alike(@Nullable Alike after, int limit);

    /** Field by field, masked; recorded as a look before it is answered. */
    List<Compared> compare(UUID one, UUID other, Viewer viewer);

    /**
     * Merges: fields the remaining entry lacks are filled from the other, as a new version. Problem {@code merge-stale} when
     * one of them was merged meanwhile. In the caller's transaction, with an audit entry.
     *
     * @return fields that were filled
     */
    Set<String> merge(UUID from, UUID into, Viewer viewer);

    /**
     * Takes a merge back: fields that were filled and have not changed since are emptied again, as a new version. Problem
     * {@code merge-stale} when the entry is not merged into the other, or the other was merged itself.
     */
    void separate(UUID from, UUID into, Set<String> filled, Viewer viewer);

    /**
     * Two entries that may be the same person.
     *
     * @param reasons {@code NUMBER}, {@code IDENTITY_FOUND} (same number, of one known only later), {@code NAME_BIRTH},
     *     {@code PHONE} (of themselves or of guardians)
     */
    record Alike(UUID first, UUID second, List<String> reasons, Instant foundAt) {
        /** The other of the two. */
        public UUID other(UUID one) {
            return first.equals(one) ? second : first;
        }
    }

    /**
     * One field of two entries.
     *
     * @param field {@code person.name}, {@code guardian.phone}, …
     * @param one masked value, or empty
     * @param other masked value, or empty
     * @param match {@code SAME}, {@code DIFFERENT}, {@code ONE} or {@code OTHER}: known of one only
     */
    record Compared(String field, String one, String other, String match) {}

    /**
     * A person, masked.
     *
     * @param guardians those of merged entries too
     * @param changes newest first
     * @param merged entries that were merged into this one, directly or not
     */
    record IdentityFile(
            MaskedPerson person, List<Guardian> guardians, List<Change> changes, List<MaskedPerson> merged) {}

    /** A guardian, masked. @param relation code */
    record Guardian(String name, String relation, String phone) {}

    /**
     * A change of identity or guardian.
     *
     * @param subject {@code PERSON} or {@code GUARDIAN}
     * @param fields names of the fields that changed
     * @param before masked values before the change, where a masked value says something
     */
    record Change(Instant at, String username, String subject, List<String> fields, Map<String, String> before) {}
}
