package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Papers of a case: looked at before they are issued, printed together, issued anew, checked by anybody. */
@AppTest
class PaperFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private Journey journey;

    @BeforeEach
    void aDiagnosedPerson() {
        api = new Api(port);
        journey =
                new Journey(api, clock).start("officer", Map.of()).toHospital().diagnosed(Map.of(), Map.of());
    }

    private String path() {
        return "/api/v1/cases/" + journey.number() + "/documents";
    }

    private JsonNode paper(String user, String code) {
        for (JsonNode paper : api.get(user, path()).expect(200).json()) {
            if (paper.get("code").asString().equals(code)
                    && paper.get("status").asString().equals("ISSUED")) {
                return paper;
            }
        }
        throw new AssertionError("no paper " + code);
    }

    private static String text(Answer answer) throws IOException {
        try (var pdf = Loader.loadPDF(answer.raw().body())) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    @Test
    void aPaperIsLookedAtBeforeItIsIssued() throws IOException {
        var codes = new java.util.ArrayList<String>();
        api.get("affairs", path() + "/planned")
                .expect(200)
                .json()
                .forEach(p -> codes.add(p.get("code").asString()));
        assertThat(codes).contains("admission-notice").doesNotContain("diagnosis-conclusion");
        int before = api.get("affairs", path()).json().size();
        String preview = text(
                api.get("affairs", path() + "/preview?code=admission-notice").expect(200));
        assertThat(preview).contains("preview, no number").containsPattern("P\\s*R\\s*E\\s*V\\s*I\\s*E\\s*W");
        assertThat(api.get("affairs", path()).json()).hasSize(before);
        // whoever may not read the paper may not read its draft
        api.get("officer", path() + "/preview?code=diagnosis-conclusion").expect(403);
        api.get("affairs", path() + "/preview?code=no-such-paper").expect(404);
        assertThat(looks("document.preview", "DONE")).isEqualTo(1);
    }

    @Test
    void severalPapersAreOnePrint() throws IOException {
        String sheet = paper("doctor", "handover-sheet").get("id").asString();
        String diagnosis = paper("doctor", "diagnosis-conclusion").get("id").asString();
        Answer print = api.get("doctor", path() + "/print?id=" + diagnosis + "&id=" + sheet)
                .expect(200);
        assertThat(text(print)).contains("诊断结论", "交接");
        assertThat(looks("document.read", "DONE")).isEqualTo(2);
        // one that may not be read spoils the whole print, and nothing is counted
        api.get("triage", path() + "/print?id=" + sheet + "&id=" + diagnosis).expect(403);
        assertThat(looks("document.read", "DONE")).isEqualTo(2);
        api.get("doctor", path() + "/print?id=00000000-0000-4000-8000-000000000000")
                .expect(404);
        api.get("doctor", path() + "/print").expect(400);
    }

    @Test
    void aPaperIsIssuedAnewAndTheOldOneSaysSo() throws Exception {
        JsonNode old = paper("doctor", "diagnosis-conclusion");
        String reissue = path() + "/" + old.get("id").asString() + "/reissue";
        api.post("doctor", reissue, Map.of("reason", "because")).expect(400);
        Answer fresh =
                api.post("doctor", reissue, Map.of("reason", "CORRECTION")).expect(201);
        assertThat(fresh.json().get("version").asInt()).isEqualTo(2);
        assertThat(fresh.json().get("number").asString())
                .isNotEqualTo(old.get("number").asString());
        // the second click
        Answer again =
                api.post("doctor", reissue, Map.of("reason", "CORRECTION")).expect(409);
        assertThat(again.json().get("type").asString()).isEqualTo("/problems/document-superseded");
        // the old one can still be read and says in public that it does not count any more
        api.get("doctor", path() + "/" + old.get("id").asString()).expect(200);
        String verdict = new String(
                api.get("", "/verify/" + old.get("verificationCode").asString() + "?lang=zh")
                        .raw()
                        .body(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(verdict).contains(fresh.json().get("number").asString()).doesNotContain("测甲乙");
        assertThat(jdbc.sql("select detail::jsonb ->> 'reason' from audit.entry where action = 'document.reissue'"
                                + " and object = :object and outcome = 'DONE'")
                        .param("object", "document:" + old.get("id").asString())
                        .query(String.class)
                        .list())
                .containsExactly("CORRECTION");
    }

    @Test
    void onlyTheHouseThatIssuedAPaperIssuesItAnew() {
        String sheet = paper("doctor", "handover-sheet").get("id").asString();
        jdbc.sql("update document.paper set issuer = 'zz-ps-huayuanlu' where id = :id")
                .param("id", java.util.UUID.fromString(sheet))
                .update();
        Answer refused = api.post("doctor", path() + "/" + sheet + "/reissue", Map.of("reason", "LOST"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/document-of-others");
        // who has no such right at all
        String diagnosis = paper("doctor", "diagnosis-conclusion").get("id").asString();
        api.post("nurse", path() + "/" + diagnosis + "/reissue", Map.of("reason", "LOST"))
                .expect(403);
        api.post("finance", path() + "/" + diagnosis + "/reissue", Map.of("reason", "LOST"))
                .expect(404);
    }

    private int looks(String action, String outcome) {
        return jdbc.sql("select count(*) from audit.entry where action = :action and outcome = :outcome and case_id ="
                        + " (select case_file_id from casefile.case_file where number = :number)")
                .param("action", action)
                .param("outcome", outcome)
                .param("number", journey.number())
                .query(Integer.class)
                .single();
    }
}
