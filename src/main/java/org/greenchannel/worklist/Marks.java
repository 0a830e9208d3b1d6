package org.greenchannel.worklist;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an item is to one viewer, beside what it is to everybody.
 *
 * @param unread not opened by him since it last changed
 * @param followUp what he put it aside for, also for a while after it came back
 * @param drafted when he saved what he had filled in so far; null without a draft
 * @param working usernames of others who have it open now
 */
public record Marks(boolean unread, @Nullable FollowUp followUp, @Nullable Instant drafted, List<String> working) {

    /** Nothing to say. */
    public static final Marks NONE = new Marks(false, null, null, List.of());

    /** Copies the list. */
    public Marks {
        working = List.copyOf(working);
    }

    Marks drafted(Instant at) {
        return new Marks(unread, followUp, at, working);
    }

    /**
     * 稍后处理.
     *
     * @param until when it is to come back
     * @param reason one of {@link WorkDesk#REASONS}
     * @param back whether it has come back
     */
    public record FollowUp(Instant until, String reason, boolean back) {}
}
