package org.greenchannel.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.StepContext;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A step of a process reaches the inboxes of those it names, over the outbox. */
@AppTest
class NotificationsTests {

    @Autowired
    Notifications notifications;

    @Autowired
    NotifyPartiesStep step;

    @Autowired
    CaseFiles cases;

    @Autowired
    Persons persons;

    @Autowired
    Accounts accounts;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void tellsTheHoldersOfTheRoleAndNobodyElse() {
        Viewer officer = anyone("police-officer");
        CaseRef file = open(officer);
        // the count is bounded, and other tests have left theirs
        notifications.markAllRead(officer);
        String group = "police-officer@" + officer.organisation();
        notify(file, "team-alert", group + ", ,town-coordinator@");
        await(() -> notifications.unread(officer) == 1);
        var newest = notifications.list(officer, true, 1, null).items().get(0);
        assertThat(newest.caseNumber()).isEqualTo(file.number());
        assertThat(newest.body().zh()).contains(file.number());
        assertThat(cases.timeline(file.id(), "NOTIFICATION", 5, null).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("to", group));

        notifications.markRead(newest.id(), officer);
        assertThat(notifications.unread(officer)).isZero();
        Viewer doctor = anyone("primary-doctor");
        assertThat(notifications.list(doctor, false, 200, null).items())
                .noneMatch(other -> other.caseNumber().equals(file.number()));
    }

    @Test
    void leavesADutyToTellTheGuardianByVoice() {
        Viewer officer = anyone("police-officer");
        CaseRef file = open(officer);
        notify(file, "admission-decided", "police-officer@" + officer.organisation() + ",guardian");
        await(() -> notifications.duties(file.id()).size() == 1);
        var duty = notifications.duties(file.id()).get(0);
        assertThat(duty.recipient()).isEqualTo("GUARDIAN");
        notifications.finishDuty(file.id(), duty.id(), "NOT_REACHED", officer);
        assertThatThrownBy(() -> notifications.finishDuty(file.id(), duty.id(), "REACHED", officer))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("duty-done");
        // somebody who was not reached still has to be told
        var open = notifications.duties(file.id()).get(0);
        assertThat(open.doneAt()).isNull();
        notifications.finishDuty(file.id(), open.id(), "REACHED", officer);
        assertThat(notifications.duties(file.id())).allMatch(done -> done.doneAt() != null);
    }

    @Test
    void tellsNobodyWhenTheActionFails() throws InterruptedException {
        Viewer officer = anyone("police-officer");
        CaseRef file = open(officer);
        transaction.executeWithoutResult(status -> {
            step.execute(context(file, "team-alert", "guardian"));
            status.setRollbackOnly();
        });
        Thread.sleep(Duration.ofSeconds(1).toMillis());
        assertThat(notifications.duties(file.id())).isEmpty();
    }

    @Test
    void pagesWithoutLosingOrRepeating() {
        Viewer officer = anyone("police-officer");
        CaseRef file = open(officer);
        notifications.markAllRead(officer);
        for (int i = 0; i < 3; i++) {
            notify(file, "team-alert", "police-officer@" + officer.organisation());
        }
        await(() -> notifications.list(officer, true, 200, null).items().size() == 3);
        var first = notifications.list(officer, false, 2, null);
        var second = notifications.list(officer, false, 1, first.nextCursor());
        assertThat(first.items()).doesNotContainAnyElementsOf(second.items());
        assertThatThrownBy(() -> notifications.list(officer, false, 2, "nonsense"))
                .isInstanceOf(Problem.class);
        notifications.markAllRead(officer);
        assertThat(notifications.unread(officer)).isZero();
    }

    private void notify(CaseRef file, String template, String to) {
        transaction.executeWithoutResult(status -> step.execute(context(file, template, to)));
    }

    private static StepContext context(CaseRef file, String template, String to) {
        StepContext context = mock();
        when(context.caseId()).thenReturn(file.id());
        when(context.parameter("template")).thenReturn(template);
        when(context.parameter("to")).thenReturn(to);
        doAnswer(call -> Instant.now()).when(context).now();
        return context;
    }

    private CaseRef open(Viewer opener) {
        return transaction.execute(status -> {
            UUID person = persons.register(Map.of("description", "synthetic"), opener);
            return cases.open("emergency-admission", person, "990105001001", opener);
        });
    }

    private Viewer anyone(String role) {
        return accounts.holders(java.util.List.of(role), organisation(role)).stream()
                .map(account -> accounts.viewer(account.username()))
                .findFirst()
                .orElseThrow();
    }

    private static String organisation(String role) {
        return role.equals("police-officer") ? "zz-ps-huayuanlu" : "zz-chc-huayuanlu";
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
