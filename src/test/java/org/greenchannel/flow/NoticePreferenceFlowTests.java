package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Messages and choices over the API: everybody has his own, and only administrators see what failed. */
@AppTest
class NoticePreferenceFlowTests {

    private static final String CHOICES = "/api/v1/me/notification-preferences";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    private Api api;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @AfterEach
    void realTime() {
        api.send("town", "DELETE", CHOICES);
        clock.reset();
    }

    @Test
    void choicesAreTheCallersOwnAndTheBellStaysOnForDeadlines() {
        var before = api.get("town", CHOICES).expect(200).json();
        assertThat(before.get("own").asBoolean()).isFalse();
        assertThat(before.get("quietFrom").asString()).startsWith("22:00");
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("channels", Map.of("TASK", List.of("IN_APP"), "DEADLINE_BREACHED", List.of()));
        wanted.put("quietFrom", "21:00");
        wanted.put("quietUntil", "06:30");
        wanted.put("digest", false);
        api.put("town", CHOICES, wanted).expect(200);
        var kept = api.get("town", CHOICES).expect(200).json();
        assertThat(kept.get("own").asBoolean()).isTrue();
        assertThat(kept.at("/channels/DEADLINE_BREACHED").toString()).contains("IN_APP");
        assertThat(kept.get("quietUntil").asString()).startsWith("06:30");
        assertThat(api.get("officer", CHOICES).json().get("own").asBoolean()).isFalse();
        wanted.remove("quietUntil");
        var refused = api.put("town", CHOICES, wanted).expect(400);
        assertThat(refused.body()).contains("quiet-hours");
        assertThat(api.put("town", CHOICES, Map.of("channels", Map.of("NONSENSE", List.of())))
                        .status())
                .isEqualTo(422);
        api.send("town", "DELETE", CHOICES).expect(200);
        assertThat(api.get("town", CHOICES).json().get("own").asBoolean()).isFalse();
    }

    @Test
    void messagesAreReadOverTheApi() throws InterruptedException {
        var journey = new Journey(api, clock).start("officer", Map.of());
        // other tests wake clocks of other cases: only the notice of this case counts
        JsonNode notice = null;
        for (int i = 0; i < 200 && notice == null; i++) {
            Thread.sleep(50);
            notice = alert(journey.number());
        }
        assertThat(notice).as("notice of the alert").isNotNull();
        assertThat(notice.get("title").asString()).isNotBlank();
        assertThat(unread()).isPositive();
        String path = "/api/v1/notifications/" + notice.get("id").asString() + "/read";
        api.send("finance", "POST", path).expect(204);
        assertThat(alert(journey.number())).as("nobody reads for somebody else").isNotNull();
        api.send("town", "POST", path).expect(204);
        api.send("town", "POST", path).expect(204);
        assertThat(alert(journey.number())).isNull();
        api.get("", "/api/v1/notifications").expect(401);
    }

    /** The unread notice of the town about the new case, or null. */
    private @Nullable JsonNode alert(String number) {
        // other tests have left notices dated in the future
        String cursor = "";
        do {
            JsonNode unread = api.get("town", "/api/v1/notifications?unread=true&limit=50" + cursor)
                    .expect(200)
                    .json();
            for (JsonNode item : unread.get("items")) {
                if (item.get("caseNumber").asString().equals(number)
                        && item.get("template").asString().equals("team-alert")) {
                    return item;
                }
            }
            String next = unread.path("nextCursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
        return null;
    }

    @Test
    void onlyAdministratorsSeeAndRepeatWhatFailed() {
        api.get("sysadmin", "/api/v1/notifications/failed").expect(200);
        api.get("town", "/api/v1/notifications/failed").expect(403);
        String retry = "/api/v1/notifications/failed/" + UUID.randomUUID() + "/retry";
        api.send("town", "POST", retry).expect(403);
        api.send("sysadmin", "POST", retry).expect(404);
    }

    @Test
    void withoutAGatewayNoAddressIsTaken() {
        var refused = api.put("town", "/api/v1/me/notification-addresses/SMS", Map.of("address", "13800000000"))
                .expect(400);
        assertThat(refused.body()).contains("channel-off");
        assertThat(api.get("town", "/api/v1/me/notification-addresses")
                        .expect(200)
                        .json())
                .isEmpty();
    }

    @Test
    void dutiesToTellByVoiceAreListedAndRecordedOnce() throws InterruptedException {
        var journey = new Journey(api, clock).start("officer", Map.of());
        JsonNode duty = null;
        for (int i = 0; i < 200 && duty == null; i++) {
            Thread.sleep(50);
            for (JsonNode one : api.get("town", "/api/v1/notifications/duties?limit=200")
                    .expect(200)
                    .json()) {
                duty = one.get("caseNumber").asString().equals(journey.number()) ? one : duty;
            }
        }
        assertThat(duty).as("duty of the case").isNotNull();
        String path = "/api/v1/notifications/duties/" + duty.get("id").asString();
        var done = Map.of("caseId", duty.get("caseId").asString(), "result", "REACHED");
        api.post("finance", path, done).expect(404);
        api.post("town", path, Map.of("result", "REACHED")).expect(400);
        api.post("town", path, done).expect(204);
        api.post("town", path, done).expect(409);
    }

    @Test
    void withoutAMailServerNoBoxIsTaken() {
        assertThat(api.put("town", "/api/v1/me/notification-addresses/MAIL", Map.of("address", "a@localhost"))
                        .expect(400)
                        .body())
                .contains("channel-off");
        api.post("town", "/api/v1/me/notification-addresses/MAIL/verify", Map.of("code", "123456"))
                .expect(400);
    }

    private int unread() {
        return api.get("town", "/api/v1/notifications/unread")
                .expect(200)
                .json()
                .get("count")
                .asInt();
    }
}
