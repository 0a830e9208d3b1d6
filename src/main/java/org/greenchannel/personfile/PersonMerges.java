package org.greenchannel.personfile;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Identities;
import org.greenchannel.person.MaskedPerson;
import org.jspecify.annotations.Nullable;

/**
 * Merging two entries of one person, and taking that back, with four eyes: one account proposes, another one decides that is
 * not the proposer's deputy nor has the proposer as its own. Both need {@code person.merge} on a case of each of the two.
 */
public interface PersonMerges {

    /** Why two entries are merged. */
    List<String> REASONS = List.of("SAME_NUMBER", "IDENTITY_FOUND", "CONFIRMED_IN_PERSON", "PAPERS_CHECKED");

    /** Why a merge is taken back. */
    List<String> SPLIT_REASONS = List.of("TWO_PEOPLE", "WRONG_ENTRY");

    /** Whether the viewer may do it for any person, for the navigation. */
    boolean mayMerge(Viewer viewer);

    /** Pairs that may be one person and that the viewer may compare, newest first; without those found to be two. */
    Page<Pair> duplicates(Viewer viewer, @Nullable String cursor);

    /**
     * Two entries beside one another, masked; recorded as a look. Problem {@code person-unknown} when the viewer may not see
     * one of them, {@code forbidden} when he may not merge.
     */
    Comparison compare(UUID one, UUID other, Viewer viewer);

    /**
     * Proposes. Problems {@code merge-open} (a proposal for the two waits already), {@code merge-legal-status} (both are held
     * against their will in different cases), {@code merge-stale}, {@code form-invalid} (reason, words, warnings not seen).
     *
     * @param key the same key gets the first answer again
     * @return id of the proposal
     */
    UUID propose(Proposal proposal, @Nullable String key, Viewer viewer);

    /** Carries it out. Problems {@code merge-self}, {@code merge-deputy}, {@code merge-decided}, {@code merge-lapsed}, and those of {@link #propose}. */
    void confirm(UUID id, @Nullable String key, Viewer viewer);

    /** Refuses it, with words why; nothing changes. */
    void refuse(UUID id, String note, @Nullable String key, Viewer viewer);

    /** The proposer takes it back. Problem {@code merge-not-yours} for others. */
    void withdraw(UUID id, @Nullable String key, Viewer viewer);

    /** A proposal; problem {@code merge-unknown}, also for those who may not see both. */
    Request get(UUID id, Viewer viewer);

    /** Open proposals the viewer may see, oldest first. */
    List<Request> open(Viewer viewer);

    /** Merges of a person that stand and may be taken back one by one. */
    List<Request> done(UUID personId, Viewer viewer);

    /**
     * What is proposed.
     *
     * @param kind {@code MERGE} or {@code SPLIT}
     * @param from entry that will point to the other, or that is to stand alone again
     * @param into entry that remains
     * @param reason one of {@link #REASONS} or {@link #SPLIT_REASONS}
     * @param note what was checked and how, 4 to 500 characters
     * @param seen whether the proposer has read the warnings
     */
    record Proposal(String kind, UUID from, UUID into, String reason, String note, boolean seen) {}

    /**
     * A proposal and what came of it.
     *
     * @param warnings codes of what was out of the ordinary when it was proposed
     * @param status {@code OPEN}, {@code CONFIRMED}, {@code REFUSED}, {@code WITHDRAWN}, {@code LAPSED}
     * @param why why the viewer may not decide: {@code SELF}, {@code DEPUTY}; null when he may or nothing waits
     * @param person id of the page of the remaining person
     */
    record Request(
            UUID id,
            String kind,
            MaskedPerson from,
            MaskedPerson into,
            String reason,
            String note,
            Set<String> warnings,
            String proposedBy,
            Instant proposedAt,
            String status,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String decisionNote,
            boolean mayDecide,
            boolean mayWithdraw,
            @Nullable String why,
            UUID person) {}

    /** Two entries that may be one person. */
    record Pair(MaskedPerson first, MaskedPerson second, List<String> reasons, Instant foundAt) {}

    /**
     * Two entries beside one another.
     *
     * @param fields masked
     * @param reasons why they may be one person, empty when nothing says so
     * @param oneCases numbers of cases of the first the viewer may read
     * @param otherCases the same of the second
     * @param warnings codes: {@code DIFFERENT_NUMBER}, {@code DIFFERENT_BIRTH}, {@code DIFFERENT_SEX}, {@code BOTH_OPEN},
     *     {@code BOTH_EMERGENCY}, {@code BOTH_REGISTERED}
     * @param blocked codes: {@code LEGAL_STATUS}
     * @param open id of the proposal that waits, or null
     */
    record Comparison(
            MaskedPerson one,
            MaskedPerson other,
            List<Identities.Compared> fields,
            List<String> reasons,
            List<String> oneCases,
            List<String> otherCases,
            Set<String> warnings,
            Set<String> blocked,
            @Nullable UUID open) {}
}
