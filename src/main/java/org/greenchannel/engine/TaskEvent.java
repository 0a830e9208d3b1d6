package org.greenchannel.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A user task was created, completed or withdrawn, told inside the engine's transaction.
 *
 * @param taskId engine task
 * @param processKey process
 * @param processInstanceId engine instance the task belongs to
 * @param taskKey task of the model
 * @param caseId case (business key)
 * @param name name in both languages
 * @param groups candidate groups {@code role@organisation}
 * @param formId form, or null
 * @param deploymentId deployment of the form
 * @param properties {@code camunda:properties} of the task, expressions evaluated
 * @param due due date of the model, or null
 * @param at when
 */
public record TaskEvent(
        String taskId,
        String processKey,
        String processInstanceId,
        String taskKey,
        UUID caseId,
        Text name,
        Set<String> groups,
        @Nullable String formId,
        String deploymentId,
        Map<String, String> properties,
        @Nullable Instant due,
        Instant at) {}
