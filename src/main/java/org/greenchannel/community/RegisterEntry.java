package org.greenchannel.community;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.greenchannel.person.MaskedPerson;
import org.jspecify.annotations.Nullable;

/**
 * A row of the register; what the viewer may not know (D16) is null.
 *
 * @param why reasons to see the person now, codes: {@code OVERDUE}, {@code DUE_SOON}, {@code LOST}, {@code UNSTABLE},
 *     {@code DANGER}, {@code HELD_COLOUR}, {@code FIRST_VISIT}, {@code ROUTINE}, {@code AWAY}
 * @param team organisations of the care team
 */
public record RegisterEntry(
        UUID id,
        String caseNumber,
        @Nullable MaskedPerson person,
        String areaCode,
        @Nullable String status,
        @Nullable String colour,
        @Nullable Text colourName,
        @Nullable String stability,
        @Nullable Integer dangerLevel,
        @Nullable LocalDate nextDue,
        @Nullable LocalDate lastContact,
        List<String> why,
        List<TeamMember> team) {}
