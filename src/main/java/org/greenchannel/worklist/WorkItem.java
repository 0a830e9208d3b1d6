package org.greenchannel.worklist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work, as lists show it.
 *
 * @param person masked name of the person
 * @param personId person
 * @param assignee username who works on it, or null
 * @param priority 0 to 100
 * @param dueHard legal end, or null: none, or unknown while its clock stands still
 * @param pausedAt since when its clock stands still, or null
 * @param basis articles
 * @param status {@code OPEN}, {@code DONE}, {@code WITHDRAWN}
 * @param version changes with every verb; a stale one is refused
 */
public record WorkItem(
        UUID id,
        String taskKey,
        Text name,
        String process,
        UUID caseId,
        String caseNumber,
        @Nullable UUID personId,
        String person,
        String areaCode,
        List<String> groups,
        @Nullable String assignee,
        int priority,
        @Nullable Instant dueSoft,
        @Nullable Instant dueHard,
        @Nullable Instant pausedAt,
        @Nullable String clock,
        String basis,
        @Nullable String stage,
        boolean guarded,
        boolean confirm,
        @Nullable String formId,
        String status,
        Instant createdAt,
        @Nullable Instant closedAt,
        @Nullable String closedBy,
        int version) {}
