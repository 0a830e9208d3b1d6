package org.greenchannel.notification;

import java.util.List;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.personfile.PersonMergeCall;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** Entries of a person are to be merged or separated: who may decide is told, and afterwards both who took part. */
@Component
class PersonMergeCalls {

    private final CaseFiles cases;
    private final NotificationTable table;
    private final Telling telling;

    PersonMergeCalls(CaseFiles cases, NotificationTable table, Telling telling) {
        this.cases = cases;
        this.table = table;
        this.telling = telling;
    }

    @ApplicationModuleListener
    void on(PersonMergeCall event) {
        String number = cases.byId(event.caseId()).number();
        var message = new NotificationTable.Message(
                event.callId(), event.caseId(), number, "person-merge-" + event.kind(), List.of(), event.occurredAt());
        if (!table.add(message)) {
            return; // the same event again
        }
        event.to().forEach(username -> telling.tell(message, username));
    }
}
