package org.greenchannel.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/** Where one process instance of a case stands and how it came there. */
public record InstanceState(
        String processInstanceId,
        String processKey,
        Text name,
        int version,
        @Nullable String callerInstanceId,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<String> active,
        List<Step> steps) {

    /** One passed or active element. */
    public record Step(
            String activityId,
            Text name,
            String type,
            Instant startedAt,
            @Nullable Instant endedAt,
            boolean withdrawn,
            @Nullable String assignee,
            Map<String, String> detail) {}
}
