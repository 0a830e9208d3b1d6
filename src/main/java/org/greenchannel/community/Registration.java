package org.greenchannel.community;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person under community management.
 *
 * @param consent {@code AGREE}, {@code REFUSE} or {@code STATUTORY}
 * @param status {@code MANAGED}, {@code REFUSED}, {@code LOST}, {@code IN_HOSPITAL}, {@code IN_CUSTODY}, {@code CLOSED}
 * @param stability {@code STABLE}, {@code BASIC}, {@code UNSTABLE}, or null before the first visit
 * @param dangerLevel 0 to 5 by D1, confirmed by a named professional
 * @param colour code of the city's set, or null: not graded, or closed
 * @param colourRow row of D7c
 * @param colourBy form of the signed decision, or null: the table alone, which may only raise
 * @param heldColour lower colour that waits for a signature, or null
 * @param nextDue day until which the next visit is due
 * @param lastContact day the person was last met
 */
public record Registration(
        UUID id,
        UUID personId,
        UUID caseId,
        String areaCode,
        String consent,
        LocalDate consentOn,
        String status,
        @Nullable String stability,
        @Nullable Integer dangerLevel,
        @Nullable String colour,
        @Nullable String colourRow,
        @Nullable Instant colourAt,
        @Nullable String colourBy,
        @Nullable String heldColour,
        @Nullable String heldRow,
        @Nullable Instant heldAt,
        @Nullable LocalDate nextDue,
        @Nullable LocalDate lastContact,
        @Nullable String placement,
        @Nullable String placementOrganisation,
        Instant enrolledAt,
        @Nullable Instant closedAt,
        @Nullable String closeReason) {

    /** Whether somebody is responsible for visits now. */
    public boolean managed() {
        return closedAt == null && !status.equals("REFUSED");
    }
}
