package org.greenchannel.community;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.person.MaskedPerson;
import org.jspecify.annotations.Nullable;

/**
 * The list one department gets in an exchange of information: only what its statutory task needs (PIPL 34, D16).
 *
 * @param department function, for example {@code civilAffairs}
 * @param sights what the department may see of each data class
 */
public record ExchangeList(
        UUID id,
        String department,
        String organisation,
        String areaCode,
        String period,
        Map<String, String> sights,
        Instant preparedAt,
        @Nullable Instant receivedAt,
        List<Entry> entries,
        List<Difference> differences) {

    /** A person of the list; what the department may not know is null. */
    public record Entry(
            int position,
            @Nullable MaskedPerson person,
            @Nullable String status,
            @Nullable String colour,
            @Nullable Integer dangerLevel,
            @Nullable LocalDate nextDue) {}

    /** A difference the department reported, and how it was resolved. */
    public record Difference(int number, @Nullable Integer entry, String kind, @Nullable String resolution) {}
}
