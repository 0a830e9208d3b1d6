package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Date;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Telling rights: every path of the model. */
class RightsNoticeProcessTests {

    private static final String KEY = "rights-notice";
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    @BeforeEach
    void reset() {
        HARNESS.reset();
    }

    @Test
    void aNoticeIsServedByWhoeverStartedIt() {
        var telling = HARNESS.start(KEY, "noticeCode", "RN-12");
        assertThat(HARNESS.groups("ServeNotice")).containsExactly("police-officer@org-starter");
        HARNESS.complete("ServeNotice", "noticeRepeat", false);
        assertThat(HARNESS.outcomes(telling)).containsExactly("RIGHTS_TOLD");
    }

    @Test
    void theSystemLeavesItToTheWardUnlessSomebodyIsNamed() {
        HARNESS.start(KEY, "noticeCode", "RN-06", "starterRole", "system", "hospital", "hosp-1");
        assertThat(HARNESS.groups("ServeNotice")).containsExactly("ward-nurse@hosp-1");
        HARNESS.reset();
        HARNESS.start(KEY, "noticeCode", "RN-14", "noticeServers", "primary-doctor@chc-1,village-doctor@chc-1");
        assertThat(HARNESS.groups("ServeNotice")).containsExactly("primary-doctor@chc-1", "village-doctor@chc-1");
    }

    @Test
    void whoeverDidNotUnderstandIsToldAgainAsOftenAsNeeded() {
        var telling = HARNESS.start(KEY, "noticeCode", "RN-04");
        HARNESS.complete("ServeNotice", "noticeRepeat", true, "noticeRepeatAt", in(Duration.ofDays(1)));
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofHours(23));
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofHours(2));
        assertThat(HARNESS.open()).containsExactly("ServeNotice");
        HARNESS.complete("ServeNotice", "noticeRepeat", true, "noticeRepeatAt", in(Duration.ofDays(3)));
        HARNESS.pass(Duration.ofDays(3));
        HARNESS.complete("ServeNotice", "noticeRepeat", false);
        assertThat(HARNESS.outcomes(telling)).containsExactly("RIGHTS_TOLD");
    }

    @Test
    void aRepetitionWaitsForItsDayAndAsksForNoNewContent() {
        HARNESS.start(KEY, "noticeCode", "RN-05", "noticeRepeat", true, "noticeRepeatAt", in(Duration.ofDays(2)));
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofDays(2));
        assertThat(HARNESS.open()).containsExactly("ServeNotice");
    }

    @Test
    void thePlanIsExplainedByTheDoctorFirst() {
        HARNESS.start(KEY, "noticeCode", "RN-05", "hospital", "hosp-1");
        assertThat(HARNESS.groups("ExplainPlan")).containsExactly("psychiatrist-attending@hosp-1");
        HARNESS.complete("ExplainPlan");
        assertThat(HARNESS.open()).containsExactly("ServeNotice");
    }

    @Test
    void aLimitIsReviewedInTimeAndDecidedAnewToGoOn() {
        var telling = HARNESS.start(KEY, "noticeCode", "RN-07", "hospital", "hosp-1");
        limit(Duration.ofDays(3));
        HARNESS.pass(Duration.ofDays(3));
        HARNESS.complete("ReviewLimit", "limitReview", "CONTINUE");
        assertThat(HARNESS.open()).containsExactly("LimitCommunication");
        limit(Duration.ofDays(2));
        assertThat(HARNESS.open()).isEmpty();
        HARNESS.pass(Duration.ofDays(2));
        HARNESS.complete("ReviewLimit", "limitReview", "LIFT");
        assertThat(HARNESS.outcomes(telling)).containsExactly("RIGHTS_TOLD");
    }

    private void limit(Duration review) {
        HARNESS.complete("LimitCommunication", "limitReviewAt", in(review));
        HARNESS.complete("ServeNotice", "noticeRepeat", false);
    }

    @Test
    void afterTheStayOnlyWhatAPersonStillNeedsIsServed() {
        var plan = HARNESS.start(KEY, "noticeCode", "RN-05", "hospital", "hosp-1");
        HARNESS.message("stay-ended");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(plan)).containsExactly("RIGHTS_NOT_NEEDED");
        HARNESS.reset();
        var records = HARNESS.start(KEY, "noticeCode", "RN-13", "hospital", "hosp-1");
        assertThat(HARNESS.groups("AnswerAccess")).containsExactly("hosp-medical-affairs@hosp-1");
        HARNESS.complete("AnswerAccess");
        HARNESS.message("stay-ended");
        assertThat(HARNESS.open()).as("what was answered is not asked again").containsExactly("ServeNotice");
        HARNESS.complete("ServeNotice", "noticeRepeat", false);
        assertThat(HARNESS.outcomes(records)).containsExactly("RIGHTS_TOLD");
    }

    @Test
    void deathEndsIt() {
        var telling = HARNESS.start(KEY, "noticeCode", "RN-04");
        HARNESS.message("person-died");
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.outcomes(telling)).containsExactly("DEATH");
    }

    private static Date in(Duration time) {
        return Date.from(org.camunda.bpm.engine.impl.util.ClockUtil.getCurrentTime()
                .toInstant()
                .plus(time));
    }
}
