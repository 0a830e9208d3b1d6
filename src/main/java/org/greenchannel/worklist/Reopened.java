package org.greenchannel.worklist;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which item is being done again while the engine opens its task: its clock goes on instead of beginning anew. */
@Component
class Reopened {

    private final ThreadLocal<@Nullable WorkItem> earlier = new ThreadLocal<>();

    <T> T during(WorkItem item, Supplier<T> action) {
        earlier.set(item);
        try {
            return action.get();
        } finally {
            earlier.remove();
        }
    }

    Optional<WorkItem> of(String taskKey) {
        return Optional.ofNullable(earlier.get()).filter(item -> item.taskKey().equals(taskKey));
    }
}
