package org.greenchannel.oversight;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code delayedDischarge}: keeps the register of people who could leave. A form with {@code delayReason} registers, one with
 * {@code delayAction} is a review, and a departure ({@code leftHospital}) takes the person off the register.
 */
@Component("delayedDischarge")
class DelayOutcome implements TaskOutcome {

    private final DelayTable table;

    DelayOutcome(DelayTable table) {
        this.table = table;
    }

    @Override
    public Map<String, @Nullable Object> apply(TaskCompletion completion) {
        Map<String, @Nullable Object> form = completion.data();
        if (form.get("delayReason") instanceof String reason) {
            table.open(
                    completion.caseId(),
                    reason,
                    moment(form.get("readySince"), completion.at()),
                    day(form.get("nextReview")),
                    completion.at());
        } else if (Boolean.TRUE.equals(form.get("leftHospital"))) {
            table.end(completion.caseId(), completion.at());
        } else if (form.get("delayAction") != null) {
            table.reviewed(completion.caseId(), day(form.get("nextReview")), completion.at());
        }
        return Map.of();
    }

    private static Instant moment(@Nullable Object value, Instant otherwise) {
        try {
            return value == null
                    ? otherwise
                    : OffsetDateTime.parse(value.toString()).toInstant();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static @Nullable LocalDate day(@Nullable Object value) {
        try {
            return value == null ? null : LocalDate.parse(value.toString());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
