package org.greenchannel.oversight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a supervisor must know: a possible refusal, an overdue notice, an unlawful stay.
 *
 * @param kind code of the model, for example {@code POSSIBLE_REFUSAL}
 * @param basis articles
 * @param groups who was told, {@code role@organisation}
 * @param seenAt when a supervisor took note, or null
 */
public record Alert(
        UUID id,
        UUID caseId,
        String caseNumber,
        String areaCode,
        String kind,
        String basis,
        List<String> groups,
        Instant raisedAt,
        @Nullable Instant seenAt,
        @Nullable String seenBy) {}
