package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.notification.Channel;
import org.greenchannel.notification.FailedDelivery;
import org.greenchannel.notification.NoticeKind;
import org.greenchannel.notification.NoticePreferences;
import org.greenchannel.notification.NoticePreferences.Address;
import org.greenchannel.notification.NoticePreferences.Choices;
import org.greenchannel.notification.Notifications;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the caller was told, and how he wants to be told. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "notifications")
class NotificationController {

    private final Notifications notifications;
    private final NoticePreferences preferences;
    private final CurrentUser user;

    NotificationController(Notifications notifications, NoticePreferences preferences, CurrentUser user) {
        this.notifications = notifications;
        this.preferences = preferences;
        this.user = user;
    }

    /** A message: a case number and what to do. */
    record MessageRow(
            UUID id,
            String caseNumber,
            String template,
            String title,
            String body,
            Instant at,
            @Nullable Instant readAt) {}

    /** Somebody to be told by voice. @param recipient {@code PATIENT} or {@code GUARDIAN} */
    record DutyRow(UUID id, UUID caseId, String caseNumber, String recipient, String title, Instant createdAt) {}

    /** How it went. */
    record DutyDone(@Nullable UUID caseId, @Nullable String result) {}

    /** How many are unread, counted up to 100. */
    record Unread(int count) {}

    /** Choices to keep: the channels that are on for each kind; both quiet hours or neither, local time. */
    record Wanted(
            @Nullable Map<NoticeKind, Set<Channel>> channels,
            @Nullable LocalTime quietFrom,
            @Nullable LocalTime quietUntil,
            boolean digest) {}

    /** An address of a gateway. */
    record Where(@Nullable String address) {}

    /** The code that was sent. */
    record Code(@Nullable String code) {}

    @GetMapping("/notifications")
    @Operation(summary = "Messages to the caller, newest first")
    Page<MessageRow> list(
            @RequestParam(defaultValue = "false") boolean unread,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        Locale locale = Requests.language(request);
        var page = notifications.list(user.require(), unread, limit, cursor);
        return new Page<>(
                page.items().stream()
                        .map(one -> new MessageRow(
                                one.id(),
                                one.caseNumber(),
                                one.template(),
                                one.title().in(locale),
                                one.body().in(locale),
                                one.at(),
                                one.readAt()))
                        .toList(),
                page.nextCursor());
    }

    @GetMapping("/notifications/unread")
    @Operation(summary = "How many messages the caller has not read, counted up to 100")
    Unread unread() {
        return new Unread(notifications.unread(user.require()));
    }

    @PostMapping("/notifications/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Marks a message of the caller as read; repeating it changes nothing")
    void read(@PathVariable UUID id) {
        notifications.markRead(id, user.require());
    }

    @PostMapping("/notifications/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Marks all messages of the caller as read")
    void readAll() {
        notifications.markAllRead(user.require());
    }

    @GetMapping("/notifications/failed")
    @Operation(summary = "Mails and messages to gateways that failed; for administrators")
    List<FailedDelivery> failed(@RequestParam(defaultValue = "50") int limit) {
        return notifications.failed(limit, user.require());
    }

    @PostMapping("/notifications/failed/{id}/retry")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sends a failed one again; for administrators")
    void retry(@PathVariable UUID id) {
        notifications.retry(id, user.require());
    }

    @GetMapping("/notifications/duties")
    @Operation(summary = "Whom the caller, or his group, still has to tell by voice")
    List<DutyRow> duties(@RequestParam(defaultValue = "50") int limit, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return notifications.openDuties(user.require(), limit).stream()
                .map(duty -> new DutyRow(
                        duty.id(),
                        duty.caseId(),
                        duty.caseNumber(),
                        duty.recipient(),
                        duty.title().in(locale),
                        duty.createdAt()))
                .toList();
    }

    @PostMapping("/notifications/duties/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Records how it went: REACHED, NOT_REACHED or IN_PERSON",
            description = "Whoever is second is told so with a conflict; the first result stays.")
    void duty(@PathVariable UUID id, @RequestBody DutyDone body) {
        if (body.caseId() == null || body.result() == null) {
            throw Problem.badRequest("bad-parameter", "caseId, result");
        }
        notifications.finishDuty(body.caseId(), id, body.result(), user.require());
    }

    @GetMapping("/me/notification-preferences")
    @Operation(summary = "How the caller is told: his own choices or those of the city")
    Choices choices() {
        return preferences.of(user.require());
    }

    @PutMapping("/me/notification-preferences")
    @Operation(summary = "Keeps the caller's choices; the bell stays on for deadlines of the law")
    Choices save(@RequestBody Wanted body) {
        return preferences.save(
                new Choices(
                        body.channels() == null ? Map.of() : body.channels(),
                        body.quietFrom(),
                        body.quietUntil(),
                        body.digest(),
                        true),
                user.require());
    }

    @DeleteMapping("/me/notification-preferences")
    @Operation(summary = "Forgets the caller's choices; those of the city apply")
    Choices reset() {
        return preferences.reset(user.require());
    }

    @GetMapping("/me/notification-addresses")
    @Operation(summary = "Where gateways reach the caller, with the middle hidden")
    List<Address> addresses() {
        return preferences.addresses(user.require());
    }

    @PutMapping("/me/notification-addresses/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Keeps a telephone number, chat account or mail box and sends a code to it")
    void address(@PathVariable Channel channel, @RequestBody Where body) {
        if (body.address() == null) {
            throw Problem.badRequest("bad-parameter", "address");
        }
        preferences.address(channel, body.address(), user.require());
    }

    @PostMapping("/me/notification-addresses/{channel}/verify")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Confirms an address with the code that was sent to it")
    void verify(@PathVariable Channel channel, @RequestBody Code body) {
        if (body.code() == null) {
            throw Problem.badRequest("bad-parameter", "code");
        }
        preferences.verify(channel, body.code(), user.require());
    }

    @DeleteMapping("/me/notification-addresses/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forgets an address")
    void forget(@PathVariable Channel channel) {
        preferences.forget(channel, user.require());
    }
}
