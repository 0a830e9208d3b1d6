package org.greenchannel.person;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Identity number of a resident (GB 11643): area, day of birth, serial and check digit (ISO 7064 MOD 11-2).
 *
 * @param birthDate day of birth in the number
 * @param sex code of GB/T 2261.1: 1 male, 2 female
 */
record ResidentId(LocalDate birthDate, String sex) {

    /** No place has this code: numbers of synthetic people begin with it. */
    private static final String SYNTHETIC = "99";

    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");
    private static final Pattern FORM = Pattern.compile("[0-9]{17}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    /**
     * Reads a number.
     *
     * @param today no one is born later
     * @param synthetic whether numbers of synthetic people count
     * @return empty if the number cannot be right
     */
    static Optional<ResidentId> read(String number, LocalDate today, boolean synthetic) {
        if (!FORM.matcher(number).matches() || number.charAt(17) != checkDigit(number)) {
            return Optional.empty();
        }
        String province = number.substring(0, 2);
        if (!PROVINCES.contains(province) && !(synthetic && province.equals(SYNTHETIC))) {
            return Optional.empty();
        }
        try {
            LocalDate birth = LocalDate.parse(number.substring(6, 14), DateTimeFormatter.BASIC_ISO_DATE);
            if (birth.isBefore(EARLIEST) || birth.isAfter(today)) {
                return Optional.empty();
            }
            return Optional.of(new ResidentId(birth, (number.charAt(16) - '0') % 2 == 1 ? "1" : "2"));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The check digit the first 17 digits ask for. */
    static char checkDigit(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK.charAt(sum % 11);
    }
}
