package org.greenchannel.funding;

import java.util.List;
import org.greenchannel.kernel.Money;

/**
 * The money of a case.
 *
 * @param total total cost
 * @param selfPay what the patient or guardian bears, rejected claims included
 * @param covered what settled sources bear
 * @param open what is still being decided
 * @param claims claims by priority
 */
public record FundingView(Money total, Money selfPay, Money covered, Money open, List<Claim> claims) {}
