package org.greenchannel.oversight;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Filter of the search over the history of all cases; null means any.
 *
 * @param number case number or its beginning
 * @param actor username
 * @param kind kind of the timeline
 * @param basis part of an article, for example {@code 30(2)}
 * @param text part of what happened
 * @param limit at most 100
 */
public record HistoryQuery(
        @Nullable String number,
        @Nullable String actor,
        @Nullable String kind,
        @Nullable String basis,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit,
        @Nullable String cursor) {}
