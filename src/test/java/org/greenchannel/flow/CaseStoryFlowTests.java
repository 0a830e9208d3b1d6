package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The story of a case, merged from all that knows of it, and what changed in forms. */
@AppTest
class CaseStoryFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock).start("officer", Map.of()).toHospital();
    }

    private List<JsonNode> story(String user, String query) {
        var lines = new ArrayList<JsonNode>();
        api.get(user, "/api/v1/cases/" + journey.number() + "/timeline?limit=200" + query)
                .expect(200)
                .json()
                .get("items")
                .forEach(lines::add);
        return lines;
    }

    @Test
    void isFilteredByActorStepAndKind() {
        assertThat(story("doctor", "&actor=triage"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.get("actor").asString()).isEqualTo("triage"));
        assertThat(story("doctor", "&step=RecordScene")).hasSizeBetween(2, 4).allSatisfy(line -> assertThat(
                        line.get("detail").get("task").asString())
                .isEqualTo("RecordScene"));
        assertThat(story("doctor", "&actor=triage&kind=TASK_DONE&step=ReceivePerson"))
                .hasSize(1);
        assertThat(story("doctor", "&actor=nobody")).isEmpty();
    }

    @Test
    void whatWasDecidedSaysOnWhoseSubmission() {
        journey.diagnosed(Map.of(), Map.of()).admitted();
        List<JsonNode> decided = story("doctor", "&kind=DECIDED");
        assertThat(decided)
                .extracting(CaseStoryFlowTests::kind)
                .containsOnly("DECISION", "STATUS")
                .contains("DECISION", "STATUS");
        JsonNode admitted = decided.stream()
                .filter(line -> line.get("detail").path("to").asString().equals("INVOLUNTARY_HARM_OTHERS"))
                .findFirst()
                .orElseThrow();
        assertThat(admitted.get("basisText").asString()).isEqualTo("MHL 30");
        assertThat(admitted.get("actor").isNull()).isTrue();
        assertThat(admitted.get("detail").get("by").asString()).isEqualTo("affairs");
        String cause = admitted.get("detail").get("cause").asString();
        assertThat(api.get("doctor", "/api/v1/cases/" + journey.number() + "/submissions")
                        .expect(200)
                        .json()
                        .findValuesAsString("id"))
                .contains(cause);
        assertThat(decided).filteredOn(line -> kind(line).equals("DECISION")).allSatisfy(line -> assertThat(
                        line.get("detail").get("by").asString())
                .isIn("officer", "triage", "doctor", "affairs"));
        // whoever may not know the ground of a status is not told the answers of the tables either
        assertThat(story("insurance", "&kind=DECIDED"))
                .noneMatch(line -> kind(line).equals("DECISION"));
    }

    @Test
    void looksAreToldToThoseWhoAudit() {
        String reveal = "/api/v1/cases/" + journey.number() + "/person/reveal";
        api.post("doctor", reveal, Map.of("purpose", "TREATMENT")).expect(200);
        api.get("triage", "/api/v1/cases/" + journey.number() + "/submissions").expect(200);
        // everybody's looks for the auditor, merged by time; my own for me; nobody else's
        assertThat(story("auditor", "").stream().filter(line -> kind(line).equals("LOOK")))
                .extracting(line -> line.get("actor").asString())
                .contains("doctor", "triage");
        assertThat(story("auditor", "")).isSortedAccordingTo((a, b) -> java.time.Instant.parse(
                        b.get("at").asString())
                .compareTo(java.time.Instant.parse(a.get("at").asString())));
        assertThat(story("doctor", "&kind=LOOK"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.get("actor").asString()).isEqualTo("doctor"));
        assertThat(story("doctor", "&kind=LOOK&actor=triage"))
                .allSatisfy(line -> assertThat(line.get("actor").asString()).isEqualTo("doctor"));
        assertThat(story("doctor", "")).noneMatch(line -> kind(line).equals("LOOK"));
    }

    private static String kind(JsonNode line) {
        return line.get("kind").asString();
    }
}
