package org.greenchannel.oversight;

import org.greenchannel.clock.LegalClock;

/** A legal clock past its end, with its case. */
public record BreachedClock(LegalClock clock, String caseNumber, String areaCode) {}
