package org.greenchannel.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells the observers that an instance and its open tasks belong to another version of the model now. */
@Component
class MigratedInstances {

    private static final int MOST = 200;

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final TaskService tasks;
    private final ModelTexts texts;
    private final ObjectProvider<TaskObserver> taskObservers;
    private final ObjectProvider<ProcessObserver> processObservers;
    private final Clock clock;

    MigratedInstances(
            RuntimeService runtime,
            RepositoryService repository,
            TaskService tasks,
            ModelTexts texts,
            ObjectProvider<TaskObserver> taskObservers,
            ObjectProvider<ProcessObserver> processObservers,
            Clock clock) {
        this.runtime = runtime;
        this.repository = repository;
        this.tasks = tasks;
        this.texts = texts;
        this.taskObservers = taskObservers;
        this.processObservers = processObservers;
        this.clock = clock;
    }

    /** In the transaction that moved it. */
    void tell(String instanceId, int fromVersion) {
        var instance = (ExecutionEntity) runtime.createProcessInstanceQuery()
                .processInstanceId(instanceId)
                .singleResult();
        ProcessDefinition definition = repository.getProcessDefinition(instance.getProcessDefinitionId());
        UUID caseId = UUID.fromString(instance.getBusinessKey());
        Instant now = clock.instant();
        Map<String, @Nullable Object> variables = runtime.getVariables(instanceId);
        for (Task task : tasks.createTaskQuery().processInstanceId(instanceId).listPage(0, MOST)) {
            TaskEvent event = event(task, definition, caseId, variables, now);
            taskObservers.orderedStream().forEach(observer -> observer.migrated(event));
        }
        boolean called = runtime.createProcessInstanceQuery()
                        .subProcessInstanceId(instanceId)
                        .count()
                > 0;
        processObservers
                .orderedStream()
                .forEach(observer -> observer.migrated(
                        caseId, definition.getKey(), instanceId, fromVersion, definition.getVersion(), called, now));
    }

    private TaskEvent event(
            Task task,
            ProcessDefinition definition,
            UUID caseId,
            Map<String, @Nullable Object> variables,
            Instant now) {
        ModelTexts.ElementText element = texts.of(definition.getId()).elements().get(task.getTaskDefinitionKey());
        Map<String, String> properties = new LinkedHashMap<>();
        if (element != null) {
            element.properties().forEach((name, value) -> properties.put(name, Templates.fill(value, variables::get)));
        }
        Set<String> groups = new TreeSet<>();
        for (IdentityLink link : tasks.getIdentityLinksForTask(task.getId())) {
            if (link.getGroupId() != null) {
                groups.add(link.getGroupId());
            }
        }
        Date due = task.getDueDate();
        return new TaskEvent(
                task.getId(),
                definition.getKey(),
                task.getProcessInstanceId(),
                task.getTaskDefinitionKey(),
                caseId,
                element == null ? Text.same(task.getTaskDefinitionKey()) : element.name(),
                groups,
                element == null ? null : element.formId(),
                definition.getDeploymentId(),
                properties,
                due == null ? null : due.toInstant(),
                now);
    }
}
