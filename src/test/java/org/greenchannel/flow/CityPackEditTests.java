package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.support.CityApp;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** What a city decides is changed by editing a copy of its pack, and nothing else. */
class CityPackEditTests {

    private static final Path TABLE = Path.of("processes/joint-followup/colour-grade.dmn");
    private static final String PACK = "cities/zhengzhou/";

    @TempDir
    Path seeds;

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(seeds.resolve(PACK + file));
        assertThat(text).contains(from);
        Files.writeString(seeds.resolve(PACK + file), text.replaceFirst(Pattern.quote(from), to));
    }

    @Test
    void fourEditsChangeFourBehaviours() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("seeds"), seeds);
        // a deadline: the emergency record within twelve hours instead of twenty-four
        edit("city.yaml", "hours: 24", "hours: 12");
        // a routing rule: another hospital is asked first
        edit(
                "organisations.yaml",
                "'990100000000': [zz-hosp-8, zz-hosp-2, zz-hosp-3, zz-hosp-zhongmu, zz-hosp-xinmi]",
                "'990100000000': [zz-hosp-2, zz-hosp-8]");
        // a funding chain: health, then finance, instead of civil affairs
        edit(
                "city.yaml",
                "chain: civil-affairs@civilAffairs",
                "chain: health-commission@healthCommission,finance@finance");
        // colours: the city calls the highest grade purple and looks after those who stopped their drugs like them
        edit("city.yaml", "{code: RED, zh: 红色, en: Red", "{code: RED, zh: 紫色, en: Purple");
        colourTable();
        try (CityApp app = CityApp.start("zhengzhou", seeds)) {
            Api api = new Api(app.port());
            Journey journey = new Journey(api, app.bean(TestClock.class)).start("officer", Map.of());
            journey.complete("officer", "RecordScene", Map.of());
            assertThat(journey.offered("triage", "AnswerAdmission")).isFalse();
            journey.complete("triage2", "AnswerAdmission", Map.of());
            journey.complete("officer", "PrepareHandover", Map.of());
            journey.complete("triage2", "ReceivePerson", Map.of());
            assertThat(journey.file("triage2").get("hospital").asString()).isEqualTo("zz-hosp-2");
            colours(app, api);
            deadline(app, api, chain(api, app));
        }
    }

    private void colourTable() throws IOException {
        Path own = Files.createDirectories(seeds.resolve(PACK + "decisions")).resolve("colour-grade.dmn");
        String table = Files.readString(TABLE);
        assertThat(table).contains("\"ORANGE\"");
        Files.writeString(own, table.replace("\"ORANGE\"", "\"RED\""));
    }

    private static void deadline(CityApp app, Api api, Journey journey) {
        assertThat(app.bean(LegalClocks.class).definition("T15").amount()).isEqualTo(12);
        JsonNode record = null;
        for (JsonNode clock : api.get("triage", "/api/v1/cases/" + journey.number() + "/clocks")
                .json()) {
            if (clock.get("clock").asString().equals("T15")) {
                record = clock;
            }
        }
        assertThat(record).isNotNull();
        Instant started = Instant.parse(record.get("startedAt").asString());
        assertThat(Duration.between(started, Instant.parse(record.get("dueHard").asString())))
                .isEqualTo(Duration.ofHours(12));
    }

    private static void colours(CityApp app, Api api) {
        Map<String, Object> inputs = Map.of(
                "careState", "HOME",
                "dangerLevel", 0,
                "stabilityClass", "STABLE",
                "monthsSinceIncident", 99,
                "drugStopped", true,
                "guardianCare", "GOOD",
                "visitResult", "IMPROVED");
        JsonNode answer = api.post("primary", "/api/v1/decisions/colour-grade/evaluate", Map.of("inputs", inputs))
                .expect(200)
                .json();
        assertThat(answer.get("outputs").get("colourAdvice").asString()).isEqualTo("RED");
        assertThat(app.bean(Organisations.class).settings("colour").get("set").toString())
                .contains("紫色");
    }

    private static Journey chain(Api api, CityApp app) {
        // a case at the hospital whose insurance office has an account
        Journey journey =
                new Journey(api, app.bean(TestClock.class)).start("officer", Map.of("areaCode", "990105001001"));
        journey.complete("officer", "RecordScene", Map.of());
        journey.complete(
                "triage2", "AnswerAdmission", Map.of("hospitalAnswer", "NO_BED", "noBedReason", "病房满员，急诊留观床位已用完。"));
        journey.complete("triage", "AnswerAdmission", Map.of());
        journey.complete("officer", "PrepareHandover", Map.of());
        journey.received();
        journey.complete("insurance", "CollectSettlement", Map.of());
        assertThat(journey.offered("civil", "ApproveClaim")).isFalse();
        for (String approver : List.of("health", "finance")) {
            journey.complete(approver, "ApproveClaim", Map.of());
        }
        journey.complete("finance", "PayClaim", Map.of());
        return journey;
    }

    @Test
    void aTableOfTheCityThatDoesNotFitStopsTheStart() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("seeds"), seeds);
        Path decisions = Files.createDirectories(seeds.resolve(PACK + "decisions"));
        String table = Files.readString(Path.of("processes/emergency-admission/hospital-routing.dmn"));
        Files.writeString(
                decisions.resolve("hospital-routing.dmn"),
                table.replace("<text>infection</text>", "<text>moonPhase</text>"));
        assertThatThrownBy(() -> CityApp.start("zhengzhou", seeds).close())
                .rootCause()
                .hasMessageContaining("hospital-routing.dmn: asks for inputs that no process gives: [moonPhase]");
    }
}
