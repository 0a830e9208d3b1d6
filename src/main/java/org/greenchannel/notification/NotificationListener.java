package org.greenchannel.notification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.clock.ClockBreached;
import org.greenchannel.clock.ClockWarned;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.oversight.AlertRaised;
import org.greenchannel.oversight.ClockEscalated;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItems;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** Turns events into notifications after their transaction, in one of its own. */
@Component
class NotificationListener {

    /** Alerts with a text of their own; others have a general one. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "POSSIBLE_REFUSAL", "possible-refusal",
            "NOTICE_OVERDUE", "notice-overdue",
            "UNLAWFUL_STAY", "unlawful-stay");

    private static final String NEAR = "clock-near";

    private final CaseFiles cases;
    private final Accounts accounts;
    private final WorkItems workItems;
    private final NotificationTable table;
    private final Telling telling;

    NotificationListener(
            CaseFiles cases, Accounts accounts, WorkItems workItems, NotificationTable table, Telling telling) {
        this.cases = cases;
        this.accounts = accounts;
        this.workItems = workItems;
        this.table = table;
        this.telling = telling;
    }

    @ApplicationModuleListener
    void on(NotificationRequested event) {
        String number = cases.byId(event.caseId()).number();
        var message = new NotificationTable.Message(
                event.messageId(), event.caseId(), number, event.template(), groups(event.to()), event.occurredAt());
        if (!table.add(message)) {
            return; // the same event again
        }
        for (String recipient : event.to()) {
            switch (recipient) {
                case "patient" -> table.addDuty(message, "PATIENT");
                case "guardian" -> table.addDuty(message, "GUARDIAN");
                default -> holders(recipient).forEach(account -> telling.tell(message, account.username()));
            }
        }
    }

    /** A deadline passed: those whose turn it is learn of it. */
    @ApplicationModuleListener
    void on(ClockBreached event) {
        List<String> groups = Optional.ofNullable(event.workItemId())
                .flatMap(workItems::find)
                .map(WorkItem::groups)
                .orElse(List.of());
        if (!groups.isEmpty()) {
            // the clock breaches once, so its id names the message
            on(new NotificationRequested(
                    event.clockId(), event.caseId(), "clock-breached", groups, event.occurredAt()));
        }
    }

    /** A deadline comes near: who has the task learns of it, or all who may take it. */
    @ApplicationModuleListener
    void on(ClockWarned event) {
        WorkItem item = Optional.ofNullable(event.workItemId())
                .flatMap(workItems::find)
                .filter(one -> one.status().equals("OPEN"))
                .orElse(null);
        if (item == null) {
            return;
        }
        var id = UUID.nameUUIDFromBytes((event.clockId() + "/near/" + event.level()).getBytes(StandardCharsets.UTF_8));
        String holder = item.assignee();
        if (holder == null) {
            on(new NotificationRequested(id, event.caseId(), NEAR, item.groups(), event.occurredAt()));
            return;
        }
        var message = new NotificationTable.Message(
                id, event.caseId(), item.caseNumber(), NEAR, List.of(), event.occurredAt());
        if (table.add(message)) {
            telling.tell(message, holder);
        }
    }

    /** It is still not done: the next level learns of it. */
    @ApplicationModuleListener
    void on(ClockEscalated event) {
        on(new NotificationRequested(
                event.id(), event.caseId(), "clock-escalated", event.groups(), event.occurredAt()));
    }

    /** Supervisors learn of an alert where they work, not only on the desk of oversight. */
    @ApplicationModuleListener
    void on(AlertRaised event) {
        String own = TEMPLATES.getOrDefault(event.kind(), "alert");
        on(new NotificationRequested(event.alertId(), event.caseId(), own, event.groups(), event.occurredAt()));
    }

    /** Who of the recipients sits at a desk. */
    private static List<String> groups(List<String> to) {
        return to.stream().filter(recipient -> recipient.contains("@")).toList();
    }

    private Collection<Account> holders(String group) {
        int at = group.indexOf('@');
        return at < 0 ? new ArrayList<>() : accounts.holders(List.of(group.substring(0, at)), group.substring(at + 1));
    }
}
