package org.greenchannel.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a keyset-paged list.
 *
 * @param items the rows
 * @param nextCursor opaque position after the last row, or null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
