package org.greenchannel.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The rules beside the forms decide what the domain says, and always decide something. */
class FormRulesTests {
    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();

    static Stream<FormFile> forms() {
        return FormFile.all().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void answerYesOrNoWhenNothingIsFilledIn(FormFile form) {
        Map<String, Object> context = context(form, Map.of());
        for (Map<String, Object> rule : form.rules()) {
            assertThat(evaluate((String) rule.get("valid"), context))
                    .as("%s", rule.get("id"))
                    .isInstanceOf(Boolean.class);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hideOrShowFieldsWhenNothingIsFilledIn(FormFile form) {
        for (JsonNode component : form.components()) {
            String hide = component.path("conditional").path("hide").asString("");
            if (!hide.isEmpty()) {
                assertThat(hide).startsWith("=");
                assertThat(evaluate(hide.substring(1), context(form, Map.of())))
                        .as(FormFile.name(component))
                        .isInstanceOf(Boolean.class);
            }
        }
    }

    @Test
    void coverTheRulesOfTheDomain() {
        assertThat(forms().flatMap(form -> form.rules().stream()).map(rule -> (String) rule.get("id")))
                .contains("V01", "V02", "V03", "V04", "V08", "V09");
    }

    @ParameterizedTest
    @MethodSource("org.greenchannel.form.FormRuleExamples#examples")
    void decideAsTheDomainSays(FormRuleExamples.Example example) {
        FormFile form = forms().filter(each -> each.id().equals(example.form()))
                .findFirst()
                .orElseThrow();
        String valid = form.rules().stream()
                .filter(rule -> rule.get("id").equals(example.rule()))
                .map(rule -> (String) rule.get("valid"))
                .findFirst()
                .orElseThrow();
        assertThat(evaluate(valid, context(form, example.given()))).isEqualTo(example.valid());
    }

    private static Map<String, Object> context(FormFile form, Map<String, Object> given) {
        Map<String, Object> context = new HashMap<>();
        form.names().forEach(name -> context.put(name, null));
        context.put("case", Map.of());
        context.put("signers", Map.of());
        context.put("viewer", Map.of("username", "me", "role", List.of(), "organisation", "O1"));
        context.put("task", Map.of("key", "T", "properties", Map.of()));
        context.put("now", FormRuleExamples.NOW);
        context.put("today", FormRuleExamples.TODAY);
        context.putAll(given);
        return context;
    }

    private static Object evaluate(String expression, Map<String, Object> context) {
        var result = FEEL.evaluateExpression(expression, context);
        assertThat(result.isSuccess()).as("%s: %s", expression, result).isTrue();
        return result.result();
    }
}
