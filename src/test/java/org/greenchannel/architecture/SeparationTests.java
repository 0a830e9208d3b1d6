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
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;

/**
 * A rule of a form that keeps whoever did one task out of another is also a property of that task: then the verbs do not
 * hand the task, or its signature, to somebody who could never complete it.
 */
class SeparationTests {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Pattern OTHER =
            Pattern.compile("list\\s+contains\\(signers\\.(\\w+),\\s*viewer\\.username\\)");
    /** Separate only for one of the answers: the form decides. */
    private static final Set<String> SOMETIMES = Set.of("fresh-basis");

    @Test
    void tasksSayWhatTheirFormsKeepApart() throws IOException {
        Map<String, Set<String>> apart = new TreeMap<>();
        for (Path file : files("forms", ".rules.yaml")) {
            String form = file.getFileName().toString().replace(".rules.yaml", "");
            var found = OTHER.matcher(Files.readString(file));
            while (found.find() && !SOMETIMES.contains(form)) {
                apart.computeIfAbsent(form, key -> new TreeSet<>()).add(found.group(1));
            }
        }
        assertThat(apart).hasSizeGreaterThan(5);
        List<String> wrong = new ArrayList<>();
        for (Path file : files("processes", ".bpmn")) {
            for (UserTask task : Bpmn.readModelFromFile(file.toFile()).getModelElementsByType(UserTask.class)) {
                String form = task.getAttributeValueNs(CAMUNDA, "formRef");
                Set<String> said = new TreeSet<>(
                        ModelFiles.parts(ModelFiles.properties(task).getOrDefault("separateFrom", "")));
                Set<String> needed = new TreeSet<>(apart.getOrDefault(String.valueOf(form), Set.of()));
                needed.remove(task.getId());
                if (!said.containsAll(needed)) {
                    wrong.add(task.getId() + " is not separateFrom " + needed);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Path> files(String folder, String end) throws IOException {
        try (var files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
