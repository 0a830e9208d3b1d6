package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Stays against the will over HTTP: assessed in time, changed only on fresh ground, left at once when not needed. */
@AppTest
class PeriodicAssessmentFlowTests {

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
    void assessmentsFollowThePlanAndAMissedOneIsReported() {
        ward.harmToOthers().assessed();
        assertThat(journey.clocks("attending"))
                .containsEntry("T44A", "RUNNING")
                .containsEntry("T44B", "RUNNING")
                .containsEntry("T44C", "RUNNING");
        journey.complete("attending", "AssessInvoluntary", ward.assessment("CONTINUE", "NONE", "RISK"));
        assertThat(journey.clocks("attending")).containsEntry("T44A", "MET").containsEntry("T44B", "RUNNING");
        assertThat(journey.papers("attending")).contains("assessment-record");
        assertThat(ward.alerts()).doesNotContain("ASSESSMENT_MISSED");

        ward.pass(Duration.ofDays(9));
        assertThat(ward.alerts()).contains("ASSESSMENT_MISSED");
        assertThat(journey.offered("attending", "AssessInvoluntary"))
                .as("the duty stays")
                .isTrue();
        assertThat(ward.status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void theFormHoldsTheDoctorToTheLaw() {
        ward.harmToOthers().assessed();
        assertThat(journey.tryComplete("attending", "AssessInvoluntary", ward.assessment("CONTINUE", "NONE", "NONE"))
                        .body())
                .contains("assessment-form-7");
        assertThat(journey.tryComplete("attending", "AssessInvoluntary", ward.assessment("CONTINUE", "ACT", "NONE"))
                        .body())
                .as("harm to others is gone: the basis must be decided anew")
                .contains("assessment-form-8");
        Map<String, Object> stranger = new HashMap<>(ward.assessment("CONTINUE", "NONE", "RISK"));
        stranger.put("assessors", List.of(Map.of("assessor", "doctor")));
        assertThat(journey.tryComplete("attending", "AssessInvoluntary", stranger)
                        .status())
                .as("who signs must have assessed")
                .isEqualTo(422);
        assertThat(journey.offered("nurse", "AssessInvoluntary")).isFalse();
    }

    @Test
    void whoIsNotNeededIsToldAndTheDischargeBegins() {
        ward.harmToSelf().assessed();
        journey.complete("attending", "AssessInvoluntary", ward.assessment("NOT_NEEDED", "NONE", "NONE"));
        assertThat(ward.runs("discharge-resettlement")).isTrue();
        assertThat(ward.runs("periodic-assessment")).as("the plan is over").isFalse();
        assertThat(journey.clocks("attending"))
                .containsEntry("T11:PATIENT", "RUNNING")
                .containsEntry("T44A", "MET");
        assertThat(ward.status()).as("an assessment alone changes no status").isEqualTo("INVOLUNTARY_SELF_HARM");

        ward.serve("TellPatient", "PATIENT");
        assertThat(journey.file("attending").get("legalStatus").asString()).isEqualTo("RELEASED");
        ward.serve("TellGuardian", "GUARDIAN");
        assertThat(journey.papers("attending").stream()
                        .filter(paper -> paper.startsWith("RN-09"))
                        .toList())
                .as("each of them once")
                .containsExactly("RN-09:GUARDIAN", "RN-09:PATIENT");
        assertThat(journey.clocks("attending"))
                .containsEntry("T11:PATIENT", "MET")
                .containsEntry("T11:GUARDIAN", "MET");
        ward.pass(Duration.ofHours(3));
        assertThat(ward.alerts()).doesNotContain("UNLAWFUL_STAY");
    }

    @Test
    void whoIsNotToldInTwoHoursStaysWithoutGround() {
        ward.harmToSelf().assessed();
        journey.complete("attending", "AssessInvoluntary", ward.assessment("NOT_NEEDED", "NONE", "NONE"));
        ward.pass(Duration.ofHours(3));
        assertThat(ward.alerts()).contains("UNLAWFUL_STAY");
        assertThat(journey.offered("attending", "TellPatient"))
                .as("the duty stays")
                .isTrue();
        assertThat(ward.status()).isEqualTo("INVOLUNTARY_SELF_HARM");
    }

    @Test
    void whoIsNotNeededIsNotMovedToAnotherHospitalButReleased() {
        ward.harmToSelf().assessed();
        journey.begin(
                        "affairs",
                        "discharge-resettlement",
                        Map.of(
                                "requester",
                                "HOSPITAL",
                                "trigger",
                                "TRANSFER",
                                "requestForm",
                                "WRITTEN",
                                "requestedAt",
                                journey.at(0),
                                "signature",
                                true))
                .expect(201);
        assertThat(journey.openTasks()).contains("ArrangeTransfer");
        journey.complete("attending", "AssessInvoluntary", ward.assessment("NOT_NEEDED", "NONE", "NONE"));
        assertThat(journey.openTasks()).contains("TellPatient").doesNotContain("ArrangeTransfer");
        assertThat(journey.clocks("attending")).containsEntry("T11:PATIENT", "RUNNING");
        ward.serve("TellPatient", "PATIENT");
        assertThat(ward.status()).isEqualTo("RELEASED");
    }

    @Test
    void anAssessmentOvertakesARequestThatWaitsForAnOpinion() {
        ward.harmToSelf().assessed();
        journey.begin(
                        "social",
                        "discharge-resettlement",
                        Map.of(
                                "requester",
                                "GUARDIAN",
                                "trigger",
                                "REQUEST",
                                "requestForm",
                                "ORAL_RECORDED",
                                "requestedAt",
                                journey.at(0),
                                "requestWords",
                                "要求接回家。",
                                "signature",
                                true))
                .expect(201);
        assertThat(journey.openTasks()).contains("GiveOpinion");
        journey.complete("attending", "AssessInvoluntary", ward.assessment("NOT_NEEDED", "NONE", "NONE"));
        assertThat(journey.openTasks()).contains("TellPatient").doesNotContain("GiveOpinion");
        assertThat(journey.send(
                                "social",
                                "discharge-withdrawn",
                                Map.of(
                                        "withdrawnBy",
                                        "GUARDIAN",
                                        "withdrawnAt",
                                        journey.at(0),
                                        "ownWill",
                                        true,
                                        "witness",
                                        "nurse",
                                        "signature",
                                        true))
                        .status())
                .as("what an assessment requires is not withdrawn")
                .isEqualTo(422);
        ward.serve("TellPatient", "PATIENT");
        assertThat(journey.file("attending").get("legalStatus").asString()).isEqualTo("RELEASED");
    }

    @Test
    void aVoluntaryPatientIsHeldOnlyAfterConclusionFormalitiesAndNotices() {
        ward.voluntary().assessed();
        assertThat(journey.openTasks()).doesNotContain("AssessInvoluntary");
        assertThatThrownBy(() -> journey.send("nurse", "new-conclusion", Map.of()))
                .as("a nurse does not diagnose")
                .hasMessageContaining("message-unknown");
        journey.send("attending", "new-conclusion", ward.conclusion("NONE", "ACT", "OBJECT", "PRESENT_REFUSE"))
                .expect(200);
        assertThat(ward.status()).as("no silent conversion").isEqualTo("VOLUNTARY");
        ward.signChange();
        assertThat(ward.status()).isEqualTo("VOLUNTARY");
        journey.complete(
                "affairs",
                "SignFormalities",
                Map.of(
                        "signatoryType",
                        "VILLAGE_COMMITTEE",
                        "guardianInactionNote",
                        "监护人到场但拒绝办理手续，由居民委员会代为办理，医院已将原因记入病历。"));
        assertThat(ward.status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        ward.serve("ServeNoticeToPatient", "PATIENT");
        ward.serve("ServeNoticeToGuardian", "GUARDIAN");

        assertThat(journey.clocks("attending"))
                .containsEntry("T05:PATIENT", "RUNNING")
                .containsEntry("T05:GUARDIAN", "RUNNING")
                .containsEntry("T44A", "RUNNING");
        assertThat(journey.papers("attending")).contains("RN-04:PATIENT", "RN-04:GUARDIAN");
        assertThat(journey.openTasks()).contains("AssessInvoluntary", "ObjectionWindow");

        journey.send("nurse", "objection-filed", Map.of()).expect(200);
        journey.complete("affairs", "AssignDoctors", Map.of());
        journey.complete(
                "redx1",
                "ConcludeRediagnosis",
                Map.of("redxConclusion", "NOT_SMD", "redxDangerToOthers", "NONE", "redxNeedInpatient", false));
        journey.complete("redx2", "CosignRediagnosis", Map.of());
        journey.complete("attending", "ReleaseNow", Map.of("releaseReason", "REDIAGNOSIS"));
        assertThat(journey.file("attending").get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(ward.runs("periodic-assessment")).isFalse();
        assertThat(journey.openTasks()).doesNotContain("AssessInvoluntary");
    }

    @Test
    void theGuardiansVetoEndsTheStayWhenOnlySelfHarmRemains() {
        ward.harmToOthers().assessed();
        journey.complete("attending", "AssessInvoluntary", ward.assessment("CHANGE_TYPE", "RISK", "NONE"));
        journey.complete("attending", "WriteConclusion", ward.conclusion("RISK", "NONE", "OBJECT", "PRESENT_REFUSE"));
        ward.signChange();
        assertThat(journey.decisions("attending")).contains("D2-12");
        assertThat(journey.openTasks()).contains("TellPatient");
        assertThat(ward.runs("discharge-resettlement")).isTrue();
        assertThat(ward.runs("periodic-assessment")).isFalse();
        ward.serve("TellPatient", "PATIENT");
        assertThat(journey.file("attending").get("legalStatus").asString()).isEqualTo("RELEASED");
    }

    @Test
    void whoWantsToStayConsentsAfresh() {
        ward.harmToOthers().assessed();
        journey.send("attending", "new-conclusion", ward.conclusion("NONE", "NONE", "CONSENT", "PRESENT_CONSENT"))
                .expect(200);
        ward.signChange();
        assertThat(ward.status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        journey.complete(
                "attending",
                "ObtainConsent",
                Map.of(
                        "consentGiven",
                        true,
                        "leaveExplained",
                        true,
                        "consentRef",
                        "TY-0001",
                        "consentAt",
                        journey.at(0),
                        "consentWitness",
                        "nurse",
                        "signature",
                        true));
        assertThat(ward.status()).isEqualTo("VOLUNTARY");
        ward.serve("ServeNoticeToPatient", "PATIENT");
        ward.serve("ServeNoticeToGuardian", "GUARDIAN");
        assertThat(journey.papers("attending")).contains("RN-02:PATIENT");
        assertThat(journey.openTasks()).doesNotContain("AssessInvoluntary");
        assertThat(journey.clocks("attending")).containsEntry("T44A", "MET");
    }
}
