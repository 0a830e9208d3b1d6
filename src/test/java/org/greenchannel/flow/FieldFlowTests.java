package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Probe.Reply;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a phone in the field asks of the server: rules told before anything is sent, a place on its first screen. */
@AppTest
class FieldFlowTests {

    private static final String START = "/api/v1/processes/emergency-admission/check";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Reply check(String user, String path, Map<String, Object> data) {
        return new Probe(port).post(path).as(user).language("en").data(data).send();
    }

    private static List<String> rules(Reply reply, String kind) {
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().get(kind).values().stream()
                .map(rule -> rule.get("rule").asString())
                .toList();
    }

    private List<Long> traces() {
        return jdbc.sql("select (select count(*) from form.submission) as a, (select count(*) from form.draft) as b,"
                        + " (select count(*) from audit.entry where username = 'officer2') as c")
                .query((row, n) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    @Test
    void rulesAreToldBeforeAnAlarmIsSentAndNothingIsKept() {
        check("officer2", START, Map.of());
        var before = traces();
        Map<String, Object> said = Map.of("behaviours", List.of("ASSAULT"), "dangerToOthersSeen", false);
        Reply told = check("officer2", START, said);
        assertThat(rules(told, "warnings")).contains("incident-report-4");
        assertThat(told.json().at("/warnings/0/message").asString()).contains("Assault");
        assertThat(rules(
                        check("officer2", START, Map.of("behaviours", List.of("ASSAULT"), "dangerToOthersSeen", true)),
                        "warnings"))
                .doesNotContain("incident-report-4");
        Map<String, Object> half = Map.of("behaviours", List.of("ASSAULT"));
        assertThat(rules(check("officer2", START, half), "warnings")).contains("incident-report-4");
        assertThat(rules(check("officer2", START + "?answeredOnly=true", half), "warnings"))
                .as("what has not been asked yet is no matter of a rule yet")
                .isEmpty();
        assertThat(traces()).as("nothing stored, nothing recorded").isEqualTo(before);
    }

    @Test
    void rulesOfATaskSpeakToWhoHandlesItOnly() {
        Journey journey = new Journey(new Api(port), clock).start("officer", Map.of());
        String item = "/api/v1/work-items/"
                + journey.item("officer", "RecordScene").get("id").asString();
        Reply told = check("officer", item + "/check", Map.of("identityStatus", "KNOWN"));
        assertThat(told.status()).isEqualTo(200);
        for (String stranger : List.of("finance", "sysadmin", "auditor")) {
            assertThat(check(stranger, item + "/check", Map.of()).status())
                    .as(stranger)
                    .isIn(403, 404);
        }
        assertThat(check("judge", START, Map.of()).status())
                .as("who may not start it is told no rule of it")
                .isEqualTo(404);
        assertThat(new Probe(port)
                        .get(item)
                        .as("officer")
                        .send()
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("OPEN");
        assertThat(check("officer", "/api/v1/cases/" + journey.number() + "/messages/nothing/check", Map.of())
                        .status())
                .isEqualTo(404);
    }

    private HttpResponse<byte[]> open(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPhoneMayKeepTheApplicationOnItsFirstScreen() {
        HttpResponse<byte[]> login = open("/login?lang=zh");
        assertThat(new String(login.body(), StandardCharsets.UTF_8)).contains("/manifest.webmanifest?lang=zh");
        assertThat(login.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("manifest-src 'self'");
        HttpResponse<byte[]> answer = open("/manifest.webmanifest?lang=zh");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/manifest+json");
        JsonNode manifest = new JsonMapper().readTree(answer.body());
        assertThat(manifest.get("short_name").asString()).isEqualTo("绿通");
        assertThat(manifest.get("start_url").asString()).isEqualTo("/");
        assertThat(manifest.get("display").asString()).isEqualTo("standalone");
        assertThat(manifest.get("icons").values()).hasSize(4).allSatisfy(icon -> {
            HttpResponse<byte[]> file = open(icon.get("src").asString());
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Type").orElseThrow())
                    .isEqualTo(icon.get("type").asString());
        });
        assertThat(new JsonMapper()
                        .readTree(open("/manifest.webmanifest?lang=en").body())
                        .get("short_name")
                        .asString())
                .isEqualTo("Green Channel");
    }
}
