package org.greenchannel.clock;

import org.greenchannel.kernel.Text;

/**
 * A legal clock of {@code seeds/clocks.yaml}, with overrides of the city pack applied.
 *
 * @param id id of {@code domain.md} D9 ({@code T03}) or of the product ({@code BED_ARBITRATION})
 * @param kind {@code MINUTE}, {@code HOUR}, {@code CAL_CIVIL}, {@code CAL_CPL}, {@code WORKDAY}, {@code MONTH}, {@code IMMEDIATE}, {@code PROMPT}
 * @param amount number of units
 * @param basis article
 * @param tag evidence tag {@code L R S M D V}
 * @param consequence what a breach means, code
 */
public record ClockDefinition(
        String id, Text name, String kind, int amount, Text basis, String tag, String consequence) {}
