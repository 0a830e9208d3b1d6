package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The table people read (D16) says exactly what the product does ({@code sights} of {@code seeds/access.yaml}). */
class DataVisibilityTests {

    private static final Path TABLE = Path.of("processes/info-exchange/data-visibility.dmn");
    private static final Map<String, String> COLUMNS =
            Map.of("onTask", "TASK", "asParticipant", "PARTICIPANT", "inArea", "AREA", "otherwise", "NONE");

    @Test
    @SuppressWarnings("unchecked")
    void saysWhatTheAccessTableSays() throws IOException {
        Map<String, Object> access = new Yaml().load(Files.readString(Path.of("seeds/access.yaml")));
        var classes = (Map<String, Map<String, Object>>) access.get("sights");
        var data = ((Map<String, ?>) access.get("dataClasses")).keySet();
        var engine = FeelTables.engine();
        var table = engine.parseDecision("data-visibility", Files.newInputStream(TABLE));
        var differ = new TreeMap<String, String>();
        for (String roleClass : classes.keySet()) {
            for (String dataClass : data) {
                var row = engine.evaluateDecisionTable(table, Map.of("roleClass", roleClass, "dataClass", dataClass))
                        .getSingleResult();
                COLUMNS.forEach((column, relation) -> {
                    var sights = (Map<String, String>) classes.get(roleClass).getOrDefault(relation, Map.of());
                    String says = sights.getOrDefault(dataClass, "NONE");
                    if (!says.equals(row.getEntry(column))) {
                        differ.put(
                                roleClass + " " + dataClass + " " + relation, says + " is not " + row.getEntry(column));
                    }
                });
            }
        }
        assertThat(differ).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyRoleThatSignsInBelongsToAClass() throws IOException {
        Map<String, Object> access = new Yaml().load(Files.readString(Path.of("seeds/access.yaml")));
        var named = new TreeSet<String>();
        ((Map<String, Map<String, Object>>) access.get("sights"))
                .values()
                .forEach(sight -> named.addAll((List<String>) sight.get("roles")));
        Map<String, Object> roles = new Yaml().load(Files.readString(Path.of("seeds/roles.yaml")));
        assertThat(((Map<String, ?>) roles.get("roles")).keySet()).containsAll(named);
    }
}
