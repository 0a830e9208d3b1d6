package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Exchange of information over HTTP: minimal lists, receipts, differences, minutes. */
@AppTest
class InfoExchangeFlowTests {

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

    private Journey started(String user, String kind, String area) {
        return new Journey(api, clock)
                .open(
                        user,
                        "info-exchange",
                        Map.of(
                                "exchangeKind",
                                kind,
                                "areaCode",
                                "990105001001",
                                "exchangeScope",
                                area,
                                "purpose",
                                "每月核对在管情况"));
    }

    private static Map<String, Object> receipt(Object... differences) {
        return Map.of(
                "received", true, "keptConfidential", true, "signature", true, "differences", List.of(differences));
    }

    @Test
    void everyDepartmentReadsItsOwnListAndNothingMore() {
        care.enrolled().dangerousVisit();
        Journey exchange = started("prevention", "EXCHANGE", "CITY");
        String lists = "/api/v1/community/exchanges/" + exchange.number();

        var police = api.get("citypolice", lists).expect(200).json();
        assertThat(police).hasSize(1);
        // people of other tests are on the list too, some of them not rated yet
        assertThat(police.get(0).get("entries").toString()).contains("\"colour\":\"RED\"");
        var civil = api.get("civil", lists).expect(200).json();
        assertThat(civil.get(0).get("department").asString()).isEqualTo("civilAffairs");
        for (var row : civil.get(0).get("entries")) {
            assertThat(row.get("colour").isNull()).isTrue();
            assertThat(row.get("dangerLevel").isNull()).isTrue();
        }
        assertThat(api.get("prevention", lists).expect(200).json())
                .as("the organiser reads no list")
                .isEmpty();
        api.get("finance", lists).expect(404);

        exchange.complete("citypolice", "ReceivePolice", receipt());
        exchange.complete("civil", "ReceiveCivil", receipt(Map.of("entryNo", 1, "differenceKind", "MOVED")));
        exchange.complete("medins", "ReceiveInsurance", receipt());
        assertThat(exchange.offered("prevention", "ResolveDifferences")).isFalse();
        exchange.complete("dpf", "ReceiveDpf", receipt());
        exchange.complete(
                "prevention",
                "ResolveDifferences",
                Map.of(
                        "resolutions",
                        List.of(Map.of("differenceNo", 1, "resolution", "CORRECTED")),
                        "signature",
                        true));
        assertThat(exchange.file("prevention").get("outcome").asString()).isEqualTo("EXCHANGE_DONE");
        assertThat(exchange.papers("prevention")).contains("exchange-list");
    }

    @Test
    void aTownMeetingLeavesMinutes() {
        Journey meeting = started("town", "MEETING", "TOWN");
        meeting.complete("town", "HoldTownMeeting", Map.of());
        assertThat(meeting.file("town").get("outcome").asString()).isEqualTo("MEETING_HELD");
        assertThat(meeting.papers("prevention"))
                .as("the centre reads what was decided")
                .contains("meeting-minutes");
    }
}
