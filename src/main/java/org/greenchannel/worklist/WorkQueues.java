package org.greenchannel.worklist;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * Saved queues. What is shared shows everybody his own items under that filter; sharing a queue never shares an item.
 */
public interface WorkQueues {

    /** Most queues of one person. */
    int MOST = 30;

    /** Those of the viewer and those shared with him, his own first. */
    List<SavedQueue> list(Viewer viewer);

    /** The one his work list opens with. */
    Optional<SavedQueue> standard(Viewer viewer);

    /**
     * A queue to be saved.
     *
     * @param name 1 to 20 characters
     * @param shared {@code NONE}, {@code ORGANISATION} or {@code ROLE}
     * @param role role of the viewer it is shared with, for {@code ROLE}
     * @param standard whether his work list opens with it
     */
    record NewQueue(String name, WorkItemQuery filter, String shared, @Nullable String role, boolean standard) {}

    /**
     * Saves it; the same name of the same owner is replaced. Problems {@code queue-invalid}, {@code queue-text} when its
     * text is found in no list of the viewer and could be a person's name, {@code queue-too-many}.
     */
    SavedQueue save(NewQueue queue, Viewer viewer);

    /** Forgets one of the viewer's own; problem {@code queue-unknown}. */
    void delete(UUID id, Viewer viewer);

    /** The work list opens with it, or with nothing chosen when null. Problem {@code queue-unknown}. */
    void standard(@Nullable UUID id, Viewer viewer);
}
