package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The appraisal after a re-diagnosis over HTTP: what the later and independent finding says counts, whichever way. */
@AppTest
class AppraisalFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private Journey journey;

    @BeforeEach
    void open() {
        journey = new Journey(new Api(port), clock);
    }

    @AfterEach
    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    private void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    private String status() {
        return journey.file("doctor").path("legalStatus").asString("");
    }

    private Map<String, Object> request() {
        return Map.of("stage", "APPRAISAL", "applicantRole", "PATIENT", "targetInstitution", Journey.REMOVE);
    }

    /** Held for harm to others; two other psychiatrists confirmed it and the person was told. */
    private void confirmedByRediagnosis() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        pass(Duration.ofMinutes(2));
        journey.send("affairs", "objection-filed", Map.of("applicantRole", "PATIENT"))
                .expect(200);
        journey.complete("affairs", "AssignDoctors", Map.of());
        journey.complete("redx1", "ConcludeRediagnosis", Map.of());
        journey.complete("redx2", "CosignRediagnosis", Map.of());
        assertThat(journey.decisions("doctor")).contains("D4b-4");
        journey.complete("attending", "ServeResult", Map.of());
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.papers("doctor")).contains("rediagnosis-conclusion", "RN-04-2:PATIENT");
    }

    private void commissioned() {
        journey.send("affairs", "objection-filed", request()).expect(200);
        assertThat(journey.decisions("doctor")).contains("D4-9");
        assertThat(journey.offered("affairs", "AssignDoctors"))
                .as("no third diagnosis by the hospital")
                .isFalse();
        Map<String, Object> commission = new HashMap<>(Map.of(
                "appraisalOrg",
                "zz-appraisal",
                "chosenByApplicant",
                false,
                "commissionRef",
                "委001",
                "commissionedAt",
                journey.at(0),
                "packet",
                List.of("DIAGNOSIS", "REDIAGNOSIS", "RECORDS"),
                "signature",
                true));
        assertThat(journey.tryComplete("affairs", "RecordCommission", commission)
                        .status())
                .as("the applicant chooses")
                .isEqualTo(422);
        commission.put("chosenByApplicant", true);
        journey.complete("affairs", "RecordCommission", commission);
        assertThat(journey.clocks("doctor")).containsEntry("T08", "RUNNING");
    }

    private Map<String, Object> report(String conclusion, String others, boolean need) {
        return new HashMap<>(ofEntries(
                entry("body", "zz-appraisal"),
                entry(
                        "appraisers",
                        List.of(
                                Map.of("appraiserName", "甄鉴定", "appraiserLicence", "J1"),
                                Map.of("appraiserName", "宋并鉴", "appraiserLicence", "J2"))),
                entry("recusalDeclared", true),
                entry("notEarlierDoctors", true),
                entry("visitAt", journey.at(-30)),
                entry("recordSigned", true),
                entry("redxConclusion", conclusion),
                entry("redxDangerToOthers", others),
                entry("redxDangerToSelf", "NONE"),
                entry("redxNeedInpatient", need),
                entry("reportRef", "鉴001"),
                entry("reportDate", journey.day(0)),
                entry("signature", true)));
    }

    @Test
    void anAppraisalThatContradictsTheReDiagnosisFreesAtOnce() {
        confirmedByRediagnosis();
        commissioned();
        pass(Duration.ofDays(3));
        assertThat(status()).as("treatment goes on until the report").isEqualTo("INVOLUNTARY_HARM_OTHERS");
        Map<String, Object> alone = report("NOT_SMD", "NONE", false);
        alone.put("appraisers", List.of(Map.of("appraiserName", "甄鉴定", "appraiserLicence", "J1")));
        assertThat(journey.tryComplete("appraiser", "ReceiveAppraisal", alone).body())
                .contains("appraisal-1");
        assertThat(journey.offered("redx1", "ReceiveAppraisal")).isFalse();
        journey.complete("appraiser", "ReceiveAppraisal", report("NOT_SMD", "NONE", false));

        assertThat(journey.decisions("doctor")).contains("D4b-5");
        assertThat(journey.clocks("doctor")).containsEntry("T08", "MET").containsEntry("T11:PATIENT", "RUNNING");
        assertThat(journey.openTasks())
                .contains("ReleaseNow")
                .doesNotContain("ServeResult", "RecordCommission", "ConcludeRediagnosis");
        journey.complete("attending", "ReleaseNow", Map.of("releaseReason", "APPRAISAL"));
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.file("doctor").get("outcome").asString()).isEqualTo("RELEASED_NOT_SMD");
        assertThat(journey.clocks("doctor")).containsEntry("T11:PATIENT", "MET");
        assertThat(journey.papers("doctor")).contains("RN-08:PATIENT");
        assertThat(journey.openTasks())
                .as("nobody assesses or restrains whom the appraisal freed")
                .doesNotContain("AssessInvoluntary", "ObjectionWindow");
    }

    @Test
    void anAppraisalThatConfirmsLeavesTheStayAsItIs() {
        confirmedByRediagnosis();
        commissioned();
        journey.complete("appraiser", "ReceiveAppraisal", report("SMD", "RISK", true));
        assertThat(journey.decisions("doctor")).doesNotContain("D4b-5");
        assertThat(journey.openTasks()).contains("ServeResult").doesNotContain("ReleaseNow");
        journey.complete("attending", "ServeResult", Map.of());
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.papers("doctor")).doesNotContain("RN-08:PATIENT");
    }

    @Test
    void anAppraisalThatFindsNoDangerToOthersHasTheBasisDecidedAnew() {
        confirmedByRediagnosis();
        commissioned();
        Map<String, Object> finding = report("SMD", "NONE", true);
        journey.complete("appraiser", "ReceiveAppraisal", finding);
        assertThat(journey.decisions("doctor")).contains("D4b-5");
        assertThat(journey.openTasks())
                .doesNotContain("ServeResult", "ReleaseNow")
                .contains("ConfirmBasis");
    }

    @Test
    void noAppraisalBeforeTheReDiagnosis() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        pass(Duration.ofMinutes(2));
        journey.send("affairs", "objection-filed", request()).expect(200);
        assertThat(journey.decisions("doctor")).contains("D4-10").doesNotContain("D4-9");
        assertThat(journey.offered("affairs", "RecordCommission")).isFalse();
        assertThat(journey.offered("affairs", "ExplainIneligibility"))
                .as("told in writing what to do first")
                .isTrue();
    }
}
