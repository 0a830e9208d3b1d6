package org.greenchannel.document;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of issued papers. */
@Repository
class PaperTable {

    private static final String SUMMARY = "id, case_id, number, code, title_zh, title_en, recipient, language, version,"
            + " issuer, issued_at, issued_by, status, verification_code, data_class";

    /** The sealed original. */
    record Original(byte[] sealed, String sha256, int copies) {}

    private final JdbcClient jdbc;

    PaperTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next number of the series. The row stays locked until the caller's transaction ends: no gaps, none twice. */
    int next(String organisation, String word, int year) {
        return jdbc.sql(
                        """
                        insert into document.number_series as s (organisation, word, year, last)
                        values (?, ?, ?, 1)
                        on conflict (organisation, word, year) do update set last = s.last + 1
                        returning last""")
                .param(organisation)
                .param(word)
                .param(year)
                .query(Integer.class)
                .single();
    }

    /** Marks earlier versions as superseded and returns the next version. */
    int supersede(UUID caseId, String code, String language, @Nullable String recipient) {
        jdbc.sql(
                        """
                        update document.paper set status = 'SUPERSEDED'
                         where case_id = ? and code = ? and language = ? and recipient is not distinct from ?
                           and status = 'ISSUED'""")
                .param(caseId)
                .param(code)
                .param(language)
                .param(recipient)
                .update();
        return jdbc.sql(
                        """
                        select coalesce(max(version), 0) + 1 from document.paper
                         where case_id = ? and code = ? and language = ? and recipient is not distinct from ?""")
                .param(caseId)
                .param(code)
                .param(language)
                .param(recipient)
                .query(Integer.class)
                .single();
    }

    /** Marks what was issued since the moment, to whomever and in whatever language, as superseded. */
    void supersedeSince(UUID caseId, String code, java.time.Instant since) {
        jdbc.sql(
                        """
                        update document.paper set status = 'SUPERSEDED'
                         where case_id = ? and code = ? and issued_at >= ? and status = 'ISSUED'""")
                .param(caseId)
                .param(code)
                .param(Timestamp.from(since))
                .update();
    }

    void add(DocumentSummary paper, String sha256, byte[] sealed) {
        jdbc.sql(
                        """
                        insert into document.paper (id, case_id, number, code, title_zh, title_en, recipient, language,
                            version, issuer, issued_at, issued_by, status, verification_code, data_class, sha256, content)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(paper.id())
                .param(paper.caseId())
                .param(paper.number())
                .param(paper.code())
                .param(paper.title().zh())
                .param(paper.title().en())
                .param(paper.recipient())
                .param(paper.language())
                .param(paper.version())
                .param(paper.issuer())
                .param(Timestamp.from(paper.issuedAt()))
                .param(paper.issuedBy())
                .param(paper.status())
                .param(paper.verificationCode())
                .param(paper.dataClass())
                .param(sha256)
                .param(sealed)
                .update();
    }

    List<DocumentSummary> ofCase(UUID caseId) {
        return jdbc.sql("select " + SUMMARY
                        + " from document.paper where case_id = ? order by issued_at desc, number desc")
                .param(caseId)
                .query(PaperTable::summary)
                .list();
    }

    Optional<DocumentSummary> find(UUID caseId, UUID id) {
        return jdbc.sql("select " + SUMMARY + " from document.paper where id = ? and case_id = ?")
                .param(id)
                .param(caseId)
                .query(PaperTable::summary)
                .optional();
    }

    Optional<DocumentSummary> byVerificationCode(String code) {
        return jdbc.sql("select " + SUMMARY + " from document.paper where verification_code = ?")
                .param(code)
                .query(PaperTable::summary)
                .optional();
    }

    /** The version of the same paper that counts. */
    Optional<DocumentSummary> current(DocumentSummary old) {
        return jdbc.sql(
                        "select " + SUMMARY
                                + " from document.paper "
                                + """
                         where case_id = ? and code = ? and language = ? and recipient is not distinct from ?
                           and status = 'ISSUED'""")
                .param(old.caseId())
                .param(old.code())
                .param(old.language())
                .param(old.recipient())
                .query(PaperTable::summary)
                .optional();
    }

    String sha256(UUID id) {
        return jdbc.sql("select sha256 from document.paper where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** Counts one more copy and returns the original with the copy's serial. */
    Original copy(UUID id) {
        return jdbc.sql("update document.paper set copies = copies + 1 where id = ? returning content, sha256, copies")
                .param(id)
                .query((row, n) -> new Original(row.getBytes(1), row.getString(2), row.getInt(3)))
                .single();
    }

    private static DocumentSummary summary(ResultSet row, int n) throws SQLException {
        return new DocumentSummary(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                row.getString("number"),
                row.getString("code"),
                new Text(row.getString("title_zh"), row.getString("title_en")),
                row.getString("recipient"),
                row.getString("language"),
                row.getInt("version"),
                row.getString("issuer"),
                at(row, "issued_at"),
                row.getString("issued_by"),
                row.getString("status"),
                row.getString("verification_code"),
                row.getString("data_class"));
    }

    static Instant at(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
