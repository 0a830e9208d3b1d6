package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What the documents say about files and settings is true. */
class DocumentationTests {

    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^]]*]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(greenchannel\\.[a-z.-]+)[:}]");

    @Test
    void linksLeadSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        int links = 0;
        for (Path file : documents()) {
            var matcher = LINK.matcher(Files.readString(file));
            while (matcher.find()) {
                String target = matcher.group(1);
                links++;
                Path folder = file.toAbsolutePath().getParent();
                if (!target.matches("[a-z]+:.*") && !Files.exists(folder.resolve(target))) {
                    broken.add(file + " -> " + target);
                }
            }
        }
        assertThat(links).isGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        var files = new ArrayList<Path>();
        for (String folder : List.of("docs", "processes", "forms")) {
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                all.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
            }
        }
        files.addAll(List.of(Path.of("CONTRIBUTING.md"), Path.of("SECURITY.md"), Path.of("CHANGELOG.md")));
        return files;
    }

    @Test
    void operationsNameEverySetting() throws IOException {
        String text = Files.readString(Path.of("docs/operations.md"));
        Set<String> settings = settings();
        assertThat(settings).contains("greenchannel.data-dir", "greenchannel.public-url");
        assertThat(settings).allSatisfy(key -> assertThat(text)
                .as(key)
                // neighbours share a row: the second is named by its last part
                .containsAnyOf("`" + key + "`", ", `" + key.substring(key.lastIndexOf('.') + 1) + "`"));
    }

    private static Set<String> settings() throws IOException {
        var keys = new TreeSet<String>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.greenchannel")) {
            if (each.isAnnotatedWith(ConfigurationProperties.class)) {
                String prefix =
                        each.getAnnotationOfType(ConfigurationProperties.class).value();
                Stream.of(each.reflect().getRecordComponents())
                        .map(component -> prefix + "." + kebab(component.getName()))
                        .forEach(keys::add);
            }
        }
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                PLACEHOLDER
                        .matcher(Files.readString(source))
                        .results()
                        .map(result -> result.group(1))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
