package org.greenchannel.worklist;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 常用列表: a filter under a name.
 *
 * @param own whether it is the viewer's
 * @param owner username
 * @param shared {@code NONE}, {@code ORGANISATION} with everybody there, {@code ROLE} with a role of it
 * @param role the role it is shared with, or null
 * @param standard whether the viewer's work list opens with it
 */
public record SavedQueue(
        UUID id,
        String name,
        boolean own,
        String owner,
        String view,
        @Nullable String process,
        @Nullable String due,
        @Nullable String stage,
        @Nullable String area,
        @Nullable String mark,
        @Nullable String q,
        String shared,
        @Nullable String role,
        boolean standard) {}
