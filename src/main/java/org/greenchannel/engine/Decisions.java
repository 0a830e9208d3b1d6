package org.greenchannel.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decision tables. Answers are advice: a named person signs. */
public interface Decisions {
    /** Evaluates the newest version; problem {@code decision-unknown} if there is no such table. */
    DecisionAnswer evaluate(String decision, Map<String, ? extends @Nullable Object> inputs);

    /** All tables. */
    List<DecisionInfo> all();
}
