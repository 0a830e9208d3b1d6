package org.greenchannel.rights;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tables {@code rights.code} and {@code rights.request}. */
@Component
class CodeTable {

    private static final String COLUMNS =
            "id, case_id, holder, organisation, issued_by, issued_at, expires_at, revoked_at,"
                    + " revoked_by, last_used_at";

    private final JdbcClient jdbc;

    CodeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A filed request. */
    record Filed(String form, int serial, Instant at) {}

    /** False when the request id was used on the case before. */
    boolean insert(RightsCode code, byte[] digest, String requestId) {
        return jdbc.sql(
                                "insert into rights.code (id, case_id, holder, digest, request_id, issued_by, organisation, issued_at,"
                                        + " expires_at) values (:id, :case, :holder, :digest, :request, :by, :organisation, :at, :end)"
                                        + " on conflict (case_id, request_id) do nothing")
                        .param("id", code.id())
                        .param("case", code.caseId())
                        .param("holder", code.holder().name())
                        .param("digest", digest)
                        .param("request", requestId)
                        .param("by", code.issuedBy())
                        .param("organisation", code.organisation())
                        .param("at", Timestamp.from(code.issuedAt()))
                        .param("end", Timestamp.from(code.expiresAt()))
                        .update()
                == 1;
    }

    List<RightsCode> ofCase(UUID caseId) {
        return jdbc.sql("select " + COLUMNS + " from rights.code where case_id = :case order by issued_at desc, id")
                .param("case", caseId)
                .query(CodeTable::code)
                .list();
    }

    Optional<RightsCode> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from rights.code where id = :id")
                .param("id", id)
                .query(CodeTable::code)
                .optional();
    }

    Optional<RightsCode> byDigest(byte[] digest) {
        return jdbc.sql("select " + COLUMNS + " from rights.code where digest = :digest")
                .param("digest", digest)
                .query(CodeTable::code)
                .optional();
    }

    /** Whether it counted until now. */
    boolean revoke(UUID id, Instant at, String by) {
        return jdbc.sql(
                                "update rights.code set revoked_at = :at, revoked_by = :by where id = :id and revoked_at is null")
                        .param("at", Timestamp.from(at))
                        .param("by", by)
                        .param("id", id)
                        .update()
                == 1;
    }

    void used(UUID id, Instant at) {
        jdbc.sql("update rights.code set last_used_at = :at where id = :id")
                .param("at", Timestamp.from(at))
                .param("id", id)
                .update();
    }

    /** Adds a receipt with the next serial of the case, which the caller has locked. */
    int file(RightsCode code, String form, @Nullable String requestId, Instant at) {
        return jdbc.sql("insert into rights.request (id, case_id, code_id, holder, form, request_id, serial, at)"
                        + " select cast(:id as uuid), cast(:case as uuid), cast(:code as uuid), cast(:holder as text), cast(:form as text), cast(:request as text), coalesce(max(serial), 0) + 1, cast(:at as timestamptz)"
                        + " from rights.request where case_id = :case returning serial")
                .param("id", UUID.randomUUID())
                .param("case", code.caseId())
                .param("code", code.id())
                .param("holder", code.holder().name())
                .param("form", form)
                .param("request", requestId)
                .param("at", Timestamp.from(at))
                .query(Integer.class)
                .single();
    }

    boolean filedWith(UUID codeId, String form, String requestId) {
        return !jdbc.sql(
                        "select 1 from rights.request where code_id = :code and form = :form and request_id = :request")
                .param("code", codeId)
                .param("form", form)
                .param("request", requestId)
                .query(Integer.class)
                .list()
                .isEmpty();
    }

    List<Filed> filed(UUID codeId) {
        return jdbc.sql("select form, serial, at from rights.request where code_id = :code order by at desc")
                .param("code", codeId)
                .query((row, n) -> new Filed(
                        row.getString("form"),
                        row.getInt("serial"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    private static RightsCode code(ResultSet row, int n) throws SQLException {
        return new RightsCode(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                Holder.valueOf(row.getString("holder")),
                row.getString("organisation"),
                row.getString("issued_by"),
                row.getTimestamp("issued_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                time(row, "revoked_at"),
                row.getString("revoked_by"),
                time(row, "last_used_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
