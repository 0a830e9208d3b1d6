package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Restraint over HTTP: refused without its conditions, checked, told, ended, and over with the stay. */
@AppTest
class ProtectiveMeasureFlowTests {

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
    void open() {
        ward = new WardStay(port, clock, engine, jdbc);
        journey = ward.journey;
    }

    @AfterEach
    void realTime() {
        clock.reset();
        ClockUtil.reset();
    }

    @Test
    void aMeasureIsCheckedToldEndedAndServed() {
        ward.harmToOthers();
        journey.begin("attending", "protective-measure", ward.order()).expect(201);
        assertThat(journey.clocks("attending"))
                .containsEntry("T10", "RUNNING")
                .containsEntry("T09", "RUNNING")
                .containsEntry("MEASURE_CHECK", "RUNNING");
        journey.complete("nurse", "CheckPerson", ward.check("CONTINUE"));
        journey.complete(
                "nurse",
                "TellGuardian",
                Map.of(
                        "guardianTold", "TOLD",
                        "guardianToldAt", journey.at(0),
                        "toldBy", "PHONE",
                        "toldPerson", "测丙丁",
                        "signature", true));
        journey.complete("nurse", "CheckPerson", ward.check("END"));
        journey.complete(
                "nurse",
                "RecordEnd",
                Map.of(
                        "end",
                        journey.at(0),
                        "endReason",
                        "CALM",
                        "injury",
                        false,
                        "talkAfter",
                        "已向本人说明原因，本人表示理解。",
                        "chartRef",
                        "BL-0001",
                        "signature",
                        true));
        assertThat(journey.clocks("attending")).containsEntry("T10", "MET").containsEntry("T09", "MET");
        serve("ServePatient", "PATIENT");
        serve("ServeGuardian", "GUARDIAN");
        assertThat(journey.papers("attending")).contains("restraint-record", "RN-06:PATIENT", "RN-06:GUARDIAN");
        assertThat(ward.runs("protective-measure")).isFalse();
        assertThat(ward.alerts()).isEmpty();
    }

    private void serve(String task, String recipient) {
        Map<String, Object> receipt = new HashMap<>(WardStay.receipt(recipient, journey.at(0)));
        receipt.put("witness", "nurse");
        journey.complete("attending", task, receipt);
    }

    @Test
    void theLawIsAskedBeforeTheStraps() {
        ward.harmToOthers();
        refused("asPunishment", true, "restraint-order-5");
        refused("insideInstitution", false, "restraint-order-5");
        refused("alternativesTried", false, "V15");
        refused("guardianNoticePlanned", false, "restraint-order-6");
        refused("releaseDue", true, "V06");
        assertThatThrownBy(() -> journey.begin("nurse", "protective-measure", ward.order()))
                .as("only a psychiatrist orders")
                .hasMessageContaining("process-unknown");
        assertThat(ward.runs("protective-measure")).isFalse();
    }

    private void refused(String key, boolean value, String rule) {
        Map<String, Object> order = ward.order();
        order.put(key, value);
        Api.Answer answer = journey.begin("attending", "protective-measure", order);
        assertThat(answer.status()).as(rule).isEqualTo(422);
        assertThat(answer.body()).contains("\"" + rule + "\"");
    }

    @Test
    void silenceAndLengthRaiseTheAlarm() {
        ward.harmToSelf();
        journey.begin("attending", "protective-measure", ward.order()).expect(201);
        ward.pass(Duration.ofHours(5));
        assertThat(ward.alerts()).contains("MEASURE_UNCHECKED", "MEASURE_GUARDIAN_NOT_TOLD");
        assertThat(journey.openTasks()).contains("ReviewMeasure");
        ward.pass(Duration.ofHours(20));
        assertThat(ward.alerts()).contains("MEASURE_TOO_LONG");
        assertThat(journey.offered("affairs", "JustifyLength")).isTrue();
    }

    @Test
    void afterTheReleaseThereIsNoMeasureAndNoNewOne() {
        ward.harmToOthers();
        journey.begin("attending", "protective-measure", ward.order()).expect(201);
        journey.send("nurse", "objection-filed", Map.of()).expect(200);
        journey.complete("affairs", "AssignDoctors", Map.of());
        journey.complete(
                "redx1",
                "ConcludeRediagnosis",
                Map.of("redxConclusion", "NOT_SMD", "redxDangerToOthers", "NONE", "redxNeedInpatient", false));
        journey.complete("redx2", "CosignRediagnosis", Map.of());
        journey.complete("attending", "ReleaseNow", Map.of("releaseReason", "REDIAGNOSIS"));

        assertThat(journey.file("attending").get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(ward.runs("protective-measure")).as("it ends with the stay").isFalse();
        assertThat(journey.clocks("attending")).containsEntry("T10", "MET");
        assertThat(journey.papers("attending")).contains("restraint-record");
    }
}
