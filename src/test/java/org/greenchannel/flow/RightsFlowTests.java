package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.greenchannel.flow.Visitor.Page;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rights page: who has a code sees what concerns him and nothing else, and can object. */
@AppTest
class RightsFlowTests {

    private static final Pattern CODE = Pattern.compile("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}");
    private static final String OBJECTION = "/rights/requests/rediagnosis-request";
    private static final String COMPLAINT = "/rights/requests/complaint-record";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JdbcClient jdbc;

    private WardStay stay;
    private Visitor visitor;

    @BeforeEach
    @AfterEach
    void nobodyIsLockedOut() {
        jdbc.sql("delete from rights.attempt").update();
    }

    private void held() {
        stay = new WardStay(port, clock, engine, jdbc).harmToOthers();
        visitor = new Visitor(port);
    }

    private String number() {
        return stay.journey.number();
    }

    private String code(String holder) {
        String list = "/cases/" + number() + "/rights";
        Visitor staff = new Visitor(port).signedIn("affairs");
        Page form = staff.get(list).expect(200);
        Page paper = staff.post(
                        form,
                        list,
                        Map.of("holder", holder, "identityChecked", "true", "requestId", form.hidden("requestId")))
                .expect(200);
        var code = CODE.matcher(paper.body());
        assertThat(code.find()).isTrue();
        return code.group();
    }

    private Page enter(String code) {
        return visitor.post("/rights", "/rights", Map.of("code", code));
    }

    private long entries(String action, String outcome, String reason) {
        return jdbc.sql("select count(*) from audit.entry where action = ? and outcome = ? and detail like ?")
                .params(action, outcome, "%" + reason + "%")
                .query(Long.class)
                .single();
    }

    private Map<String, String> objection(String key) {
        return Map.of(
                "idempotencyKey", key,
                "stage", "REDIAGNOSIS",
                "applicantName", "测甲乙",
                "receivedConclusionAt",
                        stay.journey
                                .now()
                                .atZone(Journey.CHINA)
                                .toLocalDateTime()
                                .minusHours(2)
                                .toString(),
                "reason", "我不同意这个诊断结论。");
    }

