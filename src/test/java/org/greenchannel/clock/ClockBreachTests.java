package org.greenchannel.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.greenchannel.engine.ClockSource;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;

/** A breach in the whole application: logged with the action, delivered over the outbox. */
@AppTest
@Import(ClockBreachTests.Listener.class)
class ClockBreachTests {

    @TestConfiguration
    static class Listener {
        final Queue<ClockBreached> received = new ConcurrentLinkedQueue<>();

        @ApplicationModuleListener
        void on(ClockBreached event) {
            received.add(event);
        }
    }

    @Autowired
    private LegalClocks clocks;

    @Autowired
    private Listener listener;

    @Autowired
    private Map<String, ProcessStep> steps;

    @Autowired
    private List<ClockSource> sources;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Test
    void isLoggedAndDelivered() {
        UUID caseId = UUID.randomUUID();
        Instant start = clock.instant().minus(Duration.ofHours(25));
        clocks.start(caseId, "T15", null, null, start);
        clocks.tick(clock.instant());
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(listener.received)
                .filteredOn(event -> event.caseId().equals(caseId))
                .singleElement()
                .satisfies(event -> assertThat(event.definition()).isEqualTo("T15")));
        assertThat(jdbc.sql("select action from audit.entry where case_id = :id")
                        .param("id", caseId)
                        .query(String.class)
                        .list())
                .containsExactly("clock.breach");
    }

    @Test
    void stepsAndSourceAreThereUnderTheNamesOfTheModels() {
        assertThat(steps).containsKeys("startClock", "stopClock");
        assertThat(sources).hasSize(1);
    }
}
