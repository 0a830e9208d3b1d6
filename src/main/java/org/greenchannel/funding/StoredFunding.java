package org.greenchannel.funding;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.greenchannel.kernel.Money;
import org.greenchannel.platform.Texts;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The money of a case from the database. */
@Component
class StoredFunding implements Funding {

    private final ClaimTable table;
    private final Texts texts;

    StoredFunding(ClaimTable table, Texts texts) {
        this.table = table;
        this.texts = texts;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<FundingView> of(UUID caseId) {
        return table.current(caseId).map(settlement -> {
            List<ClaimTable.Row> rows = table.claims(settlement.id());
            BigDecimal rejected = sum(rows, row -> row.state().equals("REJECTED"));
            BigDecimal covered = sum(rows, row -> List.of("AUTOMATIC", "PAID").contains(row.state()));
            BigDecimal open = sum(rows, row -> true).subtract(rejected).subtract(covered);
            return new FundingView(
                    new Money(settlement.total()),
                    new Money(settlement.selfPay().add(rejected)),
                    new Money(covered),
                    new Money(open),
                    rows.stream().map(this::claim).toList());
        });
    }

    private static BigDecimal sum(List<ClaimTable.Row> rows, Predicate<ClaimTable.Row> which) {
        return rows.stream().filter(which).map(ClaimTable.Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Claim claim(ClaimTable.Row row) {
        return new Claim(
                row.id(),
                row.source(),
                texts.of("funding.source." + row.source()),
                new Money(row.amount()),
                row.priority(),
                row.state(),
                row.sourceRow(),
                row.sourceBasis(),
                row.settledAt(),
                table.decisions(row.id()));
    }
}
