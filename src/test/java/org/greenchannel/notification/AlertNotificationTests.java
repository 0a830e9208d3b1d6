package org.greenchannel.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.ClockBreached;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.oversight.AlertRaised;
import org.greenchannel.oversight.ClockEscalated;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** Alerts and missed deadlines reach those whose turn it is. */
class AlertNotificationTests {

    private static final Instant AT = Instant.parse("2026-11-22T06:00:00Z");

    private final UUID caseId = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();
    private final CaseFiles cases = mock();
    private final Accounts accounts = mock();
    private final WorkItems workItems = mock();
    private final NotificationTable table = mock();
    private final Telling telling = mock();
    private final NotificationListener listener = new NotificationListener(cases, accounts, workItems, table, telling);

    @BeforeEach
    void aCaseAndAnAccount() {
        when(cases.byId(caseId))
                .thenReturn(new CaseSummary(
                        caseId,
                        "EA-2026-000001",
                        "emergency-admission",
                        id,
                        "990105001001",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "officer",
                        AT,
                        null,
                        1));
        when(accounts.holders(List.of("health-commission"), "zz-health"))
                .thenReturn(List.of(new Account(id, "health", "health", "zz-health", Set.of(), Set.of(), "zh", true)));
        when(table.add(any())).thenReturn(true);
    }

    @Test
    void anAlertGoesToItsGroups() {
        listener.on(new AlertRaised(id, caseId, "NOTICE_OVERDUE", List.of("health-commission@zz-health"), AT));
        assertThat(told().template()).isEqualTo("notice-overdue");
        assertThat(told().id()).isEqualTo(id);
    }

    @Test
    void anAlertWithoutATextOfItsOwnHasAGeneralOne() {
        listener.on(new AlertRaised(id, caseId, "SOMETHING_NEW", List.of("health-commission@zz-health"), AT));
        assertThat(told().template()).isEqualTo("alert");
    }

    @Test
    void whatIsStillNotDoneGoesToTheNextLevel() {
        listener.on(new ClockEscalated(id, caseId, "T15", 2, List.of("health-commission@zz-health"), AT));
        assertThat(told().template()).isEqualTo("clock-escalated");
        assertThat(told().id()).isEqualTo(id);
    }

    @Test
    void aMissedDeadlineGoesToTheGroupsOfItsTask() {
        WorkItem item = mock();
        when(item.groups()).thenReturn(List.of("health-commission@zz-health"));
        when(workItems.find(id)).thenReturn(Optional.of(item));
        listener.on(new ClockBreached(UUID.randomUUID(), caseId, "T03", "RELEASE", id, AT));
        assertThat(told().template()).isEqualTo("clock-breached");
    }

    @Test
    void aClockWithoutATaskIsNobodysTurn() {
        listener.on(new ClockBreached(UUID.randomUUID(), caseId, "T05", "WINDOW_CLOSES", null, AT));
        verifyNoInteractions(table, telling);
    }

    private NotificationTable.Message told() {
        ArgumentCaptor<NotificationTable.Message> message = ArgumentCaptor.captor();
        verify(telling, org.mockito.Mockito.atLeastOnce()).tell(message.capture(), any());
        return message.getValue();
    }
}
