package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.greenchannel.engine.ChangedModels;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A model changes while cases run: they move to it without losing anything, or stay and are named. */
@AppTest
@TestPropertySource(properties = "greenchannel.schedules.tick=PT11M")
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrationTests {

    private static final String KEY = "emergency-admission";
    private static final String PATH = "/api/v1/admin/processes/" + KEY + "/migration";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ApplicationContext context;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    private static String changed(String bpmn) {
        return ChangedModels.addTask(
                ChangedModels.rename(bpmn, "RecordScene", "现场处置（新版）")
                        .replace("\"Record the scene\"", "\"Record the scene, new\""),
                "Flow_RecordScene_SceneDecisionGateway",
                "CheckScene",
                "现场复核",
                "police-officer@${police}",
                "somatic-care");
    }

    private Map<String, Object> check() {
        return Map.of(
                "somaticOutcome", "ON_SITE",
                "treatedAt", journey.at(-1),
                "somaticFindings", "未见需要救治的躯体情况。",
                "treatmentGiven", "无需救治。",
                "signature", true);
    }

    private JsonNode migrate(boolean dryRun) {
        return api.post("sysadmin", PATH + "?dryRun=" + dryRun, Map.of())
                .expect(200)
                .json();
    }

    private String name(String task) {
        String id = journey.item("officer", task).get("id").asString();
        return api.get("officer", "/api/v1/work-items/" + id)
                .expect(200)
                .json()
                .get("name")
                .asString();
    }

    @Test
    @Order(1)
    void aRunningCaseGoesOnByTheNewModel() {
        journey.start("officer", Map.of());
        Instant due = Instant.parse(
                journey.item("officer", "RecordScene").get("dueHard").asString());
        String before = name("RecordScene");
        ChangedModels.deploy(context, Map.of("emergency-admission.bpmn", MigrationTests::changed));

        JsonNode dry = migrate(true);
        assertThat(dry.get("versions")).hasSize(1);
        assertThat(dry.get("versions").get(0).get("migrated").asInt()).isOne();
        assertThat(dry.get("versions").get(0).get("failures")).isEmpty();
        assertThat(name("RecordScene")).isEqualTo(before);

        JsonNode real = migrate(false);
        assertThat(real.get("versions").get(0).get("migrated").asInt()).isOne();
        assertThat(name("RecordScene")).isEqualTo("Record the scene, new");
        // the same task with the same clock
        assertThat(Instant.parse(
                        journey.item("officer", "RecordScene").get("dueHard").asString()))
                .isEqualTo(due);
        assertThat(journey.clocks("officer")).containsEntry("T01", "RUNNING");

        journey.complete("officer", "RecordScene", Map.of());
        assertThat(journey.clocks("officer")).containsEntry("T01", "MET");
        assertThat(journey.offered("triage", "AnswerAdmission")).isFalse();
        journey.complete("officer", "CheckScene", check());
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        journey.received();
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("OBSERVATION");
        assertThat(migrate(false).get("versions")).isEmpty();
        assertThat(journey.timeline("doctor"))
                .anyMatch(entry -> entry.get("title").asString().contains("moved from version"));
    }

    @Test
    @Order(2)
    void whatHasNoPlaceInTheNewModelStaysAndIsNamed() {
        journey.start("officer", Map.of());
        Journey other = new Journey(api, clock).start("officer", Map.of());
        other.complete("officer", "RecordScene", Map.of());
        other.complete("officer", "CheckScene", check());
        ChangedModels.deploy(
                context,
                Map.of(
                        "emergency-admission.bpmn",
                        bpmn -> ChangedModels.changeId(changed(bpmn), "RecordScene", "RecordTheScene")));
        JsonNode report = migrate(false).get("versions");
        JsonNode newest = report.get(report.size() - 1);
        assertThat(newest.get("unmapped").toString()).contains("RecordScene");
        assertThat(newest.get("failures")).hasSize(1);
        assertThat(newest.get("failures").get(0).get("reasons").toString()).contains("RecordScene");
        assertThat(newest.get("migrated").asInt()).isPositive();
        // it goes on in its own version
        journey.complete("officer", "RecordScene", Map.of());
        assertThat(journey.offered("officer", "CheckScene")).isTrue();
        // the others are in the new one
        other.complete("triage", "AnswerAdmission", Map.of());
    }

    @Test
    @Order(3)
    void onlySystemAdministratorsMoveAnything() {
        for (String user : new String[] {"officer", "doctor", "auditor", "supervisor"}) {
            Answer refused = api.post(user, PATH + "?dryRun=true", Map.of());
            assertThat(refused.status()).as(user).isEqualTo(403);
        }
        assertThat(api.post("sysadmin", "/api/v1/admin/processes/nowhere/migration", Map.of())
                        .status())
                .isEqualTo(404);
    }
}
