package org.greenchannel.casefile;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a story are wanted; null means any.
 *
 * @param kind a kind of {@link TimelineEntry}, or {@link #DECIDED}
 * @param actor username
 * @param step key of a step of the process
 */
public record StoryFilter(@Nullable String kind, @Nullable String actor, @Nullable String step) {
    /** All lines. */
    public static final StoryFilter ALL = new StoryFilter(null, null, null);

    /** Kind of a filter for all that was decided: answers of decision tables, legal status, outcomes. */
    public static final String DECIDED = "DECIDED";

    static final Set<String> DECIDED_KINDS = Set.of("DECISION", "STATUS", "OUTCOME");

    /** Kinds of lines to show, or null for any. */
    @Nullable
    Set<String> kinds() {
        if (kind == null) {
            return null;
        }
        return kind.equals(DECIDED) ? DECIDED_KINDS : Set.of(kind);
    }
}
