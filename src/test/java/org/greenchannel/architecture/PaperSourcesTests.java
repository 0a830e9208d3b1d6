package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Papers print what forms hold: a source that no form has would be printed as not recorded, unseen by anybody. */
class PaperSourcesTests {

    private static final Pattern SOURCE = Pattern.compile("submission:([a-z0-9-]+)\\.(\\w+)");

    @Test
    void everySourceIsAFieldOfAForm() throws IOException {
        Map<String, Set<String>> forms = forms();
        assertThat(forms).hasSizeGreaterThan(100);
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("documents"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                SOURCE.matcher(Files.readString(file)).results().forEach(source -> {
                    Set<String> keys = forms.get(source.group(1));
                    if (keys == null || !keys.contains(source.group(2))) {
                        wrong.add(file + ": " + source.group());
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Map<String, Set<String>> forms() throws IOException {
        Map<String, Set<String>> forms = new HashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".form")).toList()) {
                JsonNode form = new JsonMapper().readTree(Files.readString(file));
                Set<String> keys = new HashSet<>();
                collect(form.path("components"), keys);
                forms.put(form.path("id").asString(), keys);
            }
        }
        return forms;
    }

    private static void collect(JsonNode components, Set<String> keys) {
        components.forEach(component -> {
            for (String name : List.of("key", "path")) {
                String value = component.path(name).asString("");
                if (!value.isEmpty()) {
                    keys.add(value);
                }
            }
            collect(component.path("components"), keys);
        });
    }
}
