package org.greenchannel.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableImpl;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableInputImpl;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the decision tables D0 to D6, evaluated by the decision engine alone. */
class DecisionTests {
    private static final Map<String, DmnDecision> TABLES = new HashMap<>();
    private static final Map<String, DecisionTable> MODELS = new HashMap<>();
    private static final List<DmnEvaluatedDecisionRule> HITS = new ArrayList<>();
    private static DmnEngine engine;

    @BeforeAll
    static void readTables() throws IOException {
        var configuration = new DefaultDmnEngineConfiguration();
        configuration.setCustomPostDecisionTableEvaluationListeners(
                List.of(event -> HITS.addAll(event.getMatchingRules())));
        engine = configuration.buildEngine();
        try (Stream<Path> files = Files.walk(Path.of("processes"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".dmn")).toList()) {
                engine.parseDecisions(Files.newInputStream(file)).forEach(d -> TABLES.put(d.getKey(), d));
                Dmn.readModelFromFile(file.toFile())
                        .getModelElementsByType(DecisionTable.class)
                        .forEach(t -> MODELS.put(t.getParentElement().getAttributeValue("id"), t));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answers(String decision, String inputs, String rows, String outputs) {
        Map<String, Object> given = pairs(inputs);
        // absent and null must mean the same
        for (Map<String, Object> facts : List.of(given, withNulls(decision, given))) {
            List<DmnEvaluatedDecisionRule> hits = evaluate(decision, facts);
            assertThat(ids(hits)).isEqualTo(rows);
            pairs(outputs).forEach((name, value) -> assertThat(output(hits, name))
                    .as("%s of %s", name, rows)
                    .isEqualTo(String.valueOf(value)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "examination-gate, FIRST, D0-, 8, 0",
        "danger-level, FIRST, D1-, 10, 0",
        "admission-basis, FIRST, D2-, 18, 0",
        "formalities-signatory, FIRST, D3-, 12, 0",
        "rediagnosis-eligibility, FIRST, D4-, 12, 0",
        "rediagnosis-effect, UNIQUE, D4b-, 5, 1",
        "hospital-routing, FIRST, D5-, 14, 0",
        "funding-sources, COLLECT, D6a-, 16, 0",
        "funding-approval-chain, UNIQUE, D6b-, 14, 3",
    })
    void holdsTheRowsOfTheDomain(String decision, String hitPolicy, String prefix, int rows, int ours) {
        DecisionTable table = MODELS.get(decision);
        assertThat(table.getHitPolicy()).hasToString(hitPolicy);
        assertThat(table.getRules().stream().map(Rule::getId))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, rows + ours)
                        .mapToObj(i -> prefix + i)
                        .toList());
        if (hitPolicy.equals("FIRST")) {
            assertThat(table.getRules().stream()
                            .map(r -> Integer.parseInt(r.getId().substring(prefix.length()))))
                    .as("row order is law")
                    .isSorted();
        }
        assertThat(table.getRules())
                .allSatisfy(r -> assertThat(r.getDescription().getTextContent()).matches("\\S.* \\| \\S.*"));
    }

    @Test
    void everyRowIsHitByAnExample() throws IOException {
        Set<String> open = new HashSet<>();
        TABLES.values().forEach(t -> table(t).getRules().forEach(r -> open.add(r.getId())));
        examples()
                .forEach(example -> open.removeAll(
                        Arrays.asList(String.valueOf(example.get()[2]).split(","))));
        assertThat(open).isEmpty();
    }

    /** Every example below {@code src/test/resources/decisions}: decision; inputs; rows hit; outputs. */
    static List<Arguments> examples() throws IOException {
        List<Arguments> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/decisions"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
                Files.readAllLines(file).stream()
                        .skip(1)
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split(";", -1))
                        .forEach(cells -> examples.add(Arguments.of(
                                cells[0].strip(),
                                cells[1].strip(),
                                cells[2].strip(),
                                cells.length < 4 ? "" : cells[3].strip())));
            }
        }
        return examples;
    }

    @Test
    void nobodyIsHeldWithoutGround() {
        for (Map<String, Object> facts : combinations(Map.of(
                "diagnosisConclusion", List.of("UNDETERMINED", "NOT_MD", "MD_NOT_SEVERE", "SMD"),
                "sentUnder28_2", List.of(true, false),
                "dangerToOthers", List.of("NONE", "ACT"),
                "dangerToSelf", List.of("NONE", "RISK"),
                "needInpatient", List.of(true, false),
                "patientWill", List.of("CONSENT", "OBJECT", "UNABLE"),
                "guardianStatus", List.of("PRESENT_CONSENT", "PRESENT_REFUSE", "UNREACHABLE", "HOMELESS_NOT_FOUND")))) {
            List<DmnEvaluatedDecisionRule> hits = evaluate("admission-basis", facts);
            String type = output(hits, "admissionType");
            boolean admitted = output(hits, "mayAdmit").equals("YES");
            if (type.startsWith("INVOLUNTARY")) {
                assertThat(facts).containsEntry("diagnosisConclusion", "SMD").containsEntry("needInpatient", true);
            }
            if (type.equals("INVOLUNTARY_SELF_HARM")) {
                assertThat(facts.get("guardianStatus")).isIn("PRESENT_CONSENT", "HOMELESS_NOT_FOUND");
            }
            if (type.equals("INVOLUNTARY_HARM_OTHERS")) {
                assertThat(facts).containsEntry("dangerToOthers", "ACT");
            }
            if (admitted && facts.get("patientWill").equals("OBJECT")) {
                assertThat(type).as("%s", facts).startsWith("INVOLUNTARY");
            }
            assertThat(admitted)
                    .as("%s", facts)
                    .isEqualTo(output(hits, "basisNext").equals("ADMIT"));
        }
    }

    @Test
    void nobodyReplacesTheGuardianOfASelfHarmPatient() {
        for (Map<String, Object> facts : combinations(Map.of(
                "admissionType", List.of("INVOLUNTARY_SELF_HARM"),
                "patientCanSign", List.of(true, false),
                "homelessNoGuardian", List.of(true, false),
                "guardianStatus",
                        List.of(
                                "PRESENT_CONSENT",
                                "PRESENT_REFUSE",
                                "UNREACHABLE",
                                "NONE_EXISTS",
                                "HOMELESS_NOT_FOUND",
                                "DISPUTED")))) {
            String signatory = output(evaluate("formalities-signatory", facts), "signatoryType");
            String expected = facts.get("guardianStatus").equals("PRESENT_CONSENT")
                    ? "GUARDIAN"
                    : facts.get("guardianStatus").equals("HOMELESS_NOT_FOUND")
                                    && facts.get("homelessNoGuardian").equals(true)
                            ? "SENDING_DEPT"
                            : "BLOCKED";
            assertThat(signatory).as("%s", facts).isEqualTo(expected);
        }
    }

    @Test
    void appraisalHasTheEffectOfItsOwnFinding() {
        for (Map<String, Object> facts : combinations(Map.of(
                "redxConclusion", List.of("SMD", "NOT_SMD", "UNDETERMINED"),
                "redxNeedInpatient", List.of(true, false),
                "redxDangerToOthers", List.of("NONE", "RISK", "ACT"),
                "redxDangerToSelf", List.of("NONE", "RISK", "ACT")))) {
            String plain = output(
                    evaluate("rediagnosis-effect", and(facts, "resultSource", "REDIAGNOSIS")), "rediagnosisEffect");
            var appraisal = and(and(facts, "resultSource", "APPRAISAL"), "appraisalContradicts", true);
            List<DmnEvaluatedDecisionRule> contradicting = evaluate("rediagnosis-effect", appraisal);
            assertThat(ids(contradicting)).isEqualTo("D4b-5");
            assertThat(output(contradicting, "rediagnosisEffect"))
                    .as("%s", facts)
                    .isEqualTo(plain);
        }
    }

    @Test
    void everySourceHasOneChain() {
        for (Map<String, Object> facts : combinations(Map.of(
                "source",
                List.of(
                        "BPH_FREE",
                        "LIABLE_PARTY",
                        "COMPULSORY_BUDGET",
                        "BASIC_INS",
                        "FREE_DRUG",
                        "SERIOUS_ILL",
                        "MED_AID",
                        "VETERAN",
                        "EMERG_FUND",
                        "RESCUE",
                        "CIVIL_SUPPORT",
                        "SPECIAL_FISCAL",
                        "DPF",
                        "TEMP_RELIEF",
                        "SELF"),
                "amount",
                List.of(1.0, 100.0, 100.5),
                "threshold",
                List.of(100.0, 100)))) {
            List<DmnEvaluatedDecisionRule> hits = evaluate("funding-approval-chain", facts);
            assertThat(hits).as("%s", facts).hasSize(1);
            assertThat(output(hits, "chain").isEmpty())
                    .isEqualTo(output(hits, "automatic").equals("true"));
            assertThat(output(hits, "chain")).matches("|([a-z-]+@[a-zA-Z]+)(,[a-z-]+@[a-zA-Z]+)*");
            assertThat(output(hits, "payer")).matches("[a-z-]+@[a-zA-Z]+");
        }
    }

    @Test
    void sourcesComeInTheOrderOfTheirPriority() {
        var facts = new HashMap<String, Object>();
        table(TABLES.get("funding-sources")).getInputs().forEach(i -> facts.put(name(i), true));
        facts.putAll(pairs(
                "admissionType=NONE insuranceArea=LOCAL welfareCategory=TEKUN identityStatus=UNKNOWN dangerLevel=4"));
        assertThat(evaluate("funding-sources", facts).stream()
                        .map(h -> Integer.parseInt(output(List.of(h), "priority"))))
                .hasSize(14)
                .isSorted();
    }

    private static List<DmnEvaluatedDecisionRule> evaluate(String decision, Map<String, Object> facts) {
        HITS.clear();
        engine.evaluateDecisionTable(TABLES.get(decision), facts);
        return List.copyOf(HITS);
    }

    private static String ids(List<DmnEvaluatedDecisionRule> hits) {
        return hits.stream().map(DmnEvaluatedDecisionRule::getId).collect(joining(","));
    }

    private static String output(List<DmnEvaluatedDecisionRule> hits, String name) {
        return hits.stream()
                .map(h -> String.valueOf(h.getOutputEntries().values().stream()
                        .filter(o -> o.getOutputName().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .getValue()
                        .getValue()))
                .collect(joining(","));
    }

    private static Map<String, Object> withNulls(String decision, Map<String, Object> given) {
        var all = new HashMap<String, Object>();
        table(TABLES.get(decision)).getInputs().forEach(i -> all.put(name(i), null));
        List.of("unableToPay", "dangerLevel", "identityStatus").forEach(n -> all.put(n, null));
        all.putAll(given);
        return all;
    }

    private static DmnDecisionTableImpl table(DmnDecision decision) {
        return (DmnDecisionTableImpl) decision.getDecisionLogic();
    }

    private static String name(DmnDecisionTableInputImpl input) {
        return input.getExpression().getExpression();
    }

    private static Map<String, Object> pairs(String text) {
        var result = new LinkedHashMap<String, Object>();
        if (text != null && !text.isBlank()) {
            for (String pair : text.trim().split("\\s+")) {
                int at = pair.indexOf('=');
                result.put(pair.substring(0, at), value(pair.substring(at + 1)));
            }
        }
        return result;
    }

    private static Object value(String text) {
        if (text.matches("true|false")) {
            return Boolean.valueOf(text);
        }
        if (text.matches("\\d+")) {
            return Integer.valueOf(text);
        }
        return text.matches("\\d+\\.\\d+") ? (Object) Double.valueOf(text) : text;
    }

    private static Map<String, Object> and(Map<String, Object> facts, String name, Object value) {
        var result = new HashMap<>(facts);
        result.put(name, value);
        return result;
    }

    private static List<Map<String, Object>> combinations(Map<String, List<?>> values) {
        List<Map<String, Object>> result = List.of(Map.of());
        for (var entry : values.entrySet()) {
            result = result.stream()
                    .flatMap(facts -> entry.getValue().stream().map(v -> and(facts, entry.getKey(), v)))
                    .toList();
        }
        return result;
    }
}
