package org.greenchannel.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who stands behind what the models decide; the whole way is in {@code CaseStoryFlowTests}. */
class PersonalActsTests {

    private static final Map<String, String> TO = Map.of("to", "OBSERVED");

    private final UUID one = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final String submission = UUID.randomUUID().toString();
    private final PersonalActs acts = new PersonalActs();

    @BeforeEach
    void begin() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void end() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    private void done(String actor) {
        acts.with(one, "TASK_DONE", actor, Map.of("submission", submission));
    }

    @Test
    void whatIsDecidedAfterAnActCarriesThePersonAndTheSubmission() {
        done("doctor");
        assertThat(acts.with(one, "STATUS", null, TO))
                .containsExactlyInAnyOrderEntriesOf(Map.of("to", "OBSERVED", "by", "doctor", "cause", submission));
        assertThat(acts.with(other, "DECISION", null, TO))
                .as("another case has no such submission")
                .containsExactlyInAnyOrderEntriesOf(Map.of("to", "OBSERVED", "by", "doctor"));
        assertThat(acts.with(one, "TASK_OPENED", null, TO)).isEqualTo(TO);
    }

    @Test
    void theLastActCounts() {
        done("doctor");
        done("affairs");
        assertThat(acts.with(one, "OUTCOME", null, TO)).containsEntry("by", "affairs");
    }

    @Test
    void nobodyStandsBehindWhatATimerDecides() {
        done("doctor");
        end();
        begin();
        assertThat(acts.with(one, "STATUS", null, TO)).isEqualTo(TO);
        // reading, noting and looking are no acts
        acts.with(one, "NOTE", "doctor", Map.of());
        assertThat(acts.with(one, "STATUS", null, TO)).isEqualTo(TO);
    }
}
