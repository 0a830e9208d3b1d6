package org.greenchannel.casefile;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the log of legal status says of a case.
 *
 * @param code present status, or null before the first
 * @param since when it began
 * @param previous status before the absence, only while absent
 * @param staySince when the present stay began, or the last one ended; null before the first
 */
record StatusHistory(
        @Nullable String code, @Nullable Instant since, @Nullable String previous, @Nullable Instant staySince) {

    private static final Set<String> ENDS = Set.of("RELEASED", "CLOSED");
    private static final String ABSENT = "ABSENT";

    /** One line of the log. */
    record Change(@Nullable String from, String to, Instant at) {}

    /** Reads the log, oldest line first. */
    static StatusHistory of(List<Change> log) {
        String code = null;
        Instant since = null;
        String previous = null;
        Instant stay = null;
        boolean staying = false;
        for (Change change : log) {
            if (ENDS.contains(change.to())) {
                stay = change.at();
                staying = false;
            } else if (!staying) {
                stay = change.at();
                staying = true;
            }
            previous = change.to().equals(ABSENT) ? code : null;
            code = change.to();
            since = change.at();
        }
        return new StatusHistory(code, since, previous, stay);
    }
}
