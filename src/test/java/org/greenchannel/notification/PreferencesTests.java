package org.greenchannel.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.notification.NoticePreferences.Choices;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.ModuleDatabase;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.Texts;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

/** People are told as they chose, when they may be disturbed, and only at addresses that are theirs. */
class PreferencesTests {

    private static final ModuleDatabase DATABASE = new ModuleDatabase("notification");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime TEN = LocalTime.of(22, 0);
    private static final LocalTime SEVEN = LocalTime.of(7, 0);

    private final NotificationTable table = new NotificationTable(DATABASE.jdbc());
    private final PreferenceTable rows = new PreferenceTable(DATABASE.jdbc());
    private final TestClock clock = new TestClock();
    private final MailDispatch mail = mock();
    private final WebhookGateway gateway = mock();
    private final Organisations organisations = mock();
    private final CityChoices city = new CityChoices(organisations);
    private final Viewer doctor = mock();
    private Telling telling;
    private StoredPreferences preferences;

    @BeforeEach
    void open() {
        DATABASE.jdbc()
                .sql("truncate notification.delivery, notification.inbox, notification.duty, notification.message,"
                        + " notification.address, notification.preference")
                .update();
        when(doctor.username()).thenReturn("doctor");
        when(organisations.settings("notices")).thenReturn(Map.of());
        when(mail.enabled()).thenReturn(true);
        when(gateway.enabled(Channel.SMS)).thenReturn(true);
        FieldCipher cipher = mock();
        when(cipher.encrypt(anyString(), anyString()))
                .thenAnswer(call -> ("sealed " + call.getArgument(0)).getBytes(StandardCharsets.UTF_8));
        when(cipher.decrypt(any(), anyString()))
                .thenAnswer(call -> new String(call.<byte[]>getArgument(0), StandardCharsets.UTF_8).substring(7));
        when(cipher.blindIndex(anyString(), anyString()))
                .thenAnswer(call -> (call.getArgument(0) + "|" + call.getArgument(1)).getBytes(StandardCharsets.UTF_8));
        Accounts accounts = mock();
        when(accounts.find(anyString())).thenReturn(Optional.empty());
        Texts texts = mock();
        when(texts.of(anyString(), any(Object[].class)))
                .thenAnswer(call -> new Text(String.valueOf(call.getArguments()[1]), "en"));
        AuditLog audit = mock();
        telling = new Telling(table, rows, city, mail, gateway, ZONE);
        preferences = new StoredPreferences(
                rows,
                city,
                mail,
                gateway,
                new MailBoxes(rows, cipher, new MailSettings(true, "gc@city.example", "city.example", List.of())),
                cipher,
                accounts,
                audit,
                texts,
                clock);
    }

    @Test
    void whoChoseNothingIsToldAsTheCityDoes() {
        assertThat(preferences.of(doctor).own()).isFalse();
        assertThat(tell("item-assigned", "2026-11-23T10:00:00+08:00")).containsExactly("MAIL 2026-11-23T02:00:00Z");
        when(organisations.settings("notices")).thenReturn(Map.of("channels", Map.of("TASK", List.of("IN_APP"))));
        assertThat(tell("item-assigned", "2026-11-23T10:00:00+08:00")).isEmpty();
    }

    @Test
    void theBellStaysOnForDeadlinesWhateverIsChosen() {
        preferences.save(new Choices(Map.of(), null, null, false, true), doctor);
        assertThat(preferences.of(doctor).has(NoticeKind.DEADLINE_BREACHED, Channel.IN_APP))
                .isTrue();
        assertThat(tell("clock-breached", "2026-11-23T10:00:00+08:00")).isEmpty();
        assertThat(table.unread("doctor")).isEqualTo(1);
        tell("item-mentioned", "2026-11-23T10:00:00+08:00");
        assertThat(table.unread("doctor")).as("told without a ring").isEqualTo(1);
        assertThat(table.inbox("doctor", false, 10, null, null)).hasSize(2);
    }

    @Test
    void quietHoursHoldBackWhatIsNotUrgent() {
        choose(false);
        assertThat(tell("item-assigned", "2026-11-23T23:00:00+08:00")).containsExactly("MAIL 2026-11-23T23:00:00Z");
        assertThat(tell("item-assigned", "2026-11-24T06:59:00+08:00")).containsExactly("MAIL 2026-11-23T23:00:00Z");
        assertThat(tell("item-assigned", "2026-11-24T07:00:00+08:00")).containsExactly("MAIL 2026-11-23T23:00:00Z");
        assertThat(tell("clock-breached", "2026-11-23T23:00:00+08:00")).containsExactly("MAIL 2026-11-23T15:00:00Z");
        assertThat(tell("team-alert", "2026-11-23T23:00:00+08:00")).containsExactly("MAIL 2026-11-23T15:00:00Z");
    }

    @Test
    void theDigestWaitsForItsTimeAndNeverHoldsATask() {
        choose(true);
        assertThat(tell("admission-decided", "2026-11-23T10:00:00+08:00"))
                .containsExactly("MAIL 2026-11-24T00:30:00Z digest");
        assertThat(tell("item-assigned", "2026-11-23T10:00:00+08:00")).containsExactly("MAIL 2026-11-23T02:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "22:00,07:00,23:00,true",
        "22:00,07:00,22:00,true",
        "22:00,07:00,06:59,true",
        "22:00,07:00,07:00,false",
        "22:00,07:00,12:00,false",
        "12:00,14:00,13:00,true",
        "12:00,14:00,14:00,false",
        "12:00,14:00,11:59,false",
        "08:00,08:00,08:00,false"
    })
    void quietHoursMayGoOverMidnight(LocalTime from, LocalTime until, LocalTime time, boolean quiet) {
        assertThat(Telling.quiet(time, from, until)).isEqualTo(quiet);
        assertThat(Telling.quiet(time, null, null)).isFalse();
    }

