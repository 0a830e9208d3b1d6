package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.flow.Visitor.Page;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Finding a person and his page: each sees what his place allows, and nobody learns that others exist. */
@AppTest
class PersonFlowTests {

    private static final String SEARCH = "/api/v1/persons/search";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private Journey journey;
    private String name;
    private String number;
    private String guardianPhone;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
        name = People.name();
        number = People.number();
        guardianPhone = People.phone();
        jdbc.sql("delete from platform.rate_limit where what = 'person.search'").update();
    }

    private void emergency() {
        journey.start("officer", Map.of("personName", name, "guardianPhone", guardianPhone));
        journey.complete("officer", "RecordScene", Map.of("personIdNo", number));
    }

    private JsonNode search(String user, String term) {
        return api.post(user, SEARCH, Map.of("term", term)).expect(200).json();
    }

    private JsonNode page(String user, String id) {
        return api.get(user, "/api/v1/persons/" + id).expect(200).json();
    }

    private List<String> audited(String action, String id) {
        return jdbc.sql(
                        "select coalesce(purpose, '') || ' ' || outcome from audit.entry where action = ? and object = ? order by id")
                .params(action, "person:" + id)
                .query(String.class)
                .list();
    }

    @Test
    void aPersonIsFoundByExactValuesOnlyAndMasked() {
        journey.start("officer", Map.of("personName", name, "guardianPhone", guardianPhone));
        for (String term : List.of(name, " " + name + " ", guardianPhone, "+86 " + guardianPhone)) {
            JsonNode found = search("officer", term);
            assertThat(found).as(term).hasSize(1);
            assertThat(found.get(0).get("name").asString()).isEqualTo("测*");
            assertThat(found.get(0).get("cases").asInt()).isEqualTo(1);
            assertThat(found.get(0).get("latest").asString()).isEqualTo(journey.number());
            assertThat(found.toString()).doesNotContain(name, guardianPhone);
        }
        assertThat(search("officer", name.substring(0, 4))).isEmpty();
        assertThat(search("officer", "%")).isEmpty();
        api.post("officer", SEARCH, Map.of("term", " ")).expect(422);
        // another hospital has nothing to do with the case: for it there is nobody
        assertThat(search("triage2", name)).isEmpty();
        // whoever answers for the area finds the person
        assertThat(search("prevention", name)).hasSize(1);
        for (String user : List.of("finance", "auditor", "sysadmin", "judge")) {
            api.post(user, SEARCH, Map.of("term", name)).expect(403);
        }
    }

    @Test
    void thirtySearchesAMinuteAndNotOneMore() {
        for (int i = 0; i < 30; i++) {
            api.post("rescue", SEARCH, Map.of("term", name + i)).expect(200);
        }
        Answer refused = api.post("rescue", SEARCH, Map.of("term", name)).expect(429);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/too-many-searches");
        assertThat(refused.json().get("detail").asString()).contains("30");
        long wait =
                Long.parseLong(refused.raw().headers().firstValue("Retry-After").orElseThrow());
        assertThat(wait).isBetween(1L, 60L);
        // the same on the page, and in the search by name on the desk
        Visitor visitor = new Visitor(port).signedIn("rescue");
        Page page = visitor.post("/persons", "/persons", Map.of("term", name)).expect(429);
        assertThat(page.body()).contains("检索太频繁").doesNotContain(name);
        assertThat(page.raw().headers().firstValue("Retry-After")).isPresent();
        // others go on, and after the wait so does he
        search("officer", name);
        clock.advance(java.time.Duration.ofSeconds(61));
        search("rescue", name);
        assertThat(jdbc.sql("select count(*) from audit.entry where action = 'person.search' and outcome = 'DENIED'"
                                + " and username = 'rescue' and detail like '%RATE%'")
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void thePageShowsEachWhatHisClassAllows() {
        journey.start("officer", Map.of("personName", name, "guardianPhone", guardianPhone))
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        String id = People.id(api, "officer", name);
        JsonNode doctor = page("doctor", id);
        assertThat(People.texts(doctor.get("cases"), "number")).containsExactly(journey.number());
        assertThat(doctor.get("cases").get(0).get("legalStatus").asString()).isEqualTo("INVOLUNTARY_HARM_OTHERS");
        assertThat(doctor.get("otherCases").asInt()).isZero();
        assertThat(doctor.get("medicines").isArray()).isTrue();
        assertThat(doctor.get("visits").isArray()).isTrue();
        assertThat(People.texts(doctor.get("dates"), "caseNumber")).contains(journey.number());
        assertThat(doctor.get("guardians").get(0).get("name").asString()).isEqualTo("测*");
        assertThat(doctor.get("mayReveal").asBoolean()).isTrue();
        // the police: state and guardians, nothing of the clinic, and not how many cases there are besides
        JsonNode officer = page("officer", id);
        assertThat(officer.get("cases").get(0).get("legalStatus").asString()).isEqualTo("INVOLUNTARY");
        assertThat(officer.get("medicines").isNull()).isTrue();
        assertThat(officer.get("visits").isNull()).isTrue();
        assertThat(officer.get("otherCases").isNull()).isTrue();
        assertThat(officer.get("guardians")).hasSize(1);
        // supervisors read the record of every case and no identity, guardian or clinic
        JsonNode supervisor = page("supervisor", id);
        assertThat(supervisor.get("guardians").isNull()).isTrue();
        assertThat(supervisor.get("medicines").isNull()).isTrue();
        assertThat(supervisor.get("changes").isNull()).isTrue();
        assertThat(supervisor.get("mayReveal").asBoolean()).isFalse();
        assertThat(doctor.toString() + officer + supervisor).doesNotContain(name, guardianPhone, number);
        // for whoever has nothing to do with any of the cases there is nobody
        for (String user : List.of("triage2", "finance", "sysadmin", "doctor3")) {
            Answer refused = api.get(user, "/api/v1/persons/" + id).expect(404);
            assertThat(refused.body())
                    .isEqualTo(api.get(user, "/api/v1/persons/" + java.util.UUID.randomUUID())
                            .body()
                            .replaceAll("/api/v1/persons/[0-9a-f-]{36}", "/api/v1/persons/" + id));
        }
        assertThat(audited("person.view", id)).contains("READ DONE", " DENIED");
    }

    @Test
    void theIdentityIsShownForAPurposeAndOnRecord() {
        journey.start("officer", Map.of("personName", name, "guardianPhone", guardianPhone));
        String id = People.id(api, "officer", name);
        String reveal = "/api/v1/persons/" + id + "/reveal";
        api.post("officer", reveal, Map.of("purpose", "CURIOSITY")).expect(422);
        api.post("officer", reveal, Map.of()).expect(422);
        JsonNode shown = api.post("officer", reveal, Map.of("purpose", "CONTACT_GUARDIAN"))
                .expect(200)
                .json();
        assertThat(shown.get("person.name").asString()).isEqualTo(name);
        assertThat(shown.get("guardian.phone").asString()).isEqualTo(guardianPhone);
        api.post("supervisor", reveal, Map.of("purpose", "SUPERVISION")).expect(403);
        api.post("triage2", reveal, Map.of("purpose", "TREATMENT")).expect(404);
        assertThat(audited("person.reveal", id)).contains("CONTACT_GUARDIAN DONE", " DENIED");
    }

    @Test
    void thePagesKeepWhatIsSearchedForOutOfAddressesAndRecords() {
        journey.start("officer", Map.of("personName", name, "guardianPhone", guardianPhone));
        Visitor visitor = new Visitor(port).signedIn("officer");
        Page form = visitor.get("/persons").expect(200);
        Page found = visitor.post(form, "/persons", Map.of("term", name)).expect(200);
        assertThat(found.body()).contains("测*", journey.number()).doesNotContain(name);
        var link = java.util.regex.Pattern.compile("/persons/[0-9a-f-]{36}").matcher(found.body());
        assertThat(link.find()).isTrue();
        Page person = visitor.get(link.group()).expect(200);
        assertThat(person.body()).contains(journey.number(), "监护人", "身份").doesNotContain(name, guardianPhone);
        // the case leads to the person
        assertThat(visitor.get("/cases/" + journey.number()).expect(200).body()).contains(link.group());
        Page shown = visitor.post(person, link.group() + "/reveal", Map.of("purpose", "IDENTITY_CHECK"))
                .expect(200);
        assertThat(shown.body()).contains(name, guardianPhone);
        assertThat(visitor.post(form, "/persons", Map.of("term", " "))
                        .expect(200)
                        .body())
                .contains("请输入检索内容");
        visitor.get(link.group() + "?lang=en").expect(200);
        new Visitor(port).signedIn("finance").get("/persons").expect(403);
        assertThat(jdbc.sql("select count(*) from audit.entry where detail like ? or object like ? or detail like ?")
                        .params("%" + name + "%", "%" + name + "%", "%" + guardianPhone + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
