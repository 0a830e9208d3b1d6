package org.greenchannel.worklist;

import java.util.Map;
import java.util.Optional;
import org.greenchannel.form.Draft;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * Unfinished answers, kept on the server so that they follow the person to every device. Only who may fill in the form now
 * reads and writes one: his own, and who has taken a task also the last one of whoever had it before.
 */
public interface Drafts {

    /**
     * Saves the viewer's draft.
     *
     * @param seen version this device saw last, 0 for none, null to save in any case; conflict {@code draft-changed}
     */
    Draft save(DraftPlace place, Map<String, ? extends @Nullable Object> data, @Nullable Integer seen, Viewer viewer);

    /** The draft to go on with. */
    Optional<Draft> find(DraftPlace place, Viewer viewer);

    /** Throws the viewer's own away. */
    void drop(DraftPlace place, Viewer viewer);
}
