package org.greenchannel.oversight;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseProcesses;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.ClockBreached;
import org.greenchannel.clock.ClockDefinition;
import org.greenchannel.clock.EscalationLevel;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a breached clock from level to level of its chain ({@code consequences} of {@code seeds/clocks.yaml}) until it
 * ends. Each level is reached once, whatever restarts or runs twice: what comes next is a row that one transaction takes.
 */
@Component
class Escalations {

    private static final Logger LOG = LoggerFactory.getLogger(Escalations.class);
    private static final int BATCH = 100;

    /** Institutions that act only where they are part of the case; offices are responsible for an area. */
    private static final Set<String> ONLY_IN_THE_CASE = Set.of("hospital", "compulsoryInstitution");

    private final LegalClocks clocks;
    private final EscalationTable table;
    private final Alerts alerts;
    private final CaseFiles cases;
    private final CaseProcesses processes;
    private final Organisations organisations;
    private final AuditLog audit;
    private final Texts texts;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ZoneId zone;

    Escalations(
            LegalClocks clocks,
            EscalationTable table,
            Alerts alerts,
            CaseFiles cases,
            CaseProcesses processes,
            Organisations organisations,
            AuditLog audit,
            Texts texts,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock,
            ZoneId zone) {
        this.clocks = clocks;
        this.table = table;
        this.alerts = alerts;
        this.cases = cases;
        this.processes = processes;
        this.organisations = organisations;
        this.audit = audit;
        this.texts = texts;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.zone = zone;
    }

    /** In the transaction of the breach: what runs in the case learns of it, and the first level if it is due. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(ClockBreached breach) {
        if (cases.byIds(List.of(breach.caseId())).isEmpty()) {
            return;
        }
        processes.tell(
                breach.caseId(),
                "clock-breached",
                Map.of("breachedClock", breach.definition(), "breachConsequence", breach.consequence()));
        List<EscalationLevel> chain = clocks.chain(breach.definition());
        if (chain.isEmpty()) {
            return;
        }
        Instant first = breach.occurredAt().plus(chain.get(0).after());
        if (table.open(breach.clockId(), breach.caseId(), breach.definition(), breach.occurredAt(), first)) {
            climb(breach.clockId(), clock.instant());
        }
    }

    /** Reaches the levels that are due. */
    @Scheduled(fixedDelayString = "${greenchannel.clock.tick:PT15S}", initialDelayString = "PT10S")
    void tick() {
        Instant now = clock.instant();
        for (UUID clockId : table.due(now, BATCH)) {
            try {
                transaction.executeWithoutResult(status -> climb(clockId, now));
            } catch (RuntimeException e) {
                LOG.error("The escalation of clock {} failed and is tried again", clockId, e);
            }
        }
    }

    private void climb(UUID clockId, Instant now) {
        table.lock(clockId, now).ifPresent(pending -> {
            List<EscalationLevel> chain = clocks.chain(pending.definition());
            int level = pending.level();
            // a duty that was done too late, or is nobody's any more, is not pursued
            boolean running =
                    clocks.find(clockId).filter(one -> one.stoppedAt() == null).isPresent();
            while (running && level < chain.size() && !now.isBefore(at(pending, chain.get(level)))) {
                reach(pending, chain.get(level), level + 1, now);
                level++;
            }
            table.next(clockId, level, running && level < chain.size() ? at(pending, chain.get(level)) : null);
        });
    }

    private static Instant at(EscalationTable.Pending pending, EscalationLevel level) {
        return pending.breachedAt().plus(level.after());
    }

    private void reach(EscalationTable.Pending pending, EscalationLevel level, int number, Instant now) {
        CaseSummary file = cases.byId(pending.caseId());
        List<String> groups = groups(level.to(), file, now);
        ClockDefinition definition = clocks.definition(pending.definition());
        Text rests = level.basis().orElse(definition.basis());
        audit.record(
                null,
                AuditEntry.done(
                                "clock.escalate",
                                file.id(),
                                "clock:" + pending.clockId(),
                                Map.of("definition", definition.id(), "level", Integer.toString(number)))
                        .on(rests.zh()));
        if (groups.isEmpty()) {
            return;
        }
        if (level.alert().isPresent()) {
            alerts.raise(file.id(), level.alert().get(), rests.en(), groups, "clock", definition.id(), now);
            return;
        }
        UUID id = UUID.nameUUIDFromBytes((pending.clockId() + "/" + number).getBytes(StandardCharsets.UTF_8));
        Text told = texts.of("oversight.escalated", definition.name());
        cases.tell(
                file.id(),
                now,
                "NOTIFICATION",
                told,
                rests.zh(),
                null,
                Map.of("clock", definition.id(), "level", Integer.toString(number), "to", String.join(",", groups)));
        events.publishEvent(new ClockEscalated(id, file.id(), definition.id(), number, groups, now));
    }

    /** {@code role@organisation} for those who have the function in the case, or by the bindings of its area. */
    private List<String> groups(List<String> to, CaseSummary file, Instant now) {
        var groups = new LinkedHashSet<String>();
        for (String group : to) {
            String role = group.substring(0, group.indexOf('@'));
            String function = group.substring(group.indexOf('@') + 1);
            holders(function, file, now).forEach(code -> groups.add(role + "@" + code));
        }
        return List.copyOf(groups);
    }

    private List<String> holders(String function, CaseSummary file, Instant now) {
        if (function.equals("hospital") && file.hospital() != null) {
            return List.of(file.hospital());
        }
        List<String> inCase = cases.participants(file.id()).stream()
                .filter(participant -> participant.role().equals(function))
                .map(participant -> participant.organisation())
                .toList();
        if (!inCase.isEmpty() || ONLY_IN_THE_CASE.contains(function)) {
            return inCase;
        }
        return Stream.of(organisations.holders(
                        function, file.areaCode(), now.atZone(zone).toLocalDate()))
                .flatMap(List::stream)
                .map(Organisation::code)
                .toList();
    }
}
