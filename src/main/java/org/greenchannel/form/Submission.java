package org.greenchannel.form;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody submitted; the data are encrypted at rest and never changed.
 *
 * @param dataClass class of D16 of the content, from the form ({@code LEG} by default)
 * @param digest SHA-256 of the canonical data: what was signed
 */
public record Submission(
        UUID id,
        UUID caseId,
        @Nullable UUID workItemId,
        String processKey,
        String taskKey,
        String formId,
        String deploymentId,
        String username,
        Instant at,
        String dataClass,
        String digest,
        Map<String, @Nullable Object> data) {}
