package org.greenchannel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Treatment funding, every path of the model, with the real tables D6a and D6b behind the recorded steps. */
class FundingApprovalProcessTests {

    private static final String KEY = "funding-approval";
    private static final double THRESHOLD = 5000.0;
    private static final ProcessHarness HARNESS = new ProcessHarness();

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = HARNESS.coverage(KEY);

    private final List<String> sources = new ArrayList<>();
    private double amount;
    private int claim;
    private int approvals;

    @BeforeEach
    void reset() {
        HARNESS.reset();
        amount = 1000;
        HARNESS.steps().answer("planFunding", (parameters, variables) -> plan(parameters.get("decision"), variables));
        HARNESS.steps().answer("nextClaim", (parameters, variables) -> nextClaim());
        HARNESS.steps()
                .answer("nextApproval", (parameters, variables) -> nextApproval(parameters.get("decision"), variables));
    }

    @Test
    void insurersSettleWithoutAnybody() {
        var funding = start("emergency", true);
        assertThat(HARNESS.groups("CollectSettlement")).containsExactly("hosp-insurance-office@hosp-1");
        collect("insured", true, "insuranceArea", "LOCAL", "overThreshold", true);

        assertSettled(funding, "AUTOMATIC", "AUTOMATIC", "AUTOMATIC");
        assertThat(sources).containsExactly("BASIC_INS", "SERIOUS_ILL", "SELF");
        assertThat(HARNESS.path(KEY)).doesNotContain("ApproveClaim", "PublishClaim", "PayClaim");
        assertThat(HARNESS.steps().parameters("ArchiveFunding")).containsEntry("template", "funding-settled");
    }

    @Test
    void theEmergencyFundIsExaminedPublishedAndPaid() {
        var funding = start("identityStatus", "UNKNOWN");
        collect("insured", false);

        assertThat(approveAll())
                .containsExactly(
                        "police-officer@org-police", "health-commission@org-healthCommission", "finance@org-finance");
        assertThat(HARNESS.open()).containsExactly("PublishClaim");
        assertThat(HARNESS.groups("PublishClaim")).containsExactly("civil-affairs@org-civilAffairs");
        HARNESS.complete("PublishClaim");
        assertThat(HARNESS.groups("PayClaim")).containsExactly("health-commission@org-healthCommission");
        assertThat(HARNESS.steps().calls("settleClaim"))
                .as("booked only once it is paid")
                .isEmpty();
        HARNESS.complete("PayClaim");

        assertSettled(funding, "PAID", "AUTOMATIC");
    }

    @Test
    void aRejectedClaimIsBookedAndTheNextOneFollows() {
        var funding = start("identityStatus", "KNOWN");
        collect("welfareCategory", "TEKUN", "unableToPay", true);
        // medical aid settles by itself, the emergency fund is the first claim that is examined
        assertThat(HARNESS.groups("ApproveClaim")).containsExactly("civil-affairs@org-civilAffairs");
        HARNESS.complete("ApproveClaim", "claimDecision", "APPROVE");
        HARNESS.complete("ApproveClaim", "claimDecision", "REJECT");

        assertThat(HARNESS.steps().values("settleClaim", "result")).containsExactly("AUTOMATIC", "REJECTED");
        assertThat(HARNESS.engine().getRuntimeService().getVariable(funding.getId(), "claimSource"))
                .isEqualTo("CIVIL_SUPPORT");
        HARNESS.complete("ApproveClaim", "claimDecision", "APPROVE");
        assertThat(HARNESS.open()).as("no publicity in this chain").containsExactly("PayClaim");
        HARNESS.complete("PayClaim");

        assertSettled(funding, "AUTOMATIC", "REJECTED", "PAID", "AUTOMATIC");
        assertThat(HARNESS.path(KEY)).doesNotContain("PublishClaim");
    }

    @Test
    void aReturnedClaimIsCollectedAgain() {
        var funding = start("identityStatus", "KNOWN");
        collect("welfareCategory", "THREE_NO");
        HARNESS.complete("ApproveClaim", "claimDecision", "RETURN");

        assertThat(HARNESS.open()).containsExactly("CollectSettlement");
        assertThat(HARNESS.steps().calls("settleClaim")).isEmpty();
        collect("welfareCategory", "NONE");
        assertThat(HARNESS.steps().calls("planFunding")).hasSize(2);
        assertSettled(funding, "AUTOMATIC");
    }

    /** Wherever the first source stands: nothing that is open goes on with the old facts. */
    @ParameterizedTest
    @ValueSource(strings = {"ApproveClaim", "PublishClaim", "PayClaim"})
    void aFoundIdentityIsCollectedAnewInsideTheRunningProcess(String stage) {
        var funding = start("identityStatus", "UNKNOWN");
        collect("insured", false);
        if (!stage.equals("ApproveClaim")) {
            approveAll();
        }
        if (stage.equals("PayClaim")) {
            HARNESS.complete("PublishClaim");
        }
        assertThat(HARNESS.open()).containsExactly(stage);
        HARNESS.message("funding-recount", "identityStatus", "KNOWN");
        assertThat(HARNESS.open()).containsExactly("CollectSettlement");
        assertThat(HARNESS.steps().calls("settleClaim")).isEmpty();
        collect("insured", true, "insuranceArea", "LOCAL", "unableToPay", false);
        assertThat(sources).doesNotContain("EMERG_FUND");
        assertSettled(funding, "AUTOMATIC", "AUTOMATIC");
    }

