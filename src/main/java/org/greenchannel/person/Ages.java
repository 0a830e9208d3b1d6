package org.greenchannel.person;

import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.OptionalInt;

/** Ages of the civil law: 18 is full age, 8 limited capacity (Civil Code 17 to 20), 14 the limit of PIPL 31. */
final class Ages {

    private static final int FULL_AGE = 18;

    private Ages() {}

    /** Completed years by the day of birth, else the estimate. */
    static OptionalInt years(Map<String, String> person, LocalDate today) {
        String birth = person.get("birthDate");
        if (birth != null) {
            return OptionalInt.of(
                    Math.max(0, Period.between(LocalDate.parse(birth), today).getYears()));
        }
        String estimate = person.get("estimatedAge");
        return estimate == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(estimate));
    }

    /** Whether the person is under 18; false if nothing is known. */
    static boolean isMinor(Map<String, String> person, LocalDate today) {
        OptionalInt years = years(person, today);
        return years.isPresent() && years.getAsInt() < FULL_AGE;
    }
}
