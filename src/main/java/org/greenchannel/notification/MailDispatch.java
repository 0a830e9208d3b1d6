package org.greenchannel.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends mails: a case number, what to do and where to sign in. Every mail has its own transaction and its own retries, so
 * that one that always fails holds up no other.
 */
@Component
@EnableConfigurationProperties(MailSettings.class)
class MailDispatch {

    /** From this many failures on somebody has to look at it. */
    static final int ATTENTION = 3;

    /** Waiting times after the first, second … failure; after the last one the mail is dead. */
    static final List<Duration> RETRIES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2));

    private static final Logger LOG = LoggerFactory.getLogger(MailDispatch.class);
    private static final int ROUND = 200;

    private final DeliveryTable table;
    private final Accounts accounts;
    private final Texts texts;
    private final ObjectProvider<JavaMailSender> sender;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final MailSettings settings;
    private final MailBoxes boxes;
    private final String publicUrl;

    MailDispatch(
            DeliveryTable table,
            Accounts accounts,
            Texts texts,
            ObjectProvider<JavaMailSender> sender,
            TransactionTemplate transaction,
            Clock clock,
            MailSettings settings,
            MailBoxes boxes,
            @Value("${greenchannel.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
        this.table = table;
        this.accounts = accounts;
        this.texts = texts;
        this.sender = sender;
        this.transaction = transaction;
        this.clock = clock;
        this.settings = settings;
        this.boxes = boxes;
        this.publicUrl = publicUrl;
    }

    boolean enabled() {
        return settings.enabled();
    }

    /** Sends what is due. */
    @Scheduled(fixedDelayString = "${greenchannel.mail.every:PT5S}", initialDelayString = "PT5S")
    void run() {
        for (int i = 0; enabled() && i < ROUND; i++) {
            if (!Boolean.TRUE.equals(transaction.execute(status -> sendNext()))) {
                return;
            }
        }
    }

    /** Sends the code that confirms a mail box; {@link MailException} or {@link IllegalStateException} when it does not go out. */
    void code(String to, String code, Locale locale) {
        JavaMailSender post = sender.getIfAvailable();
        if (post == null) {
            throw new IllegalStateException("no mail server is configured");
        }
        var mail = new SimpleMailMessage();
        mail.setFrom(settings.from());
        mail.setTo(to);
        mail.setSubject(texts.of("notification.mail.code-subject").in(locale));
        mail.setText(texts.of("notification.mail.code", code).in(locale));
        post.send(mail);
    }

    /** Sends one; false when none is due. */
    private boolean sendNext() {
        Optional<DeliveryTable.Due> next = table.next(clock.instant(), Channel.MAIL);
        next.ifPresent(this::attempt);
        return next.isPresent();
    }

    private void attempt(DeliveryTable.Due due) {
        Instant now = clock.instant();
        List<UUID> ids = table.together(due, Channel.MAIL, now);
        try {
            send(due, ids.size());
            table.sent(ids, now);
        } catch (MailException | IllegalStateException e) {
            // the text of the error may hold an address; its class says enough
            String error = e.getClass().getSimpleName();
            LOG.warn("Mail {} failed for the {}. time: {}", due.id(), due.attempts() + 1, error);
            table.failed(ids, due.attempts(), error, now);
        }
    }

    private void send(DeliveryTable.Due due, int count) {
        JavaMailSender post = sender.getIfAvailable();
        if (post == null) {
            throw new IllegalStateException("no mail server is configured");
        }
        Locale locale = Locale.forLanguageTag(
                accounts.find(due.username()).map(Account::language).orElse("zh"));
        String title = texts.of("notification." + due.template() + ".title").in(locale);
        var mail = new SimpleMailMessage();
        mail.setFrom(settings.from());
        mail.setTo(boxes.of(due.username()));
        if (count > 1) {
            mail.setSubject(texts.of("notification.digest.subject", count).in(locale));
            mail.setText(texts.of("notification.digest.body", count, publicUrl).in(locale));
        } else {
            mail.setSubject(texts.of("notification.mail.subject", due.caseNumber(), title)
                    .in(locale));
            mail.setText(texts.of("notification.mail.body", due.caseNumber(), title, publicUrl)
                    .in(locale));
        }
        post.send(mail);
    }
}
