package org.greenchannel.engine;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
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
            replacing.setValue(content);
            replaced++;
        }
        return replaced;
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
