package org.greenchannel.clock;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.Set;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.SeedErrors;
import org.greenchannel.platform.SeedNode;
import org.greenchannel.platform.Seeds;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Working days by the State Council's yearly notices ({@code seeds/holidays}): weekends, rest days, make-up workdays. */
@Component
class WorkCalendar {

    /** Festival days whose date never changes (Measures on Days Off for Festivals, 2024), all that is known in advance. */
    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 2),
            MonthDay.of(10, 1),
            MonthDay.of(10, 2),
            MonthDay.of(10, 3));

    private final Set<Integer> years = new HashSet<>();
    private final Set<LocalDate> rest = new HashSet<>();
    private final Set<LocalDate> work = new HashSet<>();

    @Autowired
    WorkCalendar(Seeds seeds) {
        var errors = new SeedErrors();
        for (String file : seeds.list("holidays")) {
            if (file.endsWith(".yaml")) {
                read(SeedNode.of(seeds, file, errors));
            }
        }
        errors.throwIfAny();
    }

    /** Whether the official calendar of the day's year is loaded. */
    boolean covers(LocalDate day) {
        return years.contains(day.getYear());
    }

    /** Whether the day is a working day; problem {@code calendar-missing} when the year's calendar is not loaded. */
    boolean workday(LocalDate day) {
        if (!covers(day)) {
            throw Problem.unavailable("calendar-missing", String.valueOf(day.getYear()));
        }
        return likelyWorkday(day);
    }

    /** The same, but a year without a calendar is taken to have weekends and the fixed festival days only. */
    boolean likelyWorkday(LocalDate day) {
        if (work.contains(day)) {
            return true;
        }
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return !weekend && !rest.contains(day) && (covers(day) || !FIXED.contains(MonthDay.from(day)));
    }

    private void read(SeedNode file) {
        file.only("year", "rest", "work");
        int year = file.number("year");
        years.add(year);
        for (SeedNode node : file.get("rest").items()) {
            node.only("from", "to", "zh", "en");
            node.bilingual();
            LocalDate from = node.day("from");
            LocalDate to = node.day("to");
            if (from == null || to == null) {
                node.error("from and to are needed");
            } else if (to.isBefore(from) || !belongs(from, year) || !belongs(to, year)) {
                node.error("from must not be after to, and both must belong to the year");
            } else {
                from.datesUntil(to.plusDays(1)).forEach(rest::add);
            }
        }
        for (SeedNode node : file.get("work").items()) {
            LocalDate day = node.day();
            if (day == null) {
                continue;
            }
            if (!belongs(day, year) || day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0 || rest.contains(day)) {
                node.error("a make-up workday is a Saturday or Sunday of the year that is no rest day");
            }
            work.add(day);
        }
    }

    /** A notice may begin in the last days of the year before. */
    private static boolean belongs(LocalDate day, int year) {
        return day.getYear() == year || day.getYear() == year - 1 && day.getMonthValue() == 12;
    }
}
