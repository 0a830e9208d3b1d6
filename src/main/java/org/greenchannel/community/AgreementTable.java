package org.greenchannel.community;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.platform.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Care agreements, incentive agreements, and what comes of the latter. */
@Component
class AgreementTable {

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    AgreementTable(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** A newer agreement of a kind ends the one before. @param same all entries of the person */
    void sign(
            UUID person,
            Collection<UUID> same,
            String kind,
            @Nullable String number,
            LocalDate from,
            LocalDate to,
            TaskCompletion by) {
        end(same, kind, "REPLACED", by.at());
        jdbc.sql(
                        """
                insert into community.agreement (agreement_id, person_id, case_file_id, submission_id, kind, number, valid_from,
                  valid_to, signed_at, signed_by)
                values (:id, :person, :caseId, :submission, :kind, :number, :from, :to, :at, :by)
                """)
                .param("id", UUID.randomUUID())
                .param("person", person)
                .param("caseId", by.caseId())
                .param("submission", by.submissionId())
                .param("kind", kind)
                .param("number", number, Types.VARCHAR)
                .param("from", Date.valueOf(from))
                .param("to", Date.valueOf(to))
                .param("at", Timestamp.from(by.at()))
                .param("by", by.viewer().username())
                .update();
    }

    boolean valid(Collection<UUID> same, String kind, LocalDate day) {
        return jdbc.sql(
                        """
                select exists (select 1 from community.agreement where person_id in (:people) and kind = :kind
                  and ended_at is null and :day between valid_from and valid_to)
                """)
                .param("people", same)
                .param("kind", kind)
                .param("day", Date.valueOf(day))
                .query(Boolean.class)
                .single();
    }

    void end(Collection<UUID> same, String reason, Instant at) {
        end(same, "CARE", reason, at);
        end(same, "INCENTIVE", reason, at);
    }

    void end(Collection<UUID> same, String kind, String reason, Instant at) {
        jdbc.sql(
                        """
                update community.agreement set ended_at = :at, end_reason = :reason
                where person_id in (:people) and kind = :kind and ended_at is null
                """)
                .param("people", same)
                .param("kind", kind)
                .param("reason", reason)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** A check of the guardian's care. */
    record Check(
            LocalDate on, boolean passed, boolean corrected, int homeMonths, int selfAdmissionMonths, int period) {}

    void check(UUID person, Check check, TaskCompletion by) {
        jdbc.sql(
                        """
                insert into community.incentive_check (incentive_check_id, person_id, case_file_id, submission_id, checked_on,
                  passed, corrected, home_months, self_admission_months, period, username)
                values (:id, :person, :caseId, :submission, :on, :passed, :corrected, :home, :self, :period, :user)
                """)
                .param("id", UUID.randomUUID())
                .param("person", person)
                .param("caseId", by.caseId())
                .param("submission", by.submissionId())
                .param("on", Date.valueOf(check.on()))
                .param("passed", check.passed())
                .param("corrected", check.corrected())
                .param("home", check.homeMonths())
                .param("self", check.selfAdmissionMonths())
                .param("period", check.period())
                .param("user", by.viewer().username())
                .update();
    }

    /** Checks of a period, summed. */
    record Checks(int done, int failed, int corrected, int homeMonths, int selfAdmissionMonths) {}

    Checks checks(UUID caseId, int period) {
        return jdbc.sql(
                        """
                select count(*) as done, count(*) filter (where not passed) as failed,
                  count(*) filter (where not passed and corrected) as corrected,
                  coalesce(sum(home_months), 0) as home, coalesce(sum(self_admission_months), 0) as self
                from community.incentive_check where case_file_id = :caseId and period = :period
                """)
                .param("caseId", caseId)
                .param("period", period)
                .query((row, index) -> new Checks(
                        row.getInt("done"),
                        row.getInt("failed"),
                        row.getInt("corrected"),
                        row.getInt("home"),
                        row.getInt("self")))
                .single();
    }

    boolean voucherUsed(String voucher) {
        return jdbc.sql("select exists (select 1 from community.incentive_payment where voucher = :voucher)")
                .param("voucher", voucher)
                .query(Boolean.class)
                .single();
    }

    boolean paid(UUID caseId, int period) {
        return jdbc.sql(
                        "select exists (select 1 from community.incentive_payment where case_file_id = :caseId and period = :period)")
                .param("caseId", caseId)
                .param("period", period)
                .query(Boolean.class)
                .single();
    }

    void pay(UUID person, int period, BigDecimal amount, String account, String voucher, TaskCompletion by) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                insert into community.incentive_payment (incentive_payment_id, person_id, case_file_id, submission_id, period,
                  amount, account, voucher, paid_at, paid_by)
                values (:id, :person, :caseId, :submission, :period, :amount, :account, :voucher, :at, :by)
                """)
                .param("id", id)
                .param("person", person)
                .param("caseId", by.caseId())
                .param("submission", by.submissionId())
                .param("period", period)
                .param("amount", amount)
                .param("account", cipher.encrypt(account, "community.incentive_payment.account|" + id))
                .param("voucher", voucher)
                .param("at", Timestamp.from(by.at()))
                .param("by", by.viewer().username())
                .update();
    }
}
