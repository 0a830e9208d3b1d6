package org.greenchannel.casefile;

import org.jspecify.annotations.Nullable;

/**
 * Which lines of a story are wanted; null means any.
 *
 * @param kind a kind of {@link TimelineEntry}
 * @param actor username
 * @param step key of a step of the process
 */
public record StoryFilter(@Nullable String kind, @Nullable String actor, @Nullable String step) {
    /** All lines. */
    public static final StoryFilter ALL = new StoryFilter(null, null, null);
}
