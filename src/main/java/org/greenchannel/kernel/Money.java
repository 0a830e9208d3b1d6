package org.greenchannel.kernel;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in CNY with two decimals.
 *
 * @param amount yuan, never negative
 */
public record Money(BigDecimal amount) implements Comparable<Money> {

    /** Nothing. */
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    /** Refuses negative amounts and more than two decimals. */
    public Money {
        amount = amount.setScale(2, RoundingMode.UNNECESSARY);
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("negative amount");
        }
    }

    /** Sum. */
    public Money plus(Money other) {
        return new Money(amount.add(other.amount));
    }

    /** Difference; throws if it would be negative. */
    public Money minus(Money other) {
        return new Money(amount.subtract(other.amount));
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(other.amount);
    }
}
