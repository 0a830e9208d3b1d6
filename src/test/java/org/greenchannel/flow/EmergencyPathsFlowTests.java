package org.greenchannel.flow;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The exceptional paths of the green channel (C2) over HTTP: path, status, clocks, papers, notices and what must not happen. */
@AppTest
class EmergencyPathsFlowTests {

    private static final Map<String, Object> SELF_HARM_SCENE = Map.of(
            "dangerToOthersSeen", false,
            "dangerToSelfSeen", true,
            "weaponOrArson", false,
            "selfHarmBehaviour", true,
            "verbalThreat", false);

    private static final Map<String, Object> SELF_HARM =
            Map.of("dangerToOthers", "NONE", "dangerToSelf", "ACT", "dangerLevel", 4);

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    @AfterEach
    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    private void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    private String status() {
        return journey.file("triage").path("legalStatus").asString("");
    }

    private String outcome(String user) {
        return journey.file(user).path("outcome").asString("");
    }

    private void selfHarm(Map<String, Object> guardian) {
        journey.start(
                        "officer",
                        Map.of("behaviours", List.of("SUICIDE"), "dangerToOthersSeen", false, "dangerToSelfSeen", true))
                .toHospital(SELF_HARM_SCENE)
                .diagnosed(SELF_HARM, guardian);
        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", false));
    }

    // ---- the scene

