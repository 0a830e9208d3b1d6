package org.greenchannel.clock;

import java.time.Instant;

/**
 * The two dates of a clock.
 *
 * @param soft unrolled: alarms that protect liberty use this
 * @param hard the legal end, rolled over rest days where the law says so
 */
public record Due(Instant soft, Instant hard) {}