    @Test
    void halfOfTheQuietHoursIsRefused() {
        assertThatThrownBy(() -> preferences.save(new Choices(Map.of(), TEN, null, false, true), doctor))
                .hasMessageContaining("quiet-hours");
    }

    @Test
    void anAddressCountsOnlyAfterItsCode() throws Exception {
        preferences.address(Channel.SMS, "+86 138 0000 0000", doctor);
        String code = sent();
        assertThat(code).matches("[0-9]{6}");
        assertThat(preferences.addresses(doctor)).singleElement().satisfies(address -> {
            assertThat(address.shown()).isEqualTo("+8****00");
            assertThat(address.verifiedAt()).isNull();
        });
        assertThat(tell("clock-breached", "2026-11-23T10:00:00+08:00")).noneMatch(way -> way.startsWith("SMS"));
        preferences.verify(Channel.SMS, code, doctor);
        assertThat(tell("clock-breached", "2026-11-23T10:00:00+08:00")).anyMatch(way -> way.startsWith("SMS"));
        assertThatThrownBy(() -> preferences.verify(Channel.SMS, code, doctor)).hasMessageContaining("code-used");
        // another number has to be confirmed again
        clock.advance(Duration.ofMinutes(2));
        preferences.address(Channel.SMS, "13900000000", doctor);
        assertThat(tell("clock-breached", "2026-11-23T10:00:00+08:00")).noneMatch(way -> way.startsWith("SMS"));
    }

    @Test
    void aCodeCannotBeGuessedNorUsedLate() throws Exception {
        preferences.address(Channel.SMS, "13800000000", doctor);
        String code = sent();
        assertThatThrownBy(() -> preferences.address(Channel.SMS, "13800000001", doctor))
                .hasMessageContaining("code-too-soon");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> preferences.verify(Channel.SMS, "none", doctor))
                    .hasMessageContaining("code-wrong");
        }
        assertThatThrownBy(() -> preferences.verify(Channel.SMS, code, doctor)).hasMessageContaining("code-tries");
        clock.advance(Duration.ofMinutes(2));
        preferences.address(Channel.SMS, "13800000000", doctor);
        String second = sent();
        clock.advance(Duration.ofMinutes(11));
        assertThatThrownBy(() -> preferences.verify(Channel.SMS, second, doctor))
                .hasMessageContaining("code-expired");
    }

    @Test
    void whatCannotBeSentIsRefused() throws Exception {
        assertThatThrownBy(() -> preferences.address(Channel.CHAT, "abc", doctor))
                .hasMessageContaining("channel-off");
        for (String bad : List.of("", "1234", "http://169.254.169.254/", "138<script>")) {
            assertThatThrownBy(() -> preferences.address(Channel.SMS, bad, doctor))
                    .hasMessageContaining("address-invalid");
        }
        for (String bad : List.of("", "doctor", "doctor@", "a b@city.example@x", "doctor@-city.example")) {
            assertThatThrownBy(() -> preferences.address(Channel.MAIL, bad, doctor))
                    .hasMessageContaining("mail-invalid");
        }
        for (String elsewhere : List.of("doctor@mail.example", "doctor@city.example.net", "doctor@sub.city.example")) {
            assertThatThrownBy(() -> preferences.address(Channel.MAIL, elsewhere, doctor))
                    .hasMessageContaining("mail-elsewhere");
        }
        doThrow(new WebhookGateway.Refused("Timeout", true)).when(gateway).send(any(), any(), any());
        assertThatThrownBy(() -> preferences.address(Channel.SMS, "13800000000", doctor))
                .hasMessageContaining("gateway-silent");
    }

    private String sent() throws Exception {
        ArgumentCaptor<Map<String, String>> content = ArgumentCaptor.captor();
        verify(gateway, atLeastOnce()).send(eq(Channel.SMS), anyString(), content.capture());
        return String.valueOf(content.getValue().get("text"));
    }

    private void choose(boolean digest) {
        var all = new java.util.EnumMap<NoticeKind, Set<Channel>>(NoticeKind.class);
        Arrays.stream(NoticeKind.values()).forEach(kind -> all.put(kind, Set.of(Channel.IN_APP, Channel.MAIL)));
        preferences.save(new Choices(all, TEN, SEVEN, digest, true), doctor);
    }

    private List<String> tell(String template, String at) {
        var message = new NotificationTable.Message(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "EA-2026-000001",
                template,
                List.of(),
                java.time.OffsetDateTime.parse(at).toInstant());
        table.add(message);
        telling.tell(message, "doctor");
        return DATABASE.jdbc()
                .sql(
                        "select channel, next_attempt_at, digest from notification.delivery where message_id = ? order by channel")
                .param(message.id())
                .query((row, n) -> row.getString("channel") + " "
                        + Instant.ofEpochMilli(
                                row.getTimestamp("next_attempt_at").getTime())
                        + (row.getBoolean("digest") ? " digest" : ""))
                .list();
    }
}
