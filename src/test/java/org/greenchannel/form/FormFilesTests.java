package org.greenchannel.form;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The files in {@code forms} keep to the conventions of {@code forms/README.md}. */
@SuppressWarnings("unchecked")
class FormFilesTests {
    private static final Set<String> TYPES = Set.of(
            "text",
            "textfield",
            "textarea",
            "number",
            "checkbox",
            "radio",
            "select",
            "checklist",
            "datetime",
            "group",
            "dynamiclist",
            "separator");
    private static final Set<String> PERSON =
            Set.of("name", "sex", "birthDate", "estimatedAge", "idType", "idNo", "phone", "address", "description");
    private static final Set<String> GUARDIAN = Set.of("name", "relation", "phone", "address");
    private static final Set<String> CLASSES = Set.of("LEG", "RSK", "GUA", "CLS", "CLF", "FIN", "WEL", "IDN");
    private static final Set<String> FUNCTIONS =
            Set.of("hospital", "appraisal", "primary", "rehab", "compulsoryInstitution");
    private static final Set<String> FREE_TEXT = Set.of("textfield", "textarea", "checklist");

    static Stream<FormFile> forms() {
        return FormFile.all().stream();
    }

    @Test
    void existForEveryTaskOfTheProcesses() {
        assertThat(forms().map(FormFile::id)).hasSizeGreaterThan(36).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void areCamundaForms(FormFile form) {
        JsonNode schema = form.schema();
        assertThat(schema.path("id").asString()).isEqualTo(form.id());
        assertThat(schema.path("schemaVersion").asInt()).isEqualTo(16);
        assertThat(schema.path("executionPlatform").asString()).isEqualTo("Camunda Platform");
        assertThat(CLASSES).contains(FormFile.property(schema, "dataClass"));
        assertThat(form.components()).extracting(FormFile::type).isSubsetOf(TYPES);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void beginWithATitleAndOneLineOfHelp(FormFile form) {
        JsonNode first = form.components().get(0);
        assertThat(first.path("id").asString()).isEqualTo("Text_title");
        assertThat(first.path("text").asString()).matches("# [^\n]+\n\n[^\n]+");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void nameEveryComponentOnce(FormFile form) {
        assertThat(form.components().stream().map(c -> c.path("id").asString("")))
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(form.components().stream().map(FormFile::name)).doesNotHaveDuplicates();
        for (JsonNode component : form.components()) {
            if ("dynamiclist".equals(FormFile.type(component))) {
                assertThat(component.path("path")).isEqualTo(component.path("id"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void haveAnEnglishTextForEveryChineseOneAndNoOther(FormFile form) {
        assertThat(form.english().path("title").asString("")).isNotBlank();
        JsonNode fields = form.english().path("fields");
        assertThat(Set.copyOf(fields.propertyNames()))
                .isEqualTo(form.components().stream().map(FormFile::name).collect(toSet()));
        for (JsonNode component : form.components()) {
            JsonNode english = fields.path(FormFile.name(component));
            Set<String> expected = new HashSet<>();
            Map.of(
                            "text", "text",
                            "label", "label",
                            "dateLabel", "label",
                            "timeLabel", "timeLabel",
                            "description", "description")
                    .forEach((chinese, key) -> {
                        if (component.has(chinese)) expected.add(key);
                    });
            if (component.path("appearance").has("suffixAdorner")) expected.add("suffix");
            if (!component.path("values").isEmpty()) expected.add("options");
            assertThat(Set.copyOf(english.propertyNames()))
                    .as(FormFile.name(component))
                    .isEqualTo(expected);
            assertThat(english.toString())
                    .as("no Chinese in the English text")
                    .doesNotContainPattern("\\p{IsHan}")
                    .doesNotContain("\"\"");
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void offerTheSameOptionsInBothLanguages(FormFile form) {
        for (JsonNode field : form.fields()) {
            List<String> values = field.path("values")
                    .valueStream()
                    .map(option -> option.path("value").asString())
                    .toList();
            assertThat(values).as(FormFile.name(field)).doesNotHaveDuplicates();
            assertThat(Set.copyOf(form.english()
                            .path("fields")
                            .path(FormFile.name(field))
                            .path("options")
                            .propertyNames()))
                    .as(FormFile.name(field))
                    .isEqualTo(Set.copyOf(values));
            boolean offersOptions = Set.of("radio", "select", "checklist").contains(FormFile.type(field));
            assertThat(!values.isEmpty() || !FormFile.property(field, "ref").isEmpty())
                    .as(FormFile.name(field))
                    .isEqualTo(offersOptions);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void sayWhereAnswersGoInAllowedWordsOnly(FormFile form) {
        for (JsonNode field : form.fields()) {
            assertThat(allowedStore(FormFile.property(field, "store")))
                    .as("store of %s", FormFile.name(field))
                    .isTrue();
            assertThat(allowedPrefill(FormFile.property(field, "prefill")))
                    .as("prefill of %s", FormFile.name(field))
                    .isTrue();
            assertThat(allowedReference(field))
                    .as("ref of %s", FormFile.name(field))
                    .isTrue();
        }
    }

    private static boolean allowedStore(String store) {
        return store.isEmpty() || store.equals("fact") || personal(store);
    }

    private static boolean personal(String source) {
        String[] parts = source.split("\\.", 2);
        return parts.length == 2
                && (parts[0].equals("person") && PERSON.contains(parts[1])
                        || parts[0].equals("guardian") && GUARDIAN.contains(parts[1]));
    }

    private static boolean allowedPrefill(String source) {
        if (source.startsWith("submission:")) {
            String[] parts = source.substring("submission:".length()).split("\\.", 2);
            return Arrays.stream(parts[0].split(",")).allMatch(id -> forms().anyMatch(
                            form -> form.id().equals(id) && form.names().contains(parts[1])));
        }
        return source.isEmpty()
                || Set.of(
                                "now",
                                "viewer.name",
                                "viewer.account",
                                "viewer.organisation",
                                "task:notice",
                                "task:recipient")
                        .contains(source)
                || source.matches("variable:[a-z][A-Za-z0-9_]*")
                || personal(source);
    }

    private static boolean allowedReference(JsonNode field) {
        return switch (FormFile.property(field, "ref")) {
            case "" -> true;
            case "account" ->
                FormFile.property(field, "refRoles").matches("[a-z][a-z-]*(,[a-z][a-z-]*)*")
                        && FormFile.property(field, "refNot").matches("|[A-Za-z]+(,[A-Za-z]+)*")
                        && FormFile.property(field, "refOrganisation").matches("|variable:[a-z][A-Za-z]*");
            case "organisation" -> FUNCTIONS.contains(FormFile.property(field, "refFunction"));
            case "area" -> true;
            default -> false;
        };
    }

    @ParameterizedTest
    @MethodSource("forms")
    void keepProcessVariablesFreeOfTextAndPersonalData(FormFile form) {
        for (JsonNode field : form.fields()) {
            if (FormFile.property(field, "store").equals("fact")) {
                assertThat(FREE_TEXT).as(FormFile.name(field)).doesNotContain(FormFile.type(field));
                assertThat(FormFile.property(field, "ref"))
                        .as("no person as a process variable")
                        .isNotEqualTo("account");
                assertThat(FormFile.property(field, "prefill")).doesNotStartWith("person.");
                assertThat(form.names()).as("facts are not list cells").contains(FormFile.name(field));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void storeEveryNamePhoneAndNumberOfThePersonWithThePerson(FormFile form) {
        Set<String> keys =
                Set.of("personName", "personSex", "personPhone", "personAddress", "birthDate", "estimatedAge");
        for (JsonNode field : form.fields()) {
            if (keys.contains(FormFile.name(field))) {
                assertThat(FormFile.property(field, "store")).startsWith("person.");
            }
            if (FormFile.name(field).matches("guardian(Name|Phone|Address|Relation)")) {
                assertThat(FormFile.property(field, "store")).startsWith("guardian.");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void limitTheLengthOfEveryText(FormFile form) {
        for (JsonNode field : form.fields()) {
            if (FormFile.type(field).startsWith("text")) {
                assertThat(field.path("validate").path("maxLength").asInt(0))
                        .as(FormFile.name(field))
                        .isBetween(1, 4000);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void haveRulesThatSpeakOfTheirFields(FormFile form) {
        assertThat(form.rules().stream().map(rule -> rule.get("id"))).doesNotHaveDuplicates();
        for (Map<String, Object> rule : form.rules()) {
            assertThat(rule).containsOnlyKeys("id", "fields", "valid", "message", "basis", "level");
            assertThat((String) rule.get("id")).matches("V[0-9]{2}|" + form.id() + "-[0-9]+");
            assertThat(form.names()).as("%s", rule.get("id")).containsAll((List<String>) rule.get("fields"));
            assertThat((Map<String, String>) rule.get("message")).containsOnlyKeys("zh", "en");
            assertThat((String) rule.get("level")).isIn("error", "warning");
            assertThat((String) rule.get("basis")).isNotBlank();
        }
    }
}
