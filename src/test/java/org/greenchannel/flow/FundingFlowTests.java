package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.funding.Funding;
import org.greenchannel.funding.FundingView;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who bears the cost: sums that add up, no voucher paid twice, nobody decides on his own claim. */
@AppTest
class FundingFlowTests {

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private Funding funding;

    @Autowired
    private CaseFiles cases;

    private Api api;
    private Journey journey;

    @BeforeEach
    void receive() {
        api = new Api(port);
        journey = new Journey(api, clock).start("officer", Map.of()).toHospital();
    }

    private FundingView money() {
        UUID id = cases.byNumber(journey.number()).orElseThrow().id();
        FundingView view = funding.of(id).orElseThrow();
        assertThat(view.selfPay().plus(view.covered()).plus(view.open())).isEqualTo(view.total());
        return view;
    }

    private static Map<String, Object> claim(Object lines, int total, int requested, int self) {
        return Map.of("lines", lines, "totalFee", total, "requested", requested, "selfPay", self);
    }

    @Test
    void paidSourcesAndOwnShareMakeTheTotal() {
        journey.complete("insurance", "CollectSettlement", Map.of());
        assertThat(money().open().amount()).isEqualByComparingTo("5000");
        journey.complete("civil", "ApproveClaim", Map.of());
        journey.complete("finance", "PayClaim", Map.of());

        FundingView view = money();
        assertThat(view.covered().amount()).isEqualByComparingTo("5000");
        assertThat(view.selfPay().amount()).isEqualByComparingTo("1000");
        assertThat(view.claims()).hasSize(1);
        assertThat(view.claims().get(0).state()).isEqualTo("PAID");
        assertThat(view.claims().get(0).row()).isEqualTo("D6a-10");
        assertThat(view.claims().get(0).decisions())
                .extracting(word -> word.username() + " " + word.role() + " " + word.decision())
                .containsExactly("civil civil-affairs APPROVE");
    }

    @Test
    void aRefusedClaimFallsToTheOwnShare() {
        journey.complete("insurance", "CollectSettlement", Map.of());
        journey.complete(
                "civil",
                "ApproveClaim",
                Map.of(
                        "claimDecision",
                        "REJECT",
                        "decisionReason",
                        "不属于专项经费的保障范围。",
                        "evidenceChecked",
                        Journey.REMOVE));

        FundingView view = money();
        assertThat(view.selfPay().amount()).isEqualByComparingTo(new BigDecimal("6000"));
        assertThat(view.covered().amount()).isZero();
        assertThat(journey.offered("finance", "PayClaim")).isFalse();
    }

    @Test
    void aReturnedClaimIsCollectedAnew() {
        journey.complete("insurance", "CollectSettlement", Map.of());
        journey.complete(
                "civil",
                "ApproveClaim",
                Map.of(
                        "claimDecision",
                        "RETURN",
                        "decisionReason",
                        "请补充费用明细后重新提交。",
                        "evidenceChecked",
                        Journey.REMOVE));
        journey.complete(
                "insurance",
                "CollectSettlement",
                claim(List.of(Map.of("source", "SPECIAL_FISCAL", "amount", 4000)), 6000, 4000, 2000));

        assertThat(money().open().amount()).isEqualByComparingTo("4000");
        assertThat(journey.offered("civil", "ApproveClaim")).isTrue();
    }

    @Test
    void automaticSourcesNeedNobody() {
        journey.complete(
                "insurance",
                "CollectSettlement",
                Map.of(
                        "insured",
                        true,
                        "insuranceArea",
                        "LOCAL",
                        "lines",
                        List.of(Map.of("source", "BASIC_INS", "amount", 6000, "voucher", "JS-" + journey.number())),
                        "totalFee",
                        6000,
                        "requested",
                        0,
                        "selfPay",
                        0));

        assertThat(money().claims().get(0).state()).isEqualTo("AUTOMATIC");
        assertThat(journey.offered("civil", "ApproveClaim")).isFalse();
    }

    @Test
    void sumsThatDoNotAddUpAndForeignSourcesAreRefused() {
        Api.Answer sum = journey.tryComplete("insurance", "CollectSettlement", Map.of("selfPay", 900));
        assertThat(sum.status()).isEqualTo(422);
        assertThat(rules(sum)).contains("V08");

        Api.Answer source = journey.tryComplete(
                "insurance",
                "CollectSettlement",
                claim(List.of(Map.of("source", "CIVIL_SUPPORT", "amount", 5000)), 6000, 5000, 1000));
        assertThat(source.status()).isEqualTo(422);
        assertThat(rules(source)).contains("D6a");
        assertThat(funding.of(cases.byNumber(journey.number()).orElseThrow().id()))
                .isEmpty();
    }

    @Test
    void aVoucherIsNeverSettledTwice() {
        String voucher = "JS-" + journey.number();
        Map<String, Object> insured = Map.of(
                "insured",
                true,
                "insuranceArea",
                "LOCAL",
                "lines",
                List.of(Map.of("source", "BASIC_INS", "amount", 6000, "voucher", voucher)),
                "totalFee",
                6000,
                "requested",
                0,
                "selfPay",
                0);
        journey.complete("insurance", "CollectSettlement", insured);
        Journey other = new Journey(api, clock).start("officer", Map.of()).toHospital();

        Api.Answer again = other.tryComplete("insurance", "CollectSettlement", insured);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.json().get("errors").get(0).get("pointer").asString()).isEqualTo("/data/lines/0/voucher");
    }

    private static List<String> rules(Api.Answer answer) {
        return answer.json()
                .get("errors")
                .valueStream()
                .map(error -> error.get("rule").asString())
                .toList();
    }
}
