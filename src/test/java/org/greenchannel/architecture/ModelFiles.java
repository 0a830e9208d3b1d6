package org.greenchannel.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.yaml.snakeyaml.Yaml;

/** The models and everything they may name, read from the files of the repository. */
final class ModelFiles {

    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    private ModelFiles() {}

    /** Models by file name. */
    static Map<String, BpmnModelInstance> processes() {
        var models = new LinkedHashMap<String, BpmnModelInstance>();
        for (Path file : files(Path.of("processes"), ".bpmn")) {
            models.put(String.valueOf(file.getFileName()), Bpmn.readModelFromFile(file.toFile()));
        }
        return models;
    }

    /** Ids of all decision tables. */
    static Set<String> decisions() {
        return files(Path.of("processes"), ".dmn").stream()
                .flatMap(file -> Dmn.readModelFromFile(file.toFile()).getModelElementsByType(Decision.class).stream())
                .map(Decision::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ids of all forms. */
    static Set<String> forms() {
        return files(Path.of("forms"), ".form").stream()
                .map(file -> String.valueOf(file.getFileName()).replaceFirst("\\.form$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Codes of all papers and notices. */
    static Set<String> papers() {
        return files(Path.of("documents"), "meta.yaml").stream()
                .map(file -> String.valueOf(file.getParent().getFileName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Keys below a top entry of a seed file. */
    static Set<String> seedKeys(String file, String entry) {
        try (var reader = Files.newBufferedReader(Path.of("seeds", file))) {
            Map<String, Object> content = new Yaml().load(reader);
            var keys = new TreeSet<String>();
            ((Map<?, ?>) content.get(entry)).keySet().forEach(key -> keys.add(String.valueOf(key)));
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the pattern's group finds in the keys of a module's messages and of those that processes bring along. */
    static Set<String> texts(String module, String key) {
        var messages = new Properties();
        for (Path file : files(Path.of("src/main/resources/messages"), ".properties")) {
            String name = String.valueOf(file.getFileName());
            if (name.equals(module + ".properties") || (name.startsWith("case-") && !name.endsWith("_en.properties"))) {
                try (var reader = Files.newBufferedReader(file)) {
                    messages.load(reader);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        var pattern = Pattern.compile(key);
        return messages.stringPropertyNames().stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The {@code camunda:properties} of an element. */
    static Map<String, String> properties(BaseElement element) {
        var properties = new LinkedHashMap<String, String>();
        extensions(element, CamundaProperties.class).forEach(list -> list.getCamundaProperties()
                .forEach(property -> properties.put(property.getCamundaName(), property.getCamundaValue())));
        return properties;
    }

    /** The input parameters of an element; a value that is no text is empty. */
    static Map<String, String> inputs(BaseElement element) {
        var inputs = new LinkedHashMap<String, String>();
        extensions(element, CamundaInputOutput.class).forEach(list -> list.getCamundaInputParameters()
                .forEach(input -> inputs.put(
                        input.getCamundaName(), input.getTextContent().strip())));
        return inputs;
    }

    /** The parts of a comma separated text. */
    static List<String> parts(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static <T extends org.camunda.bpm.model.xml.instance.ModelElementInstance> List<T> extensions(
            BaseElement element, Class<T> type) {
        return element.getExtensionElements() == null
                ? List.of()
                : new ArrayList<>(element.getExtensionElements()
                        .getElementsQuery()
                        .filterByType(type)
                        .list());
    }

    private static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file ->
                            file.toString().endsWith(suffix) && !file.toString().contains("node_modules"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
