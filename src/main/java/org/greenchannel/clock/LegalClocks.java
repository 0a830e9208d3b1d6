package org.greenchannel.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Legal clocks: every statutory period is an object with start, article, calendar, two ends, pauses and breach. */
public interface LegalClocks {
    /** Definition with the city's overrides; problem {@code clock-unknown} otherwise. */
    ClockDefinition definition(String id);

    /** All definitions. */
    List<ClockDefinition> definitions();

    /** Ends of a clock that starts at that moment. */
    Due due(String id, Instant from);

    /** Starts a clock; one running clock per case, definition, recipient and work item: an existing one is returned. */
    LegalClock start(UUID caseId, String id, @Nullable String recipient, @Nullable UUID workItemId, Instant at);

    /** Ends it as met. Nothing happens if none runs. */
    void stop(UUID caseId, String id, @Nullable String recipient, @Nullable UUID workItemId, String reason, Instant at);

    /** Ends all clocks of a work item. @param met false when the task was withdrawn */
    void stopFor(UUID workItemId, boolean met, String reason, Instant at);

    /** Pauses with a reason: the time until resume is added to both ends. */
    void pause(UUID clockId, String reason, Instant at);

    /** Goes on. */
    void resume(UUID clockId, Instant at);

    /**
     * The period of an earlier clock goes on for a task that is done again: from its first start, and what the law did not
     * count before is not counted now either.
     */
    LegalClock goOn(UUID earlierClockId, UUID workItemId);

    /** Time of all pauses that have ended. */
    Duration paused(UUID clockId);

    /** A clock, whether it runs or has ended. */
    Optional<LegalClock> find(UUID clockId);

    /** Who is told of a breach of the clock with this definition, level by level; empty when nobody is. */
    List<EscalationLevel> chain(String id);

    /** Whether the period begins anew when its task is done again; otherwise it goes on from its first start. */
    boolean restarts(String id);

    /** Codes of the reasons for which people may let the clock stand still; empty where the law knows none. */
    List<String> pauseReasons(String id);

    /** Clocks of a case, running first, then by end. */
    List<LegalClock> of(UUID caseId);

    /** Running clocks of many cases. */
    Map<UUID, List<LegalClock>> running(Collection<UUID> caseIds);

    /** Clocks past their end, newest breach first, at most {@code limit}. */
    List<LegalClock> breached(int limit);

    /** The newest start of a clock on the case for the recipient. */
    Optional<LegalClock> latest(UUID caseId, String id, @Nullable String recipient);

    /**
     * Marks what passed its end and publishes {@link ClockBreached}, each clock in a transaction of its own, so that one
     * that fails does not hold up the others; returns how many were marked. Called by a schedule.
     */
    int tick(Instant now);

    /** Days between two days by the legal count of {@code CAL_CIVIL}: the first day is not counted. */
    int civilDays(LocalDate from, LocalDate to);

    /** Whether the day is a working day of the State Council calendar; problem {@code calendar-missing} for a year without one. */
    boolean workday(LocalDate day);
}
