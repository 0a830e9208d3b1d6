package org.greenchannel.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads guides from deployed models, once for each version. */
@Component
class ModelGuides implements ProcessGuides {

    /** Roles before {@code @}, in candidate groups such as {@code ward-nurse@${hospital}}. */
    private static final Pattern ROLE = Pattern.compile("([a-z0-9][a-z0-9-]*)@");

    private static final String ISSUES = "issueDocument";
    private static final String DOCUMENT = "document";

    private final RepositoryService repository;
    private final ModelTexts texts;
    private final Map<String, List<TaskGuide>> guides = new ConcurrentHashMap<>();

    ModelGuides(RepositoryService repository, ModelTexts texts) {
        this.repository = repository;
        this.texts = texts;
    }

    @Override
    public List<TaskGuide> tasks(String processKey) {
        ProcessDefinition newest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(processKey)
                .latestVersion()
                .singleResult();
        return newest == null ? List.of() : guides.computeIfAbsent(newest.getId(), id -> read(processKey, id));
    }

    private List<TaskGuide> read(String processKey, String definition) {
        BpmnModelInstance model = repository.getBpmnModelInstance(definition);
        ModelTexts.Model words = texts.of(definition);
        List<TaskGuide> found = new ArrayList<>();
        for (UserTask task : model.getModelElementsByType(UserTask.class)) {
            found.add(guide(processKey, task, words));
        }
        return List.copyOf(found);
    }

    private static TaskGuide guide(String processKey, UserTask task, ModelTexts.Model words) {
        ModelTexts.ElementText element = words.elements().get(task.getId());
        Map<String, String> properties = element == null ? Map.of() : element.properties();
        var after = new After(words);
        after.walk(task);
        for (String property : List.of("notice", "paper")) {
            after.paper(properties.get(property));
        }
        return new TaskGuide(
                processKey,
                task.getId(),
                words.nameOf(task.getId()),
                properties.getOrDefault("basis", ""),
                properties.get("stage"),
                roles(task.getCamundaCandidateGroupsList()),
                properties.get("clock"),
                "true".equals(properties.get("guarded")),
                List.copyOf(after.next.values()),
                List.copyOf(after.papers));
    }

    private static Set<String> roles(Collection<String> groups) {
        Set<String> roles = new TreeSet<>();
        ROLE.matcher(String.join(",", groups)).results().forEach(match -> roles.add(match.group(1)));
        return roles;
    }

    /** What can be reached from a task without passing another one. */
    private static final class After {

        private final ModelTexts.Model words;
        private final Map<String, Text> next = new LinkedHashMap<>();
        private final Set<String> papers = new LinkedHashSet<>();
        private final Set<String> seen = new HashSet<>();
        private final Deque<FlowNode> open = new ArrayDeque<>();

        After(ModelTexts.Model words) {
            this.words = words;
        }

        void walk(UserTask task) {
            leave(task);
            while (!open.isEmpty()) {
                FlowNode node = open.removeFirst();
                if (seen.add(node.getId())) {
                    arrive(node);
                }
            }
        }

        private void leave(FlowNode node) {
            for (SequenceFlow flow : node.getOutgoing()) {
                open.add(flow.getTarget());
            }
        }

        private void arrive(FlowNode node) {
            if (node instanceof SubProcess inner) {
                inner.getChildElementsByType(StartEvent.class).forEach(open::add);
            } else if (node instanceof EndEvent && node.getParentElement() instanceof SubProcess outer) {
                leave(outer);
            } else if (stops(node)) {
                name(node);
            } else {
                issue(node);
                leave(node);
            }
        }

        private static boolean stops(FlowNode node) {
            return node instanceof UserTask
                    || node instanceof CallActivity
                    || node instanceof ReceiveTask
                    || node instanceof EndEvent
                    || node instanceof IntermediateCatchEvent;
        }

        private void name(FlowNode node) {
            if (node.getName() != null && !node.getName().isBlank()) {
                Text name = words.nameOf(node.getId());
                next.putIfAbsent(name.zh(), name);
            }
        }

        private void issue(FlowNode node) {
            if (node instanceof ServiceTask step
                    && String.valueOf(step.getCamundaDelegateExpression()).contains(ISSUES)) {
                node.getModelInstance().getModelElementsByType(CamundaInputParameter.class).stream()
                        .filter(input -> within(input, node) && DOCUMENT.equals(input.getCamundaName()))
                        .forEach(input -> paper(input.getTextContent()));
            }
        }

        private static boolean within(CamundaInputParameter input, FlowNode node) {
            var above = input.getParentElement();
            while (above != null && !above.equals(node)) {
                above = above.getParentElement();
            }
            return above != null;
        }

        /** What is found out in the case has no code here. */
        void paper(@Nullable String code) {
            if (code != null && !code.isBlank() && !code.contains("{")) {
                papers.add(code.strip());
            }
        }
    }
}
