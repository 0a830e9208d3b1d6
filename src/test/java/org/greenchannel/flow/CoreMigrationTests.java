package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.greenchannel.engine.ChangedModels;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The other core processes move to a changed model in the middle of a case ({@link MigrationTests} has the emergency). */
@AppTest
@TestPropertySource(properties = "greenchannel.schedules.tick=PT12M")
@DirtiesContext
class CoreMigrationTests {

    private static final String NEW_NAME = "新版任务";

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

    /** Deploys the model with one task renamed, moves what runs, and expects the open task to have the new name. */
    private void changeAndMove(String process, String task, String user) {
        UnaryOperator<String> renamed = bpmn -> renamed(bpmn, task);
        ChangedModels.deploy(context, Map.of(process + ".bpmn", renamed));
        JsonNode report = api.post(
                        "sysadmin", "/api/v1/admin/processes/" + process + "/migration?dryRun=false", Map.of())
                .expect(200)
                .json()
                .get("versions");
        assertThat(report).isNotEmpty();
        report.forEach(version -> assertThat(version.get("failures")).isEmpty());
        String id = journey.item(user, task).get("id").asString();
        JsonNode item = api.get(user, "/api/v1/work-items/" + id).expect(200).json();
        assertThat(item.toString()).as("the open task is that of the new model").contains(NEW_NAME);
    }

    /** Chinese and English name, whichever the reader sees. */
    private static String renamed(String bpmn, String task) {
        String zh = ChangedModels.rename(bpmn, task, NEW_NAME);
        int at = zh.indexOf("nameEn", zh.indexOf("id=\"" + task + "\""));
        int from = zh.indexOf("value=\"", at) + "value=\"".length();
        return zh.substring(0, from) + NEW_NAME + zh.substring(zh.indexOf('"', from));
    }

    @Test
    void aReferralGoesOnByTheNewModel() {
        journey.open(
                "primary",
                "two-way-referral",
                ofEntries(
                        entry("direction", "UP"),
                        entry("reason", "RELAPSE"),
                        entry("urgency", "URGENT"),
                        entry("areaCode", "990105001001"),
                        entry("identityStatus", "KNOWN"),
                        entry("personName", "测转诊"),
                        entry("personSex", "2"),
                        entry("estimatedAge", 41),
                        entry("insuranceArea", "LOCAL"),
                        entry("clinicalSummary", "近两周睡眠差，幻听、猜疑加重，自行停药，家属劝说可以配合就诊，无冲动行为，门诊调整治疗效果不佳。"),
                        entry("dangerLevel", 1),
                        entry("dangerDate", journey.day(0)),
                        entry("violence", "NONE"),
                        entry("somaticState", "NONE"),
                        entry("stabilityClass", "BASIC"),
                        entry("acutePhase", true),
                        entry("consent", "GIVEN"),
                        entry("signature", true)));
        changeAndMove("two-way-referral", "ConsentTalk", "primary");
        journey.complete(
                "primary",
                "ConsentTalk",
                ofEntries(
                        entry("consentResult", "GIVEN"),
                        entry("consentBy", "测转诊本人当面表示。"),
                        entry("oral", true),
                        entry("written", true),
                        entry("language", "MANDARIN"),
                        entry("understood", "YES"),
                        entry("deliveredAt", journey.at(0)),
                        entry("signature", true)));
        assertThat(journey.openTasks()).contains("AcknowledgeReferral");
    }

    @Test
    void aCourtCaseGoesOnByTheNewModel() {
        CourtCase court = new CourtCase(api, clock).open("handler", "INVESTIGATION", Map.of());
        journey = court.journey();
        changeAndMove("compulsory-treatment-intake", "RecordFacts", "handler");
        court.complete("handler", "RecordFacts");
        assertThat(journey.offered("handler", "ConfirmScreening")).isTrue();
    }

    @Test
    void aDischargeGoesOnByTheNewModel() {
        journey.start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        journey.begin(
                        "nurse",
                        "discharge-resettlement",
                        ofEntries(
                                entry("requester", "PATIENT"),
                                entry("trigger", "REQUEST"),
                                entry("requestForm", "ORAL_RECORDED"),
                                entry("requestedAt", journey.at(0)),
                                entry("requestWords", "想回家。"),
                                entry("signature", true)))
                .expect(201);
        changeAndMove("discharge-resettlement", "GiveOpinion", "attending");
        journey.complete(
                "attending",
                "GiveOpinion",
                ofEntries(
                        entry("seenAt", journey.at(0)),
                        entry("condition", "情绪平稳，自知力部分恢复，能够自理。"),
                        entry("dischargeDanger", 1),
                        entry("dischargeOpinion", "MAY_LEAVE"),
                        entry("signature", true)));
        assertThat(journey.offered("attending", "GiveOpinion")).isFalse();
        assertThat(journey.decisions("attending"))
                .as("the doctor's opinion is decided by the table of permissions")
                .anyMatch(rows -> rows.startsWith("D8-"));
    }
}
