package org.greenchannel.oversight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.junit.jupiter.api.Test;

/** Every mechanism of the five documents is in the table, and everything the table names exists. */
class TraceabilityFilesTests {

    /** How many mechanisms each document has. */
    private static final Map<String, Integer> COUNTS =
            Map.of("S000", 39, "S001", 34, "S002", 55, "S003", 23, "S004", 22);

    private static final Map<String, String> HUNDREDS =
            Map.of("S000", "F0", "S001", "F1", "S002", "F2", "S003", "F3", "S004", "F4");

    private final Seeds seeds = SeedFiles.ofRepository();
    private final SeedErrors errors = new SeedErrors();
    private final Map<String, SeedNode> mechanisms = SeedNode.of(seeds, SeededTraceability.FILE, errors)
            .get("mechanisms")
            .entries();

    private Set<String> keys(String file, String section) {
        return SeedNode.of(seeds, file, errors).get(section).entries().keySet();
    }

    private static Set<String> names(String root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> folders(String root) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(root))) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void everyMechanismIsThere() {
        var counts = new HashMap<String, Integer>();
        mechanisms.forEach((id, node) -> {
            String source = node.text("source");
            counts.merge(source, 1, Integer::sum);
            assertThat(id).matches("F[0-4][0-9]{2}[ab]?").startsWith(HUNDREDS.get(source));
        });
        assertThat(counts).isEqualTo(COUNTS);
        assertThat(mechanisms).containsKeys("F001", "F039", "F134", "F255", "F303b", "F319", "F422");
    }

    @Test
    void coreMechanismsAreServedByAProcessOrADecision() {
        mechanisms.forEach((id, node) -> {
            if (node.text("mark").equals("C")) {
                assertThat(Stream.of("processes", "decisions", "roles", "settings", "indicators")
                                .mapToInt(kind -> node.get(kind).items().size())
                                .sum())
                        .as(id)
                        .isPositive();
                assertThat(node.get("outOfScope").present()).as(id).isFalse();
            }
        });
    }

    @Test
    void whatIsNamedExists() throws IOException {
        var known = new LinkedHashMap<String, Set<String>>();
        known.put("processes", names("processes", ".bpmn"));
        known.put("decisions", names("processes", ".dmn"));
        known.put("clocks", keys("clocks.yaml", "clocks"));
        known.put("papers", folders("documents"));
        known.put("roles", keys("roles.yaml", "roles"));
        known.put("indicators", keys("indicators.yaml", "indicators"));
        known.put("settings", keys("city-keys.yaml", "keys"));
        known.put(
                "pages",
                Set.of(
                        "/",
                        "/cases",
                        "/oversight/alerts",
                        "/oversight/clocks",
                        "/oversight/history",
                        "/oversight/audit"));
        assertThat(known.keySet()).containsExactlyElementsOf(SeededTraceability.KINDS);
        var missing = new ArrayList<String>();
        mechanisms.forEach((id, node) ->
                known.forEach((kind, codes) -> node.get(kind).items().forEach(item -> {
                    if (!codes.contains(item.text())) {
                        missing.add(id + " " + kind + " " + item.text());
                    }
                })));
        assertThat(missing).isEmpty();
    }

    /** Every process of the product and every decision is there for some mechanism. */
    @Test
    void nothingIsThereForNothing() throws IOException {
        var served = new TreeSet<String>();
        mechanisms.values().forEach(node -> node.get("processes").items().forEach(item -> served.add(item.text())));
        var unnamed = new TreeSet<>(folders("processes"));
        unnamed.removeAll(served);
        unnamed.removeAll(OF_THE_LAW);
        assertThat(unnamed).isEmpty();
    }

    /** Asked for by statutes, not by the documents of the cities. */
    private static final Set<String> OF_THE_LAW = Set.of(
            "periodic-assessment",
            "protective-measure",
            "absconding",
            "adverse-event",
            "complaint",
            "rediagnosis-appraisal",
            "rights-notice",
            "type-change");

    @Test
    void everyIndicatorSaysHowItIsCounted() {
        SeedNode.of(seeds, "indicators.yaml", errors)
                .get("indicators")
                .entries()
                .values()
                .forEach(node -> {
                    node.only("zh", "en", "unit", "computable", "better", "formula");
                    node.bilingual();
                    node.get("formula").bilingual();
                    assertThat(node.text("unit")).isIn("PERCENT", "PER_MILLE", "RATE", "COUNT", "HOURS", "DAYS");
                    assertThat(node.text("computable")).isIn("Y", "P", "N");
                    assertThat(node.text("better")).isIn("HIGHER", "LOWER", "NONE");
                });
        assertThat(errors.all()).isEmpty();
        assertThat(keys("indicators.yaml", "indicators"))
                .contains("K01", "K37", "Q01", "Q24")
                .hasSize(61);
    }
}
