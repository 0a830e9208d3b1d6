package org.greenchannel.organisation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Content of a city pack as its files say.
 *
 * @param settings everything of {@code city.yaml}
 */
record Pack(
        String city,
        Map<String, Object> settings,
        List<Area> areas,
        List<Organisation> organisations,
        List<Binding> bindings,
        List<RingEntry> rings) {

    /** First day of bindings that have always been. */
    static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1);
    /** Day after the last of bindings without an end. */
    static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    /**
     * An organisation holds a function in an area.
     *
     * @param until first day on which it no longer does
     * @param service anybody in the city may turn to it; gives no responsibility for the area
     */
    record Binding(
            String function, String organisation, String area, LocalDate from, LocalDate until, boolean service) {

        boolean on(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(until);
        }
    }

    /** A hospital to ask for a routing target, in the order of the file. */
    record RingEntry(String target, String area, String organisation) {}

    /** The part of a code that is shared by all areas inside the area. */
    static String prefix(Area area) {
        int digits =
                switch (area.level()) {
                    case "CITY" -> 4;
                    case "DISTRICT" -> 6;
                    case "TOWN" -> 9;
                    default -> 12;
                };
        return area.code().substring(0, digits);
    }
}
