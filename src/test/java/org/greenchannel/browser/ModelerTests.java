package org.greenchannel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every process, decision and form opens in the editors of Camunda Modeler (versions in {@code frontend/modeler}): the
 * import warns of nothing, the editor's own rules find nothing, the console stays empty, every page and the properties
 * of each kind of element can be shown, and saving changes nothing.
 */
class ModelerTests {

    private static final Path EDITORS = Path.of("target", "modeler");
    private static final Path BPMN = Path.of("processes", "two-way-referral", "two-way-referral.bpmn");

    private static Chromium chromium;
    private static Page page;
    private static final List<String> console = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        prepare();
        chromium = Chromium.start();
        page = chromium.browser().newPage();
        page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
        page.onPageError(console::add);
        page.setContent("<!doctype html><html><body></body></html>");
        page.addStyleTag(new Page.AddStyleTagOptions().setPath(EDITORS.resolve("editors.css")));
        page.addScriptTag(new Page.AddScriptTagOptions().setPath(EDITORS.resolve("editors.js")));
    }

    /** Installs and bundles the editors where that has not been done yet. */
    private static void prepare() throws IOException, InterruptedException {
        Files.createDirectories(EDITORS);
        Path log = EDITORS.resolve("prepare.log");
        Process process = new ProcessBuilder(
                        Chromium.program("node"), "frontend/modeler/prepare.mjs", EDITORS.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean done = process.waitFor(10, TimeUnit.MINUTES);
        assertThat(done && process.exitValue() == 0)
                .as(() -> "the editors could not be installed: " + read(log))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    static Stream<Path> folders() throws IOException {
        return files(Path.of("processes"), Path.of("forms"), Path.of("seeds"))
                .map(Path::getParent)
                .distinct()
                .sorted();
    }

    private static Stream<Path> files(Path... roots) throws IOException {
        Stream<Path> all = Stream.empty();
        for (Path root : roots) {
            all = Stream.concat(all, Files.walk(root));
        }
        return all.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void theEditorHasNothingToComplainOf(Path folder) throws IOException {
        Map<String, List<String>> complaints = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"))
                    .sorted()
                    .forEach(file -> {
                        List<String> found = complaints(kind(file), read(file));
                        if (!found.isEmpty()) {
                            complaints.put(file.getFileName().toString(), found);
                        }
                    });
        }
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "'executionPlatformVersion=\"7.24.0\"', 'executionPlatformVersion=\"7.10.0\"', platform: Camunda Platform 7.10.0",
        "'targetRef=\"DirectionGateway\"', 'targetRef=\"Nowhere\"', import: unresolved reference <Nowhere>",
        "<bpmn:outgoing>Flow_SearchGateway_PersonReturned</bpmn:outgoing>, '', lint error event-based-gateway",
        "bpmnElement=\"JudgeUp\", bpmnElement=\"Nothing\", import: no bpmnElement",
    })
    void aBrokenModelIsToldOf(String right, String wrong, String complaint) {
        String xml = read(BPMN);
        assertThat(xml).contains(right);
        assertThat(complaints("bpmn", xml.replace(right, wrong == null ? "" : wrong)))
                .anyMatch(line -> line.contains(complaint));
    }

    @Test
    void aBrokenFormIsToldOf() {
        String form = read(Path.of("forms", "two-way-referral", "referral-form.form"));
        assertThat(complaints("form", form.replaceFirst("\"type\": \"radio\"", "\"type\": \"unheard-of\"")))
                .anyMatch(line -> line.contains("unheard-of"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> complaints(String kind, String text) {
        console.clear();
        List<String> found = new ArrayList<>(
                (List<String>) page.evaluate("([kind, text]) => openInModeler(kind, text)", List.of(kind, text)));
        found.addAll(console);
        return found;
    }

    private static String kind(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
