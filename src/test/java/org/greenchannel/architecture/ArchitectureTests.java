package org.greenchannel.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.greenchannel.Application;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.modulith.core.ApplicationModules;

/** The rules of {@link Rules} and the boundaries of the modules, on the whole product. */
class ArchitectureTests {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.greenchannel");

    @Test
    void modulesUseEachOtherAsDeclared() {
        ApplicationModules.of(Application.class).verify();
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        return Map.<String, ArchRule>of(
                        "only engine knows Camunda", Rules.ONLY_ENGINE_KNOWS_CAMUNDA,
                        "time comes from the clock", Rules.TIME_COMES_FROM_THE_CLOCK,
                        "no field injection", Rules.NO_FIELD_INJECTION,
                        "repositories are hidden", Rules.REPOSITORIES_ARE_HIDDEN,
                        "kernel knows no framework", Rules.KERNEL_KNOWS_NO_FRAMEWORK,
                        "nobody uses controllers", Rules.NOBODY_USES_CONTROLLERS,
                        "every package is null-marked", Rules.EVERY_PACKAGE_IS_NULL_MARKED,
                        "nothing writes to the console", Rules.NOTHING_WRITES_TO_THE_CONSOLE)
                .entrySet()
                .stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(PRODUCT)));
    }
}
