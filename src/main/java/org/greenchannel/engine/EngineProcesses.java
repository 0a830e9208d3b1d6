package org.greenchannel.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.EventSubscription;
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
    private final Map<String, ProcessInfo> infos = new ConcurrentHashMap<>();
    private final Map<String, FormResource> forms = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> formNames = new ConcurrentHashMap<>();

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
        ProcessDefinition newest = latest(processKey);
        return newest == null
                ? List.of()
                : texts.of(newest.getId()).elements().values().stream()
                        .filter(element -> element.type().equals("userTask"))
                        .filter(element -> !"side".equals(element.properties().get("branch")))
                        .map(element -> element.properties().getOrDefault("stage", ""))
                        .filter(stage -> !stage.isEmpty())
                        .distinct()
                        .toList();
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
        return text(repository.getProcessModel(definitionId));
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
        List<WaitingMessage> waiting = new ArrayList<>();
        for (var instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.toString())
                .listPage(0, MOST)) {
            ProcessDefinition definition = repository.getProcessDefinition(instance.getProcessDefinitionId());
            ModelTexts.Model model = texts.of(definition.getId());
            Map<String, @Nullable Object> variables = null;
            for (EventSubscription subscription : runtime.createEventSubscriptionQuery()
                    .processInstanceId(instance.getId())
                    .eventType("message")
                    .listPage(0, MOST)) {
                ModelTexts.ElementText element = model.elements().get(subscription.getActivityId());
                if (element == null) {
                    continue;
                }
                if (variables == null) {
                    variables = variables(instance.getId());
                }
                waiting.add(message(subscription, instance.getId(), definition, element, variables));
            }
        }
        return waiting;
    }

    private static WaitingMessage message(
            EventSubscription subscription,
            String instanceId,
            ProcessDefinition definition,
            ModelTexts.ElementText element,
            Map<String, @Nullable Object> variables) {
        Map<String, String> properties = new LinkedHashMap<>();
        element.properties().forEach((name, value) -> properties.put(name, Templates.fill(value, variables::get)));
        Set<String> groups = new TreeSet<>();
        for (String group : properties.getOrDefault("groups", "").split(",")) {
            if (!group.isBlank()) {
                groups.add(group.strip());
            }
        }
        String form = properties.get("form");
        return new WaitingMessage(
                subscription.getEventName(),
                instanceId,
                element.name(),
                groups,
                form == null ? element.formId() : form,
                definition.getDeploymentId(),
                properties);
    }

    @Override
    public Map<String, @Nullable Object> variables(String processInstanceId) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        historic(processInstanceId).forEach(variable -> {
            // the instance's own scope wins over scopes inside it
            if (own(variable, processInstanceId) || !variables.containsKey(variable.getName())) {
                variables.put(variable.getName(), variable.getValue());
            }
        });
        return variables;
    }

    @Override
    public Map<String, @Nullable Object> facts(String processInstanceId) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        historic(processInstanceId).stream()
                .filter(variable -> own(variable, processInstanceId))
                .forEach(variable -> facts.put(variable.getName(), variable.getValue()));
        return facts;
    }

    private List<HistoricVariableInstance> historic(String processInstanceId) {
        return history.createHistoricVariableInstanceQuery()
                .processInstanceId(processInstanceId)
                .disableBinaryFetching()
                .listPage(0, MOST);
    }

    private static boolean own(HistoricVariableInstance variable, String processInstanceId) {
        return processInstanceId.equals(variable.getActivityInstanceId())
                || processInstanceId.equals(variable.getExecutionId());
    }

    @Override
    public FormResource form(String deploymentId, String formId) {
        return forms.computeIfAbsent(deploymentId + "/" + formId, key -> read(deploymentId, formId));
    }

    private FormResource read(String deploymentId, String formId) {
        Map<String, String> names = formNames.computeIfAbsent(deploymentId, id -> {
            Map<String, String> byForm = new HashMap<>();
            for (String name : repository.getDeploymentResourceNames(id)) {
                if (name.endsWith(".form")) {
                    byForm.put(name.substring(name.lastIndexOf('/') + 1, name.length() - ".form".length()), name);
                }
            }
            return byForm;
        });
        String name = names.get(formId);
        if (name == null) {
            throw Problem.notFound("form-unknown", formId);
        }
        String base = name.substring(0, name.length() - ".form".length());
        List<String> all = repository.getDeploymentResourceNames(deploymentId);
        String english = base + ".en.json";
        String rules = base + ".rules.yaml";
        return new FormResource(
                formId,
                deploymentId,
                text(repository.getResourceAsStream(deploymentId, name)),
                all.contains(english) ? text(repository.getResourceAsStream(deploymentId, english)) : "{}",
                all.contains(rules) ? text(repository.getResourceAsStream(deploymentId, rules)) : "");
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
