package org.greenchannel.funding;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.DecisionRow;
import org.greenchannel.engine.Decisions;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Steps of {@code funding-approval}. */
@Configuration(proxyBeanMethods = false)
class FundingSteps {

    /** {@code planFunding}: how many claims there are; they were planned with the claim form by D6a. */
    @Bean
    ProcessStep planFunding(ClaimTable table) {
        return step -> {
            step.set("claimCount", table.lockCurrent(step.processInstanceId()).size());
            step.set("claimIndex", 0);
        };
    }

    /** {@code nextClaim}: the next claim nobody has settled. */
    @Bean
    ProcessStep nextClaim(ClaimTable table) {
        return step -> {
            List<ClaimTable.Row> open = open(table, step.processInstanceId());
            step.set("claimPending", !open.isEmpty());
            if (!open.isEmpty()) {
                ClaimTable.Row claim = open.get(0);
                Object index = step.variable("claimIndex");
                step.set("claimIndex", index instanceof Number number ? number.intValue() + 1 : 1);
                step.set("claimSource", claim.source());
                step.set("claimAmount", claim.amount().doubleValue());
            }
        };
    }

    private static List<ClaimTable.Row> open(ClaimTable table, String instance) {
        return table.lockCurrent(instance).stream()
                .filter(claim -> !List.of("REJECTED", "AUTOMATIC", "PAID").contains(claim.state()))
                .toList();
    }

    /** The claim being worked on: the first that is not settled. */
    static ClaimTable.Row pending(ClaimTable table, String instance) {
        return open(table, instance).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no claim is pending"));
    }

    private record Plan(String chain, String row, boolean automatic, boolean publicity, String payer) {}

    /** {@code nextApproval}: the next approver by D6b or by the city's own chain. */
    @Bean
    ProcessStep nextApproval(
            ClaimTable table, Decisions decisions, Organisations organisations, CaseFiles cases, ZoneId zone) {
        return step -> {
            ClaimTable.Row claim = pending(table, step.processInstanceId());
            Plan plan = plan(step, claim, decisions, organisations);
            if (claim.chain() == null) {
                table.plan(claim.id(), plan.chain(), plan.row(), plan.payer(), plan.publicity());
            }
            List<String> chain =
                    plan.chain().isBlank() ? List.of() : List.of(plan.chain().split(","));
            boolean pending = claim.approvals() < chain.size();
            step.set("approvalPending", pending);
            step.set("approvalAutomatic", plan.automatic());
            step.set("publicityRequired", plan.publicity());
            step.set("payerGroup", group(plan.payer(), step, organisations, cases, zone));
            if (pending) {
                String next = chain.get(claim.approvals()).strip();
                step.set("approverGroup", group(next, step, organisations, cases, zone));
                step.set("approvalRole", next.substring(0, next.indexOf('@')));
            }
        };
    }

    private static Plan plan(StepContext step, ClaimTable.Row claim, Decisions decisions, Organisations organisations) {
        Map<?, ?> settings = organisations.settings("funding");
        Object own = settings.get("chains") instanceof Map<?, ?> chains ? chains.get(claim.source()) : null;
        if (own instanceof Map<?, ?> chain) {
            String approvers = String.valueOf(chain.get("chain"));
            return new Plan(
                    approvers,
                    organisations.city() + ":" + claim.source(),
                    approvers.isBlank(),
                    Boolean.TRUE.equals(chain.get("publicity")),
                    String.valueOf(chain.get("payer")));
        }
        Map<String, @Nullable Object> inputs = new HashMap<>();
        inputs.put("source", claim.source());
        inputs.put("amount", claim.amount().doubleValue());
        inputs.put("welfareCategory", step.variable("welfareCategory"));
        inputs.put("identityStatus", step.variable("identityStatus"));
        Object threshold = settings.get("thresholds") instanceof Map<?, ?> all ? all.get(claim.source()) : null;
        inputs.put("threshold", threshold instanceof Number number ? number.doubleValue() : null);
        DecisionRow row = decisions.evaluate(step.parameter("decision"), inputs).rows().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no approval chain for " + claim.source()));
        Map<String, Object> out = row.outputs();
        return new Plan(
                String.valueOf(out.getOrDefault("chain", "")),
                row.id(),
                Boolean.TRUE.equals(out.get("automatic")),
                Boolean.TRUE.equals(out.get("publicity")),
                String.valueOf(out.getOrDefault("payer", "")));
    }

    /** {@code role@function} to {@code role@organisation}: by a variable of the process, else by today's binding of the area. */
    private static String group(
            String template, StepContext step, Organisations organisations, CaseFiles cases, ZoneId zone) {
        int at = template.indexOf('@');
        if (at < 0) {
            return "";
        }
        String function = template.substring(at + 1).strip();
        Object bound = step.variable(function);
        String organisation = bound != null
                ? bound.toString()
                : organisations
                        .bound(
                                function,
                                cases.byId(step.caseId()).areaCode(),
                                step.now().atZone(zone).toLocalDate())
                        .code();
        cases.participate(step.caseId(), function, organisation);
        return template.substring(0, at).strip() + "@" + organisation;
    }

    /** {@code settleClaim}: books the result; a rejected amount falls back to the own share. */
    @Bean
    ProcessStep settleClaim(ClaimTable table, CaseFiles cases, Texts texts) {
        return step -> {
            ClaimTable.Row claim = pending(table, step.processInstanceId());
            String result = step.parameter("result");
            table.settle(claim.id(), result, step.now());
            cases.tell(
                    step.caseId(),
                    step.now(),
                    "FUNDING",
                    texts.of("funding.settled." + result, texts.of("funding.source." + claim.source()), claim.amount()),
                    claim.sourceBasis(),
                    null,
                    Map.of("source", claim.source(), "result", result, "row", claim.sourceRow()));
        };
    }
}