    @Test
    void thePatientSeesStatusDatesAndHisNoticesAndNothingClinical() {
        held();
        String code = code("PATIENT");
        enter(code.toLowerCase().replace("-", " ")).expect(302);
        Page page = visitor.get("/rights").expect(200);
        assertThat(page.body())
                .contains("非自愿住院（危害他人）", "精神卫生法", "要求再次诊断", "12348", number(), "最迟在这时要求再次诊断")
                .doesNotContain("测甲乙", "测丙丁", "F20", "持刀", "13800000000", "花园路", code);
        assertThat(page.raw().headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.raw().headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        String own = paper("PATIENT");
        assertThat(page.body()).contains("/rights/notices/" + own).doesNotContain(paper("GUARDIAN"));
        Page pdf = visitor.get("/rights/notices/" + own).expect(200);
        assertThat(pdf.body()).startsWith("%PDF");
        // the other's notice, and a paper that is no notice
        visitor.get("/rights/notices/" + paper("GUARDIAN")).expect(404);
        visitor.get("/rights/notices/" + conclusion()).expect(404);
        // and in English
        assertThat(visitor.get("/rights?lang=en").expect(200).body())
                .contains("Involuntary inpatient", "Ask for a new diagnosis");
        // the page is over when it is closed
        visitor.post("/rights", "/rights/close", Map.of()).expect(302);
        assertThat(visitor.holds("gc-rights")).isFalse();
        Page over = visitor.get("/rights/notices/" + own).expect(403);
        assertThat(over.body())
                .contains("closed for your safety", "id=\"code\"")
                .doesNotContain("has not been sent");
        assertThat(entries("rights.view", "DONE", "PATIENT")).isPositive();
    }

    private String paper(String recipient) {
        return jdbc.sql(
                        "select s.document_id::text from document.service s join casefile.case_file c on c.case_file_id = s.case_id"
                                + " where c.number = ? and s.recipient = ? and not s.attempted order by s.delivered_at desc limit 1")
                .params(number(), recipient)
                .query(String.class)
                .single();
    }

    private String conclusion() {
        return jdbc.sql(
                        "select p.id::text from document.paper p join casefile.case_file c on c.case_file_id = p.case_id"
                                + " where c.number = ? and p.code = 'diagnosis-conclusion' limit 1")
                .param(number())
                .query(String.class)
                .single();
    }

    @Test
    void theGuardianSeesHisOwnNoticesAndTheLawyerNone() {
        held();
        enter(code("GUARDIAN")).expect(302);
        assertThat(visitor.get("/rights").body())
                .contains("/rights/notices/" + paper("GUARDIAN"))
                .doesNotContain(paper("PATIENT"));
        visitor.get("/rights/notices/" + paper("PATIENT")).expect(404);
        visitor = new Visitor(port);
        enter(code("LAWYER")).expect(302);
        assertThat(visitor.get("/rights").body())
                .doesNotContain("/rights/notices/")
                .contains("请向委托人索取");
    }

    @Test
    void aWrongAnExpiredAndARevokedCodeAreRefusedAlike() {
        held();
        String expired = code("PATIENT");
        String revoked = code("GUARDIAN");
        enter(revoked).expect(302);
        jdbc.sql("update rights.code set expires_at = issued_at + interval '1 second' where holder = 'PATIENT'")
                .update();
        clock.advance(Duration.ofSeconds(5));
        Visitor staff = new Visitor(port).signedIn("affairs");
        String list = "/cases/" + number() + "/rights";
        Page page = staff.get(list);
        var revoke = Pattern.compile("action=\"([^\"]+/revoke)\"").matcher(page.body());
        assertThat(revoke.find()).isTrue();
        staff.post(page, revoke.group(1), Map.of()).expect(302);
        // the visit that was open ends at once
        visitor.get("/rights/notices/" + paper("GUARDIAN")).expect(403);
        visitor = new Visitor(port);
        var answers = List.of("ABCD-EFGH-JKMN", expired, revoked).stream()
                .map(code -> enter(code).expect(403))
                .toList();
        assertThat(answers.stream()
                        .map(a -> a.body().replaceAll("value=\"[^\"]*\"|content=\"[^\"]*\"|hx-headers=\"[^\"]*\"", ""))
                        .distinct())
                .hasSize(1);
        assertThat(answers.get(0).body()).contains("查询码不正确、已过期或者已作废");
        assertThat(visitor.holds("gc-rights")).isFalse();
        for (String reason : List.of("UNKNOWN", "EXPIRED", "REVOKED")) {
            assertThat(entries("rights.open", "DENIED", reason)).as(reason).isPositive();
        }
        // a forged pass is none
        visitor.get("/rights").expect(200);
    }

    @Test
    void guessingLocksTheCodeAndThenTheAddress() {
        held();
        String code = code("PATIENT");
        String near = code.substring(0, 5) + "2222-2222";
        for (int i = 0; i < 5; i++) {
            enter(near).expect(403);
        }
        // now the right one is not looked at either
        enter(code).expect(429);
        assertThat(visitor.get("/rights/" + code).expect(302).location()).isEqualTo("/rights?locked");
        assertThat(visitor.get("/rights?locked").body()).contains("尝试次数过多");
        clock.advance(Duration.ofMinutes(16));
        for (int i = 0; i < 5; i++) {
            enter("999" + (i + 2) + "-2222-2222").expect(403);
        }
        // ten from one address: no code is looked at from there
        enter(code).expect(429);
        clock.advance(Duration.ofMinutes(16));
        enter(code).expect(302);
    }

    @Test
    void whatWasAboutToBeSentWhenTheVisitEndedIsSaidNotToHaveBeenSent() {
        held();
        enter(code("PATIENT")).expect(302);
        Page form = visitor.get(OBJECTION).expect(200);
        String key = form.hidden("idempotencyKey");
        clock.advance(Duration.ofMinutes(31));
        Page over = visitor.post(form, OBJECTION, objection(key)).expect(403);
        assertThat(over.body()).contains("id=\"code\"", "没有送出");
        assertThat(stay.runs("rediagnosis-appraisal")).isFalse();
        visitor.get(OBJECTION).expect(403);
    }

    @Test
    void eachHolderIsSpokenToAsWhoHeIs() {
        held();
        stay.assessed();
        enter(code("PATIENT")).expect(302);
        String patient = visitor.get("/rights").body();
        assertThat(patient).contains("您不同意的，可以要求再次诊断").doesNotContain("委托人");
        // the assessments of the first month are one line with all its dates
        assertThat(patient.split("下一次住院评估", -1)).hasSize(2);
        assertThat(patient).contains("以后还有");
        assertThat(patient.replaceAll("(?s).*以后还有", "").replaceAll("(?s)</li>.*", ""))
                .containsPattern("\\d+日[^、]*、[^、]*\\d+日");
        visitor = new Visitor(port);
        enter(code("GUARDIAN")).expect(302);
        assertThat(visitor.get("/rights").body()).contains("以监护人身份").doesNotContain("委托人");
        visitor = new Visitor(port);
        enter(code("LAWYER")).expect(302);
        assertThat(visitor.get("/rights").body())
                .contains("医院认为委托人", "委托人最迟在这时要求再次诊断")
                .doesNotContain("您最迟", "您不同意");
        assertThat(visitor.get("/rights?lang=en").body()).contains("your client");
    }

    @Test
    void theApiHandsOutListsAndRevokes() {
        held();
        var api = new Api(port);
        String path = "/api/v1/cases/" + number() + "/rights-codes";
        var wanted = Map.of("holder", "GUARDIAN", "identityChecked", true);
        assertThat(api.post("affairs", path, Map.of("holder", "GUARDIAN"))
                        .expect(422)
                        .body())
                .contains("identityChecked");
        api.post("affairs", path, Map.of("identityChecked", true)).expect(400);
        var issued = api.post("affairs", path, wanted, "Idempotency-Key", "rights-api-1")
                .expect(201)
                .json();
        api.post("affairs", path, wanted, "Idempotency-Key", "rights-api-1").expect(409);
        String code = issued.get("code").asString();
        assertThat(code).matches(CODE);
        assertThat(issued.get("address").asString()).endsWith("/rights/" + code);
        enter(code).expect(302);
        var listed = api.get("affairs", path).expect(200);
        assertThat(listed.body()).contains("GUARDIAN", "\"valid\":true").doesNotContain(code);
        String id = issued.at("/details/id").asString();
        for (String stranger : List.of("officer", "auditor", "health", "sysadmin")) {
            assertThat(api.get(stranger, path).status()).as(stranger).isIn(403, 404);
            assertThat(api.post(stranger, path, wanted).status()).as(stranger).isIn(403, 404);
            assertThat(api.send(stranger, "POST", path + "/" + id + "/revoke").status())
                    .as(stranger)
                    .isIn(403, 404);
        }
        api.send("affairs", "POST", path + "/" + id + "/revoke").expect(204);
        api.send("affairs", "POST", path + "/" + id + "/revoke").expect(204);
        visitor.get("/rights/notices/" + paper("GUARDIAN")).expect(403);
        enter(code).expect(403);
    }

    @Test
    void theAddressOfTheQrCodeDoesNotStay() {
        held();
        String code = code("PATIENT");
        Page scanned = visitor.get("/rights/" + code).expect(302);
        assertThat(scanned.location()).isEqualTo("/rights");
        assertThat(visitor.get("/rights").expect(200).body()).contains(number()).doesNotContain(code);
        assertThat(visitor.get("/rights/ABCD-EFGH-JKMN").expect(302).location()).isEqualTo("/rights?refused");
        // kept nowhere
        assertThat(jdbc.sql("select count(*) from audit.entry e where e::text ilike ? or e::text ilike ?")
                        .params("%" + code + "%", "%" + code.replace("-", "") + "%")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anObjectionReachesTheProcessOnce() {
        held();
        enter(code("PATIENT")).expect(302);
        Page form = visitor.get(OBJECTION).expect(200);
        assertThat(form.body()).doesNotContain("name=\"applicantRole\"", "name=\"filedAt\"", "name=\"signature\"");
        String key = form.hidden("idempotencyKey");
        // what is missing is said in words
        assertThat(visitor.post(form, OBJECTION, Map.of("idempotencyKey", key))
                        .expect(422)
                        .body())
                .contains("applicantName");
        visitor.post(form, OBJECTION, objection(key)).expect(302);
        Page page = visitor.get("/rights?filed").expect(200);
        assertThat(page.body()).contains(number() + "-R1", "正在依法办理");
        assertThat(stay.runs("rediagnosis-appraisal")).isTrue();
        assertThat(stay.journey.offered("affairs", "AssignDoctors")).isTrue();
        // the second click, and a second objection
        assertThat(visitor.post(form, OBJECTION, objection(key)).expect(302).location())
                .isEqualTo("/rights?filed");
        visitor.get(OBJECTION).expect(409);
        visitor.post(form, OBJECTION, objection("another-key-1")).expect(409);
        assertThat(jdbc.sql(
                                "select count(*) from rights.request r join casefile.case_file c on c.case_file_id = r.case_id"
                                        + " where c.number = ?")
                        .param(number())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(engine.getRuntimeService()
                        .createVariableInstanceQuery()
                        .variableName("applicantRole")
                        .list())
                .anyMatch(v -> "PATIENT".equals(v.getValue()));
    }

    @Test
    void aComplaintIsTakenFromAnyHolder() {
        held();
        enter(code("LAWYER")).expect(302);
        Page form = visitor.get(COMPLAINT).expect(200);
        visitor.post(
                        form,
                        COMPLAINT,
                        Map.of(
                                "idempotencyKey", form.hidden("idempotencyKey"),
                                "subject", "UNLAWFUL_STAY",
                                "against", "HOSPITAL",
                                "complaintText", "认为不符合住院条件，要求立即办理出院。",
                                "libertyClaim", "true",
                                "anonymous", "true"))
                .expect(302);
        assertThat(visitor.get("/rights").body()).contains(number() + "-R1");
        assertThat(stay.runs("complaint")).isTrue();
        assertThat(stay.alerts()).contains("LIBERTY_CLAIM");
    }

    @Test
    void onlyStaffOfTheCaseHandOutCodesAndOnlyAfterLookingAtTheRecipient() {
        held();
        String list = "/cases/" + number() + "/rights";
        new Visitor(port).signedIn("officer").get(list).expect(403);
        new Visitor(port).signedIn("auditor").get(list).expect(403);
        assertThat(new Visitor(port).get(list).status()).isEqualTo(302);
        Visitor staff = new Visitor(port).signedIn("affairs");
        Page form = staff.get(list).expect(200);
        var fields = Map.of("holder", "PATIENT", "requestId", form.hidden("requestId"));
        assertThat(staff.post(form, list, fields).expect(422).body()).contains("请先核验领取人的身份");
        var checked = Map.of("holder", "PATIENT", "requestId", form.hidden("requestId"), "identityChecked", "true");
        staff.post(form, list, checked).expect(200);
        // the second click makes no second code
        staff.post(form, list, checked).expect(409);
        assertThat(staff.get("/cases/" + number()).body()).contains(list);
    }
}
