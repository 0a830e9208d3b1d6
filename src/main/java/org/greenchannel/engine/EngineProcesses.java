package org.greenchannel.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ExecutionQuery;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The engine behind its facade. */
@Component
class EngineProcesses implements Processes {

    private static final int MOST = 500;

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final HistoryService history;
    private final IdentityService identity;
    private final ModelTexts texts;
    private final FollowUps followUps;
    private final InstanceStates states;
    private final InstanceFacts facts;
    private final WaitingMessages waiting;
    private final ModelForms forms;
    private final Map<String, ProcessInfo> infos = new ConcurrentHashMap<>();

    EngineProcesses(
            RepositoryService repository,
            RuntimeService runtime,
            TaskService tasks,
            HistoryService history,
            IdentityService identity,
            ModelTexts texts,
            FollowUps followUps) {
        this.repository = repository;
        this.runtime = runtime;
        this.tasks = tasks;
        this.history = history;
        this.identity = identity;
        this.texts = texts;
        this.followUps = followUps;
        this.states = new InstanceStates(history, repository, texts);
        this.facts = new InstanceFacts(history);
        this.waiting = new WaitingMessages(repository, runtime, texts, facts);
        this.forms = new ModelForms(repository);
    }

    @Override
    public List<ProcessInfo> all() {
        return repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .orderByProcessDefinitionKey()
                .asc()
                .listPage(0, MOST)
                .stream()
                .map(this::info)
                .toList();
    }

    @Override
    public Optional<ProcessInfo> find(String key) {
        return Optional.ofNullable(latest(key)).map(this::info);
    }

    @Override
    public List<String> stages(String processKey) {
        return stagesOfSteps(processKey).values().stream().distinct().toList();
    }

    @Override
    public Map<String, String> stagesOfSteps(String processKey) {
        ProcessDefinition newest = latest(processKey);
        var stages = new LinkedHashMap<String, String>();
        if (newest != null) {
            texts.of(newest.getId()).elements().forEach((id, element) -> {
                String stage = element.properties().getOrDefault("stage", "");
                boolean side = "side".equals(element.properties().get("branch"));
                if (element.type().equals("userTask") && !side && !stage.isEmpty()) {
                    stages.put(id, stage);
                }
            });
        }
        return stages;
    }

