package org.greenchannel.flow;

import static java.util.Map.entry;
import static java.util.Map.ofEntries;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.support.CityApp;
import org.greenchannel.support.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The core processes in each city, over HTTP by its demo accounts, and what the cities do differently. */
class CitiesFlowTests {

    /**
     * What is particular about a city.
     *
     * @param approvers accounts that approve a claim of 5000 yuan on the special fund, in order; null when there is none
     * @param teamRoles who is in the team of this city and not in that of every city
     * @param absent days or hours until an absconded patient is reported (T14), months between town meetings (T49) and
     *     between conferences (T50)
     */
    record City(
            String code,
            String area,
            String hospital,
            String second,
            String level3,
            @Nullable List<String> approvers,
            List<Integer> lengths,
            int team,
            List<String> teamRoles,
            String colourOfStoppedDrugs) {
        @Override
        public String toString() {
            return code;
        }
    }

    static List<City> cities() {
        return List.of(
                new City(
                        "jiyuan",
                        "990201001001",
                        "jy-hosp-1",
                        "jy-hosp-2",
                        "jy-hosp-level3",
                        List.of("village", "officer", "primary", "town", "health", "politics", "finance"),
                        List.of(24, 3, 6),
                        4,
                        List.of("town-coordinator"),
                        "ORANGE"),
                new City(
                        "hangzhou",
                        "990306001001",
                        "hz-hosp-1",
                        "hz-hosp-2",
                        "hz-hosp-1",
                        List.of("health"),
                        List.of(1, 3, 6),
                        4,
                        List.of("town-civil-affairs"),
                        "ORANGE"),
                new City(
                        "zhengzhou",
                        "990105001001",
                        "zz-hosp-8",
                        "zz-hosp-2",
                        "zz-hosp-8",
                        List.of("civil"),
                        List.of(24, 3, 3),
                        4,
                        List.of("town-coordinator"),
                        "ORANGE"),
                new City(
                        "qijiang",
                        "990410001001",
                        "qj-hosp-1",
                        "qj-hosp-2",
                        "qj-hosp-level3",
                        null,
                        List.of(24, 3, 3),
                        5,
                        List.of("town-coordinator", "town-civil-affairs"),
                        "YELLOW"),
                new City(
                        "yichang-county",
                        "990581001001",
                        "yc-hosp-1",
                        "yc-hosp-2",
                        "yc-hosp-level3",
                        List.of("town", "politics", "finance"),
                        List.of(24, 1, 12),
                        5,
                        List.of("town-coordinator", "town-civil-affairs"),
                        "ORANGE"));
    }

    @ParameterizedTest
    @MethodSource("cities")
    void coreProcesses(City city) {
        try (CityApp app = CityApp.start(city.code(), null)) {
            settings(app, city);
            discharge(app, city, admission(app, city));
            noBed(app, city);
            money(app, city);
            referral(app, city);
            compulsoryTreatment(app, city);
            colours(app, city);
        }
    }

    private static Journey journey(CityApp app, City city) {
        return new Journey(new Api(app.port()), app.bean(TestClock.class))
                .start("officer", Map.of("areaCode", city.area()));
    }

    private static void settings(CityApp app, City city) {
        LegalClocks clocks = app.bean(LegalClocks.class);
        assertThat(List.of("T14", "T49", "T50").stream()
                        .map(id -> clocks.definition(id).amount())
                        .toList())
                .isEqualTo(city.lengths());
        assertThat((List<?>) app.bean(Organisations.class).settings("caseTeam").get("members"))
                .hasSize(city.team());
    }

