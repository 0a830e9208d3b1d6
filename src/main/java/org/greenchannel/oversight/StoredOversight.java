package org.greenchannel.oversight;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Oversight over the database. */
@Service
class StoredOversight implements Oversight {

    private static final int MOST = 100;

    private final AlertTable alerts;
    private final HistoryTable history;
    private final CaseFiles cases;
    private final LegalClocks clocks;
    private final DelayTable delays;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Clock clock;

    StoredOversight(
            AlertTable alerts,
            HistoryTable history,
            CaseFiles cases,
            LegalClocks clocks,
            DelayTable delays,
            AccessPolicy access,
            AuditLog audit,
            Clock clock) {
        this.alerts = alerts;
        this.history = history;
        this.cases = cases;
        this.clocks = clocks;
        this.delays = delays;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<Alert> alerts(boolean open, Viewer viewer, int limit, @Nullable String cursor) {
        int most = Math.max(1, Math.min(limit, MOST));
        Instant before = null;
        UUID id = null;
        if (cursor != null) {
            try {
                String[] parts = cursor.split("_", 2);
                before = Instant.parse(parts[0]);
                id = UUID.fromString(parts[1]);
            } catch (DateTimeParseException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw Problem.badRequest("cursor-invalid");
            }
        }
        List<Alert> found = alerts.page(open, supervised(viewer), List.copyOf(viewer.groups()), most + 1, before, id);
        if (found.size() <= most) {
            return new Page<>(found, null);
        }
        Alert last = found.get(most - 1);
        return new Page<>(found.subList(0, most), last.raisedAt() + "_" + last.id());
    }

    /** Areas whose alerts the viewer sees although they were not sent to him. */
    private List<String> supervised(Viewer viewer) {
        return access.allows(viewer, "oversight.read", Relation.NONE) ? prefixes(viewer) : List.of();
    }

    private static List<String> prefixes(Viewer viewer) {
        return viewer.areas().stream().map(area -> area.replaceAll("0+$", "")).toList();
    }

    @Override
    @Transactional
    public Alert see(UUID alertId, Viewer viewer) {
        Alert alert =
                alerts.find(alertId).filter(a -> mine(a, viewer)).orElseThrow(() -> Problem.notFound("alert-unknown"));
        if (alert.seenAt() != null) {
            return alert;
        }
        alerts.see(alertId, viewer.username(), clock.instant());
        audit.record(
                viewer,
                AuditEntry.done("alert.see", alert.caseId(), "alert:" + alertId, Map.of("kind", alert.kind()))
                        .on(alert.basis()));
        return alerts.find(alertId).orElseThrow(() -> Problem.notFound("alert-unknown"));
    }

    private boolean mine(Alert alert, Viewer viewer) {
        return alert.groups().stream().anyMatch(viewer.groups()::contains)
                || supervised(viewer).stream().anyMatch(alert.areaCode()::startsWith);
    }

    @Override
    public Page<HistoryEntry> history(HistoryQuery query, Viewer viewer) {
        require("history.read", viewer);
        var asked = new TreeMap<String, String>();
        put(asked, "number", query.number());
        put(asked, "actor", query.actor());
        put(asked, "kind", query.kind());
        put(asked, "from", query.from() == null ? null : query.from().toString());
        put(asked, "to", query.to() == null ? null : query.to().toString());
        audit.recordApart(viewer, AuditEntry.done("history.search", null, null, asked));
        Sight legal = access.sight(viewer, "LEG", Relation.AREA);
        return history.page(query, prefixes(viewer), legal == Sight.NONE || legal == Sight.STATUS);
    }

    private static void put(Map<String, String> map, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            map.put(key, value);
        }
    }

    @Override
    public List<BreachedClock> breached(Viewer viewer, int limit) {
        require("oversight.read", viewer);
        List<LegalClock> over = clocks.breached(MOST);
        var files = cases.byIds(over.stream().map(LegalClock::caseId).distinct().toList());
        List<String> areas = prefixes(viewer);
        return over.stream()
                .flatMap(c -> {
                    var file = files.get(c.caseId());
                    return file != null && areas.stream().anyMatch(file.areaCode()::startsWith)
                            ? Stream.of(new BreachedClock(c, file.number(), file.areaCode()))
                            : Stream.empty();
                })
                .limit(limit)
                .toList();
    }

    @Override
    public List<DelayedDischarge> delayed(Viewer viewer, int limit) {
        require("oversight.read", viewer);
        List<DelayTable.Delay> running = delays.running(MOST);
        var files = cases.byIds(running.stream().map(DelayTable.Delay::caseId).toList());
        List<String> areas = prefixes(viewer);
        return running.stream()
                .flatMap(delay -> {
                    var file = files.get(delay.caseId());
                    return file != null
                                    && !"CLOSED".equals(file.legalStatus())
                                    && areas.stream().anyMatch(file.areaCode()::startsWith)
                            ? Stream.of(new DelayedDischarge(
                                    file.number(),
                                    file.areaCode(),
                                    file.hospital(),
                                    delay.reason(),
                                    delay.since(),
                                    delay.reviewedAt(),
                                    delay.nextReview()))
                            : Stream.empty();
                })
                .limit(limit)
                .toList();
    }

    private void require(String action, Viewer viewer) {
        if (!access.allows(viewer, action, Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied(action, null, null, Map.of()));
            throw Problem.forbidden("forbidden", action);
        }
    }
}
