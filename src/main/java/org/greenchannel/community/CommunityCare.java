package org.greenchannel.community;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/** People under community management (work specification of 2018; domain processes S5, S6, S12). */
public interface CommunityCare {

    /**
     * A page of the register as the viewer may see it (D16), most urgent first: people whose care team his organisation
     * belongs to, and people of the area he supervises. Recorded as a look with its purpose before it is answered.
     * Problem {@code forbidden} for a viewer who has nothing to do with the register.
     */
    Page<RegisterEntry> register(RegisterQuery query, Viewer viewer);

    /** Whether the viewer may open the register at all, for the navigation. */
    boolean mayRegister(Viewer viewer);

    /** Registration of a person, the running one first, without access check, for other modules inside a transaction. */
    Optional<Registration> ofPerson(UUID personId);

    /** All registrations of a person, under whichever ids he was entered, running ones first; without access check. */
    List<Registration> registrations(UUID personId);

    /** The care team of a registration now; without access check. */
    List<TeamMember> team(UUID registrationId);

    /** Visits of a registration, newest first; without access check. */
    List<Visit> visits(UUID registrationId, int limit);

    /**
     * A visit.
     *
     * @param mode {@code HOME}, {@code OUTPATIENT} or {@code PHONE}
     * @param found whether the person was met
     * @param incidents incidents and self-harm since the visit before
     */
    record Visit(
            UUID caseId,
            LocalDate on,
            String mode,
            boolean found,
            @Nullable Integer dangerLevel,
            @Nullable String adherence,
            int incidents,
            String username) {}

    /** Every colour the person ever had, oldest first; without access check. */
    List<ColourChange> colours(UUID personId);

    /** Colours of this city, most severe first, then the two that say where a person is. */
    List<ColourName> colourNames();

    /** Lists of an exchange that the viewer's organisation may read; recorded as a look with its purpose. */
    List<ExchangeList> exchange(String caseNumber, Viewer viewer);
}
