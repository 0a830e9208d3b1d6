package org.greenchannel.personfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code seeds/person-page.yaml} names exists. */
class PersonPageRulesTests {

    private final Seeds seeds = SeedFiles.ofRepository();
    private final PersonPageRules rules = new PersonPageRules(seeds);

    @Test
    void everyAnswerAboutMedicinesIsAQuestionOfItsForm() throws IOException {
        for (var form : rules.medicines().entrySet()) {
            assertThat(questions(form.getKey())).as(form.getKey()).containsAll(form.getValue());
        }
    }

    @Test
    void statusesAndRolesExist() {
        var errors = new SeedErrors();
        assertThat(SeedNode.of(seeds, "legal-status.yaml", errors)
                        .get("statuses")
                        .entries()
                        .keySet())
                .containsAll(rules.exclusive());
        assertThat(SeedNode.of(seeds, "roles.yaml", errors)
                        .get("roles")
                        .entries()
                        .keySet())
                .containsAll(rules.tell());
        errors.throwIfAny();
    }

    private static Set<String> questions(String form) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            Path file = files.filter(one -> one.getFileName().toString().equals(form + ".form"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no form " + form));
            JsonNode schema = new JsonMapper().readTree(Files.readString(file));
            return Stream.concat(schema.findValues("key").stream(), schema.findValues("path").stream())
                    .map(JsonNode::asString)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
