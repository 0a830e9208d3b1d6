package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Whatever somebody is asked to do rests on a law that the product knows by name. */
class LegalBasisTests {

    @Test
    void everyTaskAndEveryMessageOfPeopleHasABasis() {
        var found = new Findings();
        ModelFiles.processes().forEach((file, model) -> {
            for (FlowElement element : model.getModelElementsByType(FlowElement.class)) {
                Map<String, String> properties = ModelFiles.properties(element);
                boolean people = element instanceof UserTask
                        || !properties.getOrDefault("groups", "").isEmpty();
                boolean start = element instanceof StartEvent event
                        && !(event.getParentElement() instanceof SubProcess)
                        && event.getChildElementsByType(MessageEventDefinition.class)
                                .isEmpty();
                if (people || start || properties.containsKey("basis")) {
                    found.check(file + " " + element.getId(), properties.getOrDefault("basis", ""));
                }
            }
        });
        found.nothing();
    }

    @Test
    void everyRowOfADecisionHasABasis() throws IOException {
        var found = new Findings();
        for (Path file : files(".dmn", "processes", "seeds")) {
            for (Rule rule : Dmn.readModelFromFile(file.toFile()).getModelElementsByType(Rule.class)) {
                String text = rule.getDescription() == null
                        ? ""
                        : rule.getDescription().getTextContent();
                found.check(
                        file.getFileName() + " " + rule.getId(),
                        text.contains(" | ") ? text.substring(text.indexOf(" | ") + 3) : "");
            }
        }
        found.nothing();
    }

    @Test
    void everyClockAndEveryPaperHasABasis() throws IOException {
        var found = new Findings();
        Map<String, Object> clocks = yaml(Path.of("seeds/clocks.yaml"));
        ((Map<?, ?>) clocks.get("clocks"))
                .forEach((id, clock) -> found.check("clock " + id, english(((Map<?, ?>) clock).get("basis"))));
        for (Path file : files("meta.yaml", "documents")) {
            Map<String, Object> meta = yaml(file);
            found.check("paper " + meta.get("code"), english(meta.get("basis")));
        }
        found.nothing();
    }

    private static String english(Object basis) {
        return basis instanceof Map<?, ?> both ? String.valueOf(both.get("en")) : "";
    }

    @Test
    void theCheckCanFail() {
        var found = new Findings();
        found.check("a", "");
        found.check("b", "Law of Nowhere 3");
        found.check("c", "MHL 28(2); D1");
        assertThat(found.wrong.keySet()).containsExactly("a", "b");
    }

    /** What has no basis, or one on a law without a name in {@code seeds/laws.yaml}. */
    private static final class Findings {

        private final Set<String> laws = new TreeSet<>();
        private final Map<String, String> wrong = new TreeMap<>();
        private int checked;

        Findings() {
            try {
                laws.addAll(yaml(Path.of("seeds/laws.yaml")).keySet());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        void check(String place, String basis) {
            checked++;
            if (basis.isBlank()) {
                wrong.put(place, "no basis");
                return;
            }
            List<String> parts = Stream.of(basis.split(";")).map(String::strip).toList();
            List<String> unknown = parts.stream()
                    .filter(part -> !rests(part) && !part.matches("[a-z].*"))
                    .toList();
            if (!unknown.isEmpty() || parts.stream().noneMatch(this::rests)) {
                wrong.put(place, "no law is named " + (unknown.isEmpty() ? parts : unknown));
            }
        }

        /** A law, or a table or rule of the domain; what begins with a small letter is a remark and no basis by itself. */
        private boolean rests(String part) {
            return part.matches("[A-Z]\\d+.*")
                    || laws.stream()
                            .anyMatch(law ->
                                    part.equals(law) || part.startsWith(law + " ") || part.startsWith(law + ","));
        }

        void nothing() {
            assertThat(checked).isPositive();
            assertThat(wrong).isEmpty();
        }
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
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
