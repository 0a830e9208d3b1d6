package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The guardian incentive over HTTP: a year of care, approvals, publicity, payment once. */
@AppTest
class GuardianIncentiveFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private Api api;
    private FollowupJourney care;

    @BeforeEach
    void open() {
        api = new Api(port);
        care = new FollowupJourney(api, clock, management);
    }

    @AfterEach
    void realTime() {
        care.realTime();
    }

    private Map<String, Object> application() {
        return new HashMap<>(Map.of(
                "guardianName", "测监护",
                "guardianPhone", "13800000002",
                "name", "测随访",
                "areaCode", "990105001001",
                "appliedOn", care.journey().day(0),
                "livesTogether", true,
                "carePlan", "母亲每日督促服药，按月陪同复诊。",
                "declared", true));
    }

    @Test
    void whoIsNotUnderManagementIsToldWhy() {
        Journey incentive = new Journey(api, clock).open("village", "guardian-incentive", application());
        assertThat(incentive.offered("village", "SignIncentive")).isFalse();
        incentive.complete("village", "ExplainRefusal", Map.of());
        assertThat(incentive.file("village").get("outcome").asString()).isEqualTo("INCENTIVE_NOT_ELIGIBLE");
    }

    /** Registered, dangerous once, and the agreement signed. */
    private Journey signed() {
        care.enrolled().dangerousVisit();
        Journey journey = care.journey();
        api.post(
                        "village",
                        "/api/v1/processes/guardian-incentive/start",
                        Map.of("data", application(), "caseNumber", journey.number()))
                .expect(201);
        journey.complete(
                "village",
                "SignIncentive",
                Map.of(
                        "agreementNo",
                        "JB-" + UUID.randomUUID(),
                        "validFrom",
                        journey.day(0),
                        "validTo",
                        journey.day(800),
                        "duties",
                        List.of("MEDICATION", "REPORT", "NO_CONFINE"),
                        "handbook",
                        true,
                        "guardianSigned",
                        true,
                        "signature",
                        true));
        return journey;
    }

    /** The quarterly checks of a year; one of them finds a breach. */
    private void checked(Journey journey, int breachIn, String breach) {
        for (int quarter = 0; quarter < 4; quarter++) {
            care.pass(Duration.ofDays(95));
            journey.complete(
                    "village",
                    "CheckCare",
                    Map.of(
                            "checkDate",
                            journey.day(0),
                            "checkPassed",
                            true,
                            "homeMonths",
                            3,
                            "selfAdmissionMonths",
                            0,
                            "careBreach",
                            quarter == breachIn ? breach : "NONE",
                            "signature",
                            true));
        }
    }

    @ParameterizedTest
    @CsvSource({"3, FRAUD", "1, FRAUD", "0, HIDDEN_REFUSAL"})
    void fraudFoundInAnyQuarterStopsThePaymentAndIsRecoveredWithoutTouchingTheCare(int quarter, String breach) {
        Journey journey = signed();
        checked(journey, quarter, breach);
        assertThat(journey.offered("town", "ReviewIncentive"))
                .as("police first")
                .isFalse();
        journey.complete("officer", "CheckIncidents", Map.of("incidentInPeriod", "NONE", "signature", true));
        assertThat(journey.decisions("primary")).contains("D13-7").doesNotContain("D13-5");
        Map<String, Object> review = new HashMap<>(Map.of("reviewResult", "PAY_FULL", "signature", true));
        assertThat(journey.tryComplete("town", "ReviewIncentive", review).body())
                .as("nobody pays against the advice without a reason")
                .contains("incentive-review-1");
        review.put("reviewResult", "STOP_AND_RECOVER");
        journey.complete("town", "ReviewIncentive", review);

        Map<String, Object> recovery = new HashMap<>(
                Map.of("recoveryReason", "核实协议期内虚报看护情况，骗取奖补资格。", "recoverAmount", 2400, "signature", true));
        assertThat(journey.tryComplete("town", "RecoverIncentive", recovery).status())
                .as("the guardian is told of it and of the complaint")
                .isEqualTo(422);
        recovery.put("toldGuardian", true);
        assertThat(journey.offered("village", "RecoverIncentive")).isFalse();
        journey.complete("town", "RecoverIncentive", recovery);
        assertThat(api.get("village", "/api/v1/cases/" + journey.number() + "/messages/incentive-exit/form")
                        .status())
                .as("it is over")
                .isEqualTo(404);
        assertThat(journey.openTasks())
                .doesNotContain("CheckWait", "CheckCare", "ApproveLead", "CloseIncentivePublicity", "PayIncentive");
        assertThat(journey.notices("primary")).doesNotContain("incentive-paid");
        assertThat(journey.papers("primary")).doesNotContain("incentive-publicity");
        assertThat(care.row("primary")).as("the person stays under management").isNotNull();
        assertThat(journey.openTasks()).as("and is visited as before").isNotEmpty();
    }

    @Test
    void aYearOfCareIsCheckedApprovedPublishedAndPaidOnce() {
        Journey journey = signed();
        for (int quarter = 0; quarter < 4; quarter++) {
            care.pass(Duration.ofDays(95));
            journey.complete(
                    "village",
                    "CheckCare",
                    Map.of(
                            "checkDate",
                            journey.day(0),
                            "checkPassed",
                            true,
                            "homeMonths",
                            quarter == 1 ? 2 : 3,
                            "selfAdmissionMonths",
                            quarter == 1 ? 1 : 0,
                            "careBreach",
                            "NONE",
                            "signature",
                            true));
        }
        journey.complete("officer", "CheckIncidents", Map.of("incidentInPeriod", "NONE", "signature", true));
        assertThat(journey.decisions("primary")).contains("D13-5");
        journey.complete("town", "ReviewIncentive", Map.of("reviewResult", "PAY_FULL", "signature", true));
        journey.complete("politics", "ApproveLead", Map.of("leadDecision", "APPROVE", "signature", true));
        journey.complete("officer", "ApproveJointly", Map.of("jointDecision", "APPROVE", "signature", true));
        assertThat(journey.offered("finance", "PayIncentive"))
                .as("not before the publicity is over")
                .isFalse();
        care.pass(Duration.ofDays(15));
        journey.complete(
                "town",
                "CloseIncentivePublicity",
                Map.of(
                        "publicityPlace",
                        "社区公告栏",
                        "publicityFrom",
                        journey.day(-15),
                        "publicityTo",
                        journey.day(-5),
                        "objection",
                        false,
                        "noIllness",
                        true,
                        "signature",
                        true));
        Map<String, Object> payment = Map.of(
                "bankAccount",
                "6200000000000000009",
                "paymentVoucher",
                "GZ-" + UUID.randomUUID(),
                "paidOn",
                journey.day(0),
                "signature",
                true);
        var wrong = new HashMap<>(payment);
        wrong.put("amount", 100);
        assertThat(journey.tryComplete("finance", "PayIncentive", wrong).status())
                .isEqualTo(422);
        journey.complete("finance", "PayIncentive", payment);
        assertThat(journey.papers("primary")).contains("incentive-agreement", "incentive-publicity");
        assertThat(journey.offered("finance", "PayIncentive")).isFalse();
    }
}
