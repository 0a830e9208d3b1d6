package org.greenchannel.personfile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.community.TeamMember;
import org.greenchannel.kernel.Text;
import org.greenchannel.person.Identities;
import org.greenchannel.person.MaskedPerson;
import org.jspecify.annotations.Nullable;

/**
 * What the viewer may see of a person; null where he may not see that class of data (D16).
 *
 * @param cases cases the viewer may read, newest first, with status and outcome as far as he may read them
 * @param others how many more there are, or null when the viewer may not know
 * @param guardians masked
 * @param care registrations in community management, the running ones first
 * @param visits newest first
 * @param medicines newest first
 * @param dates running legal clocks of open cases, the next end first
 * @param changes of identity and guardians, newest first
 * @param alike entries that may be the same person and that the viewer may see
 * @param alikeHidden how many more of these there are, or null when the viewer may not know
 * @param merged entries merged into this one
 */
public record PersonPage(
        MaskedPerson person,
        List<CaseSummary> cases,
        @Nullable Integer others,
        @Nullable List<Identities.Guardian> guardians,
        @Nullable List<Care> care,
        @Nullable List<Visit> visits,
        @Nullable List<Medicines> medicines,
        List<Date> dates,
        @Nullable List<Identities.Change> changes,
        List<Alike> alike,
        @Nullable Integer alikeHidden,
        List<MaskedPerson> merged,
        boolean mayReveal,
        boolean mayMerge) {

    /**
     * A registration in community management; what the viewer may not know is null.
     *
     * @param closed whether nobody is responsible for visits any more
     */
    public record Care(
            UUID id,
            @Nullable String caseNumber,
            String areaCode,
            @Nullable String status,
            @Nullable String colour,
            @Nullable Text colourName,
            @Nullable String stability,
            @Nullable Integer dangerLevel,
            @Nullable LocalDate nextDue,
            @Nullable LocalDate lastContact,
            List<TeamMember> team,
            boolean closed) {}

    /** A visit; null where the viewer may not know. @param incidents incidents and self-harm */
    public record Visit(
            LocalDate on,
            String mode,
            boolean found,
            @Nullable Integer dangerLevel,
            @Nullable String adherence,
            @Nullable Integer incidents,
            String username) {}

    /** What a form says of medicines. @param form name of the step it was filled in for */
    public record Medicines(Instant at, String caseNumber, UUID submission, Text form, List<Answer> answers) {}

    /** An answer. @param section row of a list, or empty */
    public record Answer(String section, String label, String value) {}

    /** A running clock. */
    public record Date(String caseNumber, LegalClock clock) {}

    /**
     * An entry that may be the same person.
     *
     * @param reasons see {@link Identities.Alike}
     * @param comparable whether the viewer may compare and propose to merge the two
     */
    public record Alike(MaskedPerson person, List<String> reasons, Instant foundAt, boolean comparable) {}
}
