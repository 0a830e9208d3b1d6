package org.greenchannel.funding;

import java.util.Optional;
import java.util.UUID;

/** Who bears the cost of a case. The sum of all sources and the own share always equals the total (V08). */
public interface Funding {
    /** The money of a case; empty while nothing was claimed. The caller has checked access. */
    Optional<FundingView> of(UUID caseId);
}
