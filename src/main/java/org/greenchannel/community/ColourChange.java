package org.greenchannel.community;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of colour.
 *
 * @param from colour before, null at first
 * @param colour colour after, null when the registration was closed
 * @param row row of D7c
 * @param decidedBy account that signed, or null: the table alone
 */
public record ColourChange(
        Instant at, @Nullable String from, @Nullable String colour, @Nullable String row, @Nullable String decidedBy) {}
