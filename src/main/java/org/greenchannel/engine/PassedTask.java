package org.greenchannel.engine;

import java.time.Instant;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A user task that was completed in a running instance.
 *
 * @param taskKey task of the model
 * @param engineTaskId the completed engine task
 * @param completedBy who completed it, or null
 * @param next whether no other task was completed between it and the open one
 * @param obstacle why there is no way back to it, or null: {@code scope} (another part of the process), {@code branch} (not
 *     on the way to the open task), {@code parallel} (branches were opened or joined in between), {@code status} (the legal
 *     status was changed), {@code effect} (something was done that cannot be done twice), {@code event} (a period ended or
 *     something happened in between)
 */
public record PassedTask(
        String taskKey,
        Text name,
        String engineTaskId,
        @Nullable String completedBy,
        Instant completedAt,
        boolean next,
        @Nullable String obstacle) {}
