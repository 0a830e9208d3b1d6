package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Complaints, every path of the model. */
class ComplaintProcessTests {

    private static final String KEY = "complaint";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    private static ProcessInstance complaint(String against, String subject, boolean liberty) {
        return HARNESS.start(
                KEY, "against", against, "subject", subject, "libertyClaim", liberty, "hospital", "hosp-1");
    }

    @ParameterizedTest
    @CsvSource({
        "HOSPITAL, health-commission@org-healthCommission",
        "POLICE, police-approver@org-policeCounty",
        "TOWN, civil-affairs@org-civilAffairs",
        "COMPULSORY_INSTITUTION, procurator@org-procurator",
    })
    void theAuthorityInChargeAnswers(String against, String group) {
        complaint(against, "CONDUCT", false);
        assertThat(HARNESS.groups("AcceptComplaint")).containsExactly(group);
        assertThat(HARNESS.steps().parameters("IssueReceipt")).containsEntry("document", "complaint-receipt");
        assertThat(HARNESS.steps().calls("raiseAlert")).isEmpty();
    }

    @Test
    void anAnswerThatNobodyContestsClosesTheComplaint() {
        var complaint = complaint("HOSPITAL", "TREATMENT", false);
        HARNESS.complete("AcceptComplaint", "accepted", "ACCEPT");
        HARNESS.complete("InvestigateComplaint", "upheld", "NOT_FOUNDED", "releaseRequired", false);
        HARNESS.complete("ReplyComplainant");
        assertThat(HARNESS.steps().parameters("IssueReply")).containsEntry("document", "complaint-reply");
        assertThat(HARNESS.waitsFor("complaint-review")).isTrue();
        HARNESS.pass(Duration.ofDays(61));
        assertEnded(complaint, "COMPLAINT_CLOSED");
        assertThat(HARNESS.steps().calls("sendMessage")).isEmpty();
    }

    @Test
    void anUnlawfulStayEndsBeforeTheAnswer() {
        complaint("HOSPITAL", "UNLAWFUL_STAY", true);
        assertThat(HARNESS.steps().parameters("ReportLibertyClaim"))
                .containsEntry("kind", "LIBERTY_CLAIM")
                .containsEntry("to", "health-commission@org-healthCommission,procurator@org-procurator");
        HARNESS.complete("AcceptComplaint", "accepted", "ACCEPT");
        HARNESS.complete("InvestigateComplaint", "upheld", "YES", "releaseRequired", true);
        assertThat(HARNESS.open()).containsExactly("ReplyComplainant");
        assertThat(HARNESS.steps().parameters("DemandRelease")).containsEntry("message", "release-required");
        assertThat(HARNESS.steps().parameters("ReportUnlawfulStay")).containsEntry("kind", "UNLAWFUL_STAY");
        assertThat(HARNESS.steps().calls("changeLegalStatus"))
                .as("a complaint decides about nobody's status")
                .isEmpty();
    }

    @Test
    void whoIsNotInChargePassesItOn() {
        complaint("OTHER", "FUNDING", false);
        HARNESS.complete("AcceptComplaint", "accepted", "TRANSFER", "transferRole", "civil-affairs");
        assertThat(HARNESS.groups("AcceptComplaint")).containsExactly("civil-affairs@org-civilAffairs");
        assertThat(HARNESS.steps().parameters("PassOn")).containsEntry("organisation", "org-civilAffairs");
    }

    @Test
    void aRefusalIsAnsweredToo() {
        var complaint = complaint("OTHER", "OTHER", false);
        HARNESS.complete("AcceptComplaint", "accepted", "REJECT");
        assertThat(HARNESS.open()).containsExactly("ReplyComplainant");
        HARNESS.complete("ReplyComplainant");
        assertEnded(complaint, "COMPLAINT_NOT_ACCEPTED");
    }

    @Test
    void aReviewMayReopenTheMatter() {
        var complaint = answered();
        HARNESS.message("complaint-review");
        assertThat(HARNESS.groups("ReviewComplaint")).containsExactly("politics-law@org-politicsLaw");
        HARNESS.complete("ReviewComplaint", "reviewOutcome", "REOPEN");
        assertThat(HARNESS.open()).containsExactly("AcceptComplaint");
        HARNESS.complete("AcceptComplaint", "accepted", "ACCEPT");
        HARNESS.complete("InvestigateComplaint", "upheld", "PARTLY", "releaseRequired", false);
        HARNESS.complete("ReplyComplainant");
        HARNESS.message("complaint-review");
        HARNESS.complete("ReviewComplaint", "reviewOutcome", "UPHELD");
        assertEnded(complaint, "COMPLAINT_REVIEWED");
    }

    @Test
    void theComplainantMayWithdraw() {
        var complaint = complaint("HOSPITAL", "TREATMENT", false);
        HARNESS.message("complaint-withdrawn");
        assertEnded(complaint, "COMPLAINT_WITHDRAWN");
    }

    private static ProcessInstance answered() {
        var complaint = complaint("HOSPITAL", "TREATMENT", false);
        HARNESS.complete("AcceptComplaint", "accepted", "ACCEPT");
        HARNESS.complete("InvestigateComplaint", "upheld", "NOT_FOUNDED", "releaseRequired", false);
        HARNESS.complete("ReplyComplainant");
        return complaint;
    }

    private static void assertEnded(ProcessInstance complaint, String outcome) {
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(complaint)).containsExactly(outcome);
    }
}
