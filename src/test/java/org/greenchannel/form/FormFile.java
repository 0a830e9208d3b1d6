package org.greenchannel.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One form of the folder {@code forms} with its English texts and rules, as the tests look at it. */
record FormFile(String id, Path path, JsonNode schema, JsonNode english, List<Map<String, Object>> rules) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static List<FormFile> all() {
        try (var files = Files.walk(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(".form"))
                    .sorted()
                    .map(FormFile::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FormFile read(Path file) {
        String id = file.getFileName().toString().replace(".form", "");
        Path rules = file.resolveSibling(id + ".rules.yaml");
        return new FormFile(
                id,
                file,
                JSON.readTree(text(file)),
                JSON.readTree(text(file.resolveSibling(id + ".en.json"))),
                Files.exists(rules) ? new Yaml().load(text(rules)) : List.of());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every component, also those inside groups and lists. */
    List<JsonNode> components() {
        List<JsonNode> found = new ArrayList<>();
        collect(schema, found);
        return found;
    }

    private static void collect(JsonNode parent, List<JsonNode> found) {
        for (JsonNode component : parent.path("components")) {
            found.add(component);
            collect(component, found);
        }
    }

    /** Components that take an answer. */
    List<JsonNode> fields() {
        return components().stream().filter(component -> component.has("key")).toList();
    }

    /** Names a rule or condition on the top level may use: keys outside lists and the lists themselves. */
    Set<String> names() {
        List<JsonNode> found = new ArrayList<>();
        collectTop(schema, found);
        return found.stream()
                .map(component ->
                        component.path("key").asString(component.path("path").asString("")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static void collectTop(JsonNode parent, List<JsonNode> found) {
        for (JsonNode component : parent.path("components")) {
            found.add(component);
            if (!"dynamiclist".equals(type(component))) {
                collectTop(component, found);
            }
        }
    }

    static String type(JsonNode component) {
        return component.path("type").asString("");
    }

    static String property(JsonNode component, String name) {
        return component.path("properties").path(name).asString("");
    }

    /** Name under which the English texts are filed. */
    static String name(JsonNode component) {
        return component.path("key").asString(component.path("id").asString(""));
    }

    @Override
    public String toString() {
        return id;
    }
}