    @Test
    void aLargeSumOfTheSpecialFundNeedsTheLongChain() {
        amount = THRESHOLD + 1;
        start("dangerLevel", 4);
        collect("welfareCategory", "NONE");
        assertThat(approveAll())
                .containsExactly(
                        "village-committee@org-village",
                        "police-officer@org-police",
                        "primary-doctor@org-primary",
                        "town-coordinator@org-town",
                        "health-commission@org-healthCommission",
                        "politics-law@org-politicsLaw",
                        "finance@org-finance");
        assertThat(HARNESS.groups("PayClaim")).containsExactly("finance@org-finance");
    }

    @Test
    void nothingIsPaidBeforeTheLastApproval() {
        amount = THRESHOLD;
        start("dangerLevel", 3);
        collect("welfareCategory", "NONE");
        for (int i = 0; i < 4; i++) {
            HARNESS.complete("ApproveClaim", "claimDecision", "APPROVE");
            assertThat(HARNESS.open()).containsExactly("ApproveClaim");
        }
        HARNESS.complete("ApproveClaim", "claimDecision", "APPROVE");
        assertThat(HARNESS.open()).containsExactly("PayClaim");
    }

    @Test
    void anApprovalHasALimit() {
        start("identityStatus", "UNKNOWN");
        collect("insured", false);
        assertThat(HARNESS.task("ApproveClaim").getDueDate().toInstant())
                .isEqualTo(ProcessHarness.START.plus(Duration.ofDays(21)));
    }

    @Test
    void aCaseWithoutCostIsSettledAtOnce() {
        HARNESS.steps().answer("planFunding", (parameters, variables) -> Map.of("claimCount", 0, "claimIndex", 0));
        var funding = start("identityStatus", "KNOWN");
        collect("insured", true);
        assertSettled(funding);
    }

    private static ProcessInstance start(Object... facts) {
        var all = ProcessHarness.facts("hospital", "hosp-1");
        all.putAll(ProcessHarness.facts(facts));
        return HARNESS.start(
                KEY,
                all.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }

    private static void collect(Object... facts) {
        HARNESS.complete("CollectSettlement", facts);
    }

    /** Approves until the claim needs nobody more; returns who was asked. */
    private static List<String> approveAll() {
        List<String> asked = new ArrayList<>();
        while (HARNESS.open().contains("ApproveClaim")) {
            asked.addAll(HARNESS.groups("ApproveClaim"));
            HARNESS.complete("ApproveClaim", "claimDecision", "APPROVE");
        }
        return asked;
    }

    private static void assertSettled(ProcessInstance funding, String... results) {
        assertThat(HARNESS.open()).isEmpty();
        assertThat(HARNESS.path(KEY)).endsWith("FundingSettled");
        assertThat(HARNESS.steps().values("settleClaim", "result")).containsExactly(results);
        assertThat(HARNESS.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(funding.getId())
                        .count())
                .isZero();
    }

    private Map<String, Object> plan(String decision, Map<String, Object> variables) {
        sources.clear();
        claim = -1;
        HARNESS.engine()
                .getDecisionService()
                .evaluateDecisionTableByKey(decision, variables)
                .getResultList()
                .forEach(row -> sources.add((String) row.get("source")));
        return Map.of("claimCount", sources.size(), "claimIndex", 0);
    }

    private Map<String, Object> nextClaim() {
        claim++;
        approvals = 0;
        if (claim >= sources.size()) {
            return Map.of("claimPending", false);
        }
        return Map.of(
                "claimPending", true, "claimIndex", claim, "claimSource", sources.get(claim), "claimAmount", amount);
    }

    private Map<String, Object> nextApproval(String decision, Map<String, Object> variables) {
        var facts = new HashMap<>(variables);
        facts.put("source", variables.get("claimSource"));
        facts.put("amount", amount);
        facts.put("threshold", THRESHOLD);
        var row = HARNESS.engine()
                .getDecisionService()
                .evaluateDecisionTableByKey(decision, facts)
                .getSingleResult();
        String text = row.getEntry("chain");
        String[] chain = text.isEmpty() ? new String[0] : text.split(",");
        boolean pending = approvals < chain.length;
        var answer = new HashMap<String, Object>();
        answer.put("approvalPending", pending);
        answer.put("approvalAutomatic", row.getEntry("automatic"));
        answer.put("publicityRequired", row.getEntry("publicity"));
        answer.put("payerGroup", group(row.getEntry("payer")));
        if (pending) {
            answer.put("approverGroup", group(chain[approvals]));
            answer.put("approvalRole", chain[approvals].split("@")[0]);
            approvals++;
        }
        return answer;
    }

    private static String group(String roleAtFunction) {
        return roleAtFunction.replace("@", "@org-");
    }
}
