package org.greenchannel.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SPI: what completing a task means for the data of a module; named by the task's {@code outcome} property. */
public interface TaskOutcome {
    /** Changes the module's data and returns further facts for the process. */
    Map<String, @Nullable Object> apply(TaskCompletion completion);
}
