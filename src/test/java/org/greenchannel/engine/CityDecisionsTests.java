package org.greenchannel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.variable.Variables;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A city decides otherwise: its table is deployed in the place of the default one. */
@AppTest
class CityDecisionsTests {

    private static final String DEFAULT = "processes/emergency-admission/examination-gate.dmn";

    @TempDir
    private Path seeds;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private DecisionService decisions;

    @Autowired
    private CommandGuard guard;

    private static String original() throws IOException {
        return Files.readString(Path.of(DEFAULT));
    }

    private void write(String name, String content) throws IOException {
        Path folder = Files.createDirectories(seeds.resolve("cities/elsewhere/decisions"));
        Files.writeString(folder.resolve(name), content);
    }

    private int replace() {
        return CityDecisions.replace(new LinkedHashMap<>(ModelDeployment.files()), SeedFiles.in(seeds), "elsewhere");
    }

    @Test
    void aCityWithoutTablesHasTheDefaults() {
        assertThat(replace()).isZero();
    }

    @Test
    void anEditedCopyIsDeployedInsteadAndDecides() throws IOException {
        var inputs = Variables.createVariables();
        Dmns.inputs(original()).forEach(name -> inputs.putValue(name, null));
        String before = answer(inputs);
        write("examination-gate.dmn", original().replace("\"" + before + "\"", "\"CITY_SAYS_SO\""));

        Map<String, byte[]> files = new LinkedHashMap<>(ModelDeployment.files());
        assertThat(CityDecisions.replace(files, SeedFiles.in(seeds), "elsewhere"))
                .isOne();
        assertThat(new String(files.get(DEFAULT), java.nio.charset.StandardCharsets.UTF_8))
                .contains("CITY_SAYS_SO");

        String deployment = new ModelDeployment(repository, guard, SeedFiles.in(seeds), "elsewhere").deploy();
        try {
            assertThat(answer(inputs)).isEqualTo("CITY_SAYS_SO");
        } finally {
            repository.deleteDeployment(deployment, true, true, true);
        }
        assertThat(answer(inputs)).isEqualTo(before);
    }

    private String answer(Map<String, Object> inputs) {
        return String.valueOf(decisions
                .evaluateDecisionTableByKey("examination-gate", inputs)
                .getFirstResult()
                .values()
                .iterator()
                .next());
    }

    @Test
    void aTableWithoutADefaultIsAnErrorThatNamesTheFile() throws IOException {
        write("invented.dmn", original());
        assertThatThrownBy(this::replace)
                .hasMessageContaining("seeds/cities/elsewhere/decisions/invented.dmn")
                .hasMessageContaining("no default");
    }

    @Test
    void anotherIdIsAnErrorThatNamesTheFile() throws IOException {
        write("examination-gate.dmn", original().replace("id=\"examination-gate\"", "id=\"gate\""));
        assertThatThrownBy(this::replace)
                .hasMessageContaining("seeds/cities/elsewhere/decisions/examination-gate.dmn")
                .hasMessageContaining("[gate]");
    }

    @Test
    void whatIsNoTableIsAnErrorThatNamesTheFile() throws IOException {
        write("examination-gate.dmn", "<nothing/>");
        assertThatThrownBy(this::replace).hasMessageContaining("examination-gate.dmn");
        write("notes.txt", "x");
        assertThatThrownBy(this::replace).hasMessageContaining(".dmn");
    }

    /** Names of the inputs of a table. */
    private static final class Dmns {
        static java.util.List<String> inputs(String text) {
            return org.camunda.bpm.model.dmn.Dmn.readModelFromStream(
                            new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .getModelElementsByType(org.camunda.bpm.model.dmn.instance.InputExpression.class)
                    .stream()
                    .map(input -> input.getText().getTextContent().strip())
                    .toList();
        }
    }
}
