package org.greenchannel.worklist;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Filter of the work list; null means any.
 *
 * @param view {@code mine}, {@code available}, {@code team}, {@code done}, {@code copied}
 * @param due {@code breached}, {@code today}, {@code soon}, {@code later} (without a limit included), {@code none}
 * @param q words of a task, case number, stage, place or process; all of them must be found
 * @param limit at most 50
 * @param stage code of a stage
 * @param area code of an area, with everything inside it
 * @param mark {@code unread}: not opened since it changed; {@code later}: put aside until a day to come
 * @param persons only cases of these people, as found by an audited search; null means anybody
 */
public record WorkItemQuery(
        String view,
        @Nullable String process,
        @Nullable String task,
        @Nullable String caseNumber,
        @Nullable String due,
        @Nullable String q,
        int limit,
        @Nullable String cursor,
        @Nullable String stage,
        @Nullable String area,
        @Nullable String mark,
        @Nullable Set<UUID> persons) {

    /** Copies the people. */
    public WorkItemQuery {
        persons = persons == null ? null : Set.copyOf(persons);
    }

    /** A filter by process, task, case, due date and text. */
    public WorkItemQuery(
            String view,
            @Nullable String process,
            @Nullable String task,
            @Nullable String caseNumber,
            @Nullable String due,
            @Nullable String q,
            int limit,
            @Nullable String cursor) {
        this(view, process, task, caseNumber, due, q, limit, cursor, null, null, null, null);
    }

    /** The same filter on another list. */
    public WorkItemQuery in(String other) {
        return new WorkItemQuery(other, process, task, caseNumber, due, q, limit, null, stage, area, mark, persons);
    }

    /** The same filter for another due date. */
    public WorkItemQuery due(@Nullable String other) {
        return new WorkItemQuery(view, process, task, caseNumber, other, q, limit, null, stage, area, mark, persons);
    }

    /** The same filter for these people only, instead of a text. */
    public WorkItemQuery of(Set<UUID> people) {
        return new WorkItemQuery(view, process, task, caseNumber, due, null, limit, null, stage, area, mark, people);
    }

    /** Whether anything but the list is chosen. */
    public boolean filtered() {
        return process != null
                || task != null
                || caseNumber != null
                || due != null
                || q != null
                || stage != null
                || area != null
                || mark != null
                || persons != null;
    }
}
