package org.greenchannel.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;

/** What holds everywhere in the product. Each rule is shown to fail once by {@link RulesCanFailTests}. */
final class Rules {

    static final ArchRule ONLY_ENGINE_KNOWS_CAMUNDA = noClasses()
            .that()
            .resideOutsideOfPackage("org.greenchannel.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..")
            .because("the engine is reached through its module only");

    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("org.greenchannel.platform..")
            .should()
            .accessTargetWhere(asksTheMachineForTheTime())
            .because("legal periods are tested by moving the clock");

    static final ArchRule NO_FIELD_INJECTION = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areNotRecords() // an annotation on a parameter of a record stands on its field too
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith(Value.class)
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .because("what a class needs stands in its constructor");

    static final ArchRule REPOSITORIES_ARE_HIDDEN = classes()
            .that()
            .haveSimpleNameEndingWith("Repository")
            .or()
            .areAnnotatedWith(Repository.class)
            .should()
            .notBePublic()
            .allowEmptyShould(true)
            .because("other modules use the facade");

    static final ArchRule KERNEL_KNOWS_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAPackage("..kernel..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta..", "tools.jackson..", "com.fasterxml..")
            .because("value types must be usable anywhere");

    static final ArchRule NOBODY_USES_CONTROLLERS = classes()
            .that()
            .areMetaAnnotatedWith(Controller.class)
            .should(beUsedByNobody())
            .allowEmptyShould(true)
            .because("pages and addresses are the outermost layer");

    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes().should(liveInANullMarkedPackage());

    static final ArchRule NOTHING_WRITES_TO_THE_CONSOLE = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    private Rules() {}

    private static DescribedPredicate<JavaAccess<?>> asksTheMachineForTheTime() {
        return DescribedPredicate.describe("the time of the machine", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            if (owner.equals("java.lang.System")) {
                return name.equals("currentTimeMillis");
            }
            if (owner.equals("java.time.Clock")) {
                return name.startsWith("system");
            }
            boolean noArguments =
                    access.getTarget() instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget call
                            && call.getRawParameterTypes().isEmpty();
            if (owner.equals("java.util.Date")) {
                return name.equals("<init>") && noArguments;
            }
            return owner.startsWith("java.time.") && name.equals("now") && !takesClock(access);
        });
    }

    private static boolean takesClock(JavaAccess<?> access) {
        return access.getTarget() instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget call
                && call.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static ArchCondition<JavaClass> beUsedByNobody() {
        return new ArchCondition<>("be used by nobody outside of their package") {
            @Override
            public void check(JavaClass controller, ConditionEvents events) {
                for (var use : controller.getDirectDependenciesToSelf()) {
                    if (!use.getOriginClass().getPackage().equals(controller.getPackage())) {
                        events.add(violated(use, use.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(violated(type, type.getPackageName() + " of " + type.getName() + " is not @NullMarked"));
                }
            }
        };
    }
}
