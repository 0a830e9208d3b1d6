package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whole cases over HTTP, by the demo accounts, from the officer's report to the auditor's proof. */
@AppTest
@ExtendWith(OutputCaptureExtension.class)
class EmergencyFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    @Autowired
    private JdbcClient jdbc;

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

    /** Lets time pass and runs what comes due. */
    private void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    @Test
    void dangerToOthersIsAdmittedNotifiedFundedAndProved() {
        journey.start("officer", Map.of()).toHospital().diagnosed(Map.of(), Map.of());
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("OBSERVATION");
        journey.admitted();

        JsonNode admitted = journey.file("doctor");
        assertThat(admitted.get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(admitted.get("person").get("name").asString())
                .startsWith("测")
                .doesNotContain("甲乙");

        journey.notified();
        assertThat(journey.clocks("doctor"))
                .containsEntry("T05:PATIENT", "RUNNING")
                .containsEntry("T05:GUARDIAN", "RUNNING");

        journey.complete("doctor", "EmergencyRecord", Map.of());
        journey.complete(
                "primary", "UploadRecord", Map.of("copies", List.of("CENTRE", "CASE", "OWN"), "signature", true));
        journey.complete("insurance", "CollectSettlement", Map.of());
        journey.complete("civil", "ApproveClaim", Map.of());
        journey.complete("finance", "PayClaim", Map.of());

        assertThat(journey.openTasks()).contains("ObjectionWindow");
        pass(Duration.ofDays(15)); // three days of any season: no holiday is longer
        journey.complete("info", "ReportCard", Map.of());
        journey.complete("town", "IncidentReview", Map.of());

        JsonNode closed = journey.file("doctor");
        assertThat(closed.get("outcome").asString()).isEqualTo("ADMITTED_INVOLUNTARY_HARM_OTHERS");
        // admitted: of the emergency nothing runs any more; report and assessments go on as processes of their own
        assertThat(journey.openTasks())
                .doesNotContain("ObjectionWindow", "EmergencyRecord", "UploadRecord", "IncidentReview", "ReportCard");
        assertThat(closed.get("closedAt").isNull()).isTrue();
        assertThat(journey.decisions("doctor")).contains("D5-4", "D0-2", "D1-1", "D2-8", "D3-9");
        assertThat(journey.papers("doctor"))
                .contains(
                        "handover-sheet",
                        "diagnosis-conclusion",
                        "admission-notice",
                        "RN-01:PATIENT",
                        "RN-04:PATIENT",
                        "RN-04:GUARDIAN");

        Api.Answer proof =
                api.post("auditor", "/api/v1/audit/verification", Map.of()).expect(200);
        assertThat(proof.json().get("whole").asBoolean()).isTrue();
        JsonNode entries = api.get("auditor", "/api/v1/audit/entries?case=" + journey.number() + "&limit=100")
                .expect(200)
                .json()
                .get("items");
        assertThat(entries)
                .extracting(entry -> entry.get("action").asString())
                .contains("process.start", "workitem.complete", "case.legal-status");
    }

    @Test
    void careNeverWaitsForMoney() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();

        assertThat(journey.offered("insurance", "CollectSettlement")).isTrue();
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void guardianVetoesAdmissionForSelfHarm() {
        journey.start(
                "officer",
                Map.of("behaviours", List.of("SUICIDE"), "dangerToOthersSeen", false, "dangerToSelfSeen", true));
        journey.toHospital(Map.of(
                        "dangerToOthersSeen", false,
                        "dangerToSelfSeen", true,
                        "weaponOrArson", false,
                        "selfHarmBehaviour", true,
                        "verbalThreat", false))
                .diagnosed(
                        Map.of("dangerToOthers", "NONE", "dangerToSelf", "ACT", "dangerLevel", 4),
                        Map.of(
                                "guardianStatus", "PRESENT_REFUSE",
                                "guardianConsentAt", Journey.REMOVE,
                                "guardianConsentRef", Journey.REMOVE));

        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", false));
        assertThat(journey.decisions("doctor")).contains("D2-12").doesNotContain("D3-5", "D3-7");
        assertThat(journey.offered("affairs", "SignFormalities")).isFalse();
        journey.complete("doctor", "RecordGuardianRefusal", Map.of());

        JsonNode file = journey.file("doctor");
        assertThat(file.get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(file.get("outcome").asString()).isEqualTo("GUARDIAN_CARE_HOME");
        assertThat(journey.papers("doctor")).doesNotContain("RN-03:PATIENT", "RN-04:PATIENT");
    }

    @Test
    void homelessUnknownPersonIsSignedForByTheSendingDepartment() {
        journey.start(
                "officer",
                Map.of(
                        "personKnown", false,
                        "description", "男性，约四十岁，灰色外套，无证件。",
                        "personName", Journey.REMOVE,
                        "personSex", Journey.REMOVE,
                        "estimatedAge", Journey.REMOVE,
                        "guardianName", Journey.REMOVE,
                        "guardianPhone", Journey.REMOVE));
        assertThat(journey.file("officer").get("person").get("name").asString()).startsWith("Unknown person");
        journey.toHospital(Map.of("identityStatus", "UNKNOWN", "homelessNoGuardian", true))
                .diagnosed(
                        Map.of(),
                        Map.ofEntries(
                                Map.entry("guardianStatus", "HOMELESS_NOT_FOUND"),
                                Map.entry("contactLog", Journey.REMOVE),
                                Map.entry("guardianName", Journey.REMOVE),
                                Map.entry("guardianRelation", Journey.REMOVE),
                                Map.entry("guardianPhone", Journey.REMOVE),
                                Map.entry("guardianToldAt", Journey.REMOVE),
                                Map.entry("guardianConsentAt", Journey.REMOVE),
                                Map.entry("guardianConsentRef", Journey.REMOVE),
                                Map.entry("searchEvidenceRef", "CX-0001")));
        journey.complete("doctor", "ConfirmBasis", Map.of());
        assertThat(journey.decisions("doctor")).contains("D3-10");
        journey.complete("affairs", "SignFormalities", Map.of("signatoryName", "测警一", "searchEvidenceRef", "CX-0001"));

        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.offered("attending", "ServeNoticeToGuardian")).isFalse();
    }

    @Test
    void noBedNeverEndsTheDutyToDiagnose() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        journey.complete(
                "triage", "AnswerAdmission", Map.of("hospitalAnswer", "NO_BED", "noBedReason", "病房满员，急诊留观床位已用完。"));

        assertThat(journey.offered("triage2", "AnswerAdmission")).isTrue();
        pass(Duration.ofMinutes(61));
        assertThat(journey.offered("triage2", "AnswerAdmission")).isFalse();
        journey.complete("health", "ArbitrateBed", Map.of());
        assertThat(journey.file("triage2").get("hospital").asString()).isEqualTo("zz-hosp-2");
        assertThat(journey.offered("triage2", "PrepareHandover")).isTrue();
    }

    @Test
    void rediagnosisThatReversesReleasesAtOnce() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted()
                .notified();
        pass(Duration.ofMinutes(2));

        journey.send("affairs", "objection-filed", Map.of()).expect(200);
        assertThat(journey.decisions("doctor")).contains("D4-1");
        Api.Answer same = journey.tryComplete("affairs", "AssignDoctors", Map.of("doctor2", "redx1"));
        assertThat(same.status()).isEqualTo(422);
        journey.complete("affairs", "AssignDoctors", Map.of());
        journey.complete(
                "redx1",
                "ConcludeRediagnosis",
                Map.of("redxConclusion", "NOT_SMD", "redxDangerToOthers", "NONE", "redxNeedInpatient", false));
        assertThat(journey.tryComplete("redx1", "CosignRediagnosis", Map.of()).status())
                .isEqualTo(422);
        journey.complete("redx2", "CosignRediagnosis", Map.of());
        assertThat(journey.clocks("doctor")).containsEntry("T11:PATIENT", "RUNNING");
        journey.complete("attending", "ReleaseNow", Map.of("releaseReason", "REDIAGNOSIS"));

        JsonNode file = journey.file("doctor");
        assertThat(file.get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(file.get("outcome").asString()).isEqualTo("RELEASED_NOT_SMD");
        assertThat(journey.papers("doctor")).contains("RN-08:PATIENT");
        // V06: nothing is charged for a stay after the day the person had to be released
        Api.Answer late = journey.tryComplete("insurance", "CollectSettlement", Map.of("stayTo", journey.day(2)));
        assertThat(late.status()).isEqualTo(422);
        assertThat(late.body()).contains("V06");
        journey.complete("insurance", "CollectSettlement", Map.of("stayTo", journey.day(0)));
    }

    @Test
    void notAMentalDisorderIsReleasedWithNotice() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(
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

        assertThat(journey.file("doctor").get("outcome").asString()).isEqualTo("RELEASED_NOT_SMD");
        assertThat(journey.papers("doctor")).contains("RN-08:PATIENT");
    }

    private static Map<String, Object> undetermined() {
        return Map.of(
                "diagnosisConclusion",
                "UNDETERMINED",
                "icd10",
                Journey.REMOVE,
                "needInpatient",
                false,
                "lessRestrictiveConsidered",
                Journey.REMOVE);
    }

    @Test
    void examiningAgainNeverBuysTimeAndTheLimitReleases() {
        journey.start("officer", Map.of()).toHospital().complete("social", "ContactGuardian", Map.of());
        String limit = journey.item("doctor", "DiagnosePerson").get("dueHard").asString();
        journey.complete("doctor", "DiagnosePerson", undetermined());
        pass(Duration.ofHours(2));
        assertThat(Instant.parse(
                        journey.item("doctor", "DiagnosePerson").get("dueHard").asString()))
                .isEqualTo(Instant.parse(limit));

        pass(Duration.ofHours(71));
        assertThat(journey.offered("doctor", "DiagnosePerson")).isFalse();
        Map<String, Object> limitConclusion = new HashMap<>(undetermined());
        limitConclusion.put("releaseUnderstood", true);
        journey.complete("doctor", "ConcludeAtLimit", limitConclusion);
        journey.complete("doctor", "ConfirmBasis", Map.of("patientCanSign", Journey.REMOVE));
        journey.complete("doctor", "ReleasePerson", Map.of("releaseReason", "UNDETERMINED"));

        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(journey.file("doctor").get("outcome").asString()).isEqualTo("RELEASED_NOT_SMD");
    }

    @Test
    void aNoticeNotServedInADayRaisesTheAlarm() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        pass(Duration.ofHours(9));
        assertThat(alerts()).isEmpty();
        pass(Duration.ofHours(16));

        assertThat(alerts()).contains("NOTICE_OVERDUE");
        assertThat(journey.clocks("doctor")).doesNotContainKey("T05:PATIENT");
    }

    private List<String> alerts() {
        return jdbc.sql(
                        "select a.kind from oversight.alert a join casefile.case_file c on c.case_file_id = a.case_file_id where c.number = :number")
                .param("number", journey.number())
                .query(String.class)
                .list();
    }

    @Test
    void aLateObjectionGetsAnAssessmentNeverASilentRefusal() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        journey.complete("attending", "ServeNoticeToPatient", Map.of());
        // the guardian cannot be reached for days: his own clock has not started, the patient's has ended
        pass(Duration.ofDays(15));
        journey.complete(
                "attending",
                "ServeNoticeToGuardian",
                Map.of(
                        "recipient",
                        "GUARDIAN",
                        "attempted",
                        true,
                        "attemptNote",
                        "三次登门无人，电话无人接听。",
                        "oral",
                        Journey.REMOVE,
                        "written",
                        Journey.REMOVE,
                        "language",
                        Journey.REMOVE,
                        "understood",
                        Journey.REMOVE,
                        "refusedToSign",
                        Journey.REMOVE));
        journey.send("affairs", "objection-filed", Map.of("applicantRole", "PATIENT", "receivedConclusionAt", at(-15)))
                .expect(200);

        assertThat(journey.decisions("doctor")).contains("D4-2").doesNotContain("D4-1");
        assertThat(journey.offered("affairs", "AssignDoctors")).isFalse();
        assertThat(journey.offered("affairs", "ExplainIneligibility")).isTrue();
    }

    private String at(int days) {
        return clock.instant()
                .plus(Duration.ofDays(days))
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
    }

    @Test
    void engineTablesAndLogHoldNothingPersonal(CapturedOutput log) {
        journey.start("officer", Map.of("personName", "绝密姓名甲", "guardianPhone", "13899998888", "place", "绝密地点乙"))
                .toHospital()
                .diagnosed(Map.of(), Map.of("guardianName", "绝密姓名丙"))
                .admitted();

        List<String> tables = jdbc.sql(
                        "select table_name from information_schema.tables where table_schema = 'public' and table_name like 'act\\_%'")
                .query(String.class)
                .list();
        assertThat(tables).hasSizeGreaterThan(20);
        for (String table : tables) {
            for (String secret : List.of("绝密", "13899998888", "测警", "持刀")) {
                Integer hits = jdbc.sql("select count(*) from " + table + " t where t::text like :secret")
                        .param("secret", "%" + secret + "%")
                        .query(Integer.class)
                        .single();
                assertThat(hits).as(table + " must not hold " + secret).isZero();
            }
        }
        assertThat(log.getAll()).doesNotContain("绝密", "13899998888", "测警", "持刀");
        assertThat(jdbc.sql("select distinct var_type_ from act_hi_varinst")
                        .query(String.class)
                        .list())
                .isSubsetOf("string", "boolean", "integer", "long", "double", "date", "null");
    }
}
