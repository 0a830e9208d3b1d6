package org.greenchannel.personfile;

import java.time.Instant;
import org.greenchannel.person.MaskedPerson;
import org.jspecify.annotations.Nullable;

/**
 * A person found.
 *
 * @param cases cases the viewer may read
 * @param open how many of them are open
 * @param areaCode area of the newest
 * @param latest number of the newest
 * @param legalStatus status in the newest open case as the viewer may read it, or null
 * @param lastAt when the newest was opened
 */
public record PersonRow(
        MaskedPerson person,
        int cases,
        int open,
        String areaCode,
        String latest,
        @Nullable String legalStatus,
        Instant lastAt) {}
