package org.greenchannel.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** FEEL expressions of the form rules. */
public interface Expressions {
    /** Evaluates; a value the expression cannot find is null. Problem {@code expression-failed} when it cannot be read. */
    @Nullable
    Object evaluate(String feel, Map<String, ? extends @Nullable Object> context);
}
