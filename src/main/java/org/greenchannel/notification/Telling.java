package org.greenchannel.notification;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.greenchannel.notification.NoticePreferences.Choices;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells one account: the list of messages always has it; bell, mail, text message and chat as the person wants it. */
@Component
class Telling {

    private static final List<Channel> OUTSIDE = List.of(Channel.MAIL, Channel.SMS, Channel.CHAT);

    private final NotificationTable table;
    private final PreferenceTable preferences;
    private final CityChoices city;
    private final MailDispatch mail;
    private final WebhookGateway gateway;
    private final ZoneId zone;

    Telling(
            NotificationTable table,
            PreferenceTable preferences,
            CityChoices city,
            MailDispatch mail,
            WebhookGateway gateway,
            ZoneId zone) {
        this.table = table;
        this.preferences = preferences;
        this.city = city;
        this.mail = mail;
        this.gateway = gateway;
        this.zone = zone;
    }

    void tell(NotificationTable.Message message, String username) {
        Choices choices = preferences.choices(username).orElseGet(city::choices);
        NoticeKind kind = NoticeKind.of(message.template());
        table.addToInbox(message, username);
        if (!kind.bellFixed() && !choices.has(kind, Channel.IN_APP)) {
            table.read(message.id(), username, message.createdAt());
        }
        boolean digest = choices.digest() && kind.low();
        Instant when = when(message, choices, digest);
        for (Channel channel : OUTSIDE) {
            if (choices.has(kind, channel) && reaches(channel, username)) {
                table.addDelivery(
                        UUID.randomUUID(), message, username, new NotificationTable.Way(channel, when, digest));
            }
        }
    }

    private boolean reaches(Channel channel, String username) {
        return channel == Channel.MAIL
                ? mail.enabled()
                : gateway.enabled(channel)
                        && preferences
                                .address(username, channel)
                                .filter(row -> row.verifiedAt() != null)
                                .isPresent();
    }

    private Instant when(NotificationTable.Message message, Choices choices, boolean digest) {
        ZonedDateTime at = message.createdAt().atZone(zone);
        if (NoticeKind.urgent(message.template())) {
            return message.createdAt();
        }
        if (digest) {
            at = next(at, city.digestAt());
        }
        LocalTime until = choices.quietUntil();
        return quiet(at.toLocalTime(), choices.quietFrom(), until) && until != null
                ? next(at, until).toInstant()
                : at.toInstant();
    }

    /** Whether a time of day is in the quiet hours; these may go over midnight. */
    static boolean quiet(LocalTime time, @Nullable LocalTime from, @Nullable LocalTime until) {
        if (from == null || until == null || from.equals(until)) {
            return false;
        }
        boolean after = !time.isBefore(from);
        boolean before = time.isBefore(until);
        return from.isBefore(until) ? after && before : after || before;
    }

    private static ZonedDateTime next(ZonedDateTime at, LocalTime time) {
        ZonedDateTime today = at.with(time);
        return today.isBefore(at) ? today.plusDays(1) : today;
    }
}
