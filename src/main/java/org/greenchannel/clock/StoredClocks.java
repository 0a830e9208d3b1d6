package org.greenchannel.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Legal clocks in the database. */
@Component
class StoredClocks implements LegalClocks {

    /** Clocks looked at in one {@link #tick}; the rest follow in the next. */
    static final int BATCH = 200;

    /** How long a clock whose breach could not be recorded waits, so that it does not hold up the others. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(StoredClocks.class);

    private final ClockRules rules;
    private final DueDates dates;
    private final WorkCalendar calendar;
    private final ClockTable table;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Map<UUID, Instant> resting = new ConcurrentHashMap<>();

    StoredClocks(
            ClockRules rules,
            DueDates dates,
            WorkCalendar calendar,
            ClockTable table,
            AuditLog audit,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        this.rules = rules;
        this.dates = dates;
        this.calendar = calendar;
        this.table = table;
        this.audit = audit;
        this.events = events;
        this.transaction = transaction;
    }

    @Override
    public ClockDefinition definition(String id) {
        return rules.rule(id).definition();
    }

    @Override
    public List<ClockDefinition> definitions() {
        return rules.definitions();
    }

    @Override
    public Due due(String id, Instant from) {
        return dates.count(rules.rule(id), from).due();
    }

    @Override
    @Transactional
    public LegalClock start(UUID caseId, String id, @Nullable String recipient, @Nullable UUID workItemId, Instant at) {
        DueDates.Counted counted = dates.count(rules.rule(id), at);
        table.insert(UUID.randomUUID(), caseId, id, recipient, workItemId, at, counted, Duration.ZERO);
        return table.open(caseId, id, recipient, workItemId).orElseThrow(() -> Problem.conflict("clock-changed", id));
    }

    @Override
    @Transactional
    public void stop(
            UUID caseId, String id, @Nullable String recipient, @Nullable UUID workItemId, String reason, Instant at) {
        table.lockOpen(caseId, id, recipient, workItemId).ifPresent(clock -> end(clock, "MET", reason, at));
    }

    @Override
    @Transactional
    public void stopFor(UUID workItemId, boolean met, String reason, Instant at) {
        table.lockOpen(workItemId).forEach(clock -> end(clock, met ? "MET" : "CANCELLED", reason, at));
    }

    @Override
    @Transactional
    public void pause(UUID clockId, String reason, Instant at) {
        LegalClock clock = locked(clockId);
        if (!clock.status().equals("RUNNING")) {
            throw Problem.conflict("clock-not-running", clock.definition().id());
        }
        breachIfOver(clock, at);
        table.pause(clockId, reason, at);
        record("clock.pause", clock, Map.of("definition", clock.definition().id()));
    }

    @Override
    @Transactional
    public void resume(UUID clockId, Instant at) {
        LegalClock clock = locked(clockId);
        if (!clock.status().equals("PAUSED")) {
            throw Problem.conflict("clock-not-paused", clock.definition().id());
        }
        goOn(clock, at);
    }

    private void goOn(LegalClock clock, Instant at) {
        Duration pause = table.resume(clock.id(), at);
        record(
                "clock.resume",
                clock,
                Map.of("definition", clock.definition().id(), "seconds", String.valueOf(pause.toSeconds())));
    }

    @Override
    @Transactional
    public LegalClock goOn(UUID earlierClockId, UUID workItemId) {
        LegalClock earlier =
                table.find(earlierClockId).orElseThrow(() -> Problem.notFound("clock-unknown", earlierClockId));
        String id = earlier.definition().id();
        DueDates.Counted counted = dates.count(rules.rule(id), earlier.startedAt());
        table.insert(
                UUID.randomUUID(),
                earlier.caseId(),
                id,
                earlier.recipient(),
                workItemId,
                earlier.startedAt(),
                counted,
                table.paused(earlierClockId));
        return table.open(earlier.caseId(), id, earlier.recipient(), workItemId)
                .orElseThrow(() -> Problem.conflict("clock-changed", id));
    }

    @Override
    public Duration paused(UUID clockId) {
        return table.paused(clockId);
    }

    @Override
    public List<LegalClock> of(UUID caseId) {
        return table.of(caseId);
    }

    @Override
    public Map<UUID, List<LegalClock>> running(Collection<UUID> caseIds) {
        var result = new HashMap<UUID, List<LegalClock>>();
        for (LegalClock clock : table.running(caseIds)) {
            result.computeIfAbsent(clock.caseId(), key -> new java.util.ArrayList<>())
                    .add(clock);
        }
        return result;
    }

    @Override
    public List<LegalClock> breached(int limit) {
        return table.breached(limit);
    }

    @Override
    public Optional<LegalClock> latest(UUID caseId, String id, @Nullable String recipient) {
        return table.latest(caseId, id, recipient);
    }

    @Override
    public int tick(Instant now) {
        resting.values().removeIf(until -> !now.isBefore(until));
        int marked = 0;
        for (UUID id : table.over(now, resting.keySet(), BATCH)) {
            try {
                // each clock alone: what follows from a breach runs in its transaction, and may fail
                Boolean done = transaction.execute(status -> mark(id, now));
                marked += Boolean.TRUE.equals(done) ? 1 : 0;
            } catch (RuntimeException e) {
                LOG.error("The breach of clock {} could not be recorded; tried again in {}", id, REST, e);
                resting.put(id, now.plus(REST));
            }
        }
        return marked;
    }

    /** False when another node has it, or it has ended meanwhile. */
    private boolean mark(UUID id, Instant now) {
        Optional<LegalClock> over = table.lockOver(id, now);
        over.ifPresent(clock -> {
            if (window(clock)) {
                table.end(clock.id(), "MET", "WINDOW_ENDED", clock.due().hard());
            } else {
                breach(clock);
            }
        });
        return over.isPresent();
    }

