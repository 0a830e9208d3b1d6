package org.greenchannel.oversight;

import java.util.List;
import java.util.Map;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A mechanism that one of the source documents asks for, and what serves it.
 *
 * @param id number, for example {@code F015}
 * @param source code of the document, for example {@code S000}
 * @param clause where in the document
 * @param mark {@code C} core, {@code S} supporting, {@code R} reporting, {@code O} out of scope
 * @param text what it asks for, in our own words
 * @param served by kind ({@code processes}, {@code decisions}, {@code clocks}, {@code papers}, {@code roles},
 *     {@code indicators}, {@code settings}, {@code pages}): what the product has for it
 * @param outOfScope why nothing serves it, else null
 */
public record Mechanism(
        String id,
        String source,
        Text clause,
        String mark,
        Text text,
        Map<String, List<String>> served,
        @Nullable Text outOfScope) {}
