package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.SampleFiles;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole case as one PDF: what is in it, what is withheld, who may have it, what is written down. */
@AppTest
class DossierFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void theWholeCaseIsOnePdf() throws Exception {
        Api api = new Api(port);
        Journey journey = new Journey(api, clock)
                .start("officer", Map.of())
                .toHospital()
                .diagnosed(Map.of(), Map.of())
                .admitted();
        String path = "/api/v1/cases/" + journey.number();
        api.upload("officer", path + "/attachments", "a.jpg", SampleFiles.jpeg(9), Map.of("kind", "SCENE"))
                .expect(201);
        api.upload("affairs", path + "/attachments", "b.pdf", SampleFiles.pdf(3), Map.of("kind", "LEGAL"))
                .expect(201);
        String wrong = api.upload(
                        "officer", path + "/attachments", "c.jpg", SampleFiles.jpeg(0x00FF00), Map.of("kind", "SCENE"))
                .expect(201)
                .json()
                .get("id")
                .asString();
        api.post("officer", path + "/attachments/" + wrong + "/withdraw", Map.of("why", "WRONG_FILE"))
                .expect(204);
        Map<String, String> order = Map.of("purpose", "COURT", "reference", "(2026)99-医-1");

        Answer print = api.post("affairs", path + "/export", order).expect(200);
        String text;
        try (var pdf = Loader.loadPDF(print.raw().body())) {
            text = new PDFTextStripper().getText(pdf);
            assertThat(pdf.getNumberOfPages()).isGreaterThan(8);
            assertThat(pictures(pdf)).isEqualTo(2);
        }
        assertThat(text)
                .contains(journey.number(), "Case File", "For court or procuratorate", "(2026)99-医-1")
                .contains("2. Chronology", "Admission Notice")
                .contains("Picture of the scene", "a.jpg", "c.jpg", "withdrawn", "the first is shown");
        // a narrow column breaks where it must
        assertThat(text.replaceAll("\\s", "")).contains("workitem.complete");
        // the clinical form is not for this reader: it is named and withheld
        assertThat(text).contains("its content is withheld");

        assertThat(text.replaceAll("\\s", ""))
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(SampleFiles.jpeg(9))));

        String sha = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(print.raw().body()));
        assertThat(jdbc.sql(
                                "select purpose || ' ' || (detail::jsonb ->> 'reference') || ' ' || (detail::jsonb ->> 'sha256')"
                                        + " from audit.entry where action = 'dossier.print' and outcome = 'DONE' and object = :object")
                        .param("object", "case:" + journey.number())
                        .query(String.class)
                        .list())
                .containsExactly("COURT (2026)99-医-1 " + sha);

        api.post("doctor", path + "/export", order).expect(403);
        api.post("officer", path + "/export", order).expect(403);
        api.post("finance", path + "/export", order).expect(404);
        api.post("affairs", path + "/export", Map.of("purpose", "CURIOSITY", "reference", "none"))
                .expect(400);
        api.post("affairs", path + "/export", Map.of("purpose", "COURT", "reference", "1"))
                .expect(400);
    }

    /** Pictures on the pages of the print itself: papers carry a code in a picture too, these are JPEG. */
    private static long pictures(PDDocument pdf) throws IOException {
        long found = 0;
        for (var page : pdf.getPages()) {
            for (var name : page.getResources().getXObjectNames()) {
                if (page.getResources().getXObject(name) instanceof PDImageXObject image
                        && "jpg".equals(image.getSuffix())) {
                    found++;
                }
            }
        }
        return found;
    }
}
