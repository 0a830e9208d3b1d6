package org.greenchannel.worklist;

import org.jspecify.annotations.Nullable;

/**
 * Filter of the work list; null means any.
 *
 * @param view {@code mine}, {@code available}, {@code team}, {@code done}
 * @param due {@code breached}, {@code today}, {@code soon}, {@code later}
 * @param q part of the task name or a case number
 * @param limit at most 50
 */
public record WorkItemQuery(
        String view,
        @Nullable String process,
        @Nullable String task,
        @Nullable String caseNumber,
        @Nullable String due,
        @Nullable String q,
        int limit,
        @Nullable String cursor) {}
