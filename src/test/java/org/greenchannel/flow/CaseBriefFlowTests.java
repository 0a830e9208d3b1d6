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

/** What whoever is called to the scene learns at once, and who learns nothing. */
@AppTest
class CaseBriefFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock)
                .start(
                        "officer",
                        Map.of("personKnown", false, "personName", Journey.REMOVE, "description", "四十岁左右，蓝色外套"));
    }

    private List<String> brief(String user) {
        var values = new ArrayList<String>();
        api.get(user, path())
                .expect(200)
                .json()
                .forEach(line -> values.add(line.get("value").asString()));
        return values;
    }

    private String path() {
        return "/api/v1/cases/" + journey.number() + "/brief";
    }

    @Test
    void townAndPrimaryCareLearnWhereAndHowDangerousItIs() {
        for (String user : List.of("town", "primary", "officer")) {
            assertThat(brief(user))
                    .as(user)
                    .contains("花园路一号院门口", "四十岁左右，蓝色外套", "在小区门口持刀追赶路人，情绪激动，自言自语。")
                    .noneMatch(value -> value.contains("13800000000"));
        }
    }

    @Test
    void theCommunityLearnsThePlaceAndNothingOfThePerson() {
        assertThat(brief("village")).containsExactly("花园路一号院门口");
    }

    @Test
    void nobodyElseAndEveryLookIsRecorded() {
        for (String user : List.of("auditor", "supervisor", "finance", "triage3")) {
            assertThat(api.get(user, path()).status()).as(user).isIn(403, 404);
        }
        brief("town");
        var looks = api.get("auditor", "/api/v1/cases/" + journey.number() + "/timeline?kind=LOOK&limit=50")
                .expect(200)
                .json()
                .get("items");
        assertThat(looks.toString()).contains("town");
    }
}
