package org.greenchannel.engine;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** A task being completed, after its form was validated and before the engine moves on. */
public record TaskCompletion(
        UUID caseId,
        UUID workItemId,
        UUID submissionId,
        String processKey,
        String processInstanceId,
        String taskKey,
        Map<String, String> properties,
        Map<String, @Nullable Object> variables,
        Map<String, @Nullable Object> data,
        Viewer viewer,
        Instant at) {}
