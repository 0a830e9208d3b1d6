package org.greenchannel.notification;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notifications in the database. */
@Service
class StoredNotifications implements Notifications {

    private static final Set<String> RESULTS = Set.of("REACHED", "NOT_REACHED", "IN_PERSON");
    private static final String RETRY = "mail.retry";
    private static final int MOST = 200;

    private final NotificationTable table;
    private final DeliveryTable deliveries;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Texts texts;
    private final Clock clock;

    StoredNotifications(
            NotificationTable table,
            DeliveryTable deliveries,
            CaseFiles cases,
            AccessPolicy access,
            AuditLog audit,
            Texts texts,
            Clock clock) {
        this.table = table;
        this.deliveries = deliveries;
        this.cases = cases;
        this.access = access;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<Notification> list(Viewer viewer, boolean unreadOnly, int limit, @Nullable String cursor) {
        int wanted = Math.max(1, Math.min(limit, MOST));
        Cursor after = cursor == null ? null : Cursor.read(cursor);
        var found = table.inbox(
                viewer.username(),
                unreadOnly,
                wanted + 1,
                after == null ? null : after.at(),
                after == null ? null : after.id());
        var page = found.stream().limit(wanted).map(this::shown).toList();
        var last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Page<>(
                page, last == null || found.size() <= wanted ? null : new Cursor(last.at(), last.id()).text());
    }

    @Override
    @Transactional(readOnly = true)
    public int unread(Viewer viewer) {
        return table.unread(viewer.username());
    }

    @Override
    @Transactional
    public void markRead(UUID notificationId, Viewer viewer) {
        table.read(notificationId, viewer.username(), clock.instant());
    }

    @Override
    @Transactional
    public void markAllRead(Viewer viewer) {
        table.readAll(viewer.username(), clock.instant());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Duty> duties(UUID caseId) {
        return table.duties(caseId).stream().map(this::shown).toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Duty> openDuties(Viewer viewer, int limit) {
        return table.openDuties(viewer.groups(), Math.max(1, Math.min(limit, MOST))).stream()
                .map(this::shown)
                .toList();
    }

    @Override
    @Transactional
    public void finishDuty(UUID caseId, UUID dutyId, String result, Viewer viewer) {
        if (!RESULTS.contains(result)) {
            throw Problem.badRequest("duty-result", result);
        }
        var duty = table.duty(caseId, dutyId).orElseThrow(() -> Problem.notFound("duty-unknown"));
        requireTold(duty, viewer);
        Instant now = clock.instant();
        if (!table.finish(dutyId, result, viewer.username(), now)) {
            throw Problem.conflict("duty-done");
        }
        if (result.equals("NOT_REACHED")) {
            openAgain(duty, now);
        }
        var detail = Map.of("duty", dutyId.toString(), "recipient", duty.recipient(), "result", result);
        cases.tell(
                caseId,
                now,
                "NOTIFICATION",
                texts.of(
                        "notification.duty." + result,
                        texts.of("notification.recipient." + duty.recipient()),
                        texts.of("notification." + duty.template() + ".title")),
                "",
                viewer.username(),
                detail);
        audit.record(viewer, AuditEntry.done("notification.duty", caseId, "duty:" + dutyId, detail));
    }

    @Override
    @Transactional(readOnly = true)
    public List<FailedDelivery> failed(int limit, Viewer viewer) {
        if (!access.allows(viewer, RETRY, Relation.NONE)) {
            throw Problem.forbidden("forbidden", RETRY);
        }
        return deliveries.failing(MailDispatch.ATTENTION, Math.max(1, Math.min(limit, MOST)));
    }

    @Override
    @Transactional
    public void retry(UUID deliveryId, Viewer viewer) {
        if (!access.allows(viewer, RETRY, Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied(RETRY, null, "delivery:" + deliveryId, Map.of()));
            throw Problem.forbidden("forbidden", RETRY);
        }
        if (!deliveries.again(deliveryId, clock.instant())) {
            throw Problem.notFound("delivery-unknown");
        }
        audit.record(viewer, AuditEntry.done("notification.retry", null, "delivery:" + deliveryId, Map.of()));
    }

    /** What falls to others does not exist for this viewer; the attempt is on record. */
    private void requireTold(NotificationTable.DutyRow duty, Viewer viewer) {
        if (Collections.disjoint(duty.groups(), viewer.groups())) {
            audit.recordApart(
                    viewer, AuditEntry.denied("notification.duty", duty.caseId(), "duty:" + duty.id(), Map.of()));
            throw Problem.notFound("duty-unknown");
        }
    }

    private void openAgain(NotificationTable.DutyRow duty, Instant now) {
        var message = new NotificationTable.Message(
                UUID.randomUUID(), duty.caseId(), duty.caseNumber(), duty.template(), duty.groups(), now);
        table.add(message);
        table.addDuty(message, duty.recipient());
    }

    private Duty shown(NotificationTable.DutyRow row) {
        return new Duty(
                row.id(),
                row.caseId(),
                row.caseNumber(),
                row.recipient(),
                row.template(),
                texts.of("notification." + row.template() + ".title"),
                row.createdAt(),
                row.doneAt(),
                row.doneBy(),
                row.result());
    }

    private Notification shown(NotificationTable.Entry entry) {
        var message = entry.message();
        String key = "notification." + message.template();
        return new Notification(
                message.id(),
                message.caseNumber(),
                message.template(),
                texts.of(key + ".title"),
                texts.of(key + ".body", message.caseNumber()),
                message.createdAt(),
                entry.readAt());
    }

    /** Position after a row. */
    private record Cursor(Instant at, UUID id) {

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor read(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|");
                return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Problem.badRequest("cursor-invalid");
            }
        }
    }
}
