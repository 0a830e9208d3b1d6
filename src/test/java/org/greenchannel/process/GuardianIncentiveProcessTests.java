package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guardian incentive, every path of the model, with the real table D13 behind the recorded steps. */
class GuardianIncentiveProcessTests {

    private static final String KEY = "guardian-incentive";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    private boolean registered;
    private boolean valid;
    private boolean insurance;
    private String joint;
    private Map<String, Object> checks;

    @BeforeEach
    void reset() {
        HARNESS.reset();
        registered = true;
        valid = true;
        insurance = false;
        joint = "police-officer@org-police";
        checks = new HashMap<>(Map.of(
                "checksFailed",
                0,
                "checksCorrected",
                0,
                "homeMonths",
                12,
                "selfAdmissionMonths",
                0,
                "incentiveFull",
                2400.0,
                "incentivePart",
                1200.0));
        var steps = HARNESS.steps();
        steps.answer(
                "readRegistration",
                (parameters, variables) -> Map.of("registered", registered, "incentiveAgreementValid", valid));
        steps.answer(
                "incentiveTerms",
                (parameters, variables) -> Map.of(
                        "incentiveLead",
                        "politics-law@org-politicsLaw",
                        "incentiveJoint",
                        joint,
                        "checksPerPeriod",
                        2,
                        "inScope",
                        true,
                        "liabilityInsurance",
                        insurance));
        steps.answer("incentiveReview", (parameters, variables) -> checks);
    }

    private static ProcessInstance signed() {
        var incentive = HARNESS.start(KEY);
        HARNESS.complete("SignIncentive", "incentiveAgreementValid", true);
        return incentive;
    }

    private static void period(String incident, String breach) {
        for (int i = 1; i <= 2; i++) {
            HARNESS.pass(Duration.ofDays(92));
            HARNESS.complete("CheckCare", "checksDone", i, "careBreach", breach);
        }
        HARNESS.complete("CheckIncidents", "incidentInPeriod", incident, "failedCare", !incident.equals("NONE"));
    }

    private static void approve() {
        HARNESS.complete("ApproveLead", "leadDecision", "APPROVE");
        if (HARNESS.open().contains("ApproveJointly")) {
            HARNESS.complete("ApproveJointly", "jointDecision", "APPROVE");
        }
    }

    private static Object result(ProcessInstance incentive) {
        return HARNESS.variable(incentive, "incentiveResult");
    }

    @Test
    void aYearOfGoodCareIsPaidInFullAfterPublicity() {
        insurance = true;
        var incentive = HARNESS.start(KEY);
        assertThat(HARNESS.groups("SignIncentive")).containsExactly("village-committee@org-village");
        HARNESS.complete("SignIncentive", "incentiveAgreementValid", true);
        assertThat(HARNESS.steps().values("issueDocument", "document")).containsExactly("incentive-agreement");
        HARNESS.complete("RecordInsurance");
        period("NONE", "NONE");
        assertThat(result(incentive)).isEqualTo("PAY_FULL");
        HARNESS.complete("ReviewIncentive", "reviewResult", "PAY_FULL");
        assertThat(HARNESS.variable(incentive, "incentiveAmount")).isEqualTo(2400.0);
        assertThat(HARNESS.groups("ApproveLead")).containsExactly("politics-law@org-politicsLaw");
        HARNESS.complete("ApproveLead", "leadDecision", "APPROVE");
        assertThat(HARNESS.groups("ApproveJointly")).containsExactly("police-officer@org-police");
        HARNESS.complete("ApproveJointly", "jointDecision", "APPROVE");
        assertThat(HARNESS.open())
                .as("nothing is paid before the publicity is over")
                .isEmpty();
        HARNESS.pass(Duration.ofDays(10));
        HARNESS.complete("CloseIncentivePublicity", "objection", false);
        HARNESS.complete("PayIncentive");
        assertThat(HARNESS.steps().values("notifyParties", "template")).containsExactly("incentive-paid");
        assertThat(HARNESS.variable(incentive, "incentivePeriod")).isEqualTo(2L);
        HARNESS.pass(Duration.ofDays(92));
        assertThat(HARNESS.open()).as("the next period begins").containsExactly("CheckCare");
    }

