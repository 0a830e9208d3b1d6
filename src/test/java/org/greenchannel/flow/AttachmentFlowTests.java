package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.attachment.Attachments;
import org.greenchannel.flow.Api.Answer;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.SampleFiles;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files of a case over the REST API: who adds what, who sees it, what is refused, what is left in the record. */
@AppTest
class AttachmentFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Api api;
    private Journey journey;

    @BeforeEach
    void aCaseInHospital() {
        api = new Api(port);
        journey = new Journey(api, clock).start("officer", Map.of()).toHospital();
    }

    private String path() {
        return "/api/v1/cases/" + journey.number() + "/attachments";
    }

    private Answer add(String user, String kind, String name, byte[] content, String... headers) {
        return api.upload(user, path(), name, content, Map.of("kind", kind), headers);
    }

    @Test
    void aPictureOfTheSceneIsSeenByThoseWhoMaySeeTheDanger() {
        byte[] photo = SampleFiles.photo(800, 600, 1);
        Answer added = add("officer", "SCENE", "现场 测甲乙.jpg", photo).expect(201);
        assertThat(added.json().get("mediaType").asString()).isEqualTo("image/jpeg");
        assertThat(added.json().get("dataClass").asString()).isEqualTo("RSK");
        assertThat(added.json().get("fileName").asString()).isEqualTo("现场 测甲乙.jpg");
        String one = path() + "/" + added.json().get("id").asString();

        assertThat(api.get("doctor", path()).expect(200).json()).hasSize(1);
        Answer seen = api.get("doctor", one).expect(200);
        assertThat(seen.raw().headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(seen.raw().headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        String shown = new String(seen.raw().body(), StandardCharsets.ISO_8859_1);
        assertThat(shown).doesNotContain(SampleFiles.PLACE);
        assertThat(api.get("doctor", one + "?rendition=THUMBNAIL")
                        .expect(200)
                        .raw()
                        .body())
                .hasSizeLessThan(20_000);

        // the original with its place is evidence: not for everybody who sees the picture
        api.get("doctor", one + "?rendition=ORIGINAL").expect(403);
        assertThat(api.get("affairs", one + "?rendition=ORIGINAL")
                        .expect(200)
                        .raw()
                        .body())
                .isEqualTo(photo);

        var looks = jdbc.sql("select username || ' ' || purpose from audit.entry where object = :object"
                        + " and action = 'attachment.read' and outcome = 'DONE' order by id")
                .param("object", "attachment:" + added.json().get("id").asString())
                .query(String.class)
                .list();
        assertThat(looks).containsExactly("doctor READ", "affairs EVIDENCE");
    }

    @Test
    void theClassOfTheKindDecidesWhoSeesIt() {
        String id = add("doctor", "CLINICAL", "record.pdf", SampleFiles.pdf(2))
                .expect(201)
                .json()
                .get("id")
                .asString();
        assertThat(api.get("attending", path()).expect(200).json()).hasSize(1);
        assertThat(api.get("officer", path()).expect(200).json()).isEmpty();
        api.get("officer", path() + "/" + id).expect(404);
        // those outside of the case do not learn of it, those who only supervise have no files
        api.get("finance", path()).expect(404);
        api.get("supervisor", path()).expect(403);
        assertThat(add("finance", "INVOICE", "a.pdf", SampleFiles.pdf(1)).status())
                .isEqualTo(404);
        assertThat(add("supervisor", "INVOICE", "a.pdf", SampleFiles.pdf(1)).status())
                .isEqualTo(403);
        assertThat(add("", "INVOICE", "a.pdf", SampleFiles.pdf(1)).status()).isEqualTo(401);
    }

    @Test
    void whatIsNoPictureAndNoPaperIsRefusedWithTheReason() {
        refused(add("officer", "SCENE", "a.jpg", "#!/bin/sh".getBytes(StandardCharsets.UTF_8)), 422, "attachment-type");
        refused(add("officer", "SCENE", "a.pdf", SampleFiles.jpeg(1)), 422, "attachment-type");
        refused(add("officer", "SCENE", "a.jpg", new byte[0]), 422, "attachment-empty");
        refused(add("officer", "SCENE", "a.jpg", Arrays.copyOf(SampleFiles.jpeg(2), 25)), 422, "attachment-broken");
        refused(add("officer", "LEGAL", "a.pdf", SampleFiles.scriptedPdf()), 422, "attachment-active");
        refused(
                add("officer", "SCENE", "a.jpg", Arrays.copyOf(SampleFiles.jpeg(3), Attachments.MOST_BYTES + 1)),
                413,
                "attachment-too-large");
        refused(add("officer", "SCENE", "a.jpg", new byte[15 * 1024 * 1024]), 413, "too-large");
        add("officer", "NOTHING", "a.jpg", SampleFiles.jpeg(4)).expect(400);
        api.post("officer", path(), Map.of("kind", "SCENE")).expect(415);
        assertThat(api.get("officer", path()).json()).isEmpty();
    }

    @Test
    void theSameFileTwiceIsOneAttachment() {
        byte[] photo = SampleFiles.jpeg(0x123456);
        String first = add("officer", "SCENE", "a.jpg", photo)
                .expect(201)
                .json()
                .get("id")
                .asString();
        assertThat(add("officer", "SCENE", "a.jpg", photo)
                        .expect(201)
                        .json()
                        .get("id")
                        .asString())
                .isEqualTo(first);
        // from the outbox of a phone, with its key
        byte[] other = SampleFiles.jpeg(0x654321);
        String key = UUID.randomUUID().toString();
        String id = add("officer", "SCENE", "b.jpg", other, "Idempotency-Key", key)
                .expect(201)
                .json()
                .get("id")
                .asString();
        assertThat(add("officer", "SCENE", "b.jpg", other, "Idempotency-Key", key)
                        .expect(201)
                        .json()
                        .get("id")
                        .asString())
                .isEqualTo(id);
        refused(add("officer", "SCENE", "c.jpg", photo, "Idempotency-Key", key), 422, "idempotency-key-reused");
        assertThat(api.get("officer", path()).json()).hasSize(2);
        assertThat(jdbc.sql("select count(*) from audit.entry where action = 'attachment.store' and case_id ="
                                + " (select case_file_id from casefile.case_file where number = :number)")
                        .param("number", journey.number())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void aMistakeIsTakenBackAndStaysInTheRecord() {
        String id = add("officer", "SCENE", "a.jpg", SampleFiles.jpeg(7))
                .expect(201)
                .json()
                .get("id")
                .asString();
        refused(
                api.post("doctor", path() + "/" + id + "/withdraw", Map.of("why", "WRONG_FILE")),
                403,
                "attachment-of-others");
        api.post("officer", path() + "/" + id + "/withdraw", Map.of("why", "no reason"))
                .expect(400);
        api.post("officer", path() + "/" + id + "/withdraw", Map.of("why", "WRONG_FILE"))
                .expect(204);
        refused(
                api.post("officer", path() + "/" + id + "/withdraw", Map.of("why", "WRONG_FILE")),
                409,
                "attachment-withdrawn");
        assertThat(api.get("officer", path()).json().get(0).get("withdrawnWhy").asString())
                .isEqualTo("WRONG_FILE");
        assertThat(api.get("officer", "/api/v1/cases/" + journey.number() + "/timeline?kind=ATTACHMENT")
                        .json()
                        .get("items"))
                .hasSize(2);
        // the same picture may be added again
        assertThat(add("officer", "SCENE", "a.jpg", SampleFiles.jpeg(7))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString())
                .isNotEqualTo(id);
    }

    @Test
    void aPaperIsReadPageByPageAsPictures() {
        Answer added = add("affairs", "LEGAL", "notice.pdf", SampleFiles.pdf(2)).expect(201);
        assertThat(added.json().get("thumbnail").asBoolean()).isTrue();
        String one = path() + "/" + added.json().get("id").asString();
        Answer small = api.get("affairs", one + "?rendition=THUMBNAIL").expect(200);
        assertThat(small.raw().headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(api.get("affairs", one + "?rendition=PRINT")
                        .expect(200)
                        .raw()
                        .body())
                .startsWith((byte) 0xFF, (byte) 0xD8);
        Answer page = api.get("affairs", one + "/pages/2").expect(200);
        assertThat(page.raw().headers().firstValue("Content-Type")).contains("image/jpeg");
        refused(api.get("affairs", one + "/pages/3"), 404, "attachment-page");
        refused(api.get("officer", one + "/pages/1"), 404, "attachment-unknown");
        String photo = add("affairs", "LEGAL", "a.jpg", SampleFiles.jpeg(11))
                .expect(201)
                .json()
                .get("id")
                .asString();
        refused(api.get("affairs", path() + "/" + photo + "/pages/1"), 404, "attachment-page");
        assertThat(jdbc.sql("select detail::jsonb ->> 'page' from audit.entry where object = :object"
                                + " and action = 'attachment.read' and detail::jsonb ->> 'page' is not null")
                        .param("object", "attachment:" + added.json().get("id").asString())
                        .query(String.class)
                        .list())
                .containsExactly("2");

        Visitor affairs = new Visitor(port).signedIn("affairs");
        String shown = "/cases/" + journey.number() + "/attachments/"
                + added.json().get("id").asString();
        Visitor.Page pages = affairs.get(shown + "/pages").expect(200);
        assertThat(pages.body()).contains("notice.pdf", shown + "/pages/1\"", shown + "/pages/2\"");
        // nothing of the file is part of the page, and the page may hold nothing but pictures of ours
        assertThat(pages.body()).doesNotContain("<iframe", "<object", "<embed");
        affairs.get(shown + "/pages/1").expect(200);
        assertThat(affairs.get("/cases/" + journey.number() + "/attachments/" + photo + "/pages")
                        .expect(302)
                        .location())
                .endsWith(photo);
    }

    @Test
    void nothingReadableLiesInTheDatabase() {
        byte[] photo = SampleFiles.photo(300, 200, 1);
        String id = add("officer", "SCENE", "测甲乙.jpg", photo)
                .expect(201)
                .json()
                .get("id")
                .asString();
        byte[] stored = jdbc.sql(
                        "select content from attachment.content where attachment_id = :id and rendition = 'ORIGINAL'")
                .param("id", UUID.fromString(id))
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(SampleFiles.PLACE);
        byte[] name = jdbc.sql("select file_name from attachment.attachment where attachment_id = :id")
                .param("id", UUID.fromString(id))
                .query(byte[].class)
                .single();
        assertThat(new String(name, StandardCharsets.UTF_8)).doesNotContain("测甲乙");
        assertThatThrownBy(() -> jdbc.sql("update attachment.content set content = '\\x00' where attachment_id = :id")
                        .param("id", UUID.fromString(id))
                        .update())
                .hasMessageContaining("never changed");
        String written = jdbc.sql("select string_agg(detail::text, ' ') from audit.entry where object = :object")
                .param("object", "attachment:" + id)
                .query(String.class)
                .single();
        assertThat(written).contains("sha256").doesNotContain("测甲乙", ".jpg");
    }

    private static void refused(Answer answer, int status, String problem) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/" + problem);
        assertThat(answer.json().get("detail").asString()).isNotBlank();
    }
}
