package org.greenchannel.worklist;

import java.util.List;
import java.util.UUID;

/**
 * Receipt of a completed task.
 *
 * @param next open items of the case the viewer may see now
 * @param warnings texts of rules that warn
 */
public record Completed(
        UUID workItemId, String caseNumber, String completedAt, List<NextItem> next, List<String> warnings) {
    /** A following item. */
    public record NextItem(UUID id, String taskKey, String name, List<String> groups, boolean mine) {}
}
