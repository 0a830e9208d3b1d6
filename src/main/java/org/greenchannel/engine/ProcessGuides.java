package org.greenchannel.engine;

import java.util.List;
import java.util.Optional;

/** What the newest models say about their tasks, without any case: for help pages. */
public interface ProcessGuides {

    /** User tasks of a process in the order of the model; empty for an unknown process. */
    List<TaskGuide> tasks(String processKey);

    /** One of them. */
    default Optional<TaskGuide> task(String processKey, String taskKey) {
        return tasks(processKey).stream()
                .filter(task -> task.key().equals(taskKey))
                .findFirst();
    }
}
