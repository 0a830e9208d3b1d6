package org.greenchannel.notification;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.Texts;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Choices and addresses in the database; addresses encrypted. */
@Service
class StoredPreferences implements NoticePreferences {

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,15}");
    private static final Pattern CHAT = Pattern.compile("[A-Za-z0-9._@-]{3,64}");
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int TRIES = 5;
    private static final int CODES = 1_000_000;
    private static final int SHOWN = 2;

    private final PreferenceTable table;
    private final CityChoices city;
    private final MailDispatch mail;
    private final WebhookGateway gateway;
    private final MailBoxes boxes;
    private final FieldCipher cipher;
    private final Accounts accounts;
    private final AuditLog audit;
    private final Texts texts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    StoredPreferences(
            PreferenceTable table,
            CityChoices city,
            MailDispatch mail,
            WebhookGateway gateway,
            MailBoxes boxes,
            FieldCipher cipher,
            Accounts accounts,
            AuditLog audit,
            Texts texts,
            Clock clock) {
        this.table = table;
        this.city = city;
        this.mail = mail;
        this.gateway = gateway;
        this.boxes = boxes;
        this.cipher = cipher;
        this.accounts = accounts;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Choices of(Viewer viewer) {
        return table.choices(viewer.username()).map(CityChoices::bellOn).orElseGet(city::choices);
    }

    @Override
    @Transactional
    public Choices save(Choices wanted, Viewer viewer) {
        if ((wanted.quietFrom() == null) != (wanted.quietUntil() == null)) {
            throw Problem.badRequest("quiet-hours");
        }
        Choices kept = CityChoices.bellOn(withUnavailable(wanted, of(viewer)));
        table.save(viewer.username(), kept, clock.instant());
        audit.record(viewer, AuditEntry.done("notification.preferences", null, "preferences", Map.of()));
        return of(viewer);
    }

    @Override
    @Transactional
    public Choices reset(Viewer viewer) {
        table.reset(viewer.username());
        audit.record(viewer, AuditEntry.done("notification.preferences", null, "preferences", Map.of("reset", "true")));
        return city.choices();
    }

    @Override
    public List<Channel> available() {
        var channels = new ArrayList<>(List.of(Channel.IN_APP));
        if (mail.enabled()) {
            channels.add(Channel.MAIL);
        }
        for (Channel channel : List.of(Channel.SMS, Channel.CHAT)) {
            if (gateway.enabled(channel)) {
                channels.add(channel);
            }
        }
        return channels;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Address> addresses(Viewer viewer) {
        return table.addresses(viewer.username()).stream()
                .map(row -> new Address(
                        row.channel(),
                        hidden(cipher.decrypt(row.sealed(), WebhookDispatch.place(viewer.username(), row.channel()))),
                        row.verifiedAt()))
                .toList();
    }

    @Override
    @Transactional
    public void address(Channel channel, String address, Viewer viewer) {
        if (!available().contains(channel) || channel == Channel.IN_APP) {
            throw Problem.badRequest("channel-off");
        }
        String plain = checked(channel, address.strip().replace(" ", ""));
        Instant now = clock.instant();
        table.address(viewer.username(), channel).ifPresent(old -> {
            if (now.isBefore(old.askedAt().plus(PAUSE))) {
                throw Problem.tooMany("code-too-soon");
            }
        });
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
        byte[] sealed = cipher.encrypt(plain, WebhookDispatch.place(viewer.username(), channel));
        table.address(viewer.username(), channel, sealed, digest(code, viewer, channel), now.plus(VALID), now);
        audit.record(viewer, AuditEntry.done("notification.address", null, "address:" + channel, Map.of()));
        send(channel, plain, code, viewer);
    }

    private String checked(Channel channel, String plain) {
        if (channel == Channel.MAIL) {
            String box = plain.toLowerCase(Locale.ROOT);
            if (!MailBoxes.written(box)) {
                throw Problem.badRequest("mail-invalid");
            }
            if (!boxes.ours(box)) {
                throw Problem.badRequest("mail-elsewhere", String.join(", ", boxes.domains()));
            }
            return box;
        }
        if (!(channel == Channel.SMS ? PHONE : CHAT).matcher(plain).matches()) {
            throw Problem.badRequest("address-invalid");
        }
        return plain;
    }

    @Override
    @Transactional(noRollbackFor = Problem.class)
    public void verify(Channel channel, String code, Viewer viewer) {
        Instant now = clock.instant();
        byte[] given = digest(code.strip(), viewer, channel);
        boolean open = table.attempt(viewer.username(), channel, TRIES, now);
        PreferenceTable.AddressRow row =
                table.address(viewer.username(), channel).orElseThrow(() -> Problem.badRequest("code-wrong"));
        byte[] sent = row.code();
        if (sent == null) {
            throw Problem.badRequest("code-used");
        }
        if (!open) {
            throw Problem.badRequest(row.tries() >= TRIES ? "code-tries" : "code-expired");
        }
        if (!MessageDigest.isEqual(sent, given)) {
            throw Problem.badRequest("code-wrong");
        }
        table.verified(viewer.username(), channel, now);
        audit.record(viewer, AuditEntry.done("notification.address-verified", null, "address:" + channel, Map.of()));
    }

    @Override
    @Transactional
    public void forget(Channel channel, Viewer viewer) {
        if (table.forget(viewer.username(), channel)) {
            audit.record(
                    viewer, AuditEntry.done("notification.address-forgotten", null, "address:" + channel, Map.of()));
        }
    }

    /** What cannot be sent here is not shown and so not chosen; it stays as it was. */
    private Choices withUnavailable(Choices wanted, Choices before) {
        List<Channel> available = available();
        var channels = new EnumMap<NoticeKind, Set<Channel>>(NoticeKind.class);
        for (NoticeKind kind : NoticeKind.values()) {
            var chosen = EnumSet.noneOf(Channel.class);
            for (Channel channel : Channel.values()) {
                if ((available.contains(channel) ? wanted : before).has(kind, channel)) {
                    chosen.add(channel);
                }
            }
            channels.put(kind, chosen);
        }
        return new Choices(channels, wanted.quietFrom(), wanted.quietUntil(), wanted.digest(), true);
    }

    private void send(Channel channel, String address, String code, Viewer viewer) {
        String language =
                accounts.find(viewer.username()).map(Account::language).orElse("zh");
        if (channel == Channel.MAIL) {
            try {
                mail.code(address, code, Locale.forLanguageTag(language));
            } catch (MailException | IllegalStateException silent) {
                throw Problem.unavailable("mail-silent");
            }
            return;
        }
        var content = Map.of(
                "to", address,
                "language", language,
                "text", texts.of("notification.webhook.code", code).in(Locale.forLanguageTag(language)));
        try {
            gateway.send(channel, UUID.randomUUID().toString(), content);
        } catch (WebhookGateway.Refused refused) {
            throw Problem.unavailable("gateway-silent");
        }
    }

    private byte[] digest(String code, Viewer viewer, Channel channel) {
        return cipher.blindIndex(code, "notification.code|" + viewer.username() + "|" + channel);
    }

    private static String hidden(String address) {
        return address.length() <= 2 * SHOWN
                ? "****"
                : address.substring(0, SHOWN) + "****" + address.substring(address.length() - SHOWN);
    }
}
