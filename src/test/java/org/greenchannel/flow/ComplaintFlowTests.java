package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Complaints (S13) over HTTP: heard, answered with the remedies, and without any effect on care and discharge. */
@AppTest
class ComplaintFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Journey journey;
    private Api api;

    @BeforeEach
    void admit() {
        api = new Api(port);
        journey = new Journey(api, clock)
                .start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
    }

    private Map<String, Object> complaint(Map<String, Object> changes) {
        Map<String, Object> data = new HashMap<>(Map.of(
                "subject",
                "UNLAWFUL_STAY",
                "against",
                "HOSPITAL",
                "complaintText",
                "本人认为不需要继续住院，要求出院。",
                "libertyClaim",
                true,
                "complainantRole",
                "PATIENT",
                "anonymous",
                false,
                "complainantName",
                "测甲乙",
                "complaintForm",
                "ORAL_RECORDED",
                "signature",
                true));
        data.putAll(changes);
        return data;
    }

    private List<String> alerts() {
        return jdbc.sql(
                        "select a.kind from oversight.alert a join casefile.case_file c on c.case_file_id = a.case_file_id where c.number = :number")
                .param("number", journey.number())
                .query(String.class)
                .list();
    }

    private static Map<String, Object> found(boolean release, List<String> measures) {
        return Map.of(
                "measuresTaken",
                measures,
                "findings",
                "见到本人并查阅诊断文书，住院依据充分。",
                "upheld",
                release ? "YES" : "NOT_FOUNDED",
                "releaseRequired",
                release,
                "correction",
                release ? "立即办理解除并告知本人和监护人。" : "",
                "signature",
                true);
    }

    @Test
    void aClaimOfUnlawfulStayIsAlertedHeardAndAnswered() {
        journey.begin("nurse", "complaint", complaint(Map.of())).expect(201);
        assertThat(alerts()).contains("LIBERTY_CLAIM");
        assertThat(journey.clocks("doctor")).containsEntry("COMPLAINT_ACCEPT", "RUNNING");

        journey.complete(
                "health",
                "AcceptComplaint",
                Map.of("accepted", "ACCEPT", "acceptanceReason", "属于本委职责。", "signature", true));
        assertThat(journey.tryComplete("health", "InvestigateComplaint", found(false, List.of("READ_PAPERS")))
                        .status())
                .as("whoever claims to be held unlawfully is seen in person")
                .isEqualTo(422);
        journey.complete("health", "InvestigateComplaint", found(false, List.of("SAW_PERSON", "READ_PAPERS")));
        journey.complete(
                "health",
                "ReplyComplainant",
                Map.of(
                        "answerText",
                        "经核查，住院依据充分；可以依法要求再次诊断。",
                        "reviewTold",
                        true,
                        "suitTold",
                        true,
                        "answeredBy",
                        "IN_PERSON",
                        "signature",
                        true));

        assertThat(journey.papers("doctor")).contains("complaint-receipt", "complaint-reply");
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void aComplaintHoldsUpNothing() {
        journey.begin("nurse", "complaint", complaint(Map.of("libertyClaim", false, "subject", "TREATMENT")))
                .expect(201);
        assertThat(alerts()).doesNotContain("LIBERTY_CLAIM");
        journey.notified();
        assertThat(journey.openTasks()).contains("AcceptComplaint", "ObjectionWindow");
    }

    @Test
    void anUnfoundedRefusalToStateTheNameIsRefusedNotTheComplaint() {
        assertThat(journey.begin("nurse", "complaint", complaint(Map.of("complainantName", "")))
                        .status())
                .isEqualTo(422);
        journey.begin("nurse", "complaint", complaint(Map.of("anonymous", true, "complainantName", "")))
                .expect(201);
    }

    @Test
    void thePoliceAnswerForThePoliceAndNobodyElse() {
        journey.begin("nurse", "complaint", complaint(Map.of("against", "POLICE", "libertyClaim", false)))
                .expect(201);
        assertThat(journey.offered("approver", "AcceptComplaint")).isTrue();
        assertThat(journey.offered("health", "AcceptComplaint")).isFalse();
    }
}
