package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule nobody has seen failing proves nothing: each one here meets classes that break it, and names them. */
class RulesCanFailTests {

    private static final JavaClasses BAD =
            new ClassFileImporter().importPackages("org.greenchannel.architecture.fixtures");

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void breaks(ArchRule rule, String... culprits) {
        var result = rule.evaluate(BAD);
        assertThat(result.hasViolation()).isTrue();
        String report = String.join("\n", result.getFailureReport().getDetails());
        assertThat(report).contains(culprits);
        assertThat(report).doesNotContain("Harmless");
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                arguments(Rules.ONLY_ENGINE_KNOWS_CAMUNDA, "CallsTheEngine"),
                arguments(
                        Rules.TIME_COMES_FROM_THE_CLOCK,
                        "ReadsTheTime.instant",
                        "ReadsTheTime.today",
                        "ReadsTheTime.zoned",
                        "ReadsTheTime.date",
                        "ReadsTheTime.millis",
                        "ReadsTheTime.system"),
                arguments(Rules.NO_FIELD_INJECTION, "InjectsFields.clock", "InjectsFields.setting"),
                arguments(Rules.REPOSITORIES_ARE_HIDDEN, "OpenRepository", "OpenRows"),
                arguments(Rules.KERNEL_KNOWS_NO_FRAMEWORK, "SpringValue"),
                arguments(Rules.NOBODY_USES_CONTROLLERS, "UsesAController"),
                arguments(Rules.EVERY_PACKAGE_IS_NULL_MARKED, "fixtures.unmarked"),
                arguments(Rules.NOTHING_WRITES_TO_THE_CONSOLE, "PrintsToTheConsole"));
    }

    private static Arguments arguments(ArchRule rule, String... culprits) {
        return Arguments.of(rule, culprits);
    }
}
