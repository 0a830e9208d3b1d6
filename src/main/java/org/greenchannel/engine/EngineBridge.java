package org.greenchannel.engine;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells the observers of the product what happens in the engine, inside the engine's transaction. */
@Component
class EngineBridge extends AbstractBpmnParseListener {

    private final ObjectProvider<TaskObserver> taskObservers;
    private final ObjectProvider<ProcessObserver> processObservers;
    private final ObjectProvider<DecisionObserver> decisionObservers;
    private final DecisionCaptor captor;

    EngineBridge(
            ObjectProvider<TaskObserver> taskObservers,
            ObjectProvider<ProcessObserver> processObservers,
            ObjectProvider<DecisionObserver> decisionObservers,
            DecisionCaptor captor) {
        this.taskObservers = taskObservers;
        this.processObservers = processObservers;
        this.decisionObservers = decisionObservers;
        this.captor = captor;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity definition) {
        Map<String, @Nullable Object> defaults =
                Defaults.parse(properties(element).get("defaults"));
        definition.addBuiltInListener(
                ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> fillIn(execution, defaults));
        definition.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::started);
        definition.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::ended);
    }

    /** However an instance starts, no expression of its model meets an unset variable. */
    private static void fillIn(DelegateExecution execution, Map<String, @Nullable Object> defaults) {
        defaults.forEach((name, value) -> {
            if (!execution.hasVariable(name)) {
                execution.setVariable(name, value);
            }
        });
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        var definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        var model = new TaskModel(
                plain(element.attribute("name")),
                element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "formRef"),
                properties(element));
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_CREATE, task -> tell(task, model, observer -> event -> observer.created(event)));
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_COMPLETE,
                task -> tell(task, model, observer -> event -> observer.completed(event)));
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_DELETE,
                task -> tell(task, model, observer -> event -> observer.withdrawn(event)));
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        String outcome = properties(element).get("outcome");
        if (outcome != null) {
            activity.addBuiltInListener(
                    ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> outcome(execution, outcome));
        }
    }

    @Override
    public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::decided);
    }

    private record TaskModel(String name, @Nullable String formId, Map<String, String> properties) {}

    private interface Telling {
        Consumer<TaskEvent> to(TaskObserver observer);
    }

    private void tell(DelegateTask task, TaskModel model, Telling telling) {
        var execution = (ExecutionEntity) task.getExecution();
        Map<String, String> properties = new LinkedHashMap<>();
        model.properties().forEach((name, value) -> properties.put(name, fill(value, execution)));
        Date due = task.getDueDate();
        var event = new TaskEvent(
                task.getId(),
                execution.getProcessDefinition().getKey(),
                task.getProcessInstanceId(),
                task.getTaskDefinitionKey(),
                caseId(execution),
                new Text(model.name(), properties.getOrDefault("nameEn", model.name())),
                groups(task),
                model.formId(),
                execution.getProcessDefinition().getDeploymentId(),
                properties,
                due == null ? null : due.toInstant(),
                now());
        taskObservers.orderedStream().forEach(observer -> telling.to(observer).accept(event));
    }

    private static Set<String> groups(DelegateTask task) {
        var groups = new TreeSet<String>();
        for (IdentityLink link : task.getCandidates()) {
            if (link.getGroupId() != null) {
                groups.add(link.getGroupId());
            }
        }
        return groups;
    }

    private void started(DelegateExecution execution) {
        var instance = (ExecutionEntity) execution;
        processObservers
                .orderedStream()
                .forEach(observer -> observer.started(
                        caseId(instance),
                        instance.getProcessDefinition().getKey(),
                        instance.getId(),
                        called(instance),
                        now()));
    }

    private void ended(DelegateExecution execution) {
        var instance = (ExecutionEntity) execution;
        processObservers
                .orderedStream()
                .forEach(observer -> observer.ended(
                        caseId(instance),
                        instance.getProcessDefinition().getKey(),
                        instance.getId(),
                        called(instance),
                        now(),
                        instance.getDeleteReason()));
    }

    private void outcome(DelegateExecution execution, String template) {
        var instance = (ExecutionEntity) execution;
        String outcome = fill(template, instance);
        processObservers
                .orderedStream()
                .forEach(observer -> observer.outcome(
                        caseId(instance),
                        instance.getProcessDefinition().getKey(),
                        execution.getCurrentActivityId(),
                        outcome,
                        called(instance.getProcessInstance()),
                        now()));
    }

    private void decided(DelegateExecution execution) {
        DecisionAnswer answer = captor.take();
        if (answer == null) {
            return;
        }
        var instance = (ExecutionEntity) execution;
        decisionObservers
                .orderedStream()
                .forEach(observer -> observer.decided(
                        caseId(instance),
                        instance.getProcessDefinition().getKey(),
                        execution.getCurrentActivityId(),
                        answer,
                        now()));
    }

    private static boolean called(ExecutionEntity instance) {
        return instance.getSuperExecution() != null;
    }

    private static UUID caseId(ExecutionEntity execution) {
        return UUID.fromString(execution.getProcessBusinessKey());
    }

    private static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    static String fill(String template, DelegateExecution execution) {
        return Templates.fill(template, execution::getVariable);
    }

    /** A name without the line break that only helps the drawing. */
    static String plain(@Nullable String name) {
        return name == null ? "" : name.replaceAll("\\s*\\R\\s*", "");
    }

    private static Map<String, String> properties(Element element) {
        var properties = new LinkedHashMap<String, String>();
        Element extensions = element.element("extensionElements");
        Element list =
                extensions == null ? null : extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties");
        if (list != null) {
            List<Element> entries = list.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property");
            entries.forEach(entry -> properties.put(entry.attribute("name"), entry.attribute("value")));
        }
        return properties;
    }
}
