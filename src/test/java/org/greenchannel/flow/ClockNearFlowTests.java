package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.greenchannel.notification.Notification;
import org.greenchannel.notification.Notifications;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Before a legal deadline passes, who has the task is told, once, and says nothing about the person. */
@AppTest
class ClockNearFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private org.camunda.bpm.engine.ProcessEngine engine;

    @Autowired
    private Notifications notifications;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcClient jdbc;

    private TimeMachine time;
    private Journey journey;

    @BeforeEach
    void open() {
        time = new TimeMachine(clock, engine.getManagementService());
        journey = new Journey(new Api(port), clock).start("officer", Map.of());
    }

    @AfterEach
    void realTime() {
        time.realTime();
    }

    private List<Notification> near(String user) {
        return notifications.list(accounts.viewer(user), false, 200, null).items().stream()
                .filter(message -> message.caseNumber().equals(journey.number())
                        && message.template().equals("clock-near"))
                .toList();
    }

    private List<Integer> levels() {
        return jdbc.sql(
                        """
                        select w.level from clock.warning w join clock.legal_clock c on c.id = w.clock_id
                          join casefile.case_file f on f.case_file_id = c.case_id
                         where f.number = ? and c.definition = 'T01'""")
                .param(journey.number())
                .query(Integer.class)
                .list();
    }

    private void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(40);
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void whoHasTheTaskIsToldOnceBeforeItsEnd() throws InterruptedException {
        assertThat(levels()).as("thirty minutes are left").isEmpty();
        // a quarter of the half hour is left
        time.pass(Duration.ofMinutes(24));
        await(() -> near("officer").size() == 1 && near("officer2").size() == 1);
        assertThat(levels()).containsExactly(1);
        var message = near("officer").get(0);
        assertThat(message.title().zh()).contains("期限将至");
        assertThat(message.body().zh()).contains(journey.number());
        assertThat(near("town")).as("nobody else").isEmpty();
        time.pass(Duration.ofMinutes(2));
        // a deadline that has passed is told as such
        time.pass(Duration.ofMinutes(10));
        await(() -> notifications.list(accounts.viewer("officer"), false, 200, null).items().stream()
                .anyMatch(one -> one.caseNumber().equals(journey.number())
                        && one.template().equals("clock-breached")));
        assertThat(near("officer")).hasSize(1);
    }
}
