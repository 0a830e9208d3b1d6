package org.greenchannel.form;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code form.submission}; rows are only ever added. */
@Component
class SubmissionStore {

    private static final String COLUMNS =
            "id, case_id, work_item_id, process_key, task_key, form_id, deployment_id, username, at, data_class, digest";

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final CanonicalJson json;

    SubmissionStore(JdbcClient jdbc, FieldCipher cipher, JsonMapper json) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = new CanonicalJson(json);
    }

    /** Canonical text of the data. */
    CanonicalJson json() {
        return json;
    }

    void insert(Submission submission) {
        jdbc.sql("insert into form.submission (" + COLUMNS + ", data) values (:id, :caseId, :workItemId, :processKey,"
                        + " :taskKey, :formId, :deploymentId, :username, :at, :dataClass, :digest, :data)")
                .param("id", submission.id())
                .param("caseId", submission.caseId())
                .param("workItemId", submission.workItemId(), java.sql.Types.OTHER)
                .param("processKey", submission.processKey())
                .param("taskKey", submission.taskKey())
                .param("formId", submission.formId())
                .param("deploymentId", submission.deploymentId())
                .param("username", submission.username())
                .param("at", OffsetDateTime.ofInstant(submission.at(), ZoneOffset.UTC))
                .param("dataClass", submission.dataClass())
                .param("digest", submission.digest())
                .param("data", cipher.encrypt(json.write(submission.data()), place(submission.id())))
                .update();
    }

    List<Submission> list(UUID caseId) {
        return jdbc.sql("select " + COLUMNS + " from form.submission where case_id = :caseId order by at, id")
                .param("caseId", caseId)
                .query((row, n) -> submission(row, Map.of()))
                .list();
    }

    Optional<Submission> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + ", data from form.submission where id = :id")
                .param("id", id)
                .query((row, n) -> opened(row))
                .optional();
    }

    Optional<Submission> latest(UUID caseId, String formId) {
        return jdbc.sql("select " + COLUMNS
                        + ", data from form.submission where case_id = :caseId and form_id = :formId"
                        + " order by at desc, id desc limit 1")
                .param("caseId", caseId)
                .param("formId", formId)
                .query((row, n) -> opened(row))
                .optional();
    }

    private Submission opened(ResultSet row) throws SQLException {
        String text = cipher.decrypt(row.getBytes("data"), place(row.getObject("id", UUID.class)));
        if (!CanonicalJson.digest(text).equals(row.getString("digest"))) {
            throw new IllegalStateException("Submission " + row.getString("id") + " does not fit its digest");
        }
        return submission(row, json.read(text));
    }

    private static Submission submission(ResultSet row, Map<String, Object> data) throws SQLException {
        Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
        return new Submission(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                row.getObject("work_item_id", UUID.class),
                row.getString("process_key"),
                row.getString("task_key"),
                row.getString("form_id"),
                row.getString("deployment_id"),
                row.getString("username"),
                at,
                row.getString("data_class"),
                row.getString("digest"),
                data);
    }

    private static String place(UUID id) {
        return "form.submission.data|" + id;
    }
}
