package org.greenchannel.community;

import org.jspecify.annotations.Nullable;

/**
 * Filter of the register; null means any.
 *
 * @param colour code of the city's set
 * @param status code of {@link Registration#status()}
 * @param due {@code overdue}, {@code week}, {@code month}
 * @param area code; everything inside it counts
 * @param limit at most 100
 */
public record RegisterQuery(
        @Nullable String colour,
        @Nullable String status,
        @Nullable String due,
        @Nullable String area,
        int limit,
        @Nullable String cursor) {}
