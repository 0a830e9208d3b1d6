package org.greenchannel.engine;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An instance went back.
 *
 * @param fromTask task of the model that was taken away
 * @param toTask task of the model that is open again
 * @param earlierTaskId the completed engine task that is done again
 * @param taskId the new engine task
 * @param since when the task that is done again was completed
 * @param undone tasks of the model from there on that have to be done again, with the one that was taken away
 * @param papers codes of the papers that the steps in between issued
 */
public record SentBack(
        UUID caseId,
        String processInstanceId,
        String fromTask,
        String toTask,
        String earlierTaskId,
        String taskId,
        Instant since,
        Set<String> undone,
        Set<String> papers) {}
