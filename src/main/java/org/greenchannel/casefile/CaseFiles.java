package org.greenchannel.casefile;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.jspecify.annotations.Nullable;

/** Cases. */
public interface CaseFiles {
    /** Opens a case with the next number of the process and year. @param personId whom it is about, or null: nobody. @param opener who opens it, or null: the system */
    CaseRef open(String processKey, @Nullable UUID personId, String areaCode, @Nullable Viewer opener);

    /** The case if the viewer may see it; problem {@code case-unknown} otherwise, whether it exists or not. */
    CaseSummary get(String number, Viewer viewer);

    /** Without access check, for other modules inside a transaction. */
    CaseSummary byId(UUID caseId);

    /** Without access check, many. */
    Map<UUID, CaseSummary> byIds(Collection<UUID> caseIds);

    /** By number without access check. */
    Optional<CaseSummary> byNumber(String number);

    /** How the viewer stands to the case. */
    Relation relation(CaseSummary file, Viewer viewer);

    /** Requires the action of the access policy on the case; audited refusal and problem {@code case-unknown} or {@code forbidden}. */
    Relation require(CaseSummary file, String action, Viewer viewer);

    /** Cases the viewer may see, newest first; {@code query} is a case number prefix, {@code open} null means any. */
    Page<CaseSummary> list(
            @Nullable String query,
            @Nullable Boolean open,
            @Nullable String process,
            Viewer viewer,
            int limit,
            @Nullable String cursor);

    /**
     * Cases of a person, under whichever ids he was entered, newest first, at most 200.
     *
     * @param action what the viewer must be allowed on a case to see it, for example {@code case.read}
     */
    PersonCases ofPersons(Collection<UUID> personIds, String action, Viewer viewer);

    /** Open cases of a person under any of these ids, without access check. */
    List<CaseSummary> openOfPersons(Collection<UUID> personIds);

    /** @param seen cases the viewer may see, as they are @param others how many he may not */
    record PersonCases(List<CaseSummary> seen, int others) {}

    /** Changes the legal status through the state machine of C9; problem {@code legal-status} when the law does not allow it: the whole action is rolled back. */
    default void changeLegalStatus(UUID caseId, String status, String basis, Instant at) {
        changeLegalStatus(caseId, status, basis, at, null);
    }

    /**
     * The same for a process: when the stay ends ({@code RELEASED}, {@code CLOSED}), everything else in the case that
     * waits for {@code stay-ended} is told. @param byInstance engine instance that changes it and is not told, or null
     */
    void changeLegalStatus(UUID caseId, String status, String basis, Instant at, @Nullable String byInstance);

    /** Cases that belong to this one, in both directions, as far as the viewer may read them. */
    List<CaseLink> links(CaseSummary file, Viewer viewer);

    /** Keys of the processes that run in the case, called ones left out. */
    List<String> running(UUID caseId);

    /** The engine instance the case was opened with. */
    Optional<String> firstInstance(UUID caseId);

    /**
     * Locks the case until the end of the transaction. An action on a case does this first: what one process tells
     * another would otherwise meet an action of the other in the opposite order.
     */
    void lock(UUID caseId);

    /** Where the case stands for people. */
    void stage(UUID caseId, String stage);

    /** Adds an organisation to the case. */
    void participate(UUID caseId, String role, String organisation);

    /** Organisations of the case. */
    List<Participant> participants(UUID caseId);

    /** Adds a line to the story, in the caller's transaction. */
    void tell(
            UUID caseId,
            Instant at,
            String kind,
            Text title,
            String basis,
            @Nullable String actor,
            Map<String, String> detail);

    /** The story as the viewer may read it (D16): without decisions and types of admission for those who see only the state. */
    Page<TimelineEntry> story(
            CaseSummary file, Viewer viewer, @Nullable String kind, int limit, @Nullable String cursor);

    /** The same, filtered also by actor and step. */
    Page<TimelineEntry> story(CaseSummary file, Viewer viewer, StoryFilter filter, int limit, @Nullable String cursor);

    /** Usernames of those who did something on the case and how often, most active first; at most 100. */
    Map<String, Integer> actors(UUID caseId);

    /** Groups that have or had a task of the case. */
    List<String> groups(UUID caseId);

    /** The case as the viewer may read it (D16): status, type and outcome reduced to the coarse state where only that may be seen. */
    CaseSummary seenBy(CaseSummary file, Viewer viewer);

    /** When the present legal status began; empty before the first. */
    Optional<Instant> statusSince(UUID caseId);

    /** Name of a legal status. */
    Text statusName(String status);

    /** The whole story without access rules, newest first. */
    Page<TimelineEntry> timeline(UUID caseId, @Nullable String kind, int limit, @Nullable String cursor);

    /** Usernames who completed each task of the case, by task key. */
    Map<String, List<String>> signers(UUID caseId);
}