    @Override
    public Optional<LegalClock> find(UUID clockId) {
        return table.find(clockId);
    }

    @Override
    public List<EscalationLevel> chain(String id) {
        return rules.chain(id);
    }

    @Override
    public boolean restarts(String id) {
        return rules.rule(id).restarts();
    }

    @Override
    public List<String> pauseReasons(String id) {
        return rules.rule(id).pauses();
    }

    @Override
    public int civilDays(LocalDate from, LocalDate to) {
        return dates.civilDays(from, to, rules.rollCivil());
    }

    @Override
    public boolean workday(LocalDate day) {
        return calendar.workday(day);
    }

    private LegalClock locked(UUID clockId) {
        return table.lock(clockId).orElseThrow(() -> Problem.notFound("clock-unknown", clockId));
    }

    private void end(LegalClock clock, String status, String reason, Instant at) {
        if (clock.status().equals("PAUSED")) {
            // a pause ends with its clock at the latest: its length stays on record, and no breach is made of it
            goOn(clock, at);
        }
        if (status.equals("MET") && clock.status().equals("RUNNING")) {
            breachIfOver(clock, at);
        }
        table.end(clock.id(), status, reason, at);
    }

    /** A clock that is met or paused too late was breached, even if no tick has seen it. */
    private void breachIfOver(LegalClock clock, Instant at) {
        if (!window(clock)
                && clock.breachedAt() == null
                && !at.isBefore(clock.due().hard())) {
            breach(clock);
        }
    }

    private boolean window(LegalClock clock) {
        return rules.find(clock.definition().id())
                .filter(ClockRules.Rule::window)
                .isPresent();
    }

    private void breach(LegalClock clock) {
        ClockDefinition definition = clock.definition();
        Instant end = clock.due().hard();
        table.breached(clock.id(), end);
        record("clock.breach", clock, Map.of("definition", definition.id(), "consequence", definition.consequence()));
        events.publishEvent(new ClockBreached(
                clock.id(), clock.caseId(), definition.id(), definition.consequence(), clock.workItemId(), end));
    }

    private void record(String action, LegalClock clock, Map<String, String> detail) {
        audit.record(
                null,
                AuditEntry.done(action, clock.caseId(), "clock:" + clock.id(), detail)
                        .on(clock.definition().basis().zh()));
    }
}
