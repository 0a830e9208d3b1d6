package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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

/** Absence over HTTP: voluntary patients have asked to leave, others are searched for, and the type comes back unchanged. */
@AppTest
class AbscondingFlowTests {

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

    private Map<String, Object> search(String outcome) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "absenceOutcome",
                outcome,
                "searchedPlaces",
                List.of("WARD", "GROUNDS"),
                "guardianTold",
                "TOLD",
                "guardianToldAt",
                journey.at(0),
                "signature",
                true));
        if (outcome.equals("RETURNED")) {
            data.put("foundAt", journey.at(0));
        }
        return data;
    }

    private Map<String, Object> police(boolean help) {
        return Map.of(
                "policeToldAt",
                journey.at(0),
                "policeUnit",
                "花园路派出所",
                "officerName",
                "测警一",
                "returnHelp",
                help,
                "signature",
                true);
    }

    private Map<String, Object> found(String outcome) {
        return Map.of(
                "foundAt",
                journey.at(0),
                "foundPlace",
                "花园路公园",
                "foundBy",
                "POLICE",
                "absenceOutcome",
                outcome,
                "signature",
                true);
    }

    @Test
    void aDangerousPatientIsBroughtBackAndKeepsTheType() {
        ward.harmToOthers().assessed();
        journey.begin("nurse", "absconding", ward.missing("HARM_OTHERS")).expect(201);
        assertThat(ward.status()).isEqualTo("ABSENT");
        assertThat(journey.clocks("attending"))
                .containsEntry("T13", "RUNNING")
                .containsEntry("ABSCOND_POLICE_NOW", "RUNNING")
                .containsEntry("T44A", "MET");
        assertThat(journey.openTasks()).doesNotContain("AssessInvoluntary");
        journey.complete("nurse", "ReportPoliceNow", police(true));
        journey.complete("nurse", "SearchAndTell", search("STILL_AWAY"));
        journey.send("officer", "patient-found", found("RETURNED")).expect(200);

        assertThat(ward.status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.openTasks()).contains("AssessInvoluntary", "CheckReturned");
        journey.complete(
                "attending",
                "CheckReturned",
                Map.of(
                        "returnedAt",
                        journey.at(0),
                        "somaticState",
                        "一般情况好，未见外伤。",
                        "injuryFound",
                        false,
                        "conclusionNeeded",
                        false,
                        "preventNote",
                        "侧门门禁失灵，已报修并加强巡视。",
                        "signature",
                        true));
        assertThat(journey.papers("attending")).contains("absconding-report");
        assertThat(ward.runs("absconding")).isFalse();
    }

    @Test
    void aVoluntaryPatientWithoutDangerHasAskedToLeave() {
        ward.voluntary();
        journey.begin("nurse", "absconding", ward.missing("NONE")).expect(201);
        assertThat(ward.status()).as("not absent").isEqualTo("VOLUNTARY");
        assertThat(ward.runs("discharge-resettlement")).isTrue();
        assertThat(ward.runs("absconding")).isFalse();
    }

    @Test
    void thePoliceDoesNotBringBackWhoIsHeldForSelfHarm() {
        ward.harmToSelf();
        Map<String, Object> wrong = new HashMap<>(ward.missing("UNKNOWN"));
        wrong.put("admissionType", "VOLUNTARY");
        assertThat(journey.begin("nurse", "absconding", wrong).status())
                .as("the type is the one of the case")
                .isEqualTo(422);
        journey.begin("nurse", "absconding", ward.missing("UNKNOWN")).expect(201);
        assertThat(journey.clocks("attending")).containsEntry("T14", "RUNNING");
        assertThat(journey.tryComplete("nurse", "ReportPoliceLater", police(true))
                        .body())
                .contains("abscond-police-2");
        journey.complete("nurse", "ReportPoliceLater", police(false));
        assertThat(journey.clocks("attending")).containsEntry("T14", "MET");

        Map<String, Object> asked = new HashMap<>(found("DISCHARGE_ASKED"));
        asked.put("dischargeRequester", "PATIENT");
        assertThat(journey.send("nurse", "patient-found", asked).status())
                .as("only the guardian may ask")
                .isEqualTo(422);
        asked.put("dischargeRequester", "GUARDIAN");
        journey.send("nurse", "patient-found", asked).expect(200);
        assertThat(ward.runs("discharge-resettlement")).isTrue();
    }

    @Test
    void aLongAbsenceIsReviewedByAPsychiatrist() {
        ward.harmToOthers();
        journey.begin("nurse", "absconding", ward.missing("UNKNOWN")).expect(201);
        ward.pass(Duration.ofDays(31));
        Map<String, Object> review = Map.of(
                "absenceDecision",
                "CLOSED",
                "reviewReason",
                "离院一个月，家属反映服药规律，情绪平稳，已无继续住院的必要，转社区随访管理。",
                "reviewedAt",
                journey.at(0),
                "signature",
                true);
        assertThat(journey.tryComplete("affairs", "ReviewAbsence", review).body())
                .contains("absence-review-2");
        journey.complete("attending", "ReviewAbsence", review);
        assertThat(journey.file("attending").get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(ward.runs("absconding")).isFalse();
    }
}
