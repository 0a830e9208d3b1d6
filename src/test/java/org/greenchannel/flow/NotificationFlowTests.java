package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.notification.Duty;
import org.greenchannel.notification.Notification;
import org.greenchannel.notification.Notifications;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a case tells people, from the report at the scene to the call to the guardian. */
@AppTest
class NotificationFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private Notifications notifications;

    @Autowired
    private Accounts accounts;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private JdbcClient jdbc;

    private Journey journey;

    @BeforeEach
    void open() {
        journey = new Journey(new Api(port), clock);
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    private List<Notification> told(String user) {
        return notifications.list(accounts.viewer(user), true, 200, null).items().stream()
                .filter(message -> message.caseNumber().equals(journey.number()))
                .toList();
    }

    private List<Duty> duties(Viewer viewer) {
        return notifications.openDuties(viewer, 200).stream()
                .filter(duty -> duty.caseNumber().equals(journey.number()))
                .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void anEmergencyTellsTownAndPrimaryCareUntilTheyHaveReadIt() throws InterruptedException {
        journey.start("officer", Map.of());
        for (String user : List.of("town", "primary")) {
            Viewer viewer = accounts.viewer(user);
            await(() -> told(user).size() == 1);
            var message = told(user).get(0);
            assertThat(message.template()).isEqualTo("team-alert");
            int before = notifications.unread(viewer);
            // nobody reads for somebody else
            notifications.markRead(message.id(), accounts.viewer("finance"));
            assertThat(notifications.unread(viewer)).isEqualTo(before);
            notifications.markRead(message.id(), viewer);
            assertThat(told(user)).isEmpty();
        }
        assertThat(told("finance")).isEmpty();
        assertThat(told("triage2")).isEmpty();
    }

    @Test
    void aDutyFallsToThoseWhoWereToldAndIsClosedOnce() throws InterruptedException {
        journey.start("officer", Map.of());
        Viewer town = accounts.viewer("town");
        await(() -> duties(town).size() == 1);
        Duty duty = duties(town).get(0);
        assertThat(duty.recipient()).isEqualTo("GUARDIAN");
        List<String> others = List.of("finance", "doctor", "affairs2", "sysadmin", "health");
        for (String other : others) {
            Viewer stranger = accounts.viewer(other);
            assertThat(duties(stranger)).as(other).isEmpty();
            assertThatThrownBy(() -> notifications.finishDuty(duty.caseId(), duty.id(), "REACHED", stranger))
                    .as(other)
                    .hasMessageContaining("duty-unknown");
        }
        assertThat(entries(duty.id(), "DENIED")).isEqualTo(others.size());

        notifications.finishDuty(duty.caseId(), duty.id(), "NOT_REACHED", town);
        assertThatThrownBy(() -> notifications.finishDuty(duty.caseId(), duty.id(), "REACHED", town))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("duty-done");
        assertThat(entries(duty.id(), "DONE")).isEqualTo(1);
        // not reached: it stays with the same people
        Viewer primary = accounts.viewer("primary");
        Duty again = duties(primary).get(0);
        assertThat(again.id()).isNotEqualTo(duty.id());
        assertThat(duties(town)).containsExactly(again);
        notifications.finishDuty(again.caseId(), again.id(), "IN_PERSON", primary);
        assertThat(duties(town)).isEmpty();
        assertThat(cases.timeline(duty.caseId(), "NOTIFICATION", 50, null).items())
                .filteredOn(entry -> entry.detail().containsKey("duty"))
                .hasSize(2);
    }

    private int entries(UUID duty, String outcome) {
        return jdbc.sql("select count(*) from audit.entry where object = :duty and outcome = :outcome")
                .param("duty", "duty:" + duty)
                .param("outcome", outcome)
                .query(Integer.class)
                .single();
    }
}
