package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages say the same things: the same keys, with the same number of places to fill in. */
class MessagesTests {

    private static final Path FOLDER = Path.of("src/main/resources/messages");

    static Stream<Path> chinese() throws IOException {
        return Files.list(FOLDER)
                .filter(file -> file.toString().endsWith(".properties"))
                .filter(file -> !file.toString().endsWith("_en.properties"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("chinese")
    void haveBothLanguages(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".properties", "_en.properties");
        Properties zh = read(file);
        Properties en = read(FOLDER.resolve(name));
        assertThat(en.stringPropertyNames()).isEqualTo(zh.stringPropertyNames());
        for (String key : zh.stringPropertyNames()) {
            assertThat(en.getProperty(key)).as(key).isNotBlank();
            assertThat(places(en.getProperty(key))).as(key).isEqualTo(places(zh.getProperty(key)));
        }
    }

    @Test
    void everyAlertHasATitleAndANotice() throws IOException {
        var kinds = new TreeSet<String>();
        collect(Path.of("seeds"), Pattern.compile("\\balert: ([A-Z_]+)"), kinds);
        collect(
                Path.of("processes"),
                Pattern.compile("raiseAlert}\"(?s:(?!</bpmn:serviceTask>).)*?name=\"kind\">([A-Z_]+)<"),
                kinds);
        assertThat(kinds).contains("ASSESSMENT_OVERDUE", "POSSIBLE_REFUSAL");
        var keys = new TreeSet<String>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                keys.addAll(read(file).stringPropertyNames());
            }
        }
        for (String kind : kinds) {
            assertThat(keys).contains("code.alert." + kind, "oversight.alert." + kind);
        }
    }

    private static void collect(Path folder, Pattern pattern, Set<String> found) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> one.toString().matches(".*\\.(bpmn|yaml)"))
                    .toList()) {
                var matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    found.add(matcher.group(1));
                }
            }
        }
    }

    private static int places(String text) {
        return new MessageFormat(text.replace("'", "''")).getFormatsByArgumentIndex().length;
    }

    private static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
