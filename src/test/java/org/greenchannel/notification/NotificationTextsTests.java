package org.greenchannel.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that leave a desk say no more than they must, and every one a model asks for exists. */
class NotificationTextsTests {

    private static final Pattern TEMPLATE = Pattern.compile("<camunda:inputParameter name=\"template\">([^<]+)<");

    @ParameterizedTest
    @ValueSource(strings = {"notification", "notification_en"})
    void sayNothingAboutPersonOrIllness(String bundle) {
        Properties texts = read(bundle);
        for (String key : texts.stringPropertyNames()) {
            if (!key.startsWith("notification.")) {
                continue;
            }
            assertThat(texts.getProperty(key))
                    .as(key)
                    .doesNotContainPattern("精神|障碍|诊断|患者|病|危险|等级|药")
                    .doesNotContainPattern("(?i)psych|mental|diagnos|patient|illness|disorder|danger|drug");
        }
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        assertThat(read("notification_en").stringPropertyNames())
                .isEqualTo(read("notification").stringPropertyNames());
    }

    @Test
    void everyTemplateOfTheModelsHasTexts() throws IOException {
        Set<String> wanted = new TreeSet<>();
        try (var files = Files.walk(Path.of("processes"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".bpmn")).toList()) {
                var found = TEMPLATE.matcher(Files.readString(file));
                while (found.find()) {
                    wanted.add(found.group(1));
                }
            }
        }
        assertThat(wanted).contains("team-alert");
        for (String template : wanted) {
            assertThat(read("notification"))
                    .containsKeys("notification." + template + ".title", "notification." + template + ".body");
        }
    }

    /** The bundle of the module with those that processes bring along. */
    private static Properties read(String bundle) {
        var texts = new Properties();
        String suffix = bundle.substring("notification".length()) + ".properties";
        try (var files = Files.list(Path.of("src/main/resources/messages"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("case-"))
                    .filter(f -> f.getFileName().toString().endsWith("_en.properties") == suffix.startsWith("_en"))
                    .toList()) {
                try (var in = Files.newBufferedReader(file)) {
                    texts.load(in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var in = new InputStreamReader(
                NotificationTextsTests.class.getResourceAsStream("/messages/" + bundle + ".properties"),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
