package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The ten rules that must never be broken (domain 0.3), each attacked over HTTP by people who are signed in. */
@AppTest
class TenRulesTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    private String status() {
        return journey.file("doctor").path("legalStatus").asString("-");
    }

    private void refused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(403, 404, 409, 422);
    }

    private static final Map<String, Object> SELF_HARM_SCENE = Map.of(
            "dangerToOthersSeen", false,
            "dangerToSelfSeen", true,
            "weaponOrArson", false,
            "selfHarmBehaviour", true,
            "verbalThreat", false);

    private static final Map<String, Object> SELF_HARM =
            Map.of("dangerToOthers", "NONE", "dangerToSelf", "ACT", "dangerLevel", 4);

    private Journey selfHarm() {
        return journey.start(
                        "officer",
                        Map.of("behaviours", List.of("SUICIDE"), "dangerToOthersSeen", false, "dangerToSelfSeen", true))
                .toHospital(SELF_HARM_SCENE);
    }

    @Test
    void rule1CompulsoryTreatmentIsOfTheCourtAndNoOtherTrackReachesIt() {
        journey.start("officer", Map.of()).toHospital().diagnosed(Map.of(), Map.of());
        refused(journey.tryComplete("doctor", "ConfirmBasis", Map.of("admissionType", "COMPULSORY_TREATMENT")));
        // what the page only shows cannot be sent as an answer of one's own
        journey.tryComplete("doctor", "ConfirmBasis", Map.of("proposedAdmissionType", "COMPULSORY_TREATMENT"));
        assertThat(status()).isEqualTo("OBSERVATION");
        // neither police nor doctor can say that a court has decided
        for (String user : List.of("officer", "doctor", "affairs")) {
            refused(api.post(
                    user,
                    "/api/v1/cases/" + journey.number() + "/messages/court-decided",
                    Map.of("data", Map.of("ctDecisionAndNotice", true))));
        }
        assertThat(journey.decisions("doctor")).doesNotContain("D2-1");
    }

    @Test
    void rule2DeliveryByThePoliceIsNoAdmission() {
        journey.start("officer", Map.of()).toHospital();
        assertThat(status()).isEqualTo("OBSERVATION");
        assertThat(journey.offered("affairs", "SignFormalities")).isFalse();
        journey.diagnosed(
                Map.of(
                        "diagnosisConclusion",
                        "NOT_MD",
                        "icd10",
                        Journey.REMOVE,
                        "dangerLevel",
                        5,
                        "needInpatient",
                        false),
                Map.of());
        journey.complete("doctor", "ConfirmBasis", Map.of("basisReason", "未发现精神障碍，不符合收治条件。"));
        assertThat(journey.offered("affairs", "SignFormalities")).isFalse();
        assertThat(journey.offered("doctor", "ReleasePerson")).isTrue();
    }

    @Test
    void rule3NobodyReplacesTheGuardianOfWhoHarmsOnlyHimself() {
        selfHarm()
                .diagnosed(
                        SELF_HARM,
                        Map.of(
                                "guardianStatus", "PRESENT_REFUSE",
                                "guardianConsentAt", Journey.REMOVE,
                                "guardianConsentRef", Journey.REMOVE));
        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", false));
        for (String user : List.of("affairs", "officer", "village", "town", "health")) {
            assertThat(journey.offered(user, "SignFormalities")).as(user).isFalse();
        }
        assertThat(status()).isEqualTo("OBSERVATION");
        journey.complete("doctor", "RecordGuardianRefusal", Map.of());
        assertThat(status()).isEqualTo("RELEASED");
    }

    @Test
    void rule4WhoHarmsOthersIsAdmittedWithoutConsentAndMayContest() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(
                        Map.of(),
                        Map.of(
                                "guardianStatus", "PRESENT_REFUSE",
                                "guardianConsentAt", Journey.REMOVE,
                                "guardianConsentRef", Journey.REMOVE));
        journey.complete("doctor", "ConfirmBasis", Map.of());
        journey.complete(
                "affairs",
                "SignFormalities",
                Map.of(
                        "signatoryType", "VILLAGE_COMMITTEE",
                        "guardianInactionNote", "监护人拒绝办理住院手续，由村（居）委会办理。",
                        "signatoryName", "测村委"));
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        journey.notified();
        Answer messages = api.get("affairs", "/api/v1/cases/" + journey.number() + "/messages")
                .expect(200);
        assertThat(messages.body()).contains("objection-filed");
        journey.send("affairs", "objection-filed", Map.of("applicantRole", "GUARDIAN"))
                .expect(200);
        // the treatment goes on meanwhile
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void rule5NobodyButTheCourtLetsOutAndTheWardCannotInventAWayOut() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        for (String user : List.of("attending", "doctor", "nurse", "affairs")) {
            assertThat(journey.offered(user, "ReleaseNow")).as(user).isFalse();
            assertThat(journey.offered(user, "ReleasePerson")).as(user).isFalse();
        }
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void rule5CompulsoryTreatmentEndsByTheCourtWhoeverAsks() {
        CourtCase court = new CourtCase(api, clock);
        court.open("handler", "DELIVERY", Map.of()).received();
        journey.on(court.journey().number());
        for (String user : List.of("ctoffice", "ctdoctor", "ctnurse", "approver", "handler", "health", "procurator")) {
            assertThat(journey.offered(user, "CarryOutRelease")).as(user).isFalse();
            assertThat(journey.offered(user, "ReleaseNow")).as(user).isFalse();
        }
        Map<String, Object> request = Map.of(
                "requester", "HOSPITAL",
                "trigger", "ASSESSMENT",
                "requestForm", "WRITTEN",
                "requestedAt", journey.at(0),
                "signature", true);
        journey.begin("ctdoctor", "discharge-resettlement", request).expect(201);
        assertThat(journey.decisions("ctoffice")).endsWith("D8-13");
        assertThat(journey.offered("ctoffice", "RecordLeaving")).isFalse();
        assertThat(journey.file("ctoffice").get("legalStatus").asString()).isEqualTo("COMPULSORY_TREATMENT");
    }

    @Test
    void rule6AHospitalCannotRefuseToDiagnoseAndAsksForNoDeposit() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        refused(journey.tryComplete("triage", "AnswerAdmission", Map.of("hospitalAnswer", "REFUSE")));
        refused(journey.tryComplete(
                "triage", "AnswerAdmission", Map.of("hospitalAnswer", "NO_PAYMENT", "noBedReason", "未交押金")));
        journey.complete(
                "triage", "AnswerAdmission", Map.of("hospitalAnswer", "NO_BED", "noBedReason", "病房满员，急诊留观床位已用完。"));
        // no bed is an answer that is looked into, and the duty goes to the next
        assertThat(journey.offered("triage2", "AnswerAdmission")).isTrue();
        journey.complete("triage2", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        Answer deposit = journey.tryComplete("triage2", "ReceivePerson", Map.of("depositAsked", true));
        assertThat(deposit.status()).isEqualTo(422);
        assertThat(deposit.body()).contains("V09");
    }

    @Test
    void rule7ThoseWhoDiagnosedDoNotDiagnoseAgain() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        journey.send("affairs", "objection-filed", Map.of()).expect(200);
        refused(journey.tryComplete("affairs", "AssignDoctors", Map.of("doctor1", "doctor")));
        refused(journey.tryComplete("affairs", "AssignDoctors", Map.of("doctor1", "redx1", "doctor2", "redx1")));
        journey.complete("affairs", "AssignDoctors", Map.of());
        journey.complete("redx1", "ConcludeRediagnosis", Map.of());
        refused(journey.tryComplete("redx1", "CosignRediagnosis", Map.of()));
    }

    @Test
    void rule8NobodyCanSwitchTheDutyToAssessOff() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        assertThat(journey.clocks("attending"))
                .containsEntry("T44A", "RUNNING")
                .containsEntry("T44B", "RUNNING")
                .containsEntry("T44C", "RUNNING");
        assertThat(journey.offered("attending", "AssessInvoluntary")).isTrue();
        for (String user : List.of("attending", "affairs", "head", "nurse")) {
            for (String message : List.of("stay-ended", "plan-ended", "person-died", "clock-breached")) {
                refused(api.post(
                        user,
                        "/api/v1/cases/" + journey.number() + "/messages/" + message,
                        Map.of("data", Map.of("endStatus", "RELEASED"))));
            }
        }
        assertThat(journey.clocks("attending")).containsEntry("T44A", "RUNNING");
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void rule9NoTableDecidesAboutLiberty() {
        selfHarm().diagnosed(SELF_HARM, Map.of());
        assertThat(journey.decisions("doctor")).contains("D2-11");
        // the table has answered and nothing has happened
        assertThat(status()).isEqualTo("OBSERVATION");
        Map<String, Object> unsigned = Map.of("signature", false);
        assertThat(journey.tryComplete("doctor", "ConfirmBasis", unsigned).status())
                .isEqualTo(422);
        String id = journey.item("doctor", "ConfirmBasis").get("id").asString();
        for (String user : List.of("nurse", "affairs", "officer", "social", "health", "sysadmin")) {
            Answer answer = api.post(
                    user,
                    "/api/v1/work-items/" + id + "/complete",
                    Map.of("data", Map.of("basisDecision", "CONFIRM", "signature", true)));
            assertThat(answer.status()).as(user).isIn(403, 404);
        }
        journey.complete("doctor", "ConfirmBasis", Map.of());
        assertThat(status()).isEqualTo("OBSERVATION");
        journey.complete("affairs", "SignFormalities", Map.of());
        assertThat(status()).isEqualTo("INVOLUNTARY_SELF_HARM");
    }

    @Test
    void rule10EachOfficeSeesWhatItsDutyNeeds() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        JsonNode police = journey.file("officer");
        assertThat(police.get("legalStatus").asString()).isEqualTo("INVOLUNTARY");
        for (String user : List.of("officer", "town", "finance")) {
            Answer diagnosis = api.get(user, "/api/v1/cases/" + journey.number() + "/submissions");
            assertThat(diagnosis.body()).as(user).doesNotContain("F20.0", "natureDegreeLikelihood");
        }
        assertThat(api.get("finance", "/api/v1/cases/" + journey.number()).status())
                .isIn(200, 404);
        assertThat(api.get("sysadmin", "/api/v1/cases/" + journey.number()).status())
                .isEqualTo(404);
    }
}
