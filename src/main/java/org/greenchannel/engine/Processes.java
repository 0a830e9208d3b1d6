package org.greenchannel.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** The process engine. Everything that changes state must be called inside a transaction. */
public interface Processes {
    /** Deployed processes, newest versions. */
    List<ProcessInfo> all();

    /** One of them. */
    Optional<ProcessInfo> find(String key);

    /** Stages of a process in the order of its steps, without those of side branches; empty for an unknown process. */
    List<String> stages(String processKey);

    /** Stage of each step of a process by its key, in their order, without those of side branches. */
    Map<String, String> stagesOfSteps(String processKey);

    /** BPMN XML of the newest version, or of the version of an instance. */
    String diagram(String processKey, @Nullable String processInstanceId);

    /**
     * Starts an instance for the case and returns its id. What the model's {@code defaults} name and the facts do not
     * is set as the model says. @param starter who starts it, or null: whoever acts in this transaction, or the system
     */
    String start(
            String processKey, UUID caseId, Map<String, ? extends @Nullable Object> facts, @Nullable Viewer starter);

    /** Completes a task and runs on to the next wait states. Problem {@code task-gone} when it does not exist any more. */
    void complete(String taskId, Map<String, ? extends @Nullable Object> facts, Viewer viewer);

    /** Tells the engine who works on a task (null: nobody), for its own history. */
    void assign(String taskId, @Nullable String username, Viewer viewer);

    /** Delivers a message to everything in the case that waits for it. Problem {@code message-not-expected} if nothing does. */
    void correlate(UUID caseId, String message, Map<String, ? extends @Nullable Object> facts, Viewer viewer);

    /**
     * Delivers a message to everything in the case that waits for it, except one instance: as soon as the present run,
     * if there is one, has reached its wait states, and in its transaction. That nothing waits is no error.
     */
    void tell(
            UUID caseId,
            String message,
            Map<String, ? extends @Nullable Object> facts,
            @Nullable String exceptInstance);

    /** Does something as soon as the present run has reached its wait states, in its transaction; now if there is none. */
    void then(Runnable action);

    /** Does something, once for each key, when also everything of {@link #then} and {@link #tell} is done. */
    void atLast(Object key, Runnable action);

    /** Messages the case waits for. */
    List<WaitingMessage> waiting(UUID caseId);

    /** Variables of an instance, also after its end. */
    Map<String, @Nullable Object> variables(String processInstanceId);

    /** Variables of the instance itself, without those of scopes inside it such as parameters of steps. */
    Map<String, @Nullable Object> facts(String processInstanceId);

    /** A form of a deployment. Problem {@code form-unknown} otherwise. */
    FormResource form(String deploymentId, String formId);

    /** Whether the process runs in the case now, started for itself or called by another. */
    boolean runs(UUID caseId, String processKey);

    /** All instances of a case, in the order of their start. */
    List<InstanceState> states(UUID caseId);
}
