package org.greenchannel.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Goes back by modification of the instance: the earlier task is started in the scope of the open one, which is then cancelled. */
@Component
class EngineCorrections implements Corrections {

    private static final int MOST = 500;
    private static final Pattern COUNTED = Pattern.compile("\\$\\{\\s*clock\\.(hard|soft)\\('([^']+)'\\)\\s*}");

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final HistoryService history;
    private final RepositoryService repository;
    private final ManagementService management;
    private final IdentityService identity;
    private final ModelTexts texts;
    private final FollowUps followUps;
    private final Processes processes;
    private final ObjectProvider<SendBackObserver> observers;
    private final ObjectProvider<ClockSource> clocks;

    EngineCorrections(
            RuntimeService runtime,
            TaskService tasks,
            HistoryService history,
            RepositoryService repository,
            ManagementService management,
            IdentityService identity,
            ModelTexts texts,
            FollowUps followUps,
            Processes processes,
            ObjectProvider<SendBackObserver> observers,
            ObjectProvider<ClockSource> clocks) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.history = history;
        this.repository = repository;
        this.management = management;
        this.identity = identity;
        this.texts = texts;
        this.followUps = followUps;
        this.processes = processes;
        this.observers = observers;
        this.clocks = clocks;
    }

    /** A passed task together with what only the engine knows of it. */
    private record Passed(PassedTask task, WayBack.Found way) {}

    @Override
    public List<PassedTask> passed(String taskId) {
        return task(taskId)
                .map(task -> all(task).stream().map(Passed::task).toList())
                .orElse(List.of());
    }

    private Optional<Task> task(String taskId) {
        return Optional.ofNullable(tasks.createTaskQuery().taskId(taskId).singleResult());
    }

    private List<Passed> all(Task task) {
        List<HistoricActivityInstance> steps = history.createHistoricActivityInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .orderPartiallyByOccurrence()
                .desc()
                .listPage(0, MOST);
        HistoricActivityInstance open = steps.stream()
                .filter(step -> task.getId().equals(step.getTaskId()))
                .findFirst()
                .orElse(null);
        if (open == null) {
            return List.of();
        }
        var model = repository.getBpmnModelInstance(task.getProcessDefinitionId());
        var names = texts.of(task.getProcessDefinitionId());
        var way = new WayBack(model, names.elements());
        var variables = processes.variables(task.getProcessInstanceId());
        List<Passed> passed = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(open.getActivityId()));
        for (HistoricActivityInstance step : steps) {
            boolean done = "userTask".equals(step.getActivityType())
                    && step.getEndTime() != null
                    && !step.isCanceled()
                    && step.getTaskId() != null;
            if (!done || !seen.add(step.getActivityId())) {
                continue;
            }
            boolean sameScope = step.getParentActivityInstanceId().equals(open.getParentActivityInstanceId());
            WayBack.Found found =
                    !sameScope || multiple(model, step.getActivityId()) || multiple(model, open.getActivityId())
                            ? new WayBack.Found("scope", false, Set.of(), Set.of())
                            : way.between(
                                    step.getActivityId(), open.getActivityId(), since(steps, step), variables::get);
            passed.add(new Passed(
                    new PassedTask(
                            step.getActivityId(),
                            names.nameOf(step.getActivityId()),
                            step.getTaskId(),
                            step.getAssignee(),
                            step.getEndTime().toInstant(),
                            found.direct(),
                            found.obstacle()),
                    found));
        }
        return passed;
    }

    private static boolean multiple(BpmnModelInstance model, String id) {
        return model.getModelElementById(id) instanceof UserTask task
                && task.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics;
    }

    /** What was passed in the same scope since the task was left. */
    private static Set<String> since(List<HistoricActivityInstance> steps, HistoricActivityInstance left) {
        Set<String> ids = new HashSet<>();
        for (HistoricActivityInstance step : steps) {
            boolean scope = Objects.equals(step.getParentActivityInstanceId(), left.getParentActivityInstanceId());
            if (scope && !step.getStartTime().before(left.getEndTime())) {
                ids.add(step.getActivityId());
            }
        }
        return ids;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public SentBack sendBack(String taskId, String taskKey, Viewer viewer) {
        Task task = task(taskId).orElseThrow(() -> Problem.conflict("task-gone"));
        Passed target = all(task).stream()
                .filter(passed -> passed.task().taskKey().equals(taskKey))
                .findFirst()
                .orElseThrow(() -> Problem.conflict("send-back-unknown", taskKey));
        if (target.task().obstacle() != null) {
            throw Problem.conflict(
                            "send-back-" + target.task().obstacle(),
                            target.task().name())
                    .with("task", taskKey);
        }
        HistoricActivityInstance open = history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .activityId(task.getTaskDefinitionKey())
                .unfinished()
                .listPage(0, MOST)
                .stream()
                .filter(step -> taskId.equals(step.getTaskId()))
                .findFirst()
                .orElseThrow(() -> Problem.conflict("task-gone"));
        UUID caseId = UUID.fromString(runtime.createProcessInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult()
                .getBusinessKey());
        Set<String> before = open(task.getProcessInstanceId(), taskKey);
        move(task, open, taskKey, viewer);
        Set<String> after = open(task.getProcessInstanceId(), taskKey);
        after.removeAll(before);
        if (after.size() != 1) {
            throw new IllegalStateException("going back to " + taskKey + " opened " + after.size() + " tasks");
        }
        Set<String> undone = new HashSet<>(target.way().tasks());
        undone.add(task.getTaskDefinitionKey());
        var event = new SentBack(
                caseId,
                task.getProcessInstanceId(),
                task.getTaskDefinitionKey(),
                taskKey,
                target.task().engineTaskId(),
                after.iterator().next(),
                target.task().completedAt(),
                undone,
                target.way().papers());
        observers.orderedStream().forEach(observer -> observer.sentBack(event));
        return event;
    }

    private Set<String> open(String instance, String taskKey) {
        Set<String> ids = new HashSet<>();
        tasks.createTaskQuery()
                .processInstanceId(instance)
                .taskDefinitionKey(taskKey)
                .listPage(0, MOST)
                .forEach(task -> ids.add(task.getId()));
        return ids;
    }

    /** First the new task, so that the scope never becomes empty, then the old one goes. */
    private void move(Task task, HistoricActivityInstance open, String taskKey, Viewer viewer) {
        Authentication before = identity.getCurrentAuthentication();
        identity.setAuthentication(viewer.username(), List.of());
        try {
            runtime.createProcessInstanceModification(task.getProcessInstanceId())
                    .startBeforeActivity(taskKey, open.getParentActivityInstanceId())
                    .cancelActivityInstance(open.getId())
                    .setAnnotation("send-back")
                    .execute();
            followUps.settle();
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
    @Transactional(propagation = Propagation.MANDATORY)
    public void countFrom(String taskId, @Nullable String clock, Instant began, Duration notCounted) {
        Task task = task(taskId).orElseThrow(() -> Problem.conflict("task-gone"));
        BpmnModelInstance model = repository.getBpmnModelInstance(task.getProcessDefinitionId());
        if (model.getModelElementById(task.getTaskDefinitionKey()) instanceof UserTask element) {
            Date due = counted(element.getCamundaDueDate(), clock, began, notCounted);
            if (due != null) {
                task.setDueDate(due);
                tasks.saveTask(task);
            }
        }
        edges(task).forEach(edge -> {
            Date due = counted(edge.date(), clock, began, notCounted);
            if (due != null) {
                timers(task, edge.id()).forEach(job -> management.setJobDuedate(job.getId(), due));
            }
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(String taskId, String clock) {
        Task task = task(taskId).orElseThrow(() -> Problem.conflict("task-gone"));
        edges(task).stream()
                .filter(edge -> edge.belongsTo(clock))
                .flatMap(edge -> timers(task, edge.id()).stream())
                .forEach(job -> management.suspendJobById(job.getId()));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void goOn(String taskId, String clock, Duration pause) {
        Task task = task(taskId).orElseThrow(() -> Problem.conflict("task-gone"));
        if (task.getDueDate() != null) {
            task.setDueDate(Date.from(task.getDueDate().toInstant().plus(pause)));
            tasks.saveTask(task);
        }
        edges(task).stream()
                .filter(edge -> edge.belongsTo(clock))
                .flatMap(edge -> timers(task, edge.id()).stream())
                .forEach(job -> {
                    management.setJobDuedate(
                            job.getId(), Date.from(job.getDuedate().toInstant().plus(pause)));
                    management.activateJobById(job.getId());
                });
    }

    /** A timer at the edge of a task. @param date the moment the model names, or null for a duration */
    private record Edge(String id, @Nullable String date) {

        /** Not the timer of another legal clock: that one goes on whatever happens to this one. */
        boolean belongsTo(String clock) {
            Matcher counted = COUNTED.matcher(date == null ? "" : date);
            return !counted.matches() || counted.group(2).equals(clock);
        }
    }

    private List<Edge> edges(Task task) {
        List<Edge> edges = new ArrayList<>();
        BpmnModelInstance model = repository.getBpmnModelInstance(task.getProcessDefinitionId());
        for (BoundaryEvent event : model.getModelElementsByType(BoundaryEvent.class)) {
            if (event.getAttachedTo().getId().equals(task.getTaskDefinitionKey())) {
                event.getEventDefinitions().stream()
                        .filter(TimerEventDefinition.class::isInstance)
                        .map(TimerEventDefinition.class::cast)
                        .map(TimerEventDefinition::getTimeDate)
                        .map(date -> new Edge(
                                event.getId(),
                                date == null ? null : date.getTextContent().strip()))
                        .forEach(edges::add);
            }
        }
        return edges;
    }

    private List<Job> timers(Task task, String edge) {
        return management
                .createJobQuery()
                .processInstanceId(task.getProcessInstanceId())
                .activityId(edge)
                .timers()
                .listPage(0, MOST);
    }

    private @Nullable Date counted(
            @Nullable String expression, @Nullable String own, Instant began, Duration notCounted) {
        Matcher clock = COUNTED.matcher(expression == null ? "" : expression.strip());
        if (!clock.matches()) {
            return null;
        }
        Instant end =
                clocks.getObject().end(clock.group(2), began, clock.group(1).equals("hard"));
        return Date.from(clock.group(2).equals(own) ? end.plus(notCounted) : end);
    }
}
