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
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Legal clocks in the database. */
@Component
class StoredClocks implements LegalClocks {

    /** Clocks ended in one transaction of {@link #tick}; the rest follow in the next. */
    static final int BATCH = 200;

    private final ClockRules rules;
    private final DueDates dates;
    private final WorkCalendar calendar;
    private final ClockTable table;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;

    StoredClocks(
            ClockRules rules,
            DueDates dates,
            WorkCalendar calendar,
            ClockTable table,
            AuditLog audit,
            ApplicationEventPublisher events) {
        this.rules = rules;
        this.dates = dates;
        this.calendar = calendar;
        this.table = table;
        this.audit = audit;
        this.events = events;
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
        table.insert(UUID.randomUUID(), caseId, id, recipient, workItemId, at, counted);
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
        Duration pause = table.resume(clockId, at);
        record(
                "clock.resume",
                clock,
                Map.of("definition", clock.definition().id(), "seconds", String.valueOf(pause.toSeconds())));
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
    @Transactional
    public int tick(Instant now) {
        List<LegalClock> over = table.lockOver(now, BATCH);
        for (LegalClock clock : over) {
            if (rules.find(clock.definition().id())
                    .filter(ClockRules.Rule::window)
                    .isPresent()) {
                table.end(clock.id(), "MET", "WINDOW_ENDED", clock.due().hard());
            } else {
                breach(clock);
            }
        }
        return over.size();
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
        if (status.equals("MET") && clock.status().equals("RUNNING")) {
            breachIfOver(clock, at);
        }
        table.end(clock.id(), status, reason, at);
    }

    /** A clock that is met or paused too late was breached, even if no tick has seen it. */
    private void breachIfOver(LegalClock clock, Instant at) {
        boolean window = rules.find(clock.definition().id())
                .filter(ClockRules.Rule::window)
                .isPresent();
        if (!window && clock.breachedAt() == null && !at.isBefore(clock.due().hard())) {
            breach(clock);
        }
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
