package org.greenchannel.notification;

import java.util.List;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.note.NoteMention;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** Whoever is named in a note to a case is told so, never what it says. */
@Component
class NoteCalls {

    private final CaseFiles cases;
    private final NotificationTable table;
    private final Telling telling;

    NoteCalls(CaseFiles cases, NotificationTable table, Telling telling) {
        this.cases = cases;
        this.table = table;
        this.telling = telling;
    }

    @ApplicationModuleListener
    void on(NoteMention event) {
        String number = cases.byId(event.caseId()).number();
        var message = new NotificationTable.Message(
                event.callId(), event.caseId(), number, NoticeKind.NOTE, List.of(), event.occurredAt());
        if (!table.add(message)) {
            return; // the same event again
        }
        event.to().forEach(username -> telling.tell(message, username));
    }
}
