package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Identity tracing, every path of the model. */
class IdentityTracingProcessTests {

    private static final String KEY = "identity-tracing";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    private ProcessInstance tracing;

    @BeforeEach
    void begin() {
        HARNESS.reset();
        HARNESS.steps()
                .answer(
                        "startClock",
                        (parameters, variables) -> Map.of(
                                parameters.get("variable"),
                                Date.from(ClockUtil.getCurrentTime()
                                        .toInstant()
                                        .plus(Duration.ofDays(
                                                parameters.get("clock").equals("T46A") ? 10 : 90)))));
    }

    // the coverage of a run counts from the test itself, not from what comes before
    private void start() {
        tracing = HARNESS.start(KEY, "hospital", "hosp-1");
    }

    @Test
    void thePoliceFindThePersonAndTheRightsAreMadeGood() {
        start();
        assertThat(HARNESS.open()).containsExactly("PublishNotice", "QueryIdentity");
        assertThat(HARNESS.groups("QueryIdentity")).containsExactly("police-officer@org-police");
        assertThat(HARNESS.task("QueryIdentity").getDueDate())
                .isEqualTo(Date.from(ProcessHarness.START.plus(Duration.ofDays(7))));
        HARNESS.complete("QueryIdentity", "identityResult", "FOUND");
        HARNESS.complete(
                "ConfirmIdentity",
                "identityStatus",
                "KNOWN",
                "guardianNoticeCode",
                "RN-04",
                "fundingRerun",
                true,
                "insuranceArea",
                "OUT_OF_AREA");

        assertThat(HARNESS.open()).as("nobody searches any more").containsExactly("ServeGuardian");
        assertThat(HARNESS.steps().parameters("TellCase"))
                .containsEntry("message", "identity-found")
                .containsEntry("facts", "identityStatus,guardianStatus");
        assertThat(HARNESS.steps().parameters("TellParties").get("to")).startsWith("guardian,");
        assertThat(HARNESS.steps().values("stopClock", "clock")).containsExactly("T46A", "T46B");
        assertThat(HARNESS.steps().calls("startProcess")).as("first the right").isEmpty();
        HARNESS.complete("ServeGuardian");

        assertThat(HARNESS.steps().parameters("RecountRunning")).containsEntry("message", "funding-recount");
        assertThat(HARNESS.steps().parameters("RecountFunding"))
                .containsEntry("process", "funding-approval")
                .containsEntry("once", "true");
        assertEnded("Identified", "IDENTIFIED");
    }

    @Test
    void theSampleFindsThePersonAndNothingHasToBeMadeGood() {
        start();
        HARNESS.complete("QueryIdentity", "identityResult", "NOT_FOUND");
        HARNESS.complete("PublishNotice");
        assertThat(HARNESS.steps().parameters("IssueNotice")).containsEntry("document", "tracing-notice");
        assertThat(HARNESS.groups("RequestDna")).containsExactly("rescue-station@org-rescueStation");
        HARNESS.complete("RequestDna");
        HARNESS.complete("TakeDna", "dnaResult", "FOUND");
        // without a guardian the form leaves the field out
        HARNESS.complete("ConfirmIdentity", "identityStatus", "PARTIAL", "guardianNoticeCode", null);

        assertThat(HARNESS.path(KEY)).doesNotContain("ServeGuardian", "RecountRunning", "RecountFunding");
        assertEnded("Identified", "IDENTIFIED");
    }

    @Test
    void aWrongResultDoesNotEndTheSearch() {
        start();
        HARNESS.complete("QueryIdentity", "identityResult", "FOUND");
        HARNESS.complete("ConfirmIdentity", "identityStatus", "UNKNOWN");
        assertThat(HARNESS.open()).containsExactly("PublishNotice");
        assertThat(HARNESS.steps().calls("sendMessage")).isEmpty();
        assertThat(HARNESS.steps().values("issueDocument", "document")).doesNotContain("identity-result");
    }

    @Test
    void whoeverRecognisesThePersonIsHeardAtAnyTime() {
        start();
        HARNESS.message("person-recognised");
        assertThat(HARNESS.open()).containsExactly("PublishNotice", "QueryIdentity", "VerifyClue");
        HARNESS.complete("VerifyClue", "identityStatus", "UNKNOWN");
        assertThat(HARNESS.open()).containsExactly("PublishNotice", "QueryIdentity");

        HARNESS.message("person-recognised");
        HARNESS.complete("VerifyClue", "identityStatus", "KNOWN");
        assertEnded("Identified", "IDENTIFIED");
    }

    @Test
    void civilAffairsSettlesWhomNobodyIdentified() {
        start();
        HARNESS.complete("QueryIdentity", "identityResult", "NOT_FOUND");
        HARNESS.complete("PublishNotice");
        HARNESS.complete("RequestDna");
        HARNESS.complete("TakeDna", "dnaResult", "NOT_FOUND");
        HARNESS.pass(Duration.ofDays(11));
        assertThat(HARNESS.steps().parameters("TellRetained")).containsEntry("template", "person-retained");
        assertThat(HARNESS.waitsFor("person-recognised")).isTrue();
        assertThat(HARNESS.open()).isEmpty();

        HARNESS.pass(Duration.ofDays(80));
        assertThat(HARNESS.groups("SettlePerson")).containsExactly("civil-affairs@org-civilAffairs");
        HARNESS.complete("SettlePerson", "placement", "WELFARE");
        assertEnded("Settled", "SETTLED_UNIDENTIFIED");
    }

    @Test
    void threeMonthsEndTheSearchEvenIfTheQueryWasNeverAnswered() {
        start();
        HARNESS.pass(Duration.ofDays(91));
        assertThat(HARNESS.open()).containsExactly("SettlePerson");
    }

    @Test
    void deathEndsIt() {
        start();
        HARNESS.message("person-died");
        assertEnded("EndedByDeath", "DEATH");
    }

    private void assertEnded(String end, String outcome) {
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.path(KEY)).endsWith(end);
        assertThat(HARNESS.outcomes(tracing)).containsExactly(outcome);
    }
}
