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

    /** Blank: nothing is known. */
    private static final List<String> TYPES = List.of(
            "OBSERVATION",
            "VOLUNTARY",
            "VOLUNTARY_BY_REPRESENTATIVE",
            "INVOLUNTARY_SELF_HARM",
            "INVOLUNTARY_HARM_OTHERS",
            "TEMP_PROTECTIVE",
            "COMPULSORY_TREATMENT",
            "ABSENT",
            "RELEASED",
            "");

    private static final List<String> FLAGGED = List.of("OBSERVATION", "VOLUNTARY", "VOLUNTARY_BY_REPRESENTATIVE");
    private static final List<String> REQUESTERS =
            List.of("PATIENT", "GUARDIAN", "REPRESENTATIVE", "RELATIVE", "HOSPITAL", "POLICE", "COURT", "");
    private static final List<String> OPINIONS = List.of("MAY_LEAVE", "NOT_ADVISED", "NONE");
    private static final List<String> FLAGS = List.of("freshDanger", "conclusionNegative", "sentUnder28_2");
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
        // a transfer is decided whatever else is true: one opinion will do
        combine(List.of("TRANSFER"), TYPES, List.of("MAY_LEAVE"), List.of(List.of()));
        // negative conclusion and the way of sending count under observation, fresh danger for voluntary patients only:
        // there every combination, elsewhere all or none
        combine(List.of("REQUEST", "REDIAGNOSIS_RESULT"), FLAGGED, OPINIONS, subsets());
        List<String> others =
                TYPES.stream().filter(type -> !FLAGGED.contains(type)).toList();
        combine(List.of("REQUEST", "REDIAGNOSIS_RESULT"), others, OPINIONS, List.of(List.of(), FLAGS));
        for (Map<String, Object> facts : CASES) {
            var result = engine.evaluateDecisionTable(table, facts);
            assertThat(result).as("one row for %s", facts).hasSize(1);
            ANSWERS.put(facts, result.getSingleResult().getEntry("dischargeDecision"));
        }
    }

    private static void combine(
            List<String> triggers, List<String> types, List<String> opinions, List<List<String>> flags) {
        for (String trigger : triggers) {
            for (String type : types) {
                for (String requester : REQUESTERS) {
                    for (String opinion : opinions) {
                        for (List<String> set : flags) {
                            Map<String, Object> facts = new HashMap<>();
                            facts.put("trigger", trigger);
                            facts.put("admissionType", type.isEmpty() ? null : type);
                            facts.put("requester", requester.isEmpty() ? null : requester);
                            facts.put("dischargeOpinion", opinion);
                            FLAGS.forEach(flag -> facts.put(flag, set.contains(flag) ? true : null));
                            CASES.add(Collections.unmodifiableMap(facts));
                        }
                    }
                }
            }
        }
    }

    private static List<List<String>> subsets() {
        List<List<String>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << FLAGS.size(); bits++) {
            List<String> subset = new ArrayList<>();
            for (int flag = 0; flag < FLAGS.size(); flag++) {
                if ((bits & 1 << flag) != 0) {
                    subset.add(FLAGS.get(flag));
                }
            }
            subsets.add(subset);
        }
        return subsets;
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