    private @Nullable ProcessDefinition latest(String key) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult();
    }

    /** Read once for each version: a definition never changes. */
    private ProcessInfo info(ProcessDefinition definition) {
        return infos.computeIfAbsent(definition.getId(), id -> read(definition));
    }

    private ProcessInfo read(ProcessDefinition definition) {
        ModelTexts.Model model = texts.of(definition.getId());
        Set<String> roles = new TreeSet<>();
        repository.getIdentityLinksForProcessDefinition(definition.getId()).forEach(link -> {
            if (link.getGroupId() != null) {
                roles.add(link.getGroupId());
            }
        });
        return new ProcessInfo(
                definition.getKey(),
                model.name(),
                model.description(),
                definition.getVersion(),
                roles,
                model.startFormId(),
                definition.getDeploymentId(),
                model.startIn(),
                model.startWhen(),
                model.aboutPerson(),
                model.defaults());
    }

    @Override
    public String diagram(String processKey, @Nullable String processInstanceId) {
        String definitionId = null;
        if (processInstanceId != null) {
            var instance = history.createHistoricProcessInstanceQuery()
                    .processInstanceId(processInstanceId)
                    .singleResult();
            definitionId = instance == null ? null : instance.getProcessDefinitionId();
        } else {
            ProcessDefinition definition = latest(processKey);
            definitionId = definition == null ? null : definition.getId();
        }
        if (definitionId == null) {
            throw Problem.notFound("process-unknown", processKey);
        }
        return ModelForms.text(repository.getProcessModel(definitionId));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public String start(
            String processKey, UUID caseId, Map<String, ? extends @Nullable Object> facts, @Nullable Viewer starter) {
        Facts.check(facts);
        return as(starter, () -> runtime.startProcessInstanceByKey(processKey, caseId.toString(), new HashMap<>(facts))
                .getId());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void complete(String taskId, Map<String, ? extends @Nullable Object> facts, Viewer viewer) {
        Facts.check(facts);
        as(viewer, () -> {
            try {
                tasks.setAssignee(taskId, viewer.username());
                tasks.complete(taskId, new HashMap<>(facts));
            } catch (NullValueException e) {
                throw Problem.conflict("task-gone");
            }
            return taskId;
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void assign(String taskId, @Nullable String username, Viewer viewer) {
        as(viewer, () -> {
            tasks.setAssignee(taskId, username);
            return taskId;
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void correlate(UUID caseId, String message, Map<String, ? extends @Nullable Object> facts, Viewer viewer) {
        Facts.check(facts);
        as(viewer, () -> {
            if (deliver(caseId, message, facts, null) == 0) {
                throw Problem.conflict("message-not-expected", message);
            }
            return message;
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(
            UUID caseId,
            String message,
            Map<String, ? extends @Nullable Object> facts,
            @Nullable String exceptInstance) {
        Facts.check(facts);
        followUps.then(() -> deliver(caseId, message, facts, exceptInstance));
    }

    /** To everything in the case that waits, except one instance; returns how many got it. */
    private int deliver(
            UUID caseId,
            String message,
            Map<String, ? extends @Nullable Object> facts,
            @Nullable String exceptInstance) {
        int told = 0;
        for (Execution waiting : receivers(caseId, message).listPage(0, MOST)) {
            // what an earlier receiver did may have ended this one
            if (!waiting.getProcessInstanceId().equals(exceptInstance)
                    && receivers(caseId, message).executionId(waiting.getId()).count() > 0) {
                try {
                    runtime.messageEventReceived(message, waiting.getId(), new HashMap<>(facts));
                } catch (MismatchingMessageCorrelationException | NullValueException e) {
                    // gone between the look and the call: the whole action is done again or not at all
                    throw Problem.conflict("message-not-expected", message);
                }
                told++;
            }
        }
        return told;
    }

    private ExecutionQuery receivers(UUID caseId, String message) {
        return runtime.createExecutionQuery()
                .processInstanceBusinessKey(caseId.toString())
                .messageEventSubscriptionName(message);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void then(Runnable action) {
        followUps.then(action);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void atLast(Object key, Runnable action) {
        followUps.atLast(key, action);
    }

    /** Runs as the viewer, so that the engine's operation log names him; a step that starts something stays who it was. */
    private <T> T as(@Nullable Viewer viewer, java.util.function.Supplier<T> action) {
        Authentication before = identity.getCurrentAuthentication();
        if (viewer != null) {
            identity.setAuthentication(viewer.username(), List.of());
        }
        try {
            T result = action.get();
            followUps.settle();
            return result;
        } catch (OptimisticLockingException e) {
            throw Problem.conflict("task-changed");
        } finally {
            if (before == null) {
                identity.clearAuthentication();
            } else {
                identity.setAuthentication(before.getUserId(), before.getGroupIds());
            }
        }
    }

    @Override
    public List<WaitingMessage> waiting(UUID caseId) {
        return waiting.waiting(caseId);
    }

    @Override
    public Map<String, @Nullable Object> variables(String processInstanceId) {
        return facts.variables(processInstanceId);
    }

    @Override
    public Map<String, @Nullable Object> facts(String processInstanceId) {
        return facts.facts(processInstanceId);
    }

    @Override
    public FormResource form(String deploymentId, String formId) {
        return forms.form(deploymentId, formId);
    }

    @Override
    public boolean runs(UUID caseId, String processKey) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(caseId.toString())
                        .processDefinitionKey(processKey)
                        .count()
                > 0;
    }

    @Override
    public List<InstanceState> states(UUID caseId) {
        return states.of(caseId);
    }
}
