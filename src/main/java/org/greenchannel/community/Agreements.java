package org.greenchannel.community;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Care agreements, and the incentive for guardians: agreement, checks, amount, payment. */
@Configuration(proxyBeanMethods = false)
class Agreements {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Roles that approve or pay in the name of a function. */
    private static final Map<String, String> DESKS = Map.of(
            "politicsLaw", "politics-law",
            "police", "police-officer",
            "finance", "finance",
            "healthCommission", "health-commission",
            "civilAffairs", "civil-affairs",
            "dpf", "dpf");

    /** {@code careAgreement}: the agreement of guardian and care team was signed. */
    @Bean
    TaskOutcome careAgreement(AgreementTable table, Care care, CaseFiles cases) {
        return completion -> sign("CARE", table, care, cases, completion);
    }

    /** {@code incentiveAgreement}: the guardian signed what the incentive is paid for. */
    @Bean
    TaskOutcome incentiveAgreement(AgreementTable table, Care care, CaseFiles cases) {
        return completion -> sign("INCENTIVE", table, care, cases, completion);
    }

    private static Map<String, @Nullable Object> sign(
            String kind,
            AgreementTable table,
            Care care,
            CaseFiles cases,
            org.greenchannel.engine.TaskCompletion completion) {
        Answers form = new Answers(completion.data());
        LocalDate from = care.day(form.raw("validFrom"), care.today(completion.at()));
        LocalDate to = care.day(form.raw("validTo"), from.plusYears(1));
        table.sign(
                cases.byId(completion.caseId()).person(),
                care.entries(completion.caseId()),
                kind,
                form.text("agreementNo"),
                from,
                to,
                completion);
        return Map.of(kind.equals("CARE") ? "careAgreementValid" : "incentiveAgreementValid", true);
    }

    /** {@code incentiveCheck}: a check of the guardian's care in the running period. */
    @Bean
    TaskOutcome incentiveCheck(AgreementTable table, Care care, CaseFiles cases) {
        return completion -> {
            Answers form = new Answers(completion.data());
            int period = period(completion.variables().get("incentivePeriod"));
            boolean passed = form.yes("checkPassed");
            table.check(
                    cases.byId(completion.caseId()).person(),
                    new AgreementTable.Check(
                            care.day(form.raw("checkDate"), care.today(completion.at())),
                            passed,
                            !passed && form.yes("corrected"),
                            form.number("homeMonths", 0),
                            form.number("selfAdmissionMonths", 0),
                            period),
                    completion);
            int done = table.checks(completion.caseId(), period).done();
            // a later check that finds nothing does not undo a breach found earlier in the same period
            String found = form.text("careBreach", "NONE");
            boolean keep = done > 1 && found.equals("NONE");
            String breach =
                    keep && completion.variables().get("careBreach") instanceof String earlier ? earlier : found;
            return Map.of("checksDone", done, "careBreach", breach);
        };
    }

    /** {@code incentivePayment}: the payment as it was approved, once a period; the account is stored encrypted. */
    @Bean
    TaskOutcome incentivePayment(AgreementTable table, CaseFiles cases, Texts texts) {
        return completion -> {
            Answers form = new Answers(completion.data());
            int period = period(completion.variables().get("incentivePeriod"));
            BigDecimal approved =
                    new BigDecimal(String.valueOf(completion.variables().get("incentiveAmount")));
            BigDecimal amount = form.money("amount");
            String voucher = form.text("paymentVoucher", "");
            if (amount.compareTo(approved) != 0) {
                throw refused("amount", texts, "community.amount-differs");
            }
            if (table.paid(completion.caseId(), period) || table.voucherUsed(voucher)) {
                throw refused("paymentVoucher", texts, "community.paid-already");
            }
            table.pay(
                    cases.byId(completion.caseId()).person(),
                    period,
                    amount,
                    form.text("bankAccount", ""),
                    voucher,
                    completion);
            return Map.of();
        };
    }

