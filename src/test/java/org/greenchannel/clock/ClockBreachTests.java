package org.greenchannel.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.engine.ClockSource;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.AssertablePublishedEvents;
import org.springframework.modulith.test.PublishedEventsExtension;
import org.springframework.transaction.support.TransactionTemplate;

/** Clocks in the whole application: a breach is logged in the same transaction and published. */
@AppTest
@ExtendWith(PublishedEventsExtension.class)
class ClockBreachTests {

    @Autowired
    private LegalClocks clocks;

    @Autowired
    private Map<String, ProcessStep> steps;

    @Autowired
    private List<ClockSource> sources;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void isLoggedAndPublished(AssertablePublishedEvents events) {
        UUID caseId = UUID.randomUUID();
        // in one transaction, so that the schedule does not find the clock first
        transaction.executeWithoutResult(status -> {
            clocks.start(caseId, "T15", null, null, clock.instant().minus(Duration.ofHours(25)));
            while (clocks.tick(clock.instant()) > 0) {
                assertThat(clocks.of(caseId)).hasSize(1);
            }
        });
        assertThat(events.ofType(ClockBreached.class)
                        .matching(event -> event.caseId().equals(caseId)
                                && event.definition().equals("T15")))
                .hasSize(1);
        assertThat(jdbc.sql("select action from audit.entry where case_id = :id")
                        .param("id", caseId)
                        .query(String.class)
                        .list())
                .containsExactly("clock.breach");
        assertThat(clocks.of(caseId).get(0).breachedAt()).isNotNull();
    }

    @Test
    void stepsAndSourceAreThereUnderTheNamesOfTheModels() {
        assertThat(steps).containsKeys("startClock", "stopClock");
        assertThat(sources).hasSize(1);
    }
}
