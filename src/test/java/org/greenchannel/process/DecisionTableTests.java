package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every decision table, also those of cities: rows with an id and a basis in both languages, no overlap in
 * a UNIQUE table, an answer for whatever is given, and no input that the process never sets.
 */
class DecisionTableTests {

    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    /** Cells evaluated for one table: wide and long tables get fewer of the combinations. */
    private static final int CELLS = 60_000;

    /** Set by the product before a process runs. */
    private static final Set<String> GIVEN = Set.of("caseId", "caseNumber", "starterRole", "starterOrganisation");

    /** A table of one file. */
    record Table(Path file, String id, DecisionTable model) {
        @Override
        public String toString() {
            return id + " (" + file.getParent().getFileName() + ")";
        }
    }

    static List<Table> tables() throws IOException {
        var tables = new ArrayList<Table>();
        for (Path file : files(".dmn", "processes", "seeds")) {
            Dmn.readModelFromFile(file.toFile())
                    .getModelElementsByType(DecisionTable.class)
                    .forEach(table ->
                            tables.add(new Table(file, table.getParentElement().getAttributeValue("id"), table)));
        }
        assertThat(tables).hasSizeGreaterThan(9);
        return tables;
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyRowHasAnIdAndABasisInBothLanguages(Table table) {
        assertThat(table.model().getRules()).isNotEmpty();
        assertThat(table.model().getRules().stream().map(Rule::getId)).doesNotHaveDuplicates();
        for (Rule rule : table.model().getRules()) {
            assertThat(rule.getId()).as("generated ids say nothing").doesNotMatch("(DecisionRule|Rule)_.*");
            assertThat(rule.getDescription()).as(rule.getId()).isNotNull();
            assertThat(rule.getDescription().getTextContent()).as(rule.getId()).matches("(?s)\\S.* \\| \\S.*");
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void answersWhateverIsGiven(Table table) throws IOException {
        HitPolicy policy = table.model().getHitPolicy();
        DmnEngine engine = FeelTables.engine();
        DmnDecision decision = engine.parseDecisions(Files.newInputStream(table.file())).stream()
                .filter(one -> one.getKey().equals(table.id()))
                .findFirst()
                .orElseThrow();
        boolean last = policy == HitPolicy.FIRST && catchesAll(table.model());
        for (Map<String, Object> given : combinations(table.model(), policy == HitPolicy.UNIQUE)) {
            // a UNIQUE table with two hits throws
            var result = engine.evaluateDecisionTable(decision, given);
            if (policy == HitPolicy.UNIQUE || policy == HitPolicy.FIRST) {
                assertThat(result).as("%s: no row for %s", table, given).isNotEmpty();
            }
        }
        assertThat(last || policy != HitPolicy.FIRST)
                .as("%s: the last row of a FIRST table catches what is left", table)
                .isTrue();
    }

    private static boolean catchesAll(DecisionTable table) {
        var rules = new ArrayList<>(table.getRules());
        return rules.get(rules.size() - 1).getInputEntries().stream()
                .map(entry -> entry.getTextContent().strip())
                .allMatch(cell -> cell.isEmpty() || cell.equals("-"));
    }

    /** All combinations of what the cells speak of, or many of them by a fixed chance. */
    private static List<Map<String, Object>> combinations(DecisionTable table, boolean declaredOnly) {
        var names = new ArrayList<String>();
        var values = new ArrayList<List<Object>>();
        int column = 0;
        for (Input input : table.getInputs()) {
            names.add(input.getInputExpression().getTextContent().strip());
            values.add(candidates(table, input, column++, declaredOnly));
        }
        double all = values.stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
        var random = new Random(20261122);
        var result = new ArrayList<Map<String, Object>>();
        int most = Math.max(
                200, CELLS / (table.getInputs().size() * table.getRules().size()));
        int count = (int) Math.min(all, most);
        for (int n = 0; n < count; n++) {
            var one = new HashMap<String, Object>();
            long rest = n;
            for (int i = 0; i < names.size(); i++) {
                List<Object> choices = values.get(i);
                int pick = all <= most ? (int) (rest % choices.size()) : random.nextInt(choices.size());
                rest /= choices.size();
                one.put(names.get(i), choices.get(pick));
            }
            result.add(one);
        }
        return result;
    }

    private static List<Object> candidates(DecisionTable table, Input input, int column, boolean declaredOnly) {
        var found = new LinkedHashSet<Object>();
        String type = input.getInputExpression().getTypeRef();
        var texts = new ArrayList<String>();
        if (input.getInputValues() != null) {
            texts.add(input.getInputValues().getTextContent());
        }
        for (Rule rule : table.getRules()) {
            texts.add(new ArrayList<>(rule.getInputEntries()).get(column).getTextContent());
        }
        for (String text : texts) {
            switch (type) {
                case "boolean" -> found.addAll(List.of(true, false));
                case "integer", "long", "double" -> numbers(text, type, found);
                default -> {
                    Matcher matcher = TEXT.matcher(text);
                    while (matcher.find()) {
                        found.add(matcher.group(1));
                    }
                }
            }
        }
        if (!declaredOnly || found.isEmpty()) {
            if (type.equals("string")) {
                found.add("SOMETHING_ELSE");
            }
            var withNull = new ArrayList<Object>(found);
            withNull.add(null);
            return withNull;
        }
        return List.copyOf(found);
    }

    private static void numbers(String text, String type, Set<Object> found) {
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            double number = Double.parseDouble(matcher.group());
            for (double near : new double[] {number - 1, number, number + 1}) {
                found.add(
                        switch (type) {
                            case "integer" -> (Object) (int) near;
                            case "long" -> (long) near;
                            default -> near;
                        });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyInputIsSetByTheProcessesThatAsk(Table table) throws IOException {
        var inputs = new TreeSet<String>();
        table.model()
                .getInputs()
                .forEach(input ->
                        inputs.add(input.getInputExpression().getTextContent().strip()));
        for (Path file : files(".bpmn", "processes")) {
            var model = Bpmn.readModelFromFile(file.toFile());
            boolean asks = model.getModelElementsByType(BusinessRuleTask.class).stream()
                    .anyMatch(task -> table.id().equals(task.getCamundaDecisionRef()));
            if (asks) {
                assertThat(known(Files.readString(file)))
                        .as("%s asks %s", file.getFileName(), table)
                        .containsAll(inputs);
            }
        }
    }

    /** Variables that the text of a model shows to be set: facts of its forms, its own lists, outputs and mappings. */
    private static Set<String> known(String model) throws IOException {
        var known = new TreeSet<>(GIVEN);
        each(model, "outputParameter name=\"(\\w+)\"", known);
        each(model, "inputParameter name=\"(\\w+)\"", known);
        each(model, "camunda:out [^>]*target=\"(\\w+)\"", known);
        Matcher lists = Pattern.compile("name=\"variables\" value=\"([^\"]*)\"").matcher(model);
        while (lists.find()) {
            known.addAll(List.of(lists.group(1).split("\\s*,\\s*")));
        }
        Matcher defaults =
                Pattern.compile("name=\"defaults\" value=[\"']([^\"']*)[\"']").matcher(model);
        while (defaults.find()) {
            each(defaults.group(1), "(?:^|;)\\s*(\\w+)=", known);
        }
        var forms = new TreeSet<String>();
        each(model, "formRef=\"([\\w-]+)\"", forms);
        each(model, "name=\"form\" value=\"([\\w-]+)\"", forms);
        for (Path form : files(".form", "forms")) {
            if (forms.contains(form.getFileName().toString().replace(".form", ""))) {
                facts(Files.readString(form), known);
            }
        }
        // a called process starts with what its callers hand over
        each(model, "process id=\"([\\w-]+)\"", forms);
        for (Path caller : files(".bpmn", "processes")) {
            String text = Files.readString(caller);
            for (String key : forms) {
                if (text.contains("calledElement=\"" + key + "\"")) {
                    each(text, "camunda:in [^>]*target=\"(\\w+)\"", known);
                }
            }
        }
        return known;
    }

    private static void facts(String form, Set<String> known) {
        Matcher keys = Pattern.compile("\"key\": \"(\\w+)\"").matcher(form);
        while (keys.find()) {
            known.add(keys.group(1));
        }
    }

    private static void each(String text, String pattern, Set<String> into) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            into.add(matcher.group(1));
        }
    }

    private static List<Path> files(String suffix, String... roots) throws IOException {
        var found = new ArrayList<Path>();
        for (String root : roots) {
            try (Stream<Path> all = Files.walk(Path.of(root))) {
                all.filter(file -> file.toString().endsWith(suffix)).sorted().forEach(found::add);
            }
        }
        return found;
    }
}
