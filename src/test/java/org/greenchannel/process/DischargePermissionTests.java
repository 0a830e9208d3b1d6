package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What D8 may never say, over every combination of its facts; a UNIQUE table with an overlap fails to answer. */
class DischargePermissionTests {

    private static final List<Map<String, Object>> CASES = new ArrayList<>();
    private static final Map<Map<String, Object>, String> ANSWERS = new HashMap<>();

    @BeforeAll
    static void answerEverything() throws IOException {
        DmnEngine engine =
                DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
        DmnDecision table;
        try (var file = Files.newInputStream(Path.of("processes/discharge-resettlement/discharge-permission.dmn"))) {
            table = engine.parseDecision("discharge-permission", file);
        }
        combine(
                new HashMap<>(),
                List.of(
                        Map.entry("trigger", values("REQUEST", "REDIAGNOSIS_RESULT", "TRANSFER")),
                        Map.entry(
                                "admissionType",
                                values(
                                        "OBSERVATION",
                                        "VOLUNTARY",
                                        "VOLUNTARY_BY_REPRESENTATIVE",
                                        "INVOLUNTARY_SELF_HARM",
                                        "INVOLUNTARY_HARM_OTHERS",
                                        "TEMP_PROTECTIVE",
                                        "COMPULSORY_TREATMENT",
                                        "ABSENT",
                                        "RELEASED")),
                        Map.entry(
                                "requester",
                                values(
                                        "PATIENT",
                                        "GUARDIAN",
                                        "REPRESENTATIVE",
                                        "RELATIVE",
                                        "HOSPITAL",
                                        "POLICE",
                                        "COURT")),
                        Map.entry("dischargeOpinion", values("MAY_LEAVE", "NOT_ADVISED", "NONE")),
                        Map.entry("freshDanger", values(true)),
                        Map.entry("conclusionNegative", values(true)),
                        Map.entry("sentUnder28_2", values(true))));
        for (Map<String, Object> facts : CASES) {
            var result = engine.evaluateDecisionTable(table, facts);
            assertThat(result).as("one row for %s", facts).hasSize(1);
            ANSWERS.put(facts, result.getSingleResult().getEntry("dischargeDecision"));
        }
    }

    private static List<Object> values(Object... values) {
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(null);
        return all;
    }

    private static void combine(Map<String, Object> facts, List<Map.Entry<String, List<Object>>> rest) {
        if (rest.isEmpty()) {
            CASES.add(Collections.unmodifiableMap(new HashMap<>(facts)));
            return;
        }
        for (Object value : rest.get(0).getValue()) {
            facts.put(rest.get(0).getKey(), value);
            combine(facts, rest.subList(1, rest.size()));
        }
    }

    private static boolean is(Map<String, Object> facts, String name, String... values) {
        return List.of(values).contains(String.valueOf(facts.get(name)));
    }

    @Test
    void aVoluntaryPatientIsNeverRefused() {
        ANSWERS.forEach((facts, answer) -> {
            if (is(facts, "admissionType", "VOLUNTARY", "VOLUNTARY_BY_REPRESENTATIVE")) {
                assertThat(answer).as("%s", facts).isNotIn("REFUSE_WITH_REASONS", "BLOCK");
                if (is(facts, "requester", "PATIENT") && is(facts, "trigger", "REQUEST", "null")) {
                    assertThat(answer).as("%s", facts).isIn("MUST_ALLOW", "MUST_ALLOW_ADVISED", "RECLASSIFY");
                }
            }
        });
    }

    @Test
    void onlyFreshDangerToOthersLeadsToAReclassification() {
        ANSWERS.forEach((facts, answer) -> {
            if (answer.equals("RECLASSIFY") && !is(facts, "admissionType", "TEMP_PROTECTIVE")) {
                assertThat(facts).containsEntry("freshDanger", true).containsEntry("dischargeOpinion", "NOT_ADVISED");
            }
        });
    }

    @Test
    void onlyTheCourtEndsCompulsoryTreatment() {
        ANSWERS.forEach((facts, answer) -> {
            if (is(facts, "admissionType", "COMPULSORY_TREATMENT") && !is(facts, "trigger", "TRANSFER", "DEATH")) {
                assertThat(answer)
                        .as("%s", facts)
                        .isEqualTo(is(facts, "requester", "COURT") ? "RELEASE_BY_COURT" : "BLOCK");
            }
        });
    }

    @Test
    void theGuardianOfASelfHarmPatientIsNeverRefused() {
        ANSWERS.forEach((facts, answer) -> {
            if (is(facts, "admissionType", "INVOLUNTARY_SELF_HARM")) {
                assertThat(answer).as("%s", facts).isNotEqualTo("REFUSE_WITH_REASONS");
            }
        });
    }

    @Test
    void aRefusalNeedsADoctorOrARunningDiagnosis() {
        ANSWERS.forEach((facts, answer) -> {
            if (answer.equals("REFUSE_WITH_REASONS")) {
                assertThat(is(facts, "dischargeOpinion", "NOT_ADVISED")
                                || is(facts, "admissionType", "OBSERVATION")
                                        && Boolean.TRUE.equals(facts.get("sentUnder28_2")))
                        .as("%s", facts)
                        .isTrue();
            }
        });
    }
}
