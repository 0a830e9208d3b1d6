package org.greenchannel.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.ModuleDatabase;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.Texts;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server stands for the city's gateway: it checks what is signed, fails, is slow and sends elsewhere. */
class WebhookDispatchTests {

    private static final String SECRET = "a-secret-that-has-more-than-32-bytes";
    private static final String PHONE = "+8613800000000";
    private static final ModuleDatabase DATABASE = new ModuleDatabase("notification");

    private final NotificationTable table = new NotificationTable(DATABASE.jdbc());
    private final DeliveryTable deliveries = new DeliveryTable(DATABASE.jdbc());
    private final PreferenceTable preferences = new PreferenceTable(DATABASE.jdbc());
    private final TestClock clock = new TestClock();
    private final JsonMapper json = new JsonMapper();
    private final ArrayBlockingQueue<Integer> answers = new ArrayBlockingQueue<>(20);
    private final List<JsonNode> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
    private final List<String> elsewhere = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private WebhookDispatch dispatch;

    @BeforeEach
    void open() throws IOException {
        DATABASE.jdbc()
                .sql("truncate notification.delivery, notification.inbox, notification.duty, notification.message,"
                        + " notification.address, notification.preference")
                .update();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/notify", this::take);
        server.createContext("/elsewhere", exchange -> {
            elsewhere.add(exchange.getRequestURI().toString());
            answer(exchange, 200);
        });
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        dispatch = dispatch(SECRET);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private WebhookDispatch dispatch(String secret) {
        var gateway = new WebhookSettings.Gateway(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/notify"),
                "2026",
                secret,
                Duration.ofSeconds(2));
        FieldCipher cipher = mock();
        when(cipher.decrypt(any(), anyString()))
                .thenAnswer(call -> new String(call.<byte[]>getArgument(0), StandardCharsets.UTF_8));
        Accounts accounts = mock();
        when(accounts.find(anyString())).thenReturn(Optional.empty());
        Texts texts = mock();
        when(texts.of(anyString(), any(Object[].class)))
                .thenAnswer(call -> new Text(List.of(call.getArguments()).toString(), "en"));
        return new WebhookDispatch(
                deliveries,
                preferences,
                new WebhookGateway(new WebhookSettings(gateway, null), json, clock),
                cipher,
                accounts,
                texts,
                DATABASE.transaction(),
                clock,
                "https://gc.example");
    }

    /** What a gateway has to do: check the signature, take an id once, and say when it cannot. */
    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        String expected = "v1," + hmac(id + "." + timestamp + "." + new String(body, StandardCharsets.UTF_8));
        ids.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        Integer planned = answers.poll();
        if (!MessageDigest.isEqual(expected.getBytes(), signature.getBytes())
                || Math.abs(Long.parseLong(timestamp) - clock.instant().getEpochSecond()) > 300
                || !"2026".equals(exchange.getRequestHeaders().getFirst("webhook-key-id"))) {
            answer(exchange, 401);
            return;
        }
        int status = planned == null ? 200 : planned;
        if (status == 0) {
            pause();
        }
        if (status == 200) {
            taken.add(json.readTree(body));
        }
        if (status == 302) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        answer(exchange, status == 0 ? 200 : status);
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(6);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static String hmac(String content) throws IOException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theGatewayGetsASignedNeutralTextAndNothingOfTheCase() {
        deliver("doctor", "team-alert", false);
        dispatch.run();
        assertThat(taken).hasSize(1);
        JsonNode body = taken.get(0);
        assertThat(new HashSet<>(body.propertyNames())).isEqualTo(Set.of("channel", "to", "language", "text", "link"));
        assertThat(body.get("to").asString()).isEqualTo(PHONE);
        assertThat(body.get("text").asString()).contains("notification.webhook.TASK");
        assertThat(body.get("link").asString()).isEqualTo("https://gc.example/notifications");
        assertThat(body.toString()).doesNotContain("EA-2026", "team-alert", "doctor");
        dispatch.run();
        assertThat(taken).as("sent once").hasSize(1);
    }

    @Test
    void aWrongSecretIsNotTaken() {
        deliver("doctor", "team-alert", false);
        dispatch("another-secret-that-is-long-enough-too").run();
        assertThat(taken).isEmpty();
        assertThat(error()).isEqualTo("HTTP-401");
    }

    @Test
    void afterTwoFailuresTheThirdTimeItArrivesUnderTheSameId() {
        answers.addAll(List.of(500, 500, 200));
        deliver("doctor", "team-alert", false);
        for (int i = 0; i < 3; i++) {
            dispatch.run();
            dispatch.run(); // not due yet
            assertThat(ids).hasSize(i + 1);
            clock.advance(MailDispatch.RETRIES.get(i));
        }
        assertThat(taken).hasSize(1);
        assertThat(new HashSet<>(ids)).hasSize(1);
        dispatch.run();
        assertThat(ids).hasSize(3);
    }

    @Test
    void whatNeverArrivesIsGivenUpWhereTheAdministratorSeesItAndCanBeSentAgain() {
        for (int i = 0; i < 6; i++) {
            answers.add(503);
        }
        deliver("doctor", "team-alert", false);
        for (int i = 0; i < 7; i++) {
            dispatch.run();
            clock.advance(Duration.ofHours(3));
        }
        assertThat(ids).hasSize(6);
        var failed = deliveries.failing(MailDispatch.ATTENTION, 10);
        assertThat(failed).singleElement().satisfies(one -> {
            assertThat(one.dead()).isTrue();
            assertThat(one.channel()).isEqualTo(Channel.SMS);
            assertThat(one.error()).isEqualTo("HTTP-503");
        });
        deliveries.again(failed.get(0).id(), clock.instant());
        dispatch.run();
        assertThat(taken).hasSize(1);
        assertThat(new HashSet<>(ids)).hasSize(1);
    }

    @Test
    void aRedirectIsAFailureAndNeverFollowed() {
        answers.add(302);
        deliver("doctor", "team-alert", false);
        dispatch.run();
        assertThat(elsewhere).isEmpty();
        assertThat(error()).isEqualTo("HTTP-302");
    }

    @Test
    void aSlowGatewayIsLeftAloneUntilTheNextRound() {
        answers.addAll(List.of(0, 200));
        deliver("doctor", "team-alert", false);
        deliver("nurse", "team-alert", false);
        long start = System.nanoTime();
        dispatch.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        assertThat(ids).as("the second one is not tried in this round").hasSize(1);
        assertThat(error()).isIn("Timeout", "HttpTimeoutException");
        dispatch.run();
        assertThat(taken).hasSize(1);
        clock.advance(MailDispatch.RETRIES.get(0));
        dispatch.run();
        assertThat(taken).hasSize(2);
    }

    @Test
    void whatMayWaitGoesOutAsOne() {
        deliver("doctor", "admission-decided", true);
        deliver("doctor", "funding-settled", true);
        deliver("nurse", "funding-settled", true);
        dispatch.run();
        assertThat(taken).hasSize(2);
        assertThat(taken.stream().map(body -> body.get("text").asString()))
                .anyMatch(text -> text.contains("notification.webhook.digest, 2"))
                .anyMatch(text -> text.contains("notification.webhook.DECISION"));
    }

    @Test
    void anAddressThatIsGoneIsGivenUpAtOnce() {
        deliver("doctor", "team-alert", false);
        preferences.forget("doctor", Channel.SMS);
        dispatch.run();
        assertThat(ids).isEmpty();
        assertThat(deliveries.failing(MailDispatch.ATTENTION, 10))
                .singleElement()
                .matches(one -> one.dead() && "NoAddress".equals(one.error()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://gateway.example/notify",
                "http://127.0.0.1.gateway.example/",
                "https://user:word@gateway.example/",
                "https://gateway.example/#x",
                "ftp://127.0.0.1/",
                "file:///etc/hosts"
            })
    void onlyPlainSecureAddressesAreTaken(String url) {
        assertThatThrownBy(() -> new WebhookSettings.Gateway(URI.create(url), "1", SECRET, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aShortSecretIsRefusedAndASecretNeverPrinted() {
        URI url = URI.create("https://gateway.example/notify");
        assertThatThrownBy(() -> new WebhookSettings.Gateway(url, "1", "short", Duration.ofSeconds(1)))
                .hasMessageContaining("32 bytes");
        assertThat(new WebhookSettings.Gateway(url, "1", SECRET, Duration.ofSeconds(1)).toString())
                .doesNotContain(SECRET);
    }

    private String error() {
        return DATABASE.jdbc()
                .sql("select last_error from notification.delivery where last_error is not null")
                .query(String.class)
                .single();
    }

    private void deliver(String username, String template, boolean digest) {
        Instant now = clock.instant();
        preferences.address(
                username, Channel.SMS, PHONE.getBytes(StandardCharsets.UTF_8), new byte[] {1}, now.plusSeconds(9), now);
        preferences.verified(username, Channel.SMS, now);
        var message = new NotificationTable.Message(
                UUID.randomUUID(), UUID.randomUUID(), "EA-2026-000001", template, List.of(), now);
        table.add(message);
        table.addDelivery(UUID.randomUUID(), message, username, new NotificationTable.Way(Channel.SMS, now, digest));
    }
}
