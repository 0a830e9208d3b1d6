package org.greenchannel.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a passed task and an open one, by the flows of the model and by what was really passed. A token may
 * be put back only over elements that let exactly one token through and may be passed twice.
 */
final class WayBack {

    /** Steps of the vocabulary that do the same or something newer when they are done again. */
    private static final Set<String> REPEATABLE = Set.of(
            "addParticipant",
            "assignParticipants",
            "countDays",
            "incentiveTerms",
            "issueDocument",
            "notifyParties",
            "raiseAlert",
            "readLegalStatus",
            "readRegistration",
            "readSettings",
            "startClock");

    /** Outcomes of tasks that may be applied twice. */
    private static final Set<String> REPEATABLE_OUTCOMES = Set.of("guardianContact");

    /** What stands against it, or null; whether no task lies in between; those that do; papers that the way back annuls. */
    record Found(@Nullable String obstacle, boolean direct, Set<String> tasks, Set<String> papers) {}

    private final BpmnModelInstance model;
    private final Map<String, ModelTexts.ElementText> texts;
    private final Map<FlowNode, List<FlowNode>> forward = new HashMap<>();
    private final Map<FlowNode, List<FlowNode>> backward = new HashMap<>();

    WayBack(BpmnModelInstance model, Map<String, ModelTexts.ElementText> texts) {
        this.model = model;
        this.texts = texts;
        // by the flows themselves: models need not repeat them in their nodes
        for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
            forward.computeIfAbsent(flow.getSource(), node -> new ArrayList<>()).add(flow.getTarget());
            backward.computeIfAbsent(flow.getTarget(), node -> new ArrayList<>())
                    .add(flow.getSource());
        }
    }

    /** @param passed ids of what was passed since the first was left @param variables for papers named by a variable */
    Found between(String from, String to, Set<String> passed, Function<String, @Nullable Object> variables) {
        FlowNode first = model.getModelElementById(from);
        FlowNode last = model.getModelElementById(to);
        if (first == null || last == null || !first.getParentElement().equals(last.getParentElement())) {
            return new Found("scope", false, Set.of(), Set.of());
        }
        Set<String> after = reach(first, last, passed, false);
        if (!after.contains(to)) {
            return new Found("branch", false, Set.of(), Set.of());
        }
        Set<String> inside = new LinkedHashSet<>(after);
        inside.retainAll(reach(last, first, passed, true));
        inside.remove(from);
        inside.remove(to);
        String obstacle = booked(from) ? "effect" : null;
        Set<String> tasks = new TreeSet<>();
        Set<String> papers = new TreeSet<>();
        for (String id : inside) {
            FlowNode node = model.getModelElementById(id);
            obstacle = obstacle == null ? obstacle(node) : obstacle;
            if (node instanceof UserTask) {
                tasks.add(id);
            }
            if (node instanceof ServiceTask step && "issueDocument".equals(bean(step))) {
                parameter(step, "document")
                        .map(text -> Templates.fill(text, variables))
                        .ifPresent(papers::add);
            }
        }
        return new Found(obstacle, tasks.isEmpty(), tasks, papers);
    }

    private Set<String> reach(FlowNode start, FlowNode end, Set<String> passed, boolean backwards) {
        Set<String> seen = new HashSet<>();
        Deque<FlowNode> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            FlowNode node = open.poll();
            for (FlowNode next : (backwards ? backward : forward).getOrDefault(node, List.of())) {
                boolean wanted = next.equals(end) || passed.contains(next.getId());
                if (wanted && !next.equals(start) && seen.add(next.getId()) && !next.equals(end)) {
                    open.add(next);
                }
            }
        }
        return seen;
    }

    private @Nullable String obstacle(FlowNode node) {
        if (node instanceof ExclusiveGateway || node instanceof BusinessRuleTask && !booked(node.getId())) {
            return null;
        }
        if (node instanceof UserTask) {
            return booked(node.getId()) ? "effect" : null;
        }
        if (node instanceof ServiceTask step) {
            String bean = bean(step);
            if ("changeLegalStatus".equals(bean)) {
                return "status";
            }
            boolean allowed = "true".equals(property(node.getId(), "repeatable"));
            return allowed || REPEATABLE.contains(bean) ? null : "effect";
        }
        String type = node.getElementType().getTypeName();
        return switch (type) {
            case "parallelGateway", "inclusiveGateway" -> "parallel";
            case "subProcess", "callActivity", "transaction" -> "effect";
            default -> "event";
        };
    }

    /** Whether completing the task wrote something that cannot be written twice. */
    private boolean booked(String id) {
        if ("true".equals(property(id, "repeatable"))) {
            return false;
        }
        for (String outcome : property(id, "outcome").split(",")) {
            if (!outcome.isBlank() && !REPEATABLE_OUTCOMES.contains(outcome.strip())) {
                return true;
            }
        }
        return false;
    }

    private String property(String id, String name) {
        ModelTexts.ElementText text = texts.get(id);
        return text == null ? "" : text.properties().getOrDefault(name, "");
    }

    private static String bean(ServiceTask step) {
        String expression = step.getCamundaDelegateExpression();
        return expression == null
                ? ""
                : expression.replace("${", "").replace("}", "").strip();
    }

    private static java.util.Optional<String> parameter(ServiceTask step, String name) {
        if (step.getExtensionElements() == null) {
            return java.util.Optional.empty();
        }
        return step.getExtensionElements().getElementsQuery().filterByType(CamundaInputOutput.class).list().stream()
                .flatMap(list -> list.getCamundaInputParameters().stream())
                .filter(parameter -> name.equals(parameter.getCamundaName()))
                .map(CamundaInputParameter::getTextContent)
                .map(String::strip)
                .findFirst();
    }
}
