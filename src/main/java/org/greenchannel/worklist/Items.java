package org.greenchannel.worklist;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Small helpers on items. */
final class Items {

    private Items() {}

    static WorkItem withPerson(WorkItem i, String person) {
        return new WorkItem(
                i.id(),
                i.taskKey(),
                i.name(),
                i.process(),
                i.caseId(),
                i.caseNumber(),
                i.personId(),
                person,
                i.areaCode(),
                i.groups(),
                i.assignee(),
                i.priority(),
                i.dueSoft(),
                i.dueHard(),
                i.pausedAt(),
                i.clock(),
                i.basis(),
                i.stage(),
                i.guarded(),
                i.confirm(),
                i.formId(),
                i.status(),
                i.createdAt(),
                i.closedAt(),
                i.closedBy(),
                i.version());
    }

    static String scope(UUID id) {
        return "item:" + id;
    }

    static String startScope(String process, @Nullable String caseNumber) {
        return "start:" + process + (caseNumber == null ? "" : ":" + caseNumber);
    }

    static String messageScope(String caseNumber, String message) {
        return "message:" + caseNumber + ":" + message;
    }
}
