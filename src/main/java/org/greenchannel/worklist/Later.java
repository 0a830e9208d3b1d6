package org.greenchannel.worklist;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 稍后处理: an item is out of its owner's way until a day, which is never after its legal end. */
@Component
class Later {

    private static final Duration LONGEST = Duration.ofDays(92);

    private final DeskTable table;
    private final AuditLog audit;
    private final Texts texts;
    private final Clock clock;

    Later(DeskTable table, AuditLog audit, Texts texts, Clock clock) {
        this.table = table;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    Marks.FollowUp put(WorkItem item, @Nullable Instant until, @Nullable String reason, Viewer viewer) {
        Instant day = require(item, until, reason);
        Instant now = clock.instant();
        String code = String.valueOf(reason);
        table.followUp(item.id(), day, code, viewer, now);
        table.seen(item.id(), item.version(), viewer, now);
        audit.record(
                viewer,
                AuditEntry.done(
                        "workitem.follow-up",
                        item.caseId(),
                        "workitem:" + item.id(),
                        Map.of("task", item.taskKey(), "until", day.toString(), "reason", code)));
        return new Marks.FollowUp(day, code, false);
    }

    /** A day that serves: to come, not too far, and before the law's. */
    Instant require(WorkItem item, @Nullable Instant until, @Nullable String reason) {
        Instant now = clock.instant();
        if (reason == null || !WorkDesk.REASONS.contains(reason)) {
            throw refused("follow-up-reason", "/reason");
        }
        if (until == null || !until.isAfter(now)) {
            throw refused("follow-up-past", "/until");
        }
        if (until.isAfter(now.plus(LONGEST))) {
            throw refused("follow-up-far", "/until");
        }
        if (item.dueHard() != null && !until.isBefore(item.dueHard())) {
            throw refused("follow-up-after-due", "/until");
        }
        return until;
    }

    private Problem refused(String type, String pointer) {
        return Problem.invalid(type, List.of(new FieldError(pointer, type, texts.of("problem." + type + ".detail"))));
    }
}
