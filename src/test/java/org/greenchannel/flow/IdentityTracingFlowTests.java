package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Identity tracing (S10) over HTTP: the search, what a found identity makes good (V18), and what a notice must not say. */
@AppTest
class IdentityTracingFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    private Journey journey;

    @BeforeEach
    void receive() {
        journey = new Journey(new Api(port), clock).start("officer", Map.of()).toHospital();
        journey.begin(
                        "social",
                        "identity-tracing",
                        Map.of(
                                "givenName",
                                "无名氏一号",
                                "ageSeen",
                                40,
                                "appearance",
                                "中等身材，本地口音，穿灰色外套。",
                                "photo",
                                "ZP-0001",
                                "foundAt",
                                journey.at(-60),
                                "signature",
                                true))
                .expect(201);
    }

    private Map<String, Object> confirmed(Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "identityStatus",
                "KNOWN",
                "personName",
                "测寻得",
                "insuranceArea",
                "LOCAL",
                "guardianFound",
                true,
                "guardianName",
                "测亲属",
                "guardianRelation",
                "PARENT",
                "guardianPhone",
                "13800000009",
                "guardianNoticeCode",
                "RN-01"));
        data.put("fundingRerun", false);
        data.put("confirmReason", "户籍信息和亲属辨认一致。");
        data.put("signature", true);
        data.putAll(changes);
        return data;
    }

    @Test
    void aFoundIdentityIsToldAndTheGuardianServed() {
        assertThat(journey.clocks("doctor"))
                .containsEntry("T47", "RUNNING")
                .containsEntry("T45A", "RUNNING")
                .containsEntry("T46A", "RUNNING")
                .containsEntry("T46B", "RUNNING");
        journey.complete(
                "officer",
                "QueryIdentity",
                Map.of(
                        "sourcesUsed",
                        java.util.List.of("POPULATION"),
                        "identityResult",
                        "FOUND",
                        "queryReason",
                        "人口信息比对一致。",
                        "signature",
                        true));
        Map<String, Object> silent = confirmed(Map.of());
        silent.remove("fundingRerun");
        assertThat(journey.tryComplete("officer", "ConfirmIdentity", silent).status())
                .as("V18: the funds may not be forgotten")
                .isEqualTo(422);
        journey.complete("officer", "ConfirmIdentity", confirmed(Map.of()));

        assertThat(journey.openTasks()).contains("ServeGuardian").doesNotContain("PublishNotice");
        assertThat(journey.clocks("doctor")).containsEntry("T46A", "MET").containsEntry("T46B", "MET");
        assertThat(journey.papers("doctor")).contains("identity-result");
        journey.complete(
                "attending",
                "ServeGuardian",
                Map.of(
                        "recipient",
                        "GUARDIAN",
                        "attempted",
                        false,
                        "oral",
                        true,
                        "written",
                        true,
                        "language",
                        "MANDARIN",
                        "understood",
                        "YES",
                        "refusedToSign",
                        false,
                        "witness",
                        "nurse",
                        "deliveredAt",
                        journey.at(0),
                        "signature",
                        true));
        assertThat(journey.papers("doctor")).contains("RN-01:GUARDIAN");
    }

    @Test
    void theNoticeSaysNothingOfAnIllness() {
        Map<String, Object> notice = Map.of(
                "noticeChannel",
                "NATIONAL_SITE",
                "publicText",
                "男，四十岁左右，精神病患者，现在医院。",
                "contactPhone",
                "0371-60000000",
                "noHealthData",
                true,
                "signature",
                true);
        assertThat(journey.tryComplete("rescue", "PublishNotice", notice).status())
                .isEqualTo(422);
        Map<String, Object> plain = new HashMap<>(notice);
        plain.put("publicText", "男，四十岁左右，中等身材，灰色外套，寻找亲人。");
        journey.complete("rescue", "PublishNotice", plain);
        assertThat(journey.papers("doctor")).contains("tracing-notice");
        assertThat(journey.clocks("doctor")).containsEntry("T45A", "MET").containsEntry("T45B", "RUNNING");
    }

    @Test
    void anybodyWhoKnowsThePersonIsHeard() {
        journey.send(
                        "social",
                        "person-recognised",
                        Map.of(
                                "informantName", "测邻居",
                                "informantPhone", "13800000008",
                                "informantRelation", "OTHER",
                                "recognisedBy", "同村居民，辨认照片。",
                                "signature", true))
                .expect(200);
        assertThat(journey.openTasks()).contains("VerifyClue", "QueryIdentity");
    }
}
