package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

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
        int before = unread();
        new Journey(api, clock).start("officer", Map.of());
        for (int i = 0; i < 200 && unread() == before; i++) {
            Thread.sleep(50);
        }
        assertThat(unread()).isEqualTo(before + 1);
        var newest = api.get("town", "/api/v1/notifications?unread=true&limit=1")
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(newest.get("template").asString()).isEqualTo("team-alert");
        assertThat(newest.get("title").asString()).isNotBlank();
        String path = "/api/v1/notifications/" + newest.get("id").asString() + "/read";
        api.send("finance", "POST", path).expect(204);
        assertThat(unread()).as("nobody reads for somebody else").isEqualTo(before + 1);
        api.send("town", "POST", path).expect(204);
        api.send("town", "POST", path).expect(204);
        assertThat(unread()).isEqualTo(before);
        api.get("", "/api/v1/notifications").expect(401);
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
    void theSeedsOfHelpNameRolesThatExist() throws java.io.IOException {
        var yaml = new org.yaml.snakeyaml.Yaml();
        Map<String, Map<String, Object>> help =
                yaml.load(java.nio.file.Files.readString(java.nio.file.Path.of("seeds/help.yaml")));
        Map<String, Map<String, Object>> roles =
                yaml.load(java.nio.file.Files.readString(java.nio.file.Path.of("seeds/roles.yaml")));
        assertThat(roles.get("roles").keySet()).containsAll(help.get("roles").keySet());
    }

    private int unread() {
        return api.get("town", "/api/v1/notifications/unread")
                .expect(200)
                .json()
                .get("count")
                .asInt();
    }
}
