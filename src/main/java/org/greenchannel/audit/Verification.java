package org.greenchannel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Proof of wholeness.
 *
 * @param whole whether every sealed row has the digest it must have and none is missing
 * @param rows rows verified
 * @param unsealed rows younger than the last seal
 * @param firstBadPosition position of the first row that does not fit, or null
 * @param reason code of what is wrong ({@code changed}, {@code missing}, {@code reordered}, {@code anchor}), or null
 * @param head digest at the head of the chain, hexadecimal
 * @param at when this was checked
 */
public record Verification(
        boolean whole,
        long rows,
        long unsealed,
        @Nullable Long firstBadPosition,
        @Nullable String reason,
        @Nullable String head,
        Instant at) {}
