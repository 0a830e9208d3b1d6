package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Out-of-area filing, every path of the model. */
class OutOfAreaFilingProcessTests {

    private static final String KEY = "out-of-area-filing";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant DUE = ProcessHarness.START.plus(WEEK);
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
        HARNESS.steps()
                .answer("startClock", (parameters, variables) -> Map.of(parameters.get("variable"), Date.from(DUE)));
    }

    private static ProcessInstance filing(Object... facts) {
        return HARNESS.start(KEY, facts);
    }

    @Test
    void aStayIsFiledWithinSevenDaysWhereNoOtherRuleIsKnown() {
        var filing = filing("hospital", "hosp-1", "insuredProvince", "32");

        assertThat(HARNESS.steps().parameters("LookUpRule")).containsEntry("cityFilingClock", "filing.clocks.32");
        assertThat(HARNESS.steps().parameters("StartFilingClock")).containsEntry("clock", "T28");
        assertThat(HARNESS.groups("FileAdmission")).containsExactly("hosp-insurance-office@hosp-1");
        assertThat(HARNESS.task("FileAdmission").getDueDate()).isEqualTo(Date.from(DUE));
        HARNESS.complete("FileAdmission");
        assertThat(HARNESS.steps().parameters("IssueSheet")).containsEntry("document", "filing-sheet");
        HARNESS.complete("RecordReceipt", "receiptResult", "ACCEPTED");

        assertThat(HARNESS.outcomes(filing)).containsExactly("FILED");
        assertThat(HARNESS.steps().parameters("StopFilingClock")).containsEntry("clock", "T28");
        assertThat(HARNESS.steps().parameters("TellFunding"))
                .containsEntry("template", "filing-done")
                .containsEntry("to", "hosp-insurance-office@hosp-1,medical-insurance@org-medicalInsurance,guardian");
        assertThat(HARNESS.steps().values("notifyParties", "template")).doesNotContain("filing-late");
    }

    @Test
    void theRuleOfThePlaceOfInsuranceCounts() {
        HARNESS.steps().answer("readSettings", (parameters, variables) -> Map.of("cityFilingClock", "FILING_3WD"));
        filing("insuredProvince", "44");
        assertThat(HARNESS.steps().parameters("StartFilingClock")).containsEntry("clock", "FILING_3WD");
    }

    @Test
    void aMissedFilingIsStillMadeAndTheLowerShareIsSaid() {
        var filing = filing();
        assertThat(HARNESS.groups("FileAdmission"))
                .as("a filing started by people is the starter's")
                .containsExactly("hosp-insurance-office@org-starter");
        HARNESS.pass(WEEK);

        assertThat(HARNESS.steps().parameters("WarnMissed")).containsEntry("template", "filing-late");
        assertThat(HARNESS.open()).containsExactly("FileAdmission");
        HARNESS.complete("FileAdmission");
        HARNESS.complete("RecordReceipt", "receiptResult", "ACCEPTED");
        assertThat(HARNESS.outcomes(filing)).containsExactly("FILED_LATE");
    }

    @Test
    void aReturnedFilingIsFiledAgain() {
        var filing = filing();
        HARNESS.complete("FileAdmission");
        HARNESS.complete("RecordReceipt", "receiptResult", "RETURNED");

        assertThat(HARNESS.open()).containsExactly("FileAdmission");
        assertThat(HARNESS.steps().calls("stopClock")).isEmpty();
        HARNESS.complete("FileAdmission");
        HARNESS.complete("RecordReceipt", "receiptResult", "ACCEPTED");
        assertThat(HARNESS.outcomes(filing)).containsExactly("FILED");
    }

    @Test
    void whoIsInsuredHereNeedsNoFiling() {
        var filing = filing("insuranceArea", "LOCAL");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(filing)).containsExactly("FILING_NOT_NEEDED");
        assertThat(HARNESS.steps().calls("startClock")).isEmpty();
    }
}
