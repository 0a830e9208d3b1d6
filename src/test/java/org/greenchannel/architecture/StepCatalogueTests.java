package org.greenchannel.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.TaskOutcome;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Every name a model writes exists, and {@code docs/steps.md} describes exactly the words that models may use. */
class StepCatalogueTests {

    private static final Path CATALOGUE = Path.of("docs/steps.md");
    private static final Pattern HEADING = Pattern.compile("^### `(\\w+)`", Pattern.MULTILINE);
    private static final Pattern STEP = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern CLOCK = Pattern.compile("\\$\\{clock\\.(?:hard|soft)\\('([^']+)'\\)}");

    /** Words of {@code to} that are no group. */
    private static final Set<String> PEOPLE = Set.of("guardian", "patient", "CASE", "LINKED", "PERSON");

    /** What would let a model run code of its own. */
    private static final Set<String> FORBIDDEN_ELEMENTS = Set.of(
            "scriptTask",
            "sendTask",
            "script",
            "connector",
            "executionListener",
            "taskListener",
            "field",
            "list",
            "map");

    private static final Set<String> FORBIDDEN_ATTRIBUTES = Set.of(
            "class",
            "expression",
            "resultVariable",
            "type",
            "topic",
            "taskPriority",
            "resource",
            "assignee",
            "variableName");

    private static final Map<String, BpmnModelInstance> MODELS = ModelFiles.processes();
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.greenchannel");

    @Test
    void serviceTasksNameSteps() {
        Set<String> steps = beans(ProcessStep.class);
        assertThat(steps).contains("assignParticipants", "issueDocument");
        assertThat(wrong(ServiceTask.class, (task, wrong) -> {
                    if (!steps.contains(step(task))) {
                        wrong.add("no step is named " + task.getCamundaDelegateExpression());
                    }
                }))
                .isEmpty();
    }

    @Test
    void modelsRunNoCodeOfTheirOwn() {
        var wrong = new ArrayList<String>();
        MODELS.forEach((file, model) -> model.getDocument().getRootElement().getChildElements().stream()
                .flatMap(StepCatalogueTests::withDescendants)
                .forEach(element -> {
                    if (FORBIDDEN_ELEMENTS.contains(element.getLocalName())) {
                        wrong.add(file + ": element " + element.getLocalName());
                    }
                    if (element.hasAttribute("language") || element.hasAttribute("expressionLanguage")) {
                        wrong.add(file + ": a language of its own in " + element.getLocalName());
                    }
                    FORBIDDEN_ATTRIBUTES.stream()
                            .filter(name -> element.hasAttribute(ModelFiles.CAMUNDA, name))
                            .forEach(name -> wrong.add(file + ": " + element.getAttribute("id") + " has " + name));
                }));
        assertThat(wrong).isEmpty();
    }

    private static java.util.stream.Stream<org.camunda.bpm.model.xml.instance.DomElement> withDescendants(
            org.camunda.bpm.model.xml.instance.DomElement element) {
        return java.util.stream.Stream.concat(
                java.util.stream.Stream.of(element),
                element.getChildElements().stream().flatMap(StepCatalogueTests::withDescendants));
    }

    @Test
    void tasksNameOutcomes() {
        Set<String> outcomes = beans(TaskOutcome.class);
        assertThat(outcomes).contains("rightsReceipt");
        assertThat(wrong(UserTask.class, (task, wrong) -> ModelFiles.parts(property(task, "outcome")).stream()
                        .filter(name -> !outcomes.contains(name))
                        .forEach(name -> wrong.add("no outcome is named " + name))))
                .isEmpty();
    }

