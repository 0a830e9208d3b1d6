package org.greenchannel.casefile;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * One line of the case's story.
 *
 * @param kind {@code TASK_OPENED, TASK_DONE, TASK_WITHDRAWN, TASK_CLAIMED, TASK_VERB, DECISION, STATUS, DOCUMENT, NOTICE, CLOCK, MESSAGE, NOTIFICATION, FUNDING, OUTCOME, CASE, ATTACHMENT, NOTE}
 * @param title what happened, in both languages, without personal data
 * @param basis articles, or empty
 * @param actor username, or null for the system
 * @param detail codes such as {@code task}, {@code row}, {@code document}, {@code submission}; of what the system decided
 *     {@code by}, the person whose act led to it, and {@code cause}, the submission of that act
 */
public record TimelineEntry(
        UUID id,
        UUID caseId,
        Instant at,
        String kind,
        Text title,
        String basis,
        @Nullable String actor,
        Map<String, String> detail) {

    /** Who did it, or whose act led to what the system decided; null when nobody stands behind it. */
    public @Nullable String person() {
        return actor == null ? detail.get(PersonalActs.BY) : actor;
    }
}