    private static Problem refused(String field, Texts texts, String text) {
        return Problem.invalid(
                "form-invalid", List.of(new FieldError("/data/" + field, "incentive-payment", texts.of(text))));
    }

    private static int period(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 1;
    }

    /** {@code incentiveTerms}: what the city decided: who approves, checks in a period, whether the person is in its scope. */
    @Bean
    ProcessStep incentiveTerms(Organisations organisations, CaseFiles cases, Care care) {
        return step -> {
            Map<String, Object> terms = organisations.settings("incentive");
            CaseSummary file = cases.byId(step.caseId());
            LocalDate today = care.today(step.now());
            List<?> lead = terms.get("lead") instanceof List<?> list ? list : List.of("politicsLaw");
            String groups = lead.stream()
                    .map(String::valueOf)
                    .flatMap(function -> organisations.holders(function, file.areaCode(), today).stream()
                            .limit(1)
                            .map(Organisation::code)
                            .peek(code -> cases.participate(file.id(), function, code))
                            .map(code -> DESKS.getOrDefault(function, function) + "@" + code))
                    .collect(Collectors.joining(","));
            step.set("incentiveLead", groups.contains(",") ? groups.substring(0, groups.indexOf(',')) : groups);
            step.set("incentiveJoint", groups.contains(",") ? groups.substring(groups.indexOf(',') + 1) : "");
            step.set("checksPerPeriod", checks(terms));
            step.set("inScope", inScope(step, String.valueOf(terms.get("scope"))));
            step.set("liabilityInsurance", Boolean.TRUE.equals(terms.get("liabilityInsurance")));
        };
    }

    private static int checks(Map<String, Object> terms) {
        int payMonths = months(terms.get("payPeriod"), 12);
        int checkMonths = months(terms.get("checkPeriod"), 3);
        return Math.max(1, payMonths / checkMonths);
    }

    private static int months(@Nullable Object period, int otherwise) {
        return switch (String.valueOf(period)) {
            case "MONTH" -> 1;
            case "QUARTER" -> 3;
            case "HALF_YEAR" -> 6;
            case "YEAR" -> 12;
            default -> otherwise;
        };
    }

    private static boolean inScope(org.greenchannel.engine.StepContext step, String scope) {
        if (!scope.equals("DANGER_3_OR_INCIDENT")) {
            return true;
        }
        boolean danger = step.variable("dangerLevel") instanceof Number level && level.intValue() >= 3;
        boolean incident = step.variable("monthsSinceIncident") instanceof Number months
                && months.intValue() < RegistrationSteps.NEVER;
        return danger || incident;
    }

    /** {@code incentiveReview}: the checks of the period, and what the city's rule pays for it. */
    @Bean
    ProcessStep incentiveReview(AgreementTable table, Organisations organisations) {
        return step -> {
            int period = period(step.variable("incentivePeriod"));
            AgreementTable.Checks checks = table.checks(step.caseId(), period);
            step.set("checksDone", checks.done());
            step.set("checksFailed", checks.failed());
            step.set("checksCorrected", checks.corrected());
            step.set("homeMonths", checks.homeMonths());
            step.set("selfAdmissionMonths", checks.selfAdmissionMonths());
            Map<String, Object> terms = organisations.settings("incentive");
            BigDecimal month = new BigDecimal(String.valueOf(terms.getOrDefault("amountMonth", 0)));
            // a stay never costs the guardian money in a way that discourages treatment: the month he brings him counts
            BigDecimal full =
                    month.multiply(BigDecimal.valueOf((long) checks.homeMonths() + checks.selfAdmissionMonths()));
            BigDecimal share = new BigDecimal(String.valueOf(terms.getOrDefault("partShare", 50)));
            step.set("incentiveFull", full.doubleValue());
            step.set(
                    "incentivePart",
                    full.multiply(share)
                            .divide(HUNDRED, 2, RoundingMode.HALF_UP)
                            .doubleValue());
        };
    }
}
