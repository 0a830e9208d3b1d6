package org.greenchannel.worklist;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * What a person has at the desk around the work list: counts of what is filtered, marks of what is new, what comes back
 * later, who else has it open, many items at once, and news while a page is open. Every method takes the viewer.
 */
public interface WorkDesk {

    /** Why something is put aside: codes, because a reason in words would soon name a person. */
    List<String> REASONS = List.of("DOCUMENTS", "PERSON", "OTHER_AGENCY", "APPOINTMENT", "RESULT", "ORDER");

    /** Most items one bulk action takes. */
    int MOST = 50;

    /** Instead of a version: whatever it is. */
    int ANY = -1;

    /** Counts by view under the filter (its view is ignored), capped at 100. */
    Map<String, Integer> counts(WorkItemQuery filter, Viewer viewer);

    /** Counts of one view by urgency ({@code breached today soon later none}) under the filter, capped at 100. */
    Map<String, Integer> levels(WorkItemQuery filter, Viewer viewer);

    /** The filter with its text read as a full name or id number of a person; audited. Problem {@code forbidden} without the right to search people. */
    WorkItemQuery named(WorkItemQuery filter, String idNoOrName, Viewer viewer);

    /** Whether {@link #named} is allowed. */
    boolean mayName(Viewer viewer);

    /** Codes of stages. */
    List<String> stages();

    /** Marks of items; an item without any has {@link Marks#NONE}. */
    Map<UUID, Marks> marks(Collection<WorkItem> items, Viewer viewer);

    /** Those of the items that are in one of the viewer's lists; the others are left out without a word. */
    List<WorkItem> among(Set<UUID> ids, Viewer viewer);

    /** Those of the items that a list with this filter shows. */
    Set<UUID> fitting(Set<UUID> ids, WorkItemQuery filter, Viewer viewer);

    /** The viewer has looked at it as it is now. */
    void seen(UUID id, Viewer viewer);

    /**
     * 稍后处理: out of his way until a moment. Problems {@code follow-up-past}, {@code follow-up-far},
     * {@code follow-up-after-due} when it would come back only after its legal end, {@code follow-up-reason}.
     */
    Marks.FollowUp followUp(UUID id, Instant until, String reason, Viewer viewer);

    /** Takes it up again before its day. */
    void comeBack(UUID id, Viewer viewer);

    /** The viewer has it open: told every half minute, forgotten after one. Answers who else has. */
    List<String> working(UUID id, Viewer viewer);

    /** The viewer closed it. */
    void left(UUID id, Viewer viewer);

    /** What can be done to many items. */
    enum Bulk {
        CLAIM,
        RELEASE,
        ASSIGN,
        FOLLOW_UP
    }

    /**
     * One line of a bulk action.
     *
     * @param item the item as it is now
     * @param done whether it was done, or in a preview would be
     * @param why type of the problem that stands in the way, or null
     * @param reason the same in words
     */
    record Line(WorkItem item, boolean done, @Nullable String why, Text reason) {}

    /**
     * A bulk action.
     *
     * @param items ids with the version the viewer saw, or {@link #ANY}
     * @param until for {@link Bulk#FOLLOW_UP}
     * @param reason code for {@link Bulk#FOLLOW_UP}, in free words for {@link Bulk#ASSIGN}
     * @param to username for {@link Bulk#ASSIGN}; null in a preview: whoever it will be
     */
    record Many(
            Bulk verb,
            Map<UUID, Integer> items,
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable String to) {
        /** Copies the map. */
        public Many {
            items = Map.copyOf(items);
        }
    }

    /** What would be done and what not; changes nothing. Problem {@code too-many-items} above {@link #MOST}. */
    List<Line> preview(Many many, Viewer viewer);

    /** Usernames that all of the items could be assigned to. */
    List<String> candidates(Collection<UUID> ids, Viewer viewer);

    /**
     * Does what can be done, in one transaction with one audit entry an item, and says of the rest why not. Under the same
     * key it answers the same again.
     */
    List<Line> apply(Many many, @Nullable String idempotencyKey, Viewer viewer);

    /**
     * News for an open page: ids of items in the viewer's lists that changed, after the change is committed. Nothing else
     * is told, so that what one may see is decided when one looks.
     */
    AutoCloseable listen(Viewer viewer, Consumer<Set<UUID>> news);
}
