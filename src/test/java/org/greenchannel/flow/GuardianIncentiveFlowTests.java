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
        incentive.complete(
                "village",
                "ExplainRefusal",
                Map.of(
                        "refusalCause",
                        "NOT_REGISTERED",
                        "explained",
                        "请先到社区卫生服务中心登记。",
                        "toldOn",
                        incentive.day(0),
                        "signature",
                        true));
        assertThat(incentive.file("village").get("outcome").asString()).isEqualTo("INCENTIVE_NOT_ELIGIBLE");
    }

    @Test
    void aYearOfCareIsCheckedApprovedPublishedAndPaidOnce() {
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
