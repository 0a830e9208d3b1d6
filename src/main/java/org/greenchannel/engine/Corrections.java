package org.greenchannel.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * Going back in a running instance: a passed user task is opened again and the open one is taken away. Only within one
 * scope and one branch, so that afterwards exactly the scopes are active that the model would have active, and never
 * over something that cannot be done twice.
 */
public interface Corrections {

    /**
     * The user tasks that this task's instance has passed, the last first, with what stands against going back to each;
     * empty when the task does not exist any more.
     */
    List<PassedTask> passed(String taskId);

    /**
     * Takes the task away and opens the passed one again. Problem {@code task-gone} or {@code send-back-unknown} when one
     * of them is not there, and {@code send-back-<obstacle>} when something stands against it.
     */
    SentBack sendBack(String taskId, String taskKey, Viewer viewer);

    /**
     * Lets an open task count from an earlier moment: what the model fixed with {@code clock.hard('…')}, its due date and
     * the timers at its edge, is counted from then. Doing something again never buys time.
     *
     * @param clock the clock of the task, or null
     * @param notCounted what of that clock's time does not count
     */
    void countFrom(String taskId, @Nullable String clock, Instant began, Duration notCounted);

    /** The period of an open task stands still: the timers at its edge do not fire, except those of another legal clock. */
    void hold(String taskId, String clock);

    /** It goes on: the due date of the task and the timers that were held move by the length of the pause. */
    void goOn(String taskId, String clock, Duration pause);
}
