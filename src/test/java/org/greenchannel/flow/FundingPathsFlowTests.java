package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.funding.Funding;
import org.greenchannel.funding.FundingView;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The rarer ways of the money (S2) over HTTP: an identity found while claims are open, the court's budget, what is taken back. */
@AppTest
class FundingPathsFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private Funding funding;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private RuntimeService runtime;

    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    private FundingView money() {
        FundingView view =
                funding.of(cases.byNumber(journey.number()).orElseThrow().id()).orElseThrow();
        assertThat(view.selfPay().plus(view.covered()).plus(view.open())).isEqualTo(view.total());
        return view;
    }

    private long running() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("funding-approval")
                .processInstanceBusinessKey(
                        cases.byNumber(journey.number()).orElseThrow().id().toString())
                .count();
    }

    // ---- identity found

    private Map<String, Object> settlement(List<Map<String, Object>> lines, int requested, int self) {
        return Map.of("lines", lines, "totalFee", 6000, "requested", requested, "selfPay", self);
    }

    private void unknownPerson() {
        journey.start(
                        "officer",
                        Map.of(
                                "personKnown", false,
                                "description", "男性，约四十岁，灰色外套，无证件。",
                                "personName", Journey.REMOVE,
                                "personSex", Journey.REMOVE,
                                "estimatedAge", Journey.REMOVE,
                                "guardianName", Journey.REMOVE,
                                "guardianPhone", Journey.REMOVE))
                .toHospital(Map.of("identityStatus", "UNKNOWN", "homelessNoGuardian", true));
    }

    private void identified(boolean recount) {
        journey.complete(
                "officer",
                "QueryIdentity",
                Map.of(
                        "sourcesUsed",
                        List.of("POPULATION"),
                        "identityResult",
                        "FOUND",
                        "queryReason",
                        "人口信息比对一致。",
                        "signature",
                        true));
        journey.complete(
                "officer",
                "ConfirmIdentity",
                Map.of(
                        "identityStatus",
                        "KNOWN",
                        "personName",
                        "测寻得",
                        "insuranceArea",
                        "LOCAL",
                        "guardianFound",
                        false,
                        "fundingRerun",
                        recount,
                        "confirmReason",
                        "户籍信息和亲属辨认一致。",
                        "signature",
                        true));
    }

    @Test
    void anIdentityFoundWhileClaimsAreOpenIsCollectedAnewInTheSameRun() {
        unknownPerson();
        journey.complete("insurance", "CollectSettlement", Map.of());
        String claim = journey.item("civil", "ApproveClaim").get("id").asString();
        identified(true);

        assertThat(journey.offered("civil", "ApproveClaim")).isFalse();
        assertThat(api.post(
                                "civil",
                                "/api/v1/work-items/" + claim + "/complete",
                                Map.of("data", Map.of("claimDecision", "APPROVE", "signature", true)))
                        .status())
                .as("nobody decides on the old facts")
                .isIn(404, 409, 410);
        assertThat(running()).as("one run, not two").isEqualTo(1);
        assertThat(money().claims()).as("nothing was settled").allMatch(of -> of.settledAt() == null);
        Map<String, Object> insured = new HashMap<>(settlement(
                List.of(Map.of("source", "BASIC_INS", "amount", 6000, "voucher", "JS-" + journey.number())), 0, 0));
        insured.put("insured", true);
        insured.put("insuranceArea", "LOCAL");
        insured.put("unableToPay", false);
        journey.complete("insurance", "CollectSettlement", insured);
        assertThat(money().claims()).extracting("source").containsExactly("BASIC_INS");
        assertThat(money().covered().amount()).isEqualByComparingTo("6000");
        assertThat(journey.offered("civil", "ApproveClaim")).isFalse();
        assertThat(running()).isZero();
    }

    @Test
    void whatWasPaidBeforeStaysPaidAndIsNotPaidAgain() {
        unknownPerson();
        Map<String, Object> both = new HashMap<>(settlement(
                List.of(
                        Map.of("source", "EMERG_FUND", "amount", 2000, "voucher", "JJ-" + journey.number()),
                        Map.of("source", "SPECIAL_FISCAL", "amount", 3000, "voucher", "ZX-" + journey.number())),
                5000,
                1000));
        both.put("emergencyFrom", journey.day(-1));
        both.put("emergencyTo", journey.day(0));
        journey.complete("insurance", "CollectSettlement", both);
        for (int approvals = 0; approvals < 4 && money().claims().get(0).settledAt() == null; approvals++) {
            for (String user : List.of("officer", "civil", "health", "finance")) {
                if (journey.offered(user, "ApproveClaim")
                        && money().claims().get(0).settledAt() == null) {
                    journey.complete(user, "ApproveClaim", Map.of());
                }
            }
        }
        publishAndPay();
        assertThat(money().covered().amount()).isEqualByComparingTo("2000");
        identified(true);
        assertThat(money().covered().amount()).isEqualByComparingTo("2000");

        Map<String, Object> without = new HashMap<>(settlement(
                List.of(Map.of("source", "BASIC_INS", "amount", 5000, "voucher", "JS-" + journey.number())), 0, 1000));
        without.put("insured", true);
        without.put("insuranceArea", "LOCAL");
        assertThat(journey.tryComplete("insurance", "CollectSettlement", without)
                        .body())
                .as("a paid line does not vanish")
                .contains("V08");
        without.put(
                "lines",
                List.of(
                        Map.of("source", "EMERG_FUND", "amount", 2000, "voucher", "JJ-" + journey.number()),
                        Map.of("source", "BASIC_INS", "amount", 3000, "voucher", "JS-" + journey.number())));
        without.put("requested", 2000);
        without.put("emergencyFrom", journey.day(-1));
        without.put("emergencyTo", journey.day(0));
        journey.complete("insurance", "CollectSettlement", without);
        assertThat(money().covered().amount()).isEqualByComparingTo("5000");
        assertThat(journey.offered("finance", "PayClaim") || journey.offered("health", "PayClaim"))
                .isFalse();
        assertThat(money().claims().stream()
                        .filter(of -> of.source().equals("EMERG_FUND"))
                        .findFirst()
                        .orElseThrow()
                        .decisions())
                .as("with the words of those who approved it")
                .isNotEmpty();
    }

    private void publishAndPay() {
        if (journey.offered("civil", "PublishClaim")) {
            journey.complete(
                    "civil",
                    "PublishClaim",
                    Map.of(
                            "publishedFrom",
                            journey.day(-7),
                            "publishedTo",
                            journey.day(0),
                            "publishedPlace",
                            "街道公示栏",
                            "publicityEvidence",
                            "GS-0001",
                            "contentMinimised",
                            true,
                            "signature",
                            true));
        }
        for (String user : List.of("health", "civil", "finance")) {
            if (journey.offered(user, "PayClaim")) {
                journey.complete(user, "PayClaim", Map.of("paymentVoucher", "P1-" + journey.number()));
                return;
            }
        }
        throw new AssertionError("nobody pays; open are " + journey.openTasks());
    }

    @Test
    void anIdentityThatChangesNothingLeavesTheClaimsAlone() {
        unknownPerson();
        journey.complete("insurance", "CollectSettlement", Map.of());
        identified(false);
        assertThat(journey.offered("civil", "ApproveClaim")).isTrue();
        assertThat(running()).isEqualTo(1);
    }

    // ---- the court's budget

    @Test
    void compulsoryTreatmentIsPaidFromItsOwnBudgetByPoliceAndFinance() {
        CourtCase court = new CourtCase(api, clock);
        court.open("handler", "DELIVERY", Map.of()).received().told();
        journey.on(court.journey().number());
        Map<String, Object> special = new HashMap<>(settlement(
                List.of(Map.of("source", "SPECIAL_FISCAL", "amount", 5000, "voucher", "V1-" + journey.number())),
                5000,
                1000));
        special.put("payee", "zz-compulsory");
        assertThat(journey.tryComplete("ctoffice", "CollectSettlement", special).body())
                .as("the budget stands in place of the special fund")
                .contains("D6a");
        Map<String, Object> budget = new HashMap<>(special);
        budget.put(
                "lines",
                List.of(Map.of("source", "COMPULSORY_BUDGET", "amount", 6000, "voucher", "V2-" + journey.number())));
        budget.put("requested", 6000);
        budget.put("selfPay", 0);
        journey.complete("ctoffice", "CollectSettlement", budget);
        assertThat(journey.offered("finance", "ApproveClaim")).isFalse();
        assertThat(journey.offered("civil", "ApproveClaim")).isFalse();
        journey.complete("approver", "ApproveClaim", Map.of());
        assertThat(journey.offered("finance", "PayClaim")).isFalse();
        journey.complete("finance", "ApproveClaim", Map.of());
        journey.complete("finance", "PayClaim", Map.of("payee", "zz-compulsory"));
        assertThat(money().covered().amount()).isEqualByComparingTo("6000");
        assertThat(money().claims().get(0).row()).isEqualTo("D6a-11");
        assertThat(journey.file("ctoffice").get("legalStatus").asString()).isEqualTo("COMPULSORY_TREATMENT");
    }

    // ---- taken back

    private void paid() {
        journey.start("officer", Map.of()).toHospital();
        journey.complete("insurance", "CollectSettlement", Map.of());
        journey.complete("civil", "ApproveClaim", Map.of());
        journey.complete("finance", "PayClaim", Map.of());
    }

    private void clawback() {
        journey.begin(
                        "insurance",
                        "funding-clawback",
                        Map.of(
                                "clawbackCause",
                                "LIABLE_PARTY",
                                "paymentVoucher",
                                "P-" + journey.number(),
                                "clawbackAmount",
                                5000,
                                "clawbackEvidence",
                                "民事判决确认第三方承担全部医疗费用。",
                                "signature",
                                true))
                .expect(201);
        assertThat(journey.clocks("insurance")).containsEntry("CLAWBACK_REVIEW", "RUNNING");
    }

    @Test
    void whatSomebodyElseOwesIsTakenBackByDecisionAndTreatmentIsNotTouched() {
        paid();
        clawback();
        assertThat(journey.offered("finance", "RecordRecovery")).isFalse();
        Map<String, Object> decision = new HashMap<>(Map.of(
                "clawbackDecision", "RECOVER",
                "debtor", "PERSON",
                "clawbackReason", "第三方已经判决承担，依法追回。",
                "signature", true));
        assertThat(journey.tryComplete("civil", "ReviewClawback", decision).body())
                .as("nothing is taken from who cannot pay")
                .contains("clawback-decision-2");
        decision.put("debtor", "LIABLE_PARTY");
        journey.complete("civil", "ReviewClawback", decision);
        assertThat(journey.clocks("insurance"))
                .containsEntry("CLAWBACK_REVIEW", "MET")
                .containsEntry("CLAWBACK_RECOVER", "RUNNING");
        Map<String, Object> result = new HashMap<>(Map.of("recovered", "PART", "signature", true));
        assertThat(journey.tryComplete("finance", "RecordRecovery", result).status())
                .isEqualTo(422);
        result.put("recoveredAmount", 3000);
        result.put("recoveredVoucher", "ZH-0001");
        result.put("notRecoveredWhy", "其余部分分期执行中，另行登记。");
        journey.complete("finance", "RecordRecovery", result);
        assertThat(journey.told("insurance", "clawback-closed"))
                .containsExactlyInAnyOrder("hosp-insurance-office", "civil-affairs", "medical-insurance");
        assertThat(journey.file("doctor").get("legalStatus").asString()).isEqualTo("OBSERVATION");
        assertThat(journey.offered("doctor", "DiagnosePerson")).isTrue();
    }

    @Test
    void withoutADecisionNothingIsTakenBack() {
        paid();
        clawback();
        journey.complete(
                "civil",
                "ReviewClawback",
                Map.of("clawbackDecision", "NOT_RECOVER", "clawbackReason", "核实后不存在重复支付，不予追回。", "signature", true));
        assertThat(journey.told("insurance", "clawback-dropped")).containsExactly("hosp-insurance-office");
        assertThat(journey.offered("finance", "RecordRecovery")).isFalse();
        assertThat(money().covered().amount()).isEqualByComparingTo("5000");
    }
}
