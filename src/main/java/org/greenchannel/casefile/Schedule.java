package org.greenchannel.casefile;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code schedules} of a city pack: a process that starts by itself in every area of a level.
 *
 * @param every {@code WEEK}, {@code MONTH}, {@code QUARTER} or {@code YEAR}
 * @param level {@code CITY}, {@code DISTRICT}, {@code TOWN} or {@code VILLAGE}
 * @param facts codes handed over
 */
record Schedule(String process, String every, String level, Map<String, Object> facts) {

    /** After a longer rest nobody holds the meetings of years ago. */
    private static final int MOST_MISSED = 12;

    /** What makes the schedule this one: the same process may start in other periods with other facts. */
    String key() {
        return process + "|" + every + "|" + level + "|" + new TreeMap<>(facts);
    }

    /** The period of the day: {@code 2026-W21}, {@code 2026-05}, {@code 2026-Q2} or {@code 2026}. */
    String period(LocalDate day) {
        return switch (every) {
            case "WEEK" ->
                "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "MONTH" -> "%d-%02d".formatted(day.getYear(), day.getMonthValue());
            case "QUARTER" -> "%d-Q%d".formatted(day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
            case "YEAR" -> Integer.toString(day.getYear());
            default -> throw new IllegalStateException("schedules: no period is named " + every);
        };
    }

    private LocalDate before(LocalDate day) {
        return switch (every) {
            case "WEEK" -> day.minusWeeks(1);
            case "MONTH" -> day.withDayOfMonth(1).minusMonths(1);
            case "QUARTER" -> day.withDayOfMonth(1).minusMonths(3);
            default -> day.withDayOfMonth(1).minusYears(1);
        };
    }

    /** Periods to start, oldest first: this one, and those missed since the last that was started. @param last null: none yet */
    List<String> due(LocalDate today, @Nullable String last) {
        List<String> due = new ArrayList<>();
        LocalDate day = today;
        while (due.size() < MOST_MISSED && (last == null || period(day).compareTo(last) > 0)) {
            due.add(period(day));
            if (last == null) {
                break;
            }
            day = before(day);
        }
        Collections.reverse(due);
        return due;
    }
}
