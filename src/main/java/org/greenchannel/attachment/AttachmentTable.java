package org.greenchannel.attachment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of attachments and their encrypted contents. */
@Repository
class AttachmentTable {

    private static final String COLUMNS =
            "attachment_id, case_file_id, kind, file_name, media_type, size, sha256, width,"
                    + " height, pages, work_item_id, uploaded_by, organisation, uploaded_at, withdrawn_at, withdrawn_why,"
                    + " exists (select 1 from attachment.content c where c.attachment_id = attachment.attachment_id"
                    + " and c.rendition = 'THUMBNAIL') as drawn";

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    AttachmentTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** Adds the row; false when the same person has the same file on the case already. */
    boolean add(Attachment file, boolean scanned) {
        return jdbc.sql(
                                """
                insert into attachment.attachment (attachment_id, case_file_id, kind, data_class, file_name, media_type,
                    size, sha256, width, height, pages, work_item_id, scanned, uploaded_by, organisation, uploaded_at)
                values (:id, :caseId, :kind, :class, :name, :type, :size, :sha, :width, :height, :pages, :item, :scanned,
                    :by, :organisation, :at)
                on conflict do nothing
                """)
                        .param("id", file.id())
                        .param("caseId", file.caseId())
                        .param("kind", file.kind().name())
                        .param("class", file.kind().dataClass())
                        .param("name", cipher.encrypt(file.fileName(), namePlace(file.id())))
                        .param("type", file.mediaType())
                        .param("size", file.size())
                        .param("sha", file.sha256())
                        .param("width", file.width())
                        .param("height", file.height())
                        .param("pages", file.pages())
                        .param("item", file.workItemId())
                        .param("scanned", scanned)
                        .param("by", file.uploadedBy())
                        .param("organisation", file.organisation())
                        .param("at", Timestamp.from(file.uploadedAt()))
                        .update()
                == 1;
    }

    void addContent(UUID id, Rendition rendition, byte @Nullable [] content) {
        if (content == null) {
            return;
        }
        jdbc.sql(
                        "insert into attachment.content (attachment_id, rendition, content) values (:id, :rendition, :content)")
                .param("id", id)
                .param("rendition", rendition.name())
                .param("content", cipher.encryptBytes(content, contentPlace(id, rendition)))
                .update();
    }

    Optional<byte[]> content(UUID id, Rendition rendition) {
        return jdbc.sql("select content from attachment.content where attachment_id = :id and rendition = :rendition")
                .param("id", id)
                .param("rendition", rendition.name())
                .query((row, n) -> row.getBytes(1))
                .optional()
                .map(enciphered -> cipher.decryptBytes(enciphered, contentPlace(id, rendition)));
    }

    List<Attachment> ofCase(UUID caseId) {
        return jdbc.sql("select " + COLUMNS + " from attachment.attachment where case_file_id = :caseId"
                        + " order by uploaded_at desc, attachment_id limit " + Attachments.MOST_FILES)
                .param("caseId", caseId)
                .query(this::attachment)
                .list();
    }

    int count(UUID caseId) {
        return jdbc.sql("select count(*) from attachment.attachment where case_file_id = :caseId")
                .param("caseId", caseId)
                .query(Integer.class)
                .single();
    }

    Optional<Attachment> find(UUID caseId, UUID id) {
        return jdbc.sql("select " + COLUMNS
                        + " from attachment.attachment where attachment_id = :id and case_file_id = :caseId")
                .param("id", id)
                .param("caseId", caseId)
                .query(this::attachment)
                .optional();
    }

    Optional<Attachment> same(UUID caseId, String username, String sha256) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + """
                 from attachment.attachment
                where case_file_id = :caseId and uploaded_by = :by and sha256 = :sha and withdrawn_at is null
                """)
                .param("caseId", caseId)
                .param("by", username)
                .param("sha", sha256)
                .query(this::attachment)
                .optional();
    }

    boolean withdraw(UUID id, String username, String why, Instant at) {
        return jdbc.sql(
                                """
                update attachment.attachment set withdrawn_at = :at, withdrawn_by = :by, withdrawn_why = :why
                where attachment_id = :id and withdrawn_at is null
                """)
                        .param("at", Timestamp.from(at))
                        .param("by", username)
                        .param("why", why)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static String namePlace(UUID id) {
        return "attachment.attachment.file_name|" + id;
    }

    private static String contentPlace(UUID id, Rendition rendition) {
        return "attachment.content.content|" + id + "|" + rendition;
    }

    private Attachment attachment(ResultSet row, int n) throws SQLException {
        UUID id = row.getObject("attachment_id", UUID.class);
        Timestamp withdrawn = row.getTimestamp("withdrawn_at");
        return new Attachment(
                id,
                row.getObject("case_file_id", UUID.class),
                AttachmentKind.valueOf(row.getString("kind")),
                cipher.decrypt(row.getBytes("file_name"), namePlace(id)),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("sha256"),
                row.getObject("width", Integer.class),
                row.getObject("height", Integer.class),
                row.getObject("pages", Integer.class),
                row.getObject("work_item_id", UUID.class),
                row.getString("uploaded_by"),
                row.getString("organisation"),
                row.getTimestamp("uploaded_at").toInstant(),
                withdrawn == null ? null : withdrawn.toInstant(),
                row.getString("withdrawn_why"),
                row.getBoolean("drawn"));
    }
}
