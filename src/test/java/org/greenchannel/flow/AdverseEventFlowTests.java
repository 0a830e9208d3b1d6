package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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

/** Death and injury over HTTP: a death ends everything and stops every clock, an injury lets the case go on. */
@AppTest
class AdverseEventFlowTests {

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
    void aDeathEndsEveryProcessAndStopsEveryClock() {
        ward.harmToOthers().assessed();
        journey.begin("attending", "protective-measure", ward.order()).expect(201);
        journey.begin("nurse", "adverse-event", ward.event("DEATH", "SUICIDE")).expect(201);

        assertThat(journey.file("affairs").get("legalStatus").asString()).isEqualTo("CLOSED");
        assertThat(ward.runs("periodic-assessment")).isFalse();
        assertThat(ward.runs("protective-measure")).isFalse();
        assertThat(ward.runs("emergency-admission")).isFalse();
        assertThat(journey.openTasks())
                .contains("TellFamily", "SealRecords", "ReportPolice")
                .doesNotContain("CheckPerson");
        Map<String, String> clocks = journey.clocks("affairs");
        assertThat(clocks).containsEntry("T55", "RUNNING").containsEntry("EVENT_FAMILY", "RUNNING");
        assertThat(clocks.get("T44A")).isNotEqualTo("RUNNING");
        assertThat(clocks.get("T10")).isNotEqualTo("RUNNING");
        assertThat(clocks.get("T05:PATIENT")).isNotEqualTo("RUNNING");

        journey.complete(
                "affairs",
                "TellFamily",
                Map.of(
                        "familyTold",
                        "TOLD",
                        "familyToldAt",
                        journey.at(0),
                        "toldPerson",
                        "测丙丁",
                        "rightsExplained",
                        true,
                        "signature",
                        true));
        journey.complete(
                "affairs",
                "SealRecords",
                Map.of(
                        "recordsSealed", true,
                        "sealRef", "FC-0001",
                        "familyPresent", true,
                        "sceneKept", true,
                        "sealedAt", journey.at(0),
                        "signature", true));
        journey.complete(
                "officer",
                "ReportPolice",
                Map.of("policeToldAt", journey.at(0), "policeUnit", "花园路派出所", "signature", true));
        journey.complete("affairs", "CloseReport", closing("SUICIDE"));
        assertThat(journey.papers("affairs")).contains("death-report");
        assertThat(ward.runs("adverse-event")).isFalse();
        assertThatThrownBy(() -> journey.begin("nurse", "adverse-event", Map.of()))
                .as("nothing starts after the death")
                .hasMessageContaining("process-not-startable");
    }

    private Map<String, Object> closing(String cause) {
        return Map.of(
                "eventDate",
                journey.day(0),
                "finalCause",
                cause,
                "causeOfDeath",
                "机械性窒息",
                "autopsy",
                false,
                "belongingsReturned",
                true,
                "handling",
                "已抢救、报警、告知家属并封存病历。",
                "improvements",
                "加强夜间巡视，清除病区危险物品。",
                "signature",
                true);
    }

    @Test
    void anInjuryIsReportedAndTheStayGoesOn() {
        ward.harmToSelf().assessed();
        journey.begin("attending", "adverse-event", ward.event("SERIOUS_INJURY", "NATURAL"))
                .expect(201);
        assertThat(ward.status()).isEqualTo("INVOLUNTARY_SELF_HARM");
        assertThat(ward.runs("periodic-assessment")).isTrue();
        assertThat(journey.openTasks()).doesNotContain("ReportPolice", "InspectAccident");
        ward.pass(Duration.ofHours(3));
        assertThat(ward.alerts()).contains("EVENT_DUTIES_LATE");
    }
}
