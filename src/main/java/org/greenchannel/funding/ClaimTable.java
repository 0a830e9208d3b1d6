package org.greenchannel.funding;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of settlements and claims. */
@Component
class ClaimTable {

    /** A stored claim. */
    record Row(
            UUID id,
            UUID settlement,
            String source,
            BigDecimal amount,
            @Nullable String voucher,
            int priority,
            String state,
            String sourceRow,
            String sourceBasis,
            @Nullable String chain,
            int approvals,
            @Nullable String payer,
            boolean publicity,
            @Nullable Instant settledAt) {}

    /** A stored settlement. */
    record Settlement(UUID id, UUID caseId, BigDecimal total, BigDecimal selfPay) {}

    private final JdbcClient jdbc;

    ClaimTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void supersede(String processInstanceId) {
        jdbc.sql(
                        "update funding.settlement set superseded = true where process_instance_id = :instance and not superseded")
                .param("instance", processInstanceId)
                .update();
    }

    void insert(
            UUID id,
            UUID caseId,
            String instance,
            UUID submission,
            BigDecimal total,
            BigDecimal selfPay,
            String user,
            Instant at) {
        jdbc.sql(
                        """
                insert into funding.settlement (settlement_id, case_file_id, process_instance_id, submission_id, total_fee,
                  self_pay, created_by, created_at)
                values (:id, :caseId, :instance, :submission, :total, :self, :user, :at)
                """)
                .param("id", id)
                .param("caseId", caseId)
                .param("instance", instance)
                .param("submission", submission)
                .param("total", total)
                .param("self", selfPay)
                .param("user", user)
                .param("at", Timestamp.from(at))
                .update();
    }

    void insertClaim(
            UUID settlement,
            String source,
            BigDecimal amount,
            @Nullable String voucher,
            int priority,
            String row,
            String basis) {
        jdbc.sql(
                        """
                insert into funding.claim (claim_id, settlement_id, source, amount, voucher, priority, state, source_row, source_basis)
                values (:id, :settlement, :source, :amount, :voucher, :priority, 'PLANNED', :row, :basis)
                """)
                .param("id", UUID.randomUUID())
                .param("settlement", settlement)
                .param("source", source)
                .param("amount", amount)
                .param("voucher", voucher)
                .param("priority", priority)
                .param("row", row)
                .param("basis", basis)
                .update();
    }

    /** What was settled already in the run, by source: it stays settled in a new settlement of the same run. */
    Map<String, Row> settled(String processInstanceId) {
        return lockCurrent(processInstanceId).stream()
                .filter(claim -> List.of("AUTOMATIC", "PAID").contains(claim.state()))
                .collect(Collectors.toMap(Row::source, claim -> claim));
    }

    /** Takes a settled claim over with its decisions. */
    void carry(UUID claim, UUID settlement) {
        jdbc.sql("update funding.claim set settlement_id = :settlement where claim_id = :id")
                .param("settlement", settlement)
                .param("id", claim)
                .update();
    }

    boolean voucherSettled(String source, String voucher) {
        return jdbc.sql(
                        "select exists (select 1 from funding.claim where source = :source and voucher = :voucher and state in ('AUTOMATIC', 'PAID'))")
                .param("source", source)
                .param("voucher", voucher)
                .query(Boolean.class)
                .single();
    }

    /** Claims of the current settlement of an instance, locked, by priority. */
    List<Row> lockCurrent(String processInstanceId) {
        return jdbc.sql(
                        """
                select c.* from funding.claim c join funding.settlement s on s.settlement_id = c.settlement_id
                where s.process_instance_id = :instance and not s.superseded
                order by c.priority, c.source
                for update of c
                """)
                .param("instance", processInstanceId)
                .query(ClaimTable::row)
                .list();
    }

    Optional<Settlement> current(UUID caseId) {
        return jdbc.sql(
                        """
                select settlement_id, case_file_id, total_fee, self_pay from funding.settlement
                where case_file_id = :caseId and not superseded order by created_at desc limit 1
                """)
                .param("caseId", caseId)
                .query((row, index) -> new Settlement(
                        row.getObject("settlement_id", UUID.class),
                        row.getObject("case_file_id", UUID.class),
                        row.getBigDecimal("total_fee"),
                        row.getBigDecimal("self_pay")))
                .optional();
    }

    List<Row> claims(UUID settlement) {
        return jdbc.sql("select * from funding.claim where settlement_id = :id order by priority, source")
                .param("id", settlement)
                .query(ClaimTable::row)
                .list();
    }

    void plan(UUID claim, String chain, String chainRow, String payer, boolean publicity) {
        jdbc.sql(
                        """
                update funding.claim set chain = :chain, chain_row = :row, payer = :payer, publicity = :publicity, state = 'PENDING'
                where claim_id = :id
                """)
                .param("chain", chain)
                .param("row", chainRow)
                .param("payer", payer)
                .param("publicity", publicity)
                .param("id", claim)
                .update();
    }

    void decide(UUID claim, Instant at, String user, String role, String decision, UUID submission) {
        jdbc.sql(
                        """
                insert into funding.decision (claim_id, position, at, username, role, decision, submission_id)
                select :id, count(*), :at, :user, :role, :decision, :submission from funding.decision where claim_id = :id
                """)
                .param("id", claim)
                .param("at", Timestamp.from(at))
                .param("user", user)
                .param("role", role)
                .param("decision", decision)
                .param("submission", submission)
                .update();
    }

    void approved(UUID claim) {
        jdbc.sql("update funding.claim set approvals = approvals + 1 where claim_id = :id")
                .param("id", claim)
                .update();
    }

    void settle(UUID claim, String state, Instant at) {
        jdbc.sql("update funding.claim set state = :state, settled_at = :at where claim_id = :id")
                .param("state", state)
                .param("at", Timestamp.from(at))
                .param("id", claim)
                .update();
    }

    void paid(UUID claim, String voucher) {
        jdbc.sql("update funding.claim set payment_voucher = :voucher, state = 'APPROVED' where claim_id = :id")
                .param("voucher", voucher)
                .param("id", claim)
                .update();
    }

    List<Claim.Decision> decisions(UUID claim) {
        return jdbc.sql(
                        "select at, username, role, decision from funding.decision where claim_id = :id order by position")
                .param("id", claim)
                .query((row, index) -> new Claim.Decision(
                        row.getTimestamp("at").toInstant(),
                        row.getString("username"),
                        row.getString("role"),
                        row.getString("decision")))
                .list();
    }

    private static Row row(ResultSet row, int index) throws SQLException {
        Timestamp settled = row.getTimestamp("settled_at");
        return new Row(
                row.getObject("claim_id", UUID.class),
                row.getObject("settlement_id", UUID.class),
                row.getString("source"),
                row.getBigDecimal("amount"),
                row.getString("voucher"),
                row.getInt("priority"),
                row.getString("state"),
                row.getString("source_row"),
                row.getString("source_basis"),
                row.getString("chain"),
                row.getInt("approvals"),
                row.getString("payer"),
                row.getBoolean("publicity"),
                settled == null ? null : settled.toInstant());
    }
}
