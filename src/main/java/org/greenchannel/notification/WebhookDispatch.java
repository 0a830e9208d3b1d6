package org.greenchannel.notification;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Text messages and chat over the gateways of the city. A gateway is told what kind of notice it is and where to sign in: no
 * case number, no name, nothing of the case. Every one has its own transaction and its own retries.
 */
@Component
@EnableConfigurationProperties(WebhookSettings.class)
class WebhookDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatch.class);
    private static final int ROUND = 200;

    /** What became of one turn. */
    private enum Turn {
        NOTHING_DUE,
        DONE,
        SILENT
    }

    private final DeliveryTable table;
    private final PreferenceTable preferences;
    private final WebhookGateway gateway;
    private final FieldCipher cipher;
    private final Accounts accounts;
    private final Texts texts;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String publicUrl;

    WebhookDispatch(
            DeliveryTable table,
            PreferenceTable preferences,
            WebhookGateway gateway,
            FieldCipher cipher,
            Accounts accounts,
            Texts texts,
            TransactionTemplate transaction,
            Clock clock,
            @Value("${greenchannel.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
        this.table = table;
        this.preferences = preferences;
        this.gateway = gateway;
        this.cipher = cipher;
        this.accounts = accounts;
        this.texts = texts;
        this.transaction = transaction;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** Place of a sealed address. */
    static String place(String username, Channel channel) {
        return "notification.address.sealed|" + username + "|" + channel;
    }

    /** Sends what is due; a gateway that does not answer is left alone until the next round. */
    @Scheduled(fixedDelayString = "${greenchannel.webhook.every:PT5S}", initialDelayString = "PT5S")
    void run() {
        for (Channel channel : List.of(Channel.SMS, Channel.CHAT)) {
            for (int i = 0; gateway.enabled(channel) && i < ROUND; i++) {
                if (transaction.execute(status -> next(channel)) != Turn.DONE) {
                    break;
                }
            }
        }
    }

    private Turn next(Channel channel) {
        Instant now = clock.instant();
        var found = table.next(now, channel);
        if (found.isEmpty()) {
            return Turn.NOTHING_DUE;
        }
        DeliveryTable.Due due = found.get();
        List<UUID> ids = table.together(due, channel, now);
        var address = preferences.address(due.username(), channel);
        if (address.isEmpty() || address.get().verifiedAt() == null) {
            table.dead(ids, "NoAddress");
            return Turn.DONE;
        }
        try {
            String to = cipher.decrypt(address.get().sealed(), place(due.username(), channel));
            gateway.send(channel, due.id().toString(), content(due, ids.size(), to));
            table.sent(ids, now);
            return Turn.DONE;
        } catch (WebhookGateway.Refused refused) {
            String error = String.valueOf(refused.getMessage());
            LOG.warn("{} {} failed for the {}. time: {}", channel, due.id(), due.attempts() + 1, error);
            table.failed(ids, due.attempts(), error, now);
            return refused.silent() ? Turn.SILENT : Turn.DONE;
        }
    }

    private Map<String, String> content(DeliveryTable.Due due, int count, String to) {
        String language = accounts.find(due.username()).map(Account::language).orElse("zh");
        var text = count > 1
                ? texts.of("notification.webhook.digest", count)
                : texts.of("notification.webhook." + NoticeKind.of(due.template()));
        return Map.of(
                "to",
                to,
                "language",
                language,
                "text",
                text.in(Locale.forLanguageTag(language)),
                "link",
                publicUrl + "/notifications");
    }
}
