package org.greenchannel.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.greenchannel.engine.FormResource;
import org.greenchannel.form.Field.Option;
import org.greenchannel.kernel.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of the product against anything: the only way to refuse is a problem, and every rule has an answer. */
class FormRobustnessTests {

    private static final long SEED = 20261121L;
    private static final List<Object> NASTY = List.of(
            "",
            " ",
            "\u0000",
            "\ud800",
            "\u202eabc",
            "𠮷野",
            "a\r\nb",
            "0000-01-01",
            "9999-12-31T23:59:59+24:00",
            "2026-11-21T14:05+08:00",
            "2026-11-21",
            "11010119900101123X",
            "{{7*7}}",
            "=now()",
            "1".repeat(20_000),
            Double.NaN,
            Double.MAX_VALUE,
            new java.math.BigDecimal("1e-99999"),
            Long.MIN_VALUE,
            0,
            -1,
            true,
            false,
            List.of(),
            List.of(List.of("x")),
            Map.of(),
            Map.of("x", 1));

    static Stream<Path> forms() throws IOException {
        try (var files = Files.walk(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(".form")).sorted().toList().stream();
        }
    }

    static FormResource read(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".form", "");
        Path rules = file.resolveSibling(name + ".rules.yaml");
        return new FormResource(
                name,
                "real",
                Files.readString(file),
                Files.readString(file.resolveSibling(name + ".en.json")),
                Files.exists(rules) ? Files.readString(rules) : "");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void nothingButProblemsComesOut(Path file) throws IOException {
        var fixture = new FormFixture();
        FormResource form = read(file);
        FormDefinition definition = new FormLibrary(FormFixture.JSON).chinese(form);
        var random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < 60; i++) {
            Map<String, Object> data = data(definition.fields(), random, i % 3 == 0 ? 0 : 10);
            try {
                FormResult result = fixture.forms.check(form, data, fixture.context());
                assertThat(result.data()).isNotNull();
                accepted++;
            } catch (Problem problem) {
                assertThat(problem.type()).isEqualTo("form-invalid");
                assertThat(problem.errors()).isNotEmpty().allSatisfy(error -> {
                    assertThat(error.pointer()).startsWith("/data");
                    assertThat(error.message().en()).isNotBlank();
                });
            }
        }
        assertThat(accepted).as("accepted by chance").isLessThan(60);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsShownInBothLanguages(Path file) throws IOException {
        var fixture = new FormFixture();
        FormResource form = read(file);
        FormView chinese = fixture.forms.view(form, fixture.context(), Locale.CHINESE);
        FormView english = fixture.forms.view(form, fixture.context(), Locale.ENGLISH);
        String texts = FormFixture.JSON.writeValueAsString(english.schema()).replace("王医生", "");
        assertThat(texts).doesNotContainPattern("(abel|text|description)\":\"[^\"]*[\u4e00-\u9fff]");
        assertThat(english.data()).isEqualTo(chinese.data());
        assertThat(FormReader.fields("en", english.schema())).hasSameSizeAs(FormReader.fields("zh", chinese.schema()));
    }

    private static Map<String, Object> data(List<Field> fields, Random random, int nastyPercent) {
        var data = new LinkedHashMap<String, Object>();
        for (Field field : Field.leaves(fields)) {
            if (random.nextInt(100) < nastyPercent) {
                data.put(field.key(), NASTY.get(random.nextInt(NASTY.size())));
            } else if (random.nextInt(100) < 85) {
                data.put(field.key(), plausible(field, random, nastyPercent));
            }
        }
        if (random.nextInt(100) < nastyPercent) {
            data.put("no-such-field", NASTY.get(random.nextInt(NASTY.size())));
        }
        return data;
    }

    private static Object plausible(Field field, Random random, int nastyPercent) {
        return switch (field.kind()) {
            case TEXT -> random.nextBoolean() ? "13800000000" : "F20";
            case TEXTAREA -> "十个字以上的说明文字，够了吧。".repeat(1 + random.nextInt(4));
            case NUMBER -> random.nextInt(6);
            case CHECKBOX -> random.nextInt(4) > 0;
            case CHOICE -> option(field, random);
            case CHOICES -> field.options().isEmpty() ? List.of() : List.of(option(field, random));
            case DATE -> "2026-11-" + (10 + random.nextInt(15));
            case TIME -> "14:05";
            case DATETIME -> "2026-11-" + (10 + random.nextInt(12)) + "T0" + random.nextInt(10) + ":05+08:00";
            case LIST -> {
                var rows = new ArrayList<Object>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    rows.add(new HashMap<>(data(field.children(), random, nastyPercent / 2)));
                }
                yield rows;
            }
            default -> "";
        };
    }

    private static Object option(Field field, Random random) {
        List<Option> options = field.options();
        if (options.isEmpty()) {
            return switch (field.properties().getOrDefault("ref", "")) {
                case "account" -> "dr.wang";
                case "organisation" -> "zz-hosp-8";
                default -> "410105001000";
            };
        }
        return options.get(random.nextInt(options.size())).value();
    }
}
