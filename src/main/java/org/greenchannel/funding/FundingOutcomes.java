package org.greenchannel.funding;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.greenchannel.engine.DecisionAnswer;
import org.greenchannel.engine.DecisionRow;
import org.greenchannel.engine.Decisions;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What completing the tasks of {@code funding-approval} means for the money. */
@Configuration(proxyBeanMethods = false)
class FundingOutcomes {

    private static final String SOURCES = "funding-sources";

    /** {@code fundingLines}: stores the settlement and one planned claim a line, after asking D6a whether the source applies. */
    @Bean
    TaskOutcome fundingLines(ClaimTable table, Decisions decisions, Organisations organisations, Texts texts) {
        return completion -> {
            Map<String, @Nullable Object> inputs = new HashMap<>(completion.variables());
            inputs.putAll(completion.data());
            inputs.put(
                    "specialFund",
                    Boolean.TRUE.equals(organisations.settings("funding").get("specialFund")));
            Map<String, DecisionRow> applicable = new HashMap<>();
            DecisionAnswer answer = decisions.evaluate(SOURCES, onlyInputs(decisions, inputs));
            answer.rows()
                    .forEach(row ->
                            applicable.putIfAbsent(String.valueOf(row.outputs().get("source")), row));
            List<Map<?, ?>> lines = lines(completion.data());
            Map<String, ClaimTable.Row> settled = table.settled(completion.processInstanceId());
            List<FieldError> errors = refused(lines, settled, applicable.keySet(), table, texts);
            if (!errors.isEmpty()) {
                throw Problem.invalid("form-invalid", errors);
            }
            store(table, completion, lines, applicable, settled);
            return Map.of();
        };
    }

    /** Sources that do not apply, vouchers used before, and settled lines that are missing or changed: what was paid stays. */
    private static List<FieldError> refused(
            List<Map<?, ?>> lines,
            Map<String, ClaimTable.Row> settled,
            Set<String> applicable,
            ClaimTable table,
            Texts texts) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> missing = new TreeSet<>(settled.keySet());
        for (int i = 0; i < lines.size(); i++) {
            String source = String.valueOf(lines.get(i).get("source"));
            String voucher = text(lines.get(i).get("voucher"));
            String at = "/data/lines/" + i;
            ClaimTable.Row before = settled.get(source);
            missing.remove(source);
            if (before != null) {
                if (money(lines.get(i).get("amount")).compareTo(before.amount()) != 0
                        || !Objects.equals(voucher, before.voucher())) {
                    errors.add(new FieldError(at + "/amount", "V08", settledBefore(before, texts)));
                }
                continue;
            }
            if (!applicable.contains(source)) {
                errors.add(new FieldError(
                        at + "/source",
                        "D6a",
                        texts.of("funding.not-applicable", texts.of("funding.source." + source))));
            }
            if (voucher != null && table.voucherSettled(source, voucher)) {
                errors.add(new FieldError(at + "/voucher", "V08", texts.of("funding.voucher-settled")));
            }
        }
        missing.forEach(
                source -> errors.add(new FieldError("/data/lines", "V08", settledBefore(settled.get(source), texts))));
        return errors;
    }

    private static Text settledBefore(ClaimTable.@Nullable Row claim, Texts texts) {
        return claim == null
                ? texts.of("funding.voucher-settled")
                : texts.of("funding.settled-before", texts.of("funding.source." + claim.source()), claim.amount());
    }

    private static Map<String, @Nullable Object> onlyInputs(Decisions decisions, Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> inputs = new HashMap<>();
        values.forEach((name, value) -> {
            if (!(value instanceof List) && !(value instanceof Map)) {
                inputs.put(name, value);
            }
        });
        return inputs;
    }

    private static void store(
            ClaimTable table,
            TaskCompletion completion,
            List<Map<?, ?>> lines,
            Map<String, DecisionRow> applicable,
            Map<String, ClaimTable.Row> settled) {
        table.supersede(completion.processInstanceId());
        UUID settlement = UUID.randomUUID();
        table.insert(
                settlement,
                completion.caseId(),
                completion.processInstanceId(),
                completion.submissionId(),
                money(completion.data().get("totalFee")),
                money(completion.data().get("selfPay")),
                completion.viewer().username(),
                completion.at());
        for (Map<?, ?> line : lines) {
            String source = String.valueOf(line.get("source"));
            DecisionRow row = applicable.get(source);
            ClaimTable.Row before = settled.get(source);
            if (before != null) {
                table.carry(before.id(), settlement);
            } else if (row != null) {
                int priority = row.outputs().get("priority") instanceof Number number ? number.intValue() : 0;
                table.insertClaim(
                        settlement,
                        source,
                        money(line.get("amount")),
                        text(line.get("voucher")),
                        priority,
                        row.id(),
                        row.basis());
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> lines(Map<String, @Nullable Object> data) {
        return data.get("lines") instanceof List<?> lines ? (List<Map<?, ?>>) lines : List.of();
    }

    private static BigDecimal money(@Nullable Object value) {
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString()).setScale(2, RoundingMode.HALF_UP);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    /** {@code claimDecision}: records the approver's word. */
    @Bean
    TaskOutcome claimDecision(ClaimTable table) {
        return completion -> {
            ClaimTable.Row claim = FundingSteps.pending(table, completion.processInstanceId());
            String decision = String.valueOf(completion.data().get("claimDecision"));
            String role = String.valueOf(completion.variables().get("approvalRole"));
            table.decide(
                    claim.id(),
                    completion.at(),
                    completion.viewer().username(),
                    role,
                    decision,
                    completion.submissionId());
            if (decision.equals("APPROVE")) {
                table.approved(claim.id());
            }
            return Map.of();
        };
    }

    /** {@code claimPayment}: records the payment; it may not differ from what was approved. */
    @Bean
    TaskOutcome claimPayment(ClaimTable table, Texts texts) {
        return completion -> {
            ClaimTable.Row claim = FundingSteps.pending(table, completion.processInstanceId());
            if (money(completion.data().get("paidAmount")).compareTo(claim.amount()) != 0) {
                throw Problem.invalid(
                        "form-invalid",
                        List.of(new FieldError("/data/paidAmount", "V08", texts.of("funding.amount-differs"))));
            }
            table.paid(claim.id(), String.valueOf(completion.data().get("paymentVoucher")));
            return Map.of();
        };
    }
}