    @Test
    void tasksAndEventsNameForms() {
        Set<String> forms = ModelFiles.forms();
        assertThat(wrong(FlowElement.class, (element, wrong) -> {
                    String form = element.getAttributeValueNs(ModelFiles.CAMUNDA, "formRef");
                    if (element instanceof UserTask && form == null) {
                        wrong.add("has no form");
                    }
                    if (form != null && !forms.contains(form)) {
                        wrong.add("no form is named " + form);
                    }
                    if (form != null
                            && !"deployment"
                                    .equals(element.getAttributeValueNs(ModelFiles.CAMUNDA, "formRefBinding"))) {
                        wrong.add("its form is not bound to the deployment");
                    }
                    String own = property(element, "form");
                    if (!own.isEmpty() && !forms.contains(own)) {
                        wrong.add("no form is named " + own);
                    }
                }))
                .isEmpty();
    }

    @Test
    void decisionsExist() {
        Set<String> decisions = ModelFiles.decisions();
        List<String> wrong = wrong(BusinessRuleTask.class, (task, bad) -> {
            if (!decisions.contains(task.getCamundaDecisionRef())) {
                bad.add("no decision is named " + task.getCamundaDecisionRef());
            }
            if (!"deployment".equals(task.getCamundaDecisionRefBinding())) {
                bad.add("its decision is not bound to the deployment");
            }
        });
        wrong.addAll(wrong(ServiceTask.class, (task, bad) -> {
            String decision = ModelFiles.inputs(task).get("decision");
            if (decision != null && !decisions.contains(decision)) {
                bad.add("no decision is named " + decision);
            }
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void calledProcessesExist() {
        Set<String> keys = new TreeSet<>();
        MODELS.values().forEach(model -> model.getModelElementsByType(Process.class)
                .forEach(process -> keys.add(process.getId())));
        assertThat(wrong(CallActivity.class, (call, wrong) -> {
                    if (!keys.contains(call.getCalledElement())) {
                        wrong.add("no process is named " + call.getCalledElement());
                    }
                    if (!"deployment".equals(call.getCamundaCalledElementBinding())) {
                        wrong.add("the called process is not bound to the deployment");
                    }
                }))
                .isEmpty();
    }

    @Test
    void groupsNameRolesAndOrganisations() {
        Set<String> roles = ModelFiles.seedKeys("roles.yaml", "roles");
        List<String> wrong = wrong(FlowElement.class, (element, bad) -> {
            groups(element).stream()
                    .filter(group -> !group.matches("\\$\\{\\w+}"))
                    .filter(group -> !group.matches("[a-z0-9-]+@\\$\\{\\w+}")
                            || !roles.contains(group.substring(0, group.indexOf('@'))))
                    .forEach(group -> bad.add("no group is " + group));
            if (waitsForMessage(element)
                    && property(element, "groups").isEmpty()
                    && !sentByModels().contains(message(element))) {
                bad.add("says not who may send its message");
            }
        });
        MODELS.forEach((file, model) -> model.getModelElementsByType(Process.class)
                .forEach(process -> ModelFiles.parts(java.util.Objects.toString(
                                process.getAttributeValueNs(ModelFiles.CAMUNDA, "candidateStarterGroups"), ""))
                        .stream()
                        .filter(role -> !roles.contains(role))
                        .forEach(role -> wrong.add(file + ": starter " + role + " is no role"))));
        assertThat(wrong).isEmpty();
    }

    private static List<String> groups(FlowElement element) {
        var groups = new ArrayList<>(ModelFiles.parts(property(element, "groups")));
        if (element instanceof UserTask task && task.getCamundaCandidateGroups() != null) {
            groups.addAll(ModelFiles.parts(task.getCamundaCandidateGroups()));
        }
        if (element instanceof ServiceTask) {
            groups.addAll(ModelFiles.parts(ModelFiles.inputs(element).getOrDefault("to", "")));
            groups.removeAll(PEOPLE);
        }
        return groups;
    }

    private static String message(FlowElement element) {
        return element.getChildElementsByType(MessageEventDefinition.class).stream()
                .map(event -> event.getMessage().getName())
                .findFirst()
                .orElse("");
    }

    /** Names in the first column of the table of messages between processes. */
    private static Set<String> sentByModels() {
        try {
            String text = Files.readString(CATALOGUE);
            int start = text.indexOf("## Messages between processes");
            var rows = Pattern.compile("(?m)^\\| (`[^|]*) \\|")
                    .matcher(text.substring(start, text.indexOf("\n## ", start)));
            var names = new TreeSet<String>();
            while (rows.find()) {
                ModelFiles.parts(rows.group(1).replace("`", "")).forEach(names::add);
            }
            assertThat(names).contains("person-died", "absconded", "person-returned");
            return names;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean waitsForMessage(FlowElement element) {
        return element.getElementType()
                        .getTypeName()
                        .matches("startEvent|intermediateCatchEvent|boundaryEvent|receiveTask")
                && !element.getChildElementsByType(MessageEventDefinition.class).isEmpty();
    }

    @Test
    void clocksPapersAndStatusesExist() {
        Set<String> clocks = ModelFiles.seedKeys("clocks.yaml", "clocks");
        Set<String> papers = ModelFiles.papers();
        Set<String> statuses = ModelFiles.seedKeys("legal-status.yaml", "statuses");
        List<String> wrong = wrong(FlowElement.class, (element, bad) -> {
            Map<String, String> inputs = ModelFiles.inputs(element);
            unknown(property(element, "clock"), clocks, "clock", bad);
            ModelFiles.parts(inputs.getOrDefault("clock", "")).stream()
                    .filter(id -> !id.equals("ALL"))
                    .forEach(id -> unknown(id, clocks, "clock", bad));
            unknown(property(element, "notice"), papers, "paper", bad);
            unknown(property(element, "paper"), papers, "paper", bad);
            unknown(inputs.get("document"), papers, "paper", bad);
            unknown(inputs.get("status"), statuses, "legal status", bad);
            if (element instanceof UserTask task && task.getCamundaDueDate() != null) {
                String due = clock(task.getCamundaDueDate());
                unknown(due, clocks, "clock", bad);
                // what the work list shows and what the law counts must be one thing
                if (!due.isEmpty() && !due.equals(property(task, "clock"))) {
                    bad.add("its due date is not the one of its clock");
                }
            }
        });
        wrong.addAll(wrong(TimeDate.class, (date, bad) -> unknown(clock(date.getTextContent()), clocks, "clock", bad)));
        assertThat(wrong).isEmpty();
    }

    private static String clock(String expression) {
        var matcher = CLOCK.matcher(expression.strip());
        // a variable that holds a date is fine; anything else of the form clock.x is not
        return matcher.matches() ? matcher.group(1) : expression.contains("clock") ? expression : "";
    }

    private static void unknown(String name, Set<String> known, String what, List<String> wrong) {
        if (name != null && !name.isEmpty() && !name.matches("\\$\\{.*}") && !known.contains(name)) {
            wrong.add("no " + what + " is named " + name);
        }
    }

    @Test
    void noticesAndAlertsHaveTexts() {
        assertThat(wrong(FlowElement.class, (element, bad) -> {
                    Map<String, String> inputs = ModelFiles.inputs(element);
                    unknown(
                            inputs.get("template"),
                            ModelFiles.texts("notification", "notification\\.(.+)\\.title"),
                            "notice",
                            bad);
                    unknown(
                            inputs.get("kind"),
                            ModelFiles.texts("oversight", "oversight\\.alert\\.(.+)"),
                            "alert",
                            bad);
                }))
                .isEmpty();
    }

    @Test
    void catalogueDescribesEveryStepAndOutcome() throws IOException {
        var all = new TreeSet<>(beans(ProcessStep.class));
        all.addAll(beans(TaskOutcome.class));
        assertThat(sections().keySet()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void catalogueDescribesEveryParameterOfAStep() throws IOException {
        Map<String, String> sections = sections();
        assertThat(wrong(ServiceTask.class, (task, wrong) -> ModelFiles.inputs(task).keySet().stream()
                        .filter(name -> !describes(sections.getOrDefault(step(task), ""), name))
                        .forEach(name -> wrong.add("parameter " + name + " of " + step(task) + " is not described"))))
                .isEmpty();
    }

    /** A name in angle brackets stands for any. */
    private static boolean describes(String section, String parameter) {
        return section.contains("`" + parameter + "`")
                || section.contains("`<variable>`")
                || (parameter.startsWith("fact_") && section.contains("`fact_<name>`"));
    }

    @Test
    void messagesOfModelsAreInTheCatalogue() {
        Set<String> known = sentByModels();
        assertThat(wrong(ServiceTask.class, (task, bad) -> {
                    String message = ModelFiles.inputs(task).getOrDefault("message", "");
                    if (step(task).equals("sendMessage") && !message.contains("${") && !known.contains(message)) {
                        bad.add("sends " + message + ", which is not described");
                    }
                }))
                .isEmpty();
    }

    @Test
    void startedProcessesExist() {
        Set<String> keys = new TreeSet<>();
        MODELS.values().forEach(model -> model.getModelElementsByType(Process.class)
                .forEach(process -> keys.add(process.getId())));
        assertThat(wrong(ServiceTask.class, (task, bad) -> {
                    if (step(task).equals("startProcess")) {
                        unknown(ModelFiles.inputs(task).get("process"), keys, "process", bad);
                    }
                }))
                .isEmpty();
    }

    @Test
    void catalogueDescribesEveryProperty() throws IOException {
        String text = Files.readString(CATALOGUE);
        assertThat(wrong(FlowElement.class, (element, wrong) -> ModelFiles.properties(element).keySet().stream()
                        .filter(name -> !text.contains("| `" + name + "` |"))
                        .forEach(name -> wrong.add("property " + name + " is not described"))))
                .isEmpty();
    }

    /** Text below each heading that is the name of a step or an outcome. */
    private static Map<String, String> sections() throws IOException {
        String text = Files.readString(CATALOGUE);
        var sections = new LinkedHashMap<String, String>();
        var matcher = HEADING.matcher(text);
        while (matcher.find()) {
            int end = text.indexOf("\n#", matcher.end());
            sections.put(matcher.group(1), text.substring(matcher.end(), end < 0 ? text.length() : end));
        }
        return sections;
    }

    private static String step(ServiceTask task) {
        var matcher = STEP.matcher(String.valueOf(task.getCamundaDelegateExpression()));
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String property(BaseElement element, String name) {
        return ModelFiles.properties(element).getOrDefault(name, "");
    }

    /** Names under which beans of a type are found: {@code @Bean} methods and classes with a name of their own. */
    private static Set<String> beans(Class<?> type) {
        var names = new TreeSet<String>();
        for (JavaClass each : PRODUCT) {
            if (each.isAssignableTo(type) && each.isAnnotatedWith(Component.class)) {
                names.add(each.getAnnotationOfType(Component.class).value());
            }
            each.getMethods().stream()
                    .filter(method -> method.isAnnotatedWith(Bean.class))
                    .filter(method -> method.getRawReturnType().isAssignableTo(type))
                    .map(JavaMethod::getName)
                    .forEach(names::add);
        }
        return names;
    }

    /** Findings over all elements of a kind, each with its file and element. */
    private static <T extends BaseElement> List<String> wrong(Class<T> type, BiConsumer<T, List<String>> check) {
        var all = new ArrayList<String>();
        int[] seen = new int[1];
        MODELS.forEach((file, model) -> model.getModelElementsByType(type).forEach(element -> {
            seen[0]++;
            var found = new ArrayList<String>();
            check.accept(element, found);
            found.forEach(finding -> all.add(file + " " + element.getId() + ": " + finding));
        }));
        // a check that saw nothing proves nothing
        assertThat(seen[0]).isPositive();
        return all;
    }
}
