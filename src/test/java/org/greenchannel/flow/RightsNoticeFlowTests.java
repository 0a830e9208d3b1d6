package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Telling rights (C0.3) over HTTP: read out and handed over, again to who did not understand, and limits that are reviewed. */
@AppTest
class RightsNoticeFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JdbcClient jdbc;

    private WardStay ward;
    private Journey journey;

    @BeforeEach
    void admit() {
        ward = new WardStay(port, clock, engine, jdbc);
        journey = ward.journey;
        ward.harmToSelf();
    }

    @AfterEach
    void realTime() {
        new TimeMachine(clock, engine.getManagementService()).realTime();
    }

    private void ask(String user, String notice) {
        journey.begin(user, "rights-notice", Map.of("noticeCode", notice, "noticeRecipient", "PATIENT"))
                .expect(201);
    }

    private Map<String, Object> receipt(String understood) {
        Map<String, Object> data = new HashMap<>(WardStay.receipt("PATIENT", journey.at(0)));
        data.put("understood", understood);
        if (!understood.equals("YES")) {
            data.put("repeatAt", journey.day(2));
        }
        return data;
    }

    private long copies(String paper) {
        return journey.papers("affairs").stream().filter(paper::equals).count();
    }

    @Test
    void whoDidNotUnderstandIsToldAgainOnTheDayThatWasAgreedAsOftenAsNeeded() {
        ask("nurse", "RN-12");
        assertThat(journey.clocks("nurse")).containsEntry("NOTICE_SERVE:PATIENT", "RUNNING");
        Map<String, Object> never = receipt("NO");
        never.remove("repeatAt");
        assertThat(journey.tryComplete("nurse", "ServeNotice", witnessed(never)).status())
                .isEqualTo(422);
        journey.complete("nurse", "ServeNotice", witnessed(receipt("NO")));
        assertThat(copies("RN-12:PATIENT")).isEqualTo(1);
        assertThat(journey.offered("nurse", "ServeNotice"))
                .as("not before the day")
                .isFalse();
        ward.pass(Duration.ofDays(2).plusHours(9));
        journey.complete("nurse", "ServeNotice", witnessed(receipt("PARTLY")));
        ward.pass(Duration.ofDays(3));
        journey.complete("nurse", "ServeNotice", witnessed(receipt("YES")));
        assertThat(copies("RN-12:PATIENT")).as("each telling has its proof").isEqualTo(3);
        assertThat(ward.runs("rights-notice")).isFalse();
    }

    /** The nurse serves, so somebody else witnesses. */
    private static Map<String, Object> witnessed(Map<String, Object> receipt) {
        receipt.put("witness", "social");
        return receipt;
    }

    @Test
    void aNoticeOfAnotherProcessThatWasNotUnderstoodIsRepeatedByTheSamePeople() {
        Journey other = new Journey(new Api(port), clock)
                .start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        Map<String, Object> unclear = receipt("NO");
        other.complete("attending", "ServeNoticeToPatient", unclear);
        assertThat(other.clocks("doctor"))
                .as("the time to object runs from the service")
                .containsEntry("T05:PATIENT", "RUNNING");
        assertThat(other.offered("attending", "ServeNotice")).isFalse();
        ward.pass(Duration.ofDays(2).plusHours(9));
        assertThat(other.offered("attending", "ServeNotice")).isTrue();
        assertThat(other.offered("social", "ServeNotice"))
                .as("the duty stays with those who had it")
                .isFalse();
        Map<String, Object> clear = receipt("YES");
        other.complete("attending", "ServeNotice", clear);
        assertThat(other.papers("doctor").stream().filter("RN-04:PATIENT"::equals))
                .hasSize(2);
    }

    @Test
    void theWitnessIsNotWhoDiagnosed() {
        ask("nurse", "RN-12");
        Map<String, Object> biased = receipt("YES");
        biased.put("witness", "doctor");
        assertThat(journey.tryComplete("nurse", "ServeNotice", biased).status()).isEqualTo(422);
        assertThat(copies("RN-12:PATIENT")).isZero();
    }

    @Test
    void aLimitToCommunicationIsForATimeReviewedAndNeverForTheLawyer() {
        ask("attending", "RN-07");
        Map<String, Object> limit = new HashMap<>(Map.of(
                "limited",
                List.of("PHONE"),
                "limitGround",
                "ACUTE",
                "limitReason",
                "急性期反复拨打报警电话辱骂，影响治疗，暂时限制通话。",
                "limitFrom",
                journey.at(0),
                "limitReviewAt",
                journey.at(60 * 24 * 2),
                "limitUntil",
                journey.at(60 * 24 * 20),
                "limitLawyerFree",
                true,
                "signature",
                true));
        assertThat(journey.tryComplete("attending", "LimitCommunication", limit).body())
                .contains("communication-limit-2");
        limit.put("limitUntil", journey.at(60 * 24 * 7));
        journey.complete("attending", "LimitCommunication", limit);
        journey.complete("attending", "ServeNotice", receipt("YES"));
        assertThat(copies("RN-07:PATIENT")).isEqualTo(1);
        ward.pass(Duration.ofDays(2).plusHours(1));
        assertThat(journey.clocks("attending")).containsEntry("COMMUNICATION_REVIEW", "RUNNING");
        journey.complete(
                "attending",
                "ReviewLimit",
                Map.of("limitReview", "LIFT", "reviewReason", "症状缓解，解除限制。症状缓解。", "signature", true));
        assertThat(ward.runs("rights-notice")).isFalse();
    }

    @Test
    void theEndOfTheStayEndsWhatIsNoLongerNeeded() {
        ask("attending", "RN-05");
        assertThat(journey.openTasks()).contains("ExplainPlan");
        journey.begin(
                        "attending",
                        "discharge-resettlement",
                        Map.of(
                                "requester",
                                "HOSPITAL",
                                "trigger",
                                "ASSESSMENT",
                                "requestForm",
                                "WRITTEN",
                                "requestedAt",
                                journey.at(0),
                                "signature",
                                true))
                .expect(201);
        journey.complete("attending", "TellPatient", WardStay.receipt("PATIENT", journey.at(0)));
        assertThat(ward.status()).isEqualTo("RELEASED");
        assertThat(journey.openTasks()).doesNotContain("ExplainPlan");
    }
}