    /** From the scene to the served notices, by the people of this city. */
    private static Journey admission(CityApp app, City city) {
        Journey journey = journey(app, city).toHospital();
        assertThat(journey.file("triage").get("hospital").asString()).isEqualTo(city.hospital());
        journey.diagnosed(Map.of(), Map.of()).admitted().notified();
        assertThat(journey.file("affairs").get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(journey.number()).startsWith("EA-");
        assertThat(journey.clocks("affairs")).containsKey("T15");
        return journey;
    }

    /** Found fit, told, free at once, fetched by the guardian; then the community of the city takes over with its own team. */
    private static void discharge(CityApp app, City city, Journey journey) {
        journey.begin(
                        "attending",
                        "discharge-resettlement",
                        ofEntries(
                                entry("requester", "HOSPITAL"),
                                entry("trigger", "ASSESSMENT"),
                                entry("requestForm", "WRITTEN"),
                                entry("requestedAt", journey.at(0)),
                                entry("signature", true)))
                .expect(201);
        journey.complete("attending", "TellPatient", WardStay.receipt("PATIENT", journey.at(0)));
        assertThat(journey.file("affairs").get("legalStatus").asString()).isEqualTo("RELEASED");
        assertThat(journey.decisions("affairs")).endsWith("D8-8");
        journey.complete(
                "social",
                "ArrangeFetching",
                Map.of("fetchBy", "GUARDIAN", "guardianOpinion", "AGREES", "signature", true));
        journey.complete(
                "nurse",
                "RecordLeaving",
                ofEntries(
                        entry("leftHospital", true),
                        entry("leftAt", journey.at(0)),
                        entry("placement", "HOME"),
                        entry("escort", "GUARDIAN"),
                        entry("drugsTaken", 14),
                        entry("papersGiven", List.of("NOTICE", "SUMMARY")),
                        entry("belongingsReturned", true),
                        entry("signature", true)));
        assertThat(journey.clocks("affairs")).containsEntry("T22", "RUNNING").containsEntry("T19", "RUNNING");
        assertThat(journey.offered("primary", "FirstVisit")).isTrue();
        assertThat(journey.offered("town", "SignCareAgreement")).isTrue();
        assertThat(app.bean(JdbcClient.class)
                        .sql("select m.role from community.team_member m"
                                + " join community.registration r on r.registration_id = m.registration_id"
                                + " join casefile.case_file c on c.person_id = r.person_id"
                                + " where c.number = ? and m.until is null")
                        .param(journey.number())
                        .query(String.class)
                        .list())
                .hasSize(city.team())
                .contains("primary-doctor", "police-officer", "village-committee")
                .containsAll(city.teamRoles());
    }

    /** The first hospital has no bed: the second of the city's ring is asked, and the commission hears of it. */
    private static void noBed(CityApp app, City city) {
        Journey journey = journey(app, city);
        journey.complete("officer", "RecordScene", Map.of());
        journey.complete(
                "triage", "AnswerAdmission", Map.of("hospitalAnswer", "NO_BED", "noBedReason", "病房满员，急诊留观床位已用完。"));
        assertThat(journey.offered("triage", "AnswerAdmission")).isFalse();
        assertThat(journey.file("triage2").get("hospital").asString()).isEqualTo(city.second());
        journey.complete("triage2", "AnswerAdmission", Map.of());
    }

    /** The special fund pays by the city's own chain, or not at all where there is none. */
    private static void money(CityApp app, City city) {
        Journey journey = journey(app, city).toHospital();
        Map<String, Object> settlement = Map.of("payee", city.hospital());
        if (city.approvers() == null) {
            assertThat(journey.tryComplete("insurance", "CollectSettlement", settlement)
                            .expect(422)
                            .body())
                    .contains("D6a");
            return;
        }
        journey.complete("insurance", "CollectSettlement", settlement);
        for (String approver : city.approvers()) {
            assertThat(journey.offered("finance", "PayClaim")).isFalse();
            journey.complete(approver, "ApproveClaim", Map.of());
        }
        journey.complete("finance", "PayClaim", Map.of());
    }

    /** A relapse in the acute phase goes up to level 3: in the city, or outside where the city has none. */
    private static void referral(CityApp app, City city) {
        Journey journey = new Journey(new Api(app.port()), app.bean(TestClock.class));
        journey.open(
                "primary",
                "two-way-referral",
                ofEntries(
                        entry("direction", "UP"),
                        entry("reason", "RELAPSE"),
                        entry("urgency", "URGENT"),
                        entry("areaCode", city.area()),
                        entry("identityStatus", "KNOWN"),
                        entry("personName", "测转诊"),
                        entry("personSex", "2"),
                        entry("estimatedAge", 41),
                        entry("insuranceArea", "LOCAL"),
                        entry("clinicalSummary", "近两周睡眠差，幻听、猜疑加重，自行停药，家属劝说可以配合就诊，无冲动行为。"),
                        entry("dangerLevel", 1),
                        entry("dangerDate", journey.day(0)),
                        entry("violence", "NONE"),
                        entry("somaticState", "NONE"),
                        entry("stabilityClass", "BASIC"),
                        entry("acutePhase", true),
                        entry("consent", "GIVEN"),
                        entry("signature", true)));
        journey.complete(
                "primary",
                "ConsentTalk",
                ofEntries(
                        entry("consentResult", "GIVEN"),
                        entry("consentBy", "测转诊本人当面表示。"),
                        entry("oral", true),
                        entry("written", true),
                        entry("language", "MANDARIN"),
                        entry("understood", "YES"),
                        entry("deliveredAt", journey.at(0)),
                        entry("signature", true)));
        assertThat(journey.number()).startsWith("TR-");
        assertThat(journey.file("primary").get("hospital").asString()).isEqualTo(city.level3());
    }

    /** With the papers of the court the city's own institution takes the person in. */
    private static void compulsoryTreatment(CityApp app, City city) {
        var court = new CourtCase(new Api(app.port()), app.bean(TestClock.class))
                .open("handler", "DELIVERY", Map.of("areaCode", city.area()))
                .received();
        assertThat(court.status("ctoffice")).isEqualTo("COMPULSORY_TREATMENT");
        assertThat(court.journey().number()).startsWith("CT-");
    }

    /** Drugs stopped: orange by the default table, yellow where the city knows three colours. */
    private static void colours(CityApp app, City city) {
        var api = new Api(app.port());
        var answer = api.post(
                        "primary",
                        "/api/v1/decisions/colour-grade/evaluate",
                        Map.of(
                                "inputs",
                                Map.of(
                                        "careState", "HOME",
                                        "dangerLevel", 0,
                                        "stabilityClass", "STABLE",
                                        "monthsSinceIncident", 99,
                                        "drugStopped", true,
                                        "guardianCare", "GOOD",
                                        "visitResult", "IMPROVED")))
                .expect(200);
        assertThat(answer.json().get("outputs").get("colourAdvice").asString()).isEqualTo(city.colourOfStoppedDrugs());
    }
}
