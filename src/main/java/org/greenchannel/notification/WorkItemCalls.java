package org.greenchannel.notification;

import java.util.List;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.worklist.WorkItemCall;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** Verbs of the work list tell people by name: assigned, asked to sign, sent back, copied, nudged, mentioned. */
@Component
class WorkItemCalls {

    private final CaseFiles cases;
    private final NotificationTable table;
    private final Telling telling;

    WorkItemCalls(CaseFiles cases, NotificationTable table, Telling telling) {
        this.cases = cases;
        this.table = table;
        this.telling = telling;
    }

    @ApplicationModuleListener
    void on(WorkItemCall event) {
        String number = cases.byId(event.caseId()).number();
        var message = new NotificationTable.Message(
                event.callId(), event.caseId(), number, "item-" + event.kind(), List.of(), event.occurredAt());
        if (!table.add(message)) {
            return; // the same event again
        }
        for (String username : event.to()) {
            telling.tell(message, username);
        }
    }
}
