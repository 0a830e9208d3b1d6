package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The validations V01 to V20 (domain C7) over HTTP, as far as no test of a process attacks them in its own flow. */
@AppTest
class ValidationTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    private static List<String> rules(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        List<String> rules = new ArrayList<>();
        answer.json()
                .get("errors")
                .forEach(error -> rules.add(error.path("rule").asString("")));
        return rules;
    }

    private Journey held() {
        return journey.start("officer", Map.of()).toHospital();
    }

    @Test
    void v01NothingIsConfirmedBeforeADoctorHasSigned() {
        held();
        assertThat(journey.offered("doctor", "ConfirmBasis")).isFalse();
        journey.complete("social", "ContactGuardian", Map.of());
        assertThat(journey.offered("doctor", "ConfirmBasis")).isFalse();
        assertThat(journey.tryComplete("doctor", "DiagnosePerson", Map.of("signature", false))
                        .status())
                .isEqualTo(422);
        // a licence that was withdrawn signs nothing any more
        licence("PSYCHIATRY", "WITHDRAWN");
        try {
            assertThat(rules(journey.tryComplete("doctor", "DiagnosePerson", Map.of())))
                    .contains("V01");
        } finally {
            licence("WITHDRAWN", "PSYCHIATRY");
        }
        journey.complete("doctor", "DiagnosePerson", Map.of());
        assertThat(journey.offered("doctor", "ConfirmBasis")).isTrue();
    }

    private void licence(String from, String to) {
        int changed = jdbc.sql(
                        """
                update organisation.account_licence set licence = :to
                where licence = :from and account = (select id from organisation.account where username = 'doctor')
                """)
                .param("to", to)
                .param("from", from)
                .update();
        assertThat(changed).isOne();
    }

    @Test
    void v01TheRecordAndNotTheProcessIsAsked() {
        held().diagnosed(Map.of(), Map.of());
        journey.complete("doctor", "ConfirmBasis", Map.of());
        // between the basis and the admission the signer turns out to hold no licence
        licence("PSYCHIATRY", "WITHDRAWN");
        Answer refused;
        try {
            refused = journey.tryComplete("affairs", "SignFormalities", Map.of());
        } finally {
            licence("WITHDRAWN", "PSYCHIATRY");
        }
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().get("type").asString()).endsWith("legal-status-evidence");
        assertThat(refused.json().get("detail").asString()).contains("licensed psychiatrist");
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("OBSERVATION");
        // nothing of the action was kept
        assertThat(journey.offered("affairs", "SignFormalities")).isTrue();
        journey.complete("affairs", "SignFormalities", Map.of());
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void v02ConsentThatIsDatedAfterTheAdmissionIsNone() {
        journey.start(
                        "officer",
                        Map.of("behaviours", List.of("SUICIDE"), "dangerToOthersSeen", false, "dangerToSelfSeen", true))
                .toHospital(Map.of(
                        "dangerToOthersSeen", false,
                        "dangerToSelfSeen", true,
                        "weaponOrArson", false,
                        "selfHarmBehaviour", true,
                        "verbalThreat", false))
                .diagnosed(Map.of("dangerToOthers", "NONE", "dangerToSelf", "ACT", "dangerLevel", 4), Map.of());
        journey.complete("doctor", "ConfirmBasis", Map.of());
        assertThat(rules(journey.tryComplete(
                        "affairs", "SignFormalities", Map.of("guardianConsentAt", journey.at(120)))))
                .isNotEmpty();
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("OBSERVATION");
        // V03: no committee signs for who harms only himself
        assertThat(rules(journey.tryComplete(
                        "affairs", "SignFormalities", Map.of("signatoryType", "VILLAGE_COMMITTEE"))))
                .isNotEmpty();
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("OBSERVATION");
    }

    @Test
    void v08AndV09MoneyAddsUpAndHoldsNobodyUp() {
        journey.start("officer", Map.of());
        journey.complete("officer", "RecordScene", Map.of());
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        assertThat(rules(journey.tryComplete("triage", "ReceivePerson", Map.of("depositAsked", true))))
                .contains("V09");
        journey.received();
        assertThat(rules(journey.tryComplete("insurance", "CollectSettlement", Map.of("selfPay", 1))))
                .contains("V08");
        // nobody has settled anything, and the care goes on
        journey.diagnosed(Map.of(), Map.of()).admitted();
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
    }

    @Test
    void v14EveryLookAtACaseIsOnRecord() {
        held();
        api.get("triage", "/api/v1/cases/" + journey.number()).expect(200);
        api.get("finance", "/api/v1/cases/" + journey.number() + "/submissions");
        Answer entries = api.get("auditor", "/api/v1/audit/entries?case=" + journey.number() + "&limit=100")
                .expect(200);
        List<String> seen = new ArrayList<>();
        entries.json()
                .get("items")
                .forEach(entry -> seen.add(entry.path("username").asString("") + " "
                        + entry.path("action").asString("")));
        assertThat(seen).contains("triage case.look");
    }

    @Test
    void v20NothingIsDeletedOrChanged() {
        held();
        for (String table : List.of("casefile.timeline", "casefile.legal_status_change", "form.submission")) {
            assertThatThrownBy(() -> jdbc.sql("delete from " + table).update())
                    .as(table)
                    .hasMessageContaining("never");
        }
        for (String path : List.of(
                "/api/v1/cases/" + journey.number(),
                "/api/v1/cases/" + journey.number() + "/submissions",
                "/api/v1/cases/" + journey.number() + "/timeline")) {
            assertThat(api.post("affairs", path, Map.of()).status()).as(path).isIn(403, 404, 405);
        }
    }
}
