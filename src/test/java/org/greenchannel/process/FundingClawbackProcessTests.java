package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recovery of funds: every path of the model. */
class FundingClawbackProcessTests {

    private static final String KEY = "funding-clawback";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    @Test
    void civilAffairsDecideAndFinanceRecordsWhatCameBack() {
        var recovery = HARNESS.start(KEY, "clawbackCause", "LIABLE_PARTY", "hospital", "hosp-1");
        assertThat(HARNESS.groups("ReviewClawback")).containsExactly("civil-affairs@org-civilAffairs");
        HARNESS.complete("ReviewClawback", "clawbackDecision", "RECOVER");
        assertThat(HARNESS.groups("RecordRecovery")).containsExactly("finance@org-finance");
        HARNESS.complete("RecordRecovery", "recovered", "FULL");
        assertThat(HARNESS.outcomes(recovery)).containsExactly("CLAWBACK_CLOSED");
        assertThat(HARNESS.steps().parameters("TellRecovered")).containsEntry("template", "clawback-closed");
    }

    @Test
    void nothingIsRecoveredWithoutADecision() {
        var recovery = HARNESS.start(KEY, "clawbackCause", "MISTAKE", "hospital", "hosp-1");
        HARNESS.complete("ReviewClawback", "clawbackDecision", "NOT_RECOVER");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(recovery)).containsExactly("CLAWBACK_DROPPED");
        assertThat(HARNESS.path(KEY)).doesNotContain("RecordRecovery");
    }
}
