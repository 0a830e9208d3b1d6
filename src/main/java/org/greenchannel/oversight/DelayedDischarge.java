package org.greenchannel.oversight;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A person who could leave hospital but has nobody or nowhere to go to (Mental Health Law 44(5), 45): a line of the register
 * that supervisors see.
 *
 * @param reason code, {@code code.delayReason.*} in the messages
 * @param nextReview day until which the delay is looked at again
 */
public record DelayedDischarge(
        String caseNumber,
        String areaCode,
        @Nullable String hospital,
        String reason,
        Instant since,
        Instant reviewedAt,
        @Nullable LocalDate nextReview) {}