    @Test
    void aCorrectedFailureIsPaidInPartAndReturnsAreReviewedAgain() {
        checks.putAll(Map.of("checksFailed", 1, "checksCorrected", 1));
        var incentive = signed();
        period("NONE", "NONE");
        assertThat(result(incentive)).isEqualTo("PAY_PART");
        HARNESS.complete("ReviewIncentive", "reviewResult", "PAY_PART");
        HARNESS.complete("ApproveLead", "leadDecision", "RETURN");
        HARNESS.complete("ReviewIncentive", "reviewResult", "PAY_PART");
        HARNESS.complete("ApproveLead", "leadDecision", "APPROVE");
        HARNESS.complete("ApproveJointly", "jointDecision", "RETURN");
        HARNESS.complete("ReviewIncentive", "reviewResult", "PAY_PART");
        approve();
        HARNESS.pass(Duration.ofDays(10));
        HARNESS.complete("CloseIncentivePublicity", "objection", true);
        assertThat(HARNESS.open())
                .as("an upheld objection is reviewed, nothing is paid")
                .containsExactly("ReviewIncentive");
        HARNESS.complete("ReviewIncentive", "reviewResult", "PAY_PART");
        assertThat(HARNESS.variable(incentive, "incentiveAmount")).isEqualTo(1200.0);
    }

    @Test
    void oneDepartmentAloneMayLead() {
        joint = "";
        signed();
        period("NONE", "NONE");
        HARNESS.complete("ReviewIncentive", "reviewResult", "PAY_FULL");
        HARNESS.complete("ApproveLead", "leadDecision", "APPROVE");
        assertThat(HARNESS.path(KEY)).contains("IssuePublicity").doesNotContain("ApproveJointly");
    }

    @Test
    void anIncidentDueToFailedCareIsNotPaidAndTheAgreementRunsOut() {
        var incentive = signed();
        period("ZHAOSHI", "NONE");
        assertThat(result(incentive)).isEqualTo("NO_PAY_PERIOD");
        valid = false;
        HARNESS.complete("ReviewIncentive", "reviewResult", "NO_PAY");
        assertThat(HARNESS.steps().values("notifyParties", "template")).containsExactly("incentive-not-paid");
        assertThat(HARNESS.outcomes(incentive)).containsExactly("INCENTIVE_ENDED");
        assertThat(HARNESS.path(KEY)).doesNotContain("PayIncentive");
    }

    @Test
    void theMonthTheGuardianBroughtThePatientIsPaid() {
        checks.putAll(Map.of("homeMonths", 0, "selfAdmissionMonths", 1));
        var incentive = signed();
        period("NONE", "NONE");
        assertThat(result(incentive)).isEqualTo("PAY_FULL");
        checks.put("selfAdmissionMonths", 0);
        var other = HARNESS.variable(incentive, "incentiveResult");
        assertThat(other).isNotEqualTo("SUSPEND_PERIOD");
    }

    @Test
    void fraudStopsItAndIsRecovered() {
        var incentive = signed();
        period("NONE", "FRAUD");
        assertThat(result(incentive)).isEqualTo("STOP_AND_RECOVER");
        HARNESS.complete("ReviewIncentive", "reviewResult", "STOP_AND_RECOVER");
        HARNESS.complete("RecoverIncentive");
        assertThat(HARNESS.outcomes(incentive)).containsExactly("INCENTIVE_STOPPED");
    }

    @Test
    void whoIsNotRegisteredIsToldWhy() {
        registered = false;
        var incentive = HARNESS.start(KEY);
        assertThat(HARNESS.open()).containsExactly("ExplainRefusal");
        HARNESS.complete("ExplainRefusal");
        assertThat(HARNESS.outcomes(incentive)).containsExactly("INCENTIVE_NOT_ELIGIBLE");
    }

    @Test
    void theGuardianMayLeave() {
        var incentive = signed();
        HARNESS.message("incentive-exit", "exitReason", "OWN_WISH");
        assertThat(HARNESS.steps().values("notifyParties", "template")).containsExactly("incentive-ended");
        assertThat(HARNESS.outcomes(incentive)).containsExactly("INCENTIVE_ENDED");
    }

    @ParameterizedTest
    @CsvSource({"person-died", "registration-closed"})
    void whatHappensElsewhereEndsIt(String message) {
        var incentive = signed();
        HARNESS.message(message);
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(incentive)).isEqualTo(List.of("INCENTIVE_ENDED"));
    }
}
