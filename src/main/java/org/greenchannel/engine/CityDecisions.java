package org.greenchannel.engine;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.InputExpression;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.xml.ModelException;
import org.greenchannel.platform.Seeds;

/** Decision tables of a city pack, {@code seeds/cities/<city>/decisions/<file>.dmn}, in the place of the default of that name. */
final class CityDecisions {

    private CityDecisions() {}

    /**
     * Puts the city's tables under the names of the defaults and returns how many there are.
     * {@link IllegalStateException} that names the file when there is no default of its name or their ids differ.
     */
    static int replace(Map<String, byte[]> files, Seeds seeds, String city) {
        int replaced = 0;
        for (String path : seeds.list("cities/" + city + "/decisions")) {
            if (!path.endsWith(".dmn")) {
                throw wrong(path, "only decision tables (.dmn) belong here");
            }
            String name = path.substring(path.lastIndexOf('/'));
            Map.Entry<String, byte[]> replacing = files.entrySet().stream()
                    .filter(file -> file.getKey().startsWith("processes/")
                            && file.getKey().endsWith(name))
                    .findFirst()
                    .orElseThrow(() -> wrong(path, "there is no default decision in a file of this name"));
            byte[] content = seeds.bytes(path);
            Set<String> expected = ids(replacing.getKey(), replacing.getValue());
            Set<String> found = ids("seeds/" + path, content);
            if (!found.equals(expected)) {
                throw wrong(path, "decides " + found + " and not " + expected + " as " + replacing.getKey() + " does");
            }
            fit(path, replacing.getValue(), content);
            replacing.setValue(content);
            replaced++;
        }
        return replaced;
    }

    /** A table of a city may ask for less than the default, never for what no process gives, and answers the same. */
    private static void fit(String path, byte[] before, byte[] after) {
        DmnModelInstance original = Dmn.readModelFromStream(new ByteArrayInputStream(before));
        DmnModelInstance own = Dmn.readModelFromStream(new ByteArrayInputStream(after));
        var more = new TreeSet<>(inputs(own));
        more.removeAll(inputs(original));
        if (!more.isEmpty()) {
            throw wrong(path, "asks for inputs that no process gives: " + more);
        }
        if (!outputs(own).equals(outputs(original))) {
            throw wrong(path, "must answer " + outputs(original) + ", not " + outputs(own));
        }
    }

    private static Set<String> inputs(DmnModelInstance model) {
        return model.getModelElementsByType(InputExpression.class).stream()
                .map(expression -> expression.getText() == null
                        ? ""
                        : expression.getText().getTextContent().strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> outputs(DmnModelInstance model) {
        return model.getModelElementsByType(Output.class).stream()
                .map(Output::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ids(String file, byte[] content) {
        try {
            return Dmn.readModelFromStream(new ByteArrayInputStream(content))
                    .getModelElementsByType(Decision.class)
                    .stream()
                    .map(Decision::getId)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (ModelException e) {
            throw new IllegalStateException(file + ": is no decision table: " + e.getMessage(), e);
        }
    }

    private static IllegalStateException wrong(String path, String what) {
        return new IllegalStateException("seeds/" + path + ": " + what);
    }
}
