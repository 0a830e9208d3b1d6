package org.greenchannel.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text for people stands in the bundles, in both languages; templates hold none and nothing inline. */
class TextsTests {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates/web");
    private static final Path BUNDLES = Path.of("src/main/resources/messages");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        for (String name : List.of("web", "oversight")) {
            assertThat(bundle(name + "_en").stringPropertyNames())
                    .as(name)
                    .isEqualTo(bundle(name).stringPropertyNames());
        }
    }

    @Test
    void noKeyIsWrittenTwice() throws IOException {
        for (String name : List.of("web", "web_en")) {
            var keys = Files.readAllLines(BUNDLES.resolve(name + ".properties")).stream()
                    .filter(line -> line.contains("="))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
            assertThat(keys).doesNotHaveDuplicates();
        }
    }

    @Test
    void englishIsEnglishAndBothTakeTheSameArguments() {
        Properties chinese = bundle("web");
        Properties english = bundle("web_en");
        for (String key : english.stringPropertyNames()) {
            String text = english.getProperty(key);
            if (!key.equals("other.language")) {
                assertThat(text).as(key).doesNotContainPattern("\\p{IsHan}");
            }
            assertThat(new MessageFormat(text).getFormatsByArgumentIndex().length)
                    .as(key)
                    .isEqualTo(new MessageFormat(chinese.getProperty(key)).getFormatsByArgumentIndex().length);
        }
    }

    @Test
    void everyKeyOfTheTemplatesExists() throws IOException {
        // pages of other modules and processes bring texts in bundles of their own
        var known = new TreeSet<String>();
        try (var files = Files.list(Path.of("src/main/resources/messages"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties") && !name.endsWith("_en.properties"))
                    .forEach(name -> known.addAll(bundle(name.substring(0, name.indexOf(".properties")))
                            .stringPropertyNames()));
        }
        var asked = new TreeSet<String>();
        for (String source : sources()) {
            find("#\\{([a-z][\\w.-]*)[}(]", source, asked);
            find("show\\.message\\('([\\w.-]+)'", source, asked);
        }
        assertThat(asked)
                .hasSizeGreaterThan(150)
                .filteredOn(key -> !key.endsWith("."))
                .isSubsetOf(known);
    }

    @Test
    void templatesHoldNoTextAndNothingInline() {
        for (Path file : files()) {
            String source = read(file);
            assertThat(source).as(file.toString()).doesNotContainPattern("\\p{IsHan}");
            assertThat(source)
                    .as(file.toString())
                    .doesNotContain("th:utext", "style=", "__$", "javascript:", "onclick");
            String visible = source.replaceAll("(?s)<!--.*?-->", "").replaceAll("(?s)<kbd>.*?</kbd>", "");
            assertThat(Pattern.compile(">[^<]*\\p{Alpha}{2,}[^<]*<")
                            .matcher(visible)
                            .results()
                            .map(m -> m.group())
                            .toList())
                    .as(file.toString())
                    .isEmpty();
        }
    }

    private static void find(String pattern, String source, TreeSet<String> into) {
        Pattern.compile(pattern).matcher(source).results().forEach(match -> into.add(match.group(1)));
    }

    private static List<Path> files() {
        try (Stream<Path> all = Files.list(TEMPLATES)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sources() {
        var sources = new ArrayList<String>();
        files().forEach(file -> sources.add(read(file)));
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties bundle(String name) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(BUNDLES.resolve(name + ".properties"), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
