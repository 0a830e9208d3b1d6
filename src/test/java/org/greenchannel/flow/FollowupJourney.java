package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import tools.jackson.databind.JsonNode;

/** A person under community management, played over the REST API. */
final class FollowupJourney {

    private final Api api;
    private final Journey journey;
    private final TestClock clock;
    private final ManagementService management;

    FollowupJourney(Api api, TestClock clock, ManagementService management) {
        this.api = api;
        this.clock = clock;
        this.management = management;
        this.journey = new Journey(api, clock);
    }

    Journey journey() {
        return journey;
    }

    /** Lets time pass and runs what comes due. */
    void pass(Duration time) {
        new TimeMachine(clock, management).pass(time);
    }

    void realTime() {
        new TimeMachine(clock, management).realTime();
    }

    /** Registered, told and agreed. */
    FollowupJourney enrolled() {
        journey.open(
                "primary",
                "joint-followup",
                Map.of("followupSource", "SCREENING", "name", "测随访", "sex", "1", "areaCode", "990105001001"));
        journey.complete(
                "primary",
                "AskConsent",
                Map.of(
                        "toldInPerson",
                        true,
                        "statutory",
                        false,
                        "communityConsent",
                        "AGREE",
                        "consentDate",
                        journey.day(0),
                        "consentBy",
                        "PATIENT",
                        "signature",
                        true));
        return this;
    }

    /** A visit before it is due, everything well but for the changes. */
    void visit(Map<String, Object> changes) {
        api.post("primary", "/api/v1/cases/" + journey.number() + "/messages/visit-early", Map.of("data", Map.of()))
                .expect(200);
        Map<String, Object> data = new HashMap<>(ofEntries(
                entry("visitDate", journey.day(0)),
                entry("visitMode", "HOME"),
                entry("companions", List.of("VILLAGE", "POLICE")),
                entry("found", true),
                entry("weaponOrArson", false),
                entry("selfHarmBehaviour", false),
                entry("violence", "NONE"),
                entry("smashing", "NONE"),
                entry("verbalThreat", false),
                entry("actHappened", false),
                entry("dangerLevel", 0),
                entry("minorDisturbances", 0),
                entry("zhaoshiCount", 0),
                entry("zhaohuoCount", 0),
                entry("otherHarmCount", 0),
                entry("selfHarmCount", 0),
                entry("suicideAttempts", 0),
                entry("symptomFlags", List.of("NO_SYMPTOM")),
                entry("symptoms", "NONE"),
                entry("insight", "FULL"),
                entry("sleep", "GOOD"),
                entry("diet", "GOOD"),
                entry("selfCare", "GOOD"),
                entry("housework", "GOOD"),
                entry("work", "FAIR"),
                entry("learning", "FAIR"),
                entry("contact", "FAIR"),
                entry("socialFunction", "GOOD"),
                entry("confined", false),
                entry("stayState", "NEVER"),
                entry("guardianCare", "GOOD"),
                entry("labDone", false),
                entry("adherence", "REGULAR"),
                entry("adverseReaction", "NONE"),
                entry("effect", "IMPROVED"),
                entry("visitResult", "IMPROVED"),
                entry("referralAdvised", false),
                entry("nextVisit", journey.day(14)),
                entry("signature", true)));
        data.putAll(changes);
        journey.complete("primary", "RecordVisit", data);
    }

    /** Smashing at home that could not be stopped: level 3 by D1-6. */
    void dangerousVisit() {
        visit(Map.of("smashing", "OBVIOUS", "smashingPlace", "HOME", "persuadable", false, "dangerLevel", 3));
    }

    void missed(String reason) {
        api.post("primary", "/api/v1/cases/" + journey.number() + "/messages/visit-early", Map.of("data", Map.of()))
                .expect(200);
        journey.complete(
                "primary",
                "RecordVisit",
                Map.of(
                        "visitDate",
                        journey.day(0),
                        "visitMode",
                        "HOME",
                        "found",
                        false,
                        "lostReason",
                        reason,
                        "missedNote",
                        "家属称已离家三日，联系不上。",
                        "signature",
                        true));
    }

    /** The row of the person in the viewer's register, or null. */
    JsonNode row(String user) {
        String cursor = "";
        do {
            JsonNode page = api.get(user, "/api/v1/community/registrations?limit=100&area=990105001001" + cursor)
                    .expect(200)
                    .json();
            for (JsonNode row : page.get("items")) {
                if (row.get("caseNumber").asString().equals(journey.number())) {
                    return row;
                }
            }
            String next = page.path("nextCursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return null;
    }
}
