package org.greenchannel.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.ModuleDatabase;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.Texts;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mails reach a real server, and one that cannot be delivered holds up no other. */
class MailDispatchTests {

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort());

    private static final ModuleDatabase DATABASE = new ModuleDatabase("notification");

    private final NotificationTable table = new NotificationTable(DATABASE.jdbc());
    private final DeliveryTable deliveries = new DeliveryTable(DATABASE.jdbc());
    private final TestClock clock = new TestClock();
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final Accounts accounts = mock();
    private final MailSettings settings =
            new MailSettings(true, "green-channel@city.example", "city.example", java.util.List.of("district.example"));
    private final PreferenceTable rows = new PreferenceTable(DATABASE.jdbc());
    private final FieldCipher cipher = mock();
    private final MailBoxes boxes = new MailBoxes(rows, cipher, settings);
    private MailDispatch dispatch;
    private NoticePreferences preferences;
    private final Viewer doctor = mock();

    @BeforeEach
    void connect() {
        DATABASE.jdbc()
                .sql(
                        "truncate notification.delivery, notification.inbox, notification.duty, notification.message, notification.address")
                .update();
        sender.setHost("127.0.0.1");
        sender.setPort(SERVER.getSmtp().getPort());
        sender.setDefaultEncoding("UTF-8");
        when(accounts.find(anyString())).thenReturn(Optional.empty());
        when(accounts.find("doctor-en")).thenReturn(Optional.of(account("doctor-en", "en")));
        Texts texts = mock();
        when(texts.of(anyString(), any(Object[].class))).thenAnswer(call -> {
            Object[] all = call.getArguments();
            String text = all[0] + (all.length > 1 ? "|" + String.join("|", strings(all)) : "");
            return new Text("中" + text, "en " + text);
        });
        ObjectProvider<JavaMailSender> provider = mock();
        when(provider.getIfAvailable()).thenReturn(sender);
        dispatch = new MailDispatch(
                deliveries,
                accounts,
                texts,
                provider,
                DATABASE.transaction(),
                clock,
                settings,
                boxes,
                "https://gc.example");
        when(cipher.encrypt(anyString(), anyString()))
                .thenAnswer(call -> ("sealed " + call.getArgument(0)).getBytes(StandardCharsets.UTF_8));
        when(cipher.decrypt(any(), anyString()))
                .thenAnswer(call -> new String(call.<byte[]>getArgument(0), StandardCharsets.UTF_8).substring(7));
        when(cipher.blindIndex(anyString(), anyString()))
                .thenAnswer(call -> (call.getArgument(0) + "|" + call.getArgument(1)).getBytes(StandardCharsets.UTF_8));
        when(doctor.username()).thenReturn("doctor-zh");
        WebhookGateway gateway = mock();
        CityChoices city = mock();
        AuditLog audit = mock();
        preferences =
                new StoredPreferences(rows, city, dispatch, gateway, boxes, cipher, accounts, audit, texts, clock);
    }

    @Test
    void aBoxOfOnesOwnIsUsedOnceItsCodeWasEntered() throws Exception {
        preferences.address(Channel.MAIL, " Doctor.Zh@District.example ", doctor);
        var asked = SERVER.getReceivedMessages()[0];
        assertThat(to(asked)).isEqualTo("doctor.zh@district.example");
        var code = java.util.regex.Pattern.compile("\\|([0-9]{6})").matcher(body(asked));
        assertThat(code.find()).isTrue();
        mailFor("doctor-zh");
        dispatch.run();
        assertThat(recipients())
                .as("not before it is confirmed")
                .containsExactlyInAnyOrder("doctor.zh@district.example", "doctor-zh@city.example");
        assertThatThrownBy(() -> preferences.verify(Channel.MAIL, "000000x", doctor))
                .hasMessageContaining("code-wrong");
        preferences.verify(Channel.MAIL, code.group(1), doctor);
        mailFor("doctor-zh", "doctor-en");
        dispatch.run();
        assertThat(recipients())
                .containsExactlyInAnyOrder(
                        "doctor.zh@district.example",
                        "doctor-zh@city.example",
                        "doctor.zh@district.example",
                        "doctor-en@city.example");
        assertThatThrownBy(() -> preferences.verify(Channel.MAIL, code.group(1), doctor))
                .hasMessageContaining("code-used");
        preferences.forget(Channel.MAIL, doctor);
        mailFor("doctor-zh");
        dispatch.run();
        assertThat(recipients().stream().filter("doctor-zh@city.example"::equals))
                .hasSize(2);
    }

    @Test
    void aCodeByMailIsGoodForTenMinutesAndAServerThatIsSilentIsTold() throws Exception {
        preferences.address(Channel.MAIL, "doctor@city.example", doctor);
        var code = java.util.regex.Pattern.compile("\\|([0-9]{6})").matcher(body(SERVER.getReceivedMessages()[0]));
        assertThat(code.find()).isTrue();
        clock.advance(Duration.ofMinutes(11));
        assertThatThrownBy(() -> preferences.verify(Channel.MAIL, code.group(1), doctor))
                .hasMessageContaining("code-expired");
        clock.advance(Duration.ofMinutes(2));
        sender.setPort(1);
        assertThatThrownBy(() -> preferences.address(Channel.MAIL, "doctor@city.example", doctor))
                .hasMessageContaining("mail-silent");
    }

    private static java.util.List<String> recipients() {
        return java.util.Arrays.stream(SERVER.getReceivedMessages())
                .map(MailDispatchTests::to)
                .toList();
    }

    private static String body(jakarta.mail.internet.MimeMessage mail) throws Exception {
        return String.valueOf(mail.getContent());
    }

    @Test
    void sendsACaseNumberAndALinkInTheLanguageOfTheAccount() throws Exception {
        mailFor("doctor-en", "doctor-zh");
        dispatch.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(2);
        var english = java.util.Arrays.stream(SERVER.getReceivedMessages())
                .filter(mail -> to(mail).equals("doctor-en@city.example"))
                .findFirst()
                .orElseThrow();
        assertThat(english.getSubject()).startsWith("en ").contains("EA-2026-000001");
        assertThat(GreenMailUtil.getBody(english)).contains("https://gc.example");
        dispatch.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(2);
    }

    @Test
    void triesAgainLaterAndGivesUpWhereSomebodySeesIt() {
        mailFor("doctor-zh");
        sender.setPort(1);
        for (int failure = 1; failure <= 3; failure++) {
            assertThat(deliveries.failing(MailDispatch.ATTENTION, 10)).isEmpty();
            dispatch.run();
            dispatch.run(); // not due again yet: nothing happens
            clock.advance(MailDispatch.RETRIES.get(failure - 1));
        }
        assertThat(deliveries.failing(MailDispatch.ATTENTION, 10))
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.attempts()).isEqualTo(3);
                    assertThat(failed.dead()).isFalse();
                    assertThat(failed.error()).isEqualTo("MailSendException");
                });
        for (int failure = 4; failure <= 6; failure++) {
            dispatch.run();
            clock.advance(Duration.ofHours(3));
        }
        assertThat(deliveries.failing(MailDispatch.ATTENTION, 10))
                .singleElement()
                .matches(FailedDelivery::dead);
        dispatch.run();
        assertThat(deliveries.failing(MailDispatch.ATTENTION, 10).get(0).attempts())
                .isEqualTo(6);

        sender.setPort(SERVER.getSmtp().getPort());
        deliveries.again(deliveries.failing(MailDispatch.ATTENTION, 10).get(0).id(), clock.instant());
        dispatch.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        assertThat(deliveries.failing(MailDispatch.ATTENTION, 10)).isEmpty();
    }

    @Test
    void aMailThatAlwaysFailsHoldsUpNoOther() {
        mailFor("no body", "doctor-zh");
        dispatch.run();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    private void mailFor(String... usernames) {
        Instant now = Clock.system(ZoneOffset.UTC).instant().minusSeconds(1);
        var message = new NotificationTable.Message(
                UUID.randomUUID(), UUID.randomUUID(), "EA-2026-000001", "team-alert", java.util.List.of(), now);
        assertThat(table.add(message)).isTrue();
        assertThat(table.add(message)).isFalse();
        for (String username : usernames) {
            table.addDelivery(
                    UUID.randomUUID(), message, username, new NotificationTable.Way(Channel.MAIL, now, false));
        }
    }

    private static String[] strings(Object[] all) {
        return java.util.Arrays.stream(all).skip(1).map(String::valueOf).toArray(String[]::new);
    }

    private static String to(jakarta.mail.internet.MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Account account(String username, String language) {
        return new Account(UUID.randomUUID(), username, username, "zz-hosp-8", Set.of(), Set.of(), language, true);
    }
}
