package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of exceptional paths names tests that exist, and every path has one. */
class ExceptionalPathsTests {

    private static final Path TABLE = Path.of("docs/modules/exceptional-paths.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|TestFactory|RepeatedTest)\\b(?:\\s+@\\w+(?:\\((?:[^()]|\\([^()]*\\))*\\))?)*\\s+"
                    + "(?:[\\w<>?,. ]+\\s)?(\\w+)\\(");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = sources();
        var missing = new TreeSet<String>();
        int named = 0;
        var matcher = NAMED.matcher(Files.readString(TABLE));
        while (matcher.find()) {
            named++;
            if (!tests(sources.getOrDefault(matcher.group(1), "")).contains(matcher.group(2))) {
                missing.add(matcher.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    @Test
    void everyPathHasATest() throws IOException {
        assertThat(Files.readAllLines(TABLE).stream()
                        .filter(line -> line.startsWith("|") && !line.startsWith("|---") && !line.endsWith("| Test |"))
                        .filter(line -> !NAMED.matcher(line).find()))
                .isEmpty();
    }

    private static TreeSet<String> tests(String source) {
        var names = new TreeSet<String>();
        var matcher = METHOD.matcher(source);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static Map<String, String> sources() throws IOException {
        var sources = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Tests.java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return sources;
    }
}
