package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Joint follow-up over HTTP: colours, danger, loss, who sees what. */
@AppTest
class JointFollowupFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    private Api api;
    private FollowupJourney care;

    @BeforeEach
    void open() {
        api = new Api(port);
        care = new FollowupJourney(api, clock, management);
    }

    @AfterEach
    void realTime() {
        care.realTime();
    }

    @Test
    void dangerRaisesTheColourTellsThePoliceAndRefersUp() {
        care.enrolled().dangerousVisit();

        assertThat(care.row("primary").get("colour").asString()).isEqualTo("RED");
        assertThat(care.row("primary").get("stability").asString()).isEqualTo("UNSTABLE");
        assertThat(care.row("officer").get("dangerLevel").asInt()).isEqualTo(3);
        var village = care.row("village");
        assertThat(village.get("colour").asString()).isEqualTo("RED");
        assertThat(village.get("dangerLevel").isNull())
                .as("the village sees the colour only")
                .isTrue();
        assertThat(village.toString()).doesNotContain("测随访");
        assertThat(care.journey().decisions("primary")).contains("D1-6", "D7a-1", "D7c-3", "D7b-2");
        assertThat(care.journey().papers("primary")).contains("RN-14", "visit-record");
        assertThat(care.journey().clocks("primary")).containsEntry("T24", "RUNNING");
        assertThat(told("danger-police")).as("V11: in the same transaction").isTrue();
        api.get("finance", "/api/v1/community/registrations").expect(403);
    }

    private boolean told(String template) {
        for (var line : care.journey().timeline("primary")) {
            if (line.path("detail").path("template").asString("").equals(template)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aColourFallsOnlyWithTwoSignatures() {
        care.enrolled().dangerousVisit();
        care.visit(Map.of());
        assertThat(care.row("primary").get("colour").asString())
                .as("nobody has signed")
                .isEqualTo("RED");

        care.journey()
                .complete(
                        "primary",
                        "DecideLowering",
                        Map.of("colourDecision", "LOWER", "reason", "三个月无危险行为，规律服药，监护到位。", "signature", true));
        assertThat(care.row("primary").get("colour").asString()).isEqualTo("RED");
        care.journey()
                .complete(
                        "town",
                        "AgreeLowering",
                        Map.of("teamAgrees", true, "heard", List.of("POLICE", "VILLAGE"), "signature", true));
        assertThat(care.row("primary").get("colour").asString()).isEqualTo("GREEN");
        assertThat(care.row("officer")).as("no longer in the team").isNull();
    }

    @Test
    void whoRanAwayIsReportedAtOnceSearchedAndVisitedAgain() {
        care.enrolled().dangerousVisit();
        care.missed("RAN_AWAY");
        assertThat(care.row("primary").get("status").asString()).isEqualTo("LOST");
        assertThat(care.row("primary").get("colour").asString()).isEqualTo("GREY");
        assertThat(care.journey().papers("primary")).contains("lost-report");
        assertThat(told("missing-at-risk")).isTrue();
        assertThat(told("person-lost")).isTrue();

        care.journey()
                .complete(
                        "officer",
                        "SearchLost",
                        Map.of(
                                "searched",
                                List.of("FAMILY", "POLICE_QUERY"),
                                "searchResult",
                                "FOUND",
                                "searchNote",
                                "在车站找到，已送回家中。",
                                "signature",
                                true));
        assertThat(care.row("primary").get("status").asString()).isEqualTo("MANAGED");
        care.visit(Map.of());
        assertThat(care.row("primary").get("colour").asString())
                .as("being found is no way to a lower colour")
                .isEqualTo("RED");
    }

    @Test
    void aVisitThatIsDueIsOnTheListAndAMissIsTriedAgain() {
        care.enrolled();
        assertThat(care.journey().offered("primary", "RecordVisit")).isFalse();
        care.pass(Duration.ofDays(9));
        assertThat(care.journey().offered("primary", "RecordVisit")).isTrue();
        care.journey()
                .complete(
                        "primary",
                        "RecordVisit",
                        Map.of(
                                "visitDate",
                                care.journey().day(0),
                                "visitMode",
                                "HOME",
                                "found",
                                false,
                                "lostReason",
                                "NOT_HOME",
                                "missedNote",
                                "邻居称外出走亲戚。",
                                "signature",
                                true));
        assertThat(care.journey().decisions("primary")).contains("D12-8", "D7b-8");
        assertThat(care.row("primary").get("status").asString()).isEqualTo("MANAGED");
    }
}
