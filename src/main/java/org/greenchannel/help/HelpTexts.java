package org.greenchannel.help;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.greenchannel.help.HelpBook.PageHelp;
import org.greenchannel.help.HelpBook.Step;
import org.greenchannel.help.HelpBook.Word;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.springframework.stereotype.Component;

/** Content of {@code seeds/help.yaml}; a mistake in it stops the start. */
@Component
class HelpTexts {

    private static final String TITLE = "title";
    private static final String TEXT = "text";

    /** A role. @param tour ids of its steps */
    record Role(Text name, Text text, Text first, List<String> tour) {}

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, PageHelp> pages = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    private final Map<String, Text> stages = new LinkedHashMap<>();
    private final Map<String, Map<String, Text>> tasks = new LinkedHashMap<>();
    private final List<Word> words = new ArrayList<>();

    HelpTexts(Seeds seeds) {
        var errors = new SeedErrors();
        SeedNode file = SeedNode.of(seeds, "help.yaml", errors);
        file.only("steps", "roles", "pages", "stages", "tasks", "glossary");
        file.get("steps").entries().forEach(this::step);
        var names = SeedNode.of(seeds, "roles.yaml", errors).get("roles").entries();
        SeedNode written = file.get("roles");
        names.forEach((code, name) -> role(code, name.bilingual(), written.get(code)));
        written.entries().forEach((code, node) -> {
            if (!names.containsKey(code)) {
                node.error("unknown role");
            }
        });
        file.get("pages").entries().forEach(this::page);
        file.get("stages").entries().forEach((code, node) -> stages.put(code, node.bilingual()));
        file.get("tasks").entries().forEach((process, node) -> {
            Map<String, Text> texts = new LinkedHashMap<>();
            node.entries().forEach((key, text) -> texts.put(key, text.bilingual()));
            tasks.put(process, texts);
        });
        for (SeedNode node : file.get("glossary").items()) {
            node.only("term", TEXT, "basis");
            words.add(new Word(
                    node.get("term").bilingual(),
                    node.get(TEXT).bilingual(),
                    node.optional("basis").orElse("")));
        }
        errors.throwIfAny();
    }

    private void step(String id, SeedNode node) {
        node.only("at", TITLE, TEXT);
        steps.put(
                id,
                new Step(
                        id,
                        node.optional("at").orElse(null),
                        node.get(TITLE).bilingual(),
                        node.get(TEXT).bilingual()));
    }

    private void role(String code, Text name, SeedNode node) {
        node.only(TEXT, "first", "tour");
        List<String> tour = new ArrayList<>();
        for (SeedNode step : node.get("tour").items()) {
            if (!steps.containsKey(step.text())) {
                step.error("unknown step");
            }
            tour.add(step.text());
        }
        if (tour.isEmpty()) {
            node.error("a role needs a tour");
        }
        roles.put(
                code,
                new Role(name, node.get(TEXT).bilingual(), node.get("first").bilingual(), tour));
    }

    private void page(String id, SeedNode node) {
        node.only("paths", TITLE, TEXT, "points");
        List<Text> points = new ArrayList<>();
        node.get("points").items().forEach(point -> points.add(point.bilingual()));
        pages.put(
                id, new PageHelp(id, node.get(TITLE).bilingual(), node.get(TEXT).bilingual(), List.copyOf(points)));
        for (SeedNode path : node.get("paths").items()) {
            if (paths.put(path.text(), id) != null) {
                path.error("belongs to two pages");
            }
        }
    }

    Map<String, Role> roles() {
        return roles;
    }

    Map<String, PageHelp> pages() {
        return pages;
    }

    /** Of the page itself, else of the page above it. */
    Optional<String> pageAt(String pattern) {
        String path = pattern;
        while (path.lastIndexOf('/') > 0) {
            String page = paths.get(path);
            if (page != null) {
                return Optional.of(page);
            }
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return Optional.ofNullable(paths.get(pattern.equals("/") ? "/" : path));
    }

    Set<String> paths() {
        return new LinkedHashSet<>(paths.keySet());
    }

    Optional<Step> step(String id) {
        return Optional.ofNullable(steps.get(id));
    }

    Optional<Text> stage(String code) {
        return Optional.ofNullable(stages.get(code));
    }

    Optional<Text> task(String process, String key) {
        return Optional.ofNullable(tasks.getOrDefault(process, Map.of()).get(key));
    }

    Map<String, Map<String, Text>> tasks() {
        return tasks;
    }

    List<Word> words() {
        return words;
    }
}