    @Test
    void anOffenceWithoutADisorderGoesToThePoliceAndNobodyIsSentToHospital() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of("sceneDecision", "POLICE_CASE"));
        Map<String, Object> record = new HashMap<>(Map.of(
                "capacityAtAct", "NONE",
                "policeMeasure", "PENALTY",
                "caseNo", "治001",
                "capacityBasis", "询问时言语清楚，事后调取病历，案发时不能辨认。",
                "signature", true));
        assertThat(journey.tryComplete("officer", "RecordPoliceCase", record).body())
                .as("nobody is punished for what he could not know")
                .contains("police-case-1");
        record.put("policeMeasure", "NO_PENALTY");
        record.put("guardianOrdered", true);
        journey.complete("officer", "RecordPoliceCase", record);
        assertThat(outcome("officer")).isEqualTo("HANDED_TO_POLICE");
        assertThat(journey.openTasks()).isEmpty();
        assertThat(journey.file("officer").path("legalStatus").asString("")).isEmpty();
        assertThat(journey.papers("primary")).doesNotContain("handover-sheet", "RN-01:PATIENT");
    }

    @Test
    void whereNoDangerIsFoundEverybodyGoesHome() {
        journey.start("officer", Map.of());
        Map<String, Object> calm = Map.of(
                "dangerToOthersSeen", false,
                "weaponOrArson", false,
                "verbalThreat", false,
                "measures", List.of("PERSUADE"),
                "sceneDecision", "NO_DANGER");
        assertThat(journey.tryComplete("officer", "RecordScene", Map.of("sceneDecision", "NO_DANGER"))
                        .body())
                .contains("scene-record-6");
        journey.complete("officer", "RecordScene", calm);
        assertThat(outcome("primary")).isEqualTo("RELEASED_NO_BASIS");
        assertThat(journey.openTasks()).isEmpty();
        assertThat(journey.clocks("officer")).doesNotContainValue("RUNNING");
    }

    @Test
    void anAlertThatNobodyAnswersInHalfAnHourIsEscalatedAndStaysOpen() {
        journey.start("officer", Map.of());
        assertThat(journey.told("officer", "team-alert"))
                .contains("town-coordinator", "village-committee", "primary-doctor", "guardian");
        pass(Duration.ofMinutes(31));
        assertThat(journey.told("officer", "alert-escalation")).containsExactly("town-coordinator");
        assertThat(journey.offered("officer", "RecordScene")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestraintNeedsTheCountyPoliceAndTheGuardianIsTold(boolean approved) {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of("placementNeeded", true));
        assertThat(journey.offered("officer", "ApprovePlacement")).isFalse();
        assertThat(journey.clocks("approver")).containsEntry("T04", "RUNNING");
        Map<String, Object> approval = new HashMap<>(Map.of(
                "placementApproved",
                approved,
                "placementReason",
                "到院前继续持刀，须在专用车辆约束带离。",
                "approvedAt",
                journey.at(0),
                "signature",
                true));
        if (approved) {
            approval.put("placementPlace", "定点医院");
            assertThat(journey.tryComplete("approver", "ApprovePlacement", approval)
                            .body())
                    .contains("placement-approval-1");
            approval.put("guardianToldAt", journey.at(0));
        }
        journey.complete("approver", "ApprovePlacement", approval);
        assertThat(journey.clocks("approver")).containsEntry("T04", "MET");
        assertThat(journey.offered("triage", "AnswerAdmission"))
                .as("the way to the doctor does not wait for it")
                .isTrue();
    }

    // ---- several persons

    @Test
    void eachPersonOfAMassEventGetsACaseOfItsOwnThatKnowsNothingOfTheOthers() {
        journey.start("officer", Map.of("personCount", 3, "personName", "测首人"));
        List<String> others = journey.linked("officer", "emergency-admission");
        assertThat(others).hasSize(2).doesNotHaveDuplicates();
        for (String number : others) {
            Journey other = new Journey(api, clock).on(number);
            assertThat(other.openTasks()).containsExactly("RecordScene");
            assertThat(other.file("officer").get("person").get("name").asString())
                    .startsWith("Unknown person");
            assertThat(other.file("officer").toString()).doesNotContain("测首人");
            assertThat(other.linked("officer", "emergency-admission")).contains(journey.number());
        }
        Journey second = new Journey(api, clock).on(others.get(0));
        second.complete(
                "officer",
                "RecordScene",
                Map.of(
                        "dangerToOthersSeen",
                        false,
                        "weaponOrArson",
                        false,
                        "verbalThreat",
                        false,
                        "measures",
                        List.of("PERSUADE"),
                        "identityStatus",
                        "UNKNOWN",
                        "sceneDecision",
                        "NO_DANGER"));
        assertThat(second.file("primary").get("outcome").asString()).isEqualTo("RELEASED_NO_BASIS");
        assertThat(outcome("primary")).as("each case ends for itself").isEmpty();
        journey.toHospital();
        assertThat(status()).isEqualTo("OBSERVATION");
        assertThat(second.file("officer").path("legalStatus").asString("")).isEmpty();
    }

    // ---- the body first

    @ParameterizedTest
    @CsvSource({"INTOXICATED", "POISONING"})
    void drunkOrPoisonedTheBodyComesFirstAndTheMindIsExaminedWhenClear(String state) {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of("somaticState", state));
        assertThat(journey.decisions("triage3")).contains("D5-1");
        journey.complete("triage3", "AnswerAdmission", Map.of());
        journey.complete("triage3", "PrepareHandover", Map.of());
        journey.complete("triage3", "ReceivePerson", Map.of("lifeThreatening", true, "greenChannel", true));
        assertThat(journey.openTasks()).containsExactly("StabiliseSomatic");
        assertThat(journey.clocks("triage3")).doesNotContainKeys("T03", "T05:PATIENT");
        pass(Duration.ofHours(6));
        journey.complete("triage3", "StabiliseSomatic", somatic("TO_PSYCHIATRY"));

        assertThat(journey.decisions("triage")).contains("D5-4");
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        journey.received();
        assertThat(journey.clocks("triage")).containsEntry("T03", "RUNNING");
        assertThat(journey.decisions("triage")).noneMatch(row -> row.startsWith("D2"));
        journey.diagnosed(
                Map.of(
                        "diagnosisConclusion",
                        "NOT_MD",
                        "icd10",
                        Journey.REMOVE,
                        "needInpatient",
                        false,
                        "lessRestrictiveConsidered",
                        Journey.REMOVE),
                Map.of());
        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", Journey.REMOVE));
        journey.complete("doctor", "ReleasePerson", Map.of());
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(outcome("triage")).isEqualTo("RELEASED_NOT_SMD");
        assertThat(journey.papers("doctor")).contains("RN-08:PATIENT").doesNotContain("admission-notice");
    }

    private Map<String, Object> somatic(String outcome) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "somaticOutcome",
                outcome,
                "treatedAt",
                journey.at(0),
                "somaticFindings",
                "生命体征平稳。",
                "treatmentGiven",
                "补液、观察。",
                "psychLiaison",
                true,
                "signature",
                true));
        if (outcome.equals("STAYS")) {
            data.put("stayWard", "重症医学科");
        }
        return data;
    }

    @Test
    void whoStaysInSomaticCareIsHeldByNobody() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of("somaticState", "COMA"));
        journey.complete("triage3", "AnswerAdmission", Map.of());
        journey.complete("triage3", "PrepareHandover", Map.of());
        journey.complete("triage3", "ReceivePerson", Map.of("lifeThreatening", true));
        journey.complete("triage3", "StabiliseSomatic", somatic("STAYS"));
        assertThat(outcome("triage3")).isEqualTo("TRANSFERRED_SOMATIC");
        assertThat(journey.file("triage3").get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(journey.openTasks()).doesNotContain("DiagnosePerson", "ContactGuardian");
    }

    @Test
    void anInfectionIsTreatedWhereItCanBeAndNeverAGroundToRefuse() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of("infection", true));
        assertThat(journey.decisions("triage4")).contains("D5-2");
        assertThat(journey.tryComplete("triage4", "AnswerAdmission", Map.of("hospitalAnswer", "REFUSE"))
                        .status())
                .isEqualTo(422);
        journey.complete("triage4", "AnswerAdmission", Map.of());
        journey.complete("triage4", "PrepareHandover", Map.of());
        journey.complete("triage4", "ReceivePerson", Map.of());
        assertThat(journey.file("triage4").get("legalStatus").asString()).isEqualTo("OBSERVATION");
    }

    // ---- who the person is

    @Test
    void strangersForeignersAndDetaineesAreTreatedAndThoseWhoMustKnowAreTold() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        journey.complete(
                "triage",
                "ReceivePerson",
                Map.of(
                        "residentElsewhere", true,
                        "insuranceArea", "OUT_OF_AREA",
                        "foreigner", true,
                        "interpreterNeeded", true,
                        "custody", "COMMUNITY_CORRECTION"));
        journey.complete("triage", "ServeArrivalNotice", Map.of("language", "FOREIGN"));
        assertThat(journey.told("triage", "home-area")).contains("prevention-center", "police-officer");
        assertThat(journey.told("triage", "foreign-person")).contains("police-approver");
        assertThat(journey.told("triage", "custody-person")).contains("police-case-handler");
        journey.diagnosed(Map.of(), Map.of()).admitted();
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.clocks("insurance")).containsEntry("T28", "RUNNING");
    }

    @Test
    void aMinorIsProtectedAndThePrivacyOfAChildUnderFourteenHasABasis() {
        journey.start("officer", Map.of("estimatedAge", 13)).toHospital(Map.of("minor", true));
        Map<String, Object> care = new HashMap<>(Map.of(
                "ageBand",
                "UNDER_14",
                "minorGuardian",
                "PARENTS",
                "separateArea",
                true,
                "dataBasis",
                "GUARDIAN_CONSENT",
                "schoolTold",
                false,
                "signature",
                true));
        assertThat(journey.tryComplete("social", "ProtectMinor", care).body()).contains("V16");
        care.put("dataConsentRef", "SJ-0001");
        assertThat(journey.offered("doctor", "DiagnosePerson"))
                .as("the examination waits for nothing")
                .isTrue();
        journey.complete("social", "ProtectMinor", care);
        journey.diagnosed(Map.of(), Map.of("guardianRelation", "PARENT")).admitted();
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.decisions("doctor")).contains("D3-9");
    }

    // ---- the guardian

    private Map<String, Object> unreachable() {
        return Map.of(
                "guardianStatus",
                "UNREACHABLE",
                "contactLog",
                List.of(call("PHONE"), call("SMS"), call("VISIT")),
                "guardianToldAt",
                Journey.REMOVE,
                "guardianConsentAt",
                Journey.REMOVE,
                "guardianConsentRef",
                Journey.REMOVE);
    }

    private Map<String, Object> call(String channel) {
        return Map.of(
                "contactTime",
                journey.at(-20),
                "contactChannel",
                channel,
                "contactResult",
                "NO_ANSWER",
                "contactPerson",
                "测丙丁");
    }

    @Test
    void nobodyReplacesAnUnreachableGuardianOfAPersonDangerousOnlyToSelf() {
        selfHarm(unreachable());
        assertThat(journey.decisions("doctor")).contains("D2-13");
        assertThat(journey.openTasks()).contains("FindGuardian").doesNotContain("SignFormalities");
        assertThat(status()).isEqualTo("OBSERVATION");
        pass(Duration.ofMinutes(125));
        assertThat(journey.told("doctor", "guardian-search")).contains("town-coordinator", "village-committee");
        pass(Duration.ofHours(23));
        assertThat(journey.told("doctor", "guardian-search")).contains("civil-affairs", "health-commission");
        assertThat(status()).as("searching is no ground to admit").isEqualTo("OBSERVATION");
        journey.complete(
                "social",
                "FindGuardian",
                Map.ofEntries(
                        Map.entry("guardianStatus", "PRESENT_CONSENT"),
                        Map.entry("searchChannels", List.of("VILLAGE", "CIVIL_AFFAIRS")),
                        Map.entry("guardianName", "测居委"),
                        Map.entry("guardianRelation", "VILLAGE_COMMITTEE"),
                        Map.entry("guardianPhone", "13800000007"),
                        Map.entry("appointedBy", "VILLAGE_COMMITTEE"),
                        Map.entry("appointmentRef", "ZD-0001"),
                        Map.entry("guardianConsentAt", journey.at(0)),
                        Map.entry("guardianConsentRef", "GC-0002"),
                        Map.entry("signature", true)));
        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", false));
        journey.complete("affairs", "SignFormalities", Map.of("signatoryName", "测居委"));
        assertThat(status()).isEqualTo("INVOLUNTARY_SELF_HARM");
        assertThat(journey.decisions("doctor")).contains("D2-11", "D3-5");
    }

    @Test
    void anUnreachableGuardianOfAPersonDangerousToOthersHoldsUpNothing() {
        journey.start("officer", Map.of()).toHospital().diagnosed(Map.of(), unreachable());
        journey.complete("doctor", "ConfirmBasis", Map.of());
        assertThat(journey.decisions("doctor")).contains("D2-8", "D3-11");
        journey.complete(
                "affairs",
                "SignFormalities",
                Map.of(
                        "signatoryType", "VILLAGE_COMMITTEE",
                        "guardianInactionNote", "监护人电话、短信、登门均未取得联系，由居委会办理。",
                        "signatoryName", "测村委"));
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.papers("doctor")).contains("admission-notice");
    }

    @Test
    void aGuardianWhoObstructsAConfirmedTreatmentMeetsThePolice() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        pass(Duration.ofMinutes(2));
        assertThat(journey.send("affairs", "treatment-obstructed", obstruction())
                        .body())
                .as("not before the treatment was confirmed")
                .contains("obstruction-report-1");
        journey.send("affairs", "objection-filed", Map.of()).expect(200);
        journey.complete("affairs", "AssignDoctors", Map.of());
        journey.complete("redx1", "ConcludeRediagnosis", Map.of());
        journey.complete("redx2", "CosignRediagnosis", Map.of());
        if (journey.offered("affairs", "ServeResult") || journey.offered("attending", "ServeResult")) {
            journey.complete(
                    journey.offered("attending", "ServeResult") ? "attending" : "affairs", "ServeResult", Map.of());
        }
        assertThat(status()).as("treatment goes on").isEqualTo("INVOLUNTARY_HARM_OTHERS");
        journey.send("affairs", "treatment-obstructed", obstruction()).expect(200);
        assertThat(journey.clocks("officer")).containsEntry("POLICE_ASSIST", "RUNNING");
        journey.complete(
                "officer",
                "AssistTreatment",
                Map.of(
                        "assistedAt",
                        journey.at(0),
                        "assistMeasures",
                        List.of("PERSUADED", "ESCORTED"),
                        "assistResult",
                        "TREATMENT_GOES_ON",
                        "signature",
                        true));
        assertThat(journey.clocks("officer")).containsEntry("POLICE_ASSIST", "MET");
        assertThat(status()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    private static Map<String, Object> obstruction() {
        return Map.of(
                "obstructionKind",
                "GUARDIAN_OBSTRUCTS",
                "obstructionFacts",
                "监护人在病区阻拦用药，强行要求带走患者，劝说无效。",
                "explainedBefore",
                true,
                "signature",
                true);
    }

    // ---- the examination

    @Test
    void whoIsNotDangerousAndObjectsIsNotExamined() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of("sendingParty", "NEAR_RELATIVE"));
        journey.complete("triage", "ReceivePerson", Map.of("dangerOrAct", false, "personWill", "OBJECT"));
        journey.complete("triage", "ServeArrivalNotice", Map.of());
        assertThat(journey.decisions("doctor")).contains("D0-4");
        assertThat(journey.openTasks()).containsExactly("ExplainNoExamination");
        journey.complete(
                "doctor",
                "ExplainNoExamination",
                Map.of(
                        "noExamReason",
                        "OBJECTS_NO_DANGER",
                        "explanationGiven",
                        "依法不得违背本人意志检查，已告知求助渠道。",
                        "helpOffered",
                        List.of("OUTPATIENT", "HOTLINE"),
                        "leftWith",
                        "RELATIVE",
                        "explainedAt",
                        journey.at(0),
                        "signature",
                        true));
        assertThat(outcome("doctor")).isEqualTo("RELEASED_NO_BASIS");
        assertThat(status()).isEqualTo("RELEASED");
        assertThat(journey.papers("doctor")).doesNotContain("diagnosis-conclusion");
    }

    // ---- the record of the emergency

    @Test
    void theRecordIsWrittenInADayAndUploadedInFiveWorkingDaysByThreeCopies() {
        journey.start("officer", Map.of()).toHospital();
        assertThat(journey.clocks("doctor")).containsEntry("T15", "RUNNING").doesNotContainKey("T16");
        journey.complete("doctor", "EmergencyRecord", Map.of());
        assertThat(journey.clocks("doctor")).containsEntry("T15", "MET").containsEntry("T16", "RUNNING");
        Map<String, Object> two = Map.of("copies", List.of("CENTRE", "OWN"), "signature", true);
        assertThat(journey.tryComplete("primary", "UploadRecord", two).body()).contains("record-upload-1");
        journey.complete(
                "primary", "UploadRecord", Map.of("copies", List.of("CENTRE", "CASE", "OWN"), "signature", true));
        assertThat(journey.clocks("doctor")).containsEntry("T16", "MET");
        assertThat(journey.openTasks()).as("nothing else waited for it").contains("DiagnosePerson");
    }

    // ---- the criminal track

    @Test
    void theCriminalTrackTakesOverUnderTemporaryProtectionAndOnlyTheCourtGoesFurther() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        Map<String, Object> track = Map.of(
                "tempProtectiveApproved",
                true,
                "approvalDocNo",
                "临约001",
                "approvedAt",
                journey.at(0),
                "groundsSummary",
                "持刀无故伤人致重伤，已达犯罪程度，经初步调查疑似无刑事责任能力，有继续危害可能。",
                "forensicAppraisalArranged",
                true,
                "signature",
                true);
        assertThat(api.post(
                                "officer",
                                "/api/v1/cases/" + journey.number() + "/messages/criminal-track-opened",
                                Map.of("data", track))
                        .status())
                .isIn(403, 404, 409);
        journey.send("approver", "criminal-track-opened", track).expect(200);
        assertThat(journey.file("approver").get("legalStatus").asString()).isEqualTo("TEMP_PROTECTIVE");
        assertThat(journey.openTasks())
                .contains("RecordFacts")
                .doesNotContain("ServeNoticeToPatient", "ObjectionWindow", "IncidentReview");
        assertThat(journey.papers("affairs")).doesNotContain("ct-order", "ct-execution-notice");
    }
}
