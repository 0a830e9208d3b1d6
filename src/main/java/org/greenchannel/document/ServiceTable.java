package org.greenchannel.document;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of proofs of service. */
@Repository
class ServiceTable {

    private static final String COLUMNS = "id, case_id, notice_code, document_id, recipient, oral, written, language,"
            + " understood, repeat_at, witness, refused_to_sign, attempted, delivered_at, recorded_by";

    private final JdbcClient jdbc;

    ServiceTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Service service, UUID submissionId, Instant now) {
        jdbc.sql("insert into document.service (" + COLUMNS + ", submission_id, recorded_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(service.id())
                .param(service.caseId())
                .param(service.noticeCode())
                .param(service.documentId())
                .param(service.recipient())
                .param(service.oral())
                .param(service.written())
                .param(service.language())
                .param(service.understood())
                .param(service.repeatAt() == null ? null : Date.valueOf(service.repeatAt()))
                .param(service.witness())
                .param(service.refusedToSign())
                .param(service.attempted())
                .param(Timestamp.from(service.deliveredAt()))
                .param(service.recordedBy())
                .param(submissionId)
                .param(Timestamp.from(now))
                .update();
    }

    List<Service> ofCase(UUID caseId) {
        return jdbc.sql("select " + COLUMNS + " from document.service where case_id = ? order by delivered_at, id")
                .param(caseId)
                .query(ServiceTable::service)
                .list();
    }

    /** The newest delivery of the notice to the recipient; attempts do not count. */
    Optional<Service> delivered(UUID caseId, String notice, String recipient) {
        return jdbc.sql("select " + COLUMNS + " from document.service where case_id = ? and notice_code = ?"
                        + " and recipient = ? and not attempted order by delivered_at desc limit 1")
                .param(caseId)
                .param(notice)
                .param(recipient)
                .query(ServiceTable::service)
                .optional();
    }

    private static Service service(ResultSet row, int n) throws SQLException {
        Date repeat = row.getDate("repeat_at");
        return new Service(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                row.getString("notice_code"),
                row.getObject("document_id", UUID.class),
                row.getString("recipient"),
                row.getBoolean("oral"),
                row.getBoolean("written"),
                row.getString("language"),
                row.getString("understood"),
                repeat == null ? null : repeat.toLocalDate(),
                row.getString("witness"),
                row.getBoolean("refused_to_sign"),
                row.getBoolean("attempted"),
                PaperTable.at(row, "delivered_at"),
                row.getString("recorded_by"));
    }
}
