package org.greenchannel.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/**
 * Counts legal periods. A day ends at 24:00 of the zone, which is the first moment of the next day. The day of the event
 * is not counted (Civil Code 201, Criminal Procedure Law 105).
 */
@Component
class DueDates {

    /**
     * Both ends of a period.
     *
     * @param provisional a year was touched whose official calendar is not loaded
     */
    record Counted(Due due, boolean provisional) {}

    private record Day(LocalDate date, boolean provisional) {}

    private final WorkCalendar calendar;
    private final ZoneId zone;

    DueDates(WorkCalendar calendar, ZoneId zone) {
        this.calendar = calendar;
        this.zone = zone;
    }

    Counted count(ClockRules.Rule rule, Instant from) {
        int amount = rule.definition().amount();
        LocalDate event = LocalDate.ofInstant(from, zone);
        return switch (rule.definition().kind()) {
            case "MINUTE" -> exactly(from.plus(Duration.ofMinutes(amount)));
            case "HOUR", "PROMPT" -> exactly(from.plus(Duration.ofHours(amount)));
            case "IMMEDIATE" -> new Counted(new Due(from, from.plus(Duration.ofMinutes(amount))), false);
            case "CAL_CIVIL", "CAL_CPL" -> calendarDays(event.plusDays(amount), rule.roll());
            case "MONTH" -> calendarDays(event.plusMonths(amount), rule.roll());
            case "WORKDAY" -> workdays(event, amount);
            default -> throw new IllegalStateException(rule.definition().kind());
        };
    }

    /**
     * The legal count of days: the smallest period of {@code CAL_CIVIL} that had not ended before the day. A day that
     * rest days put off counts as the day it stands for.
     */
    int civilDays(LocalDate from, LocalDate to, boolean roll) {
        int plain = (int) ChronoUnit.DAYS.between(from, to);
        if (plain <= 0) {
            return 0;
        }
        int days = plain;
        while (roll && days > 1 && !to.isAfter(rolled(from.plusDays(days - 1L)).date())) {
            days--;
        }
        return days;
    }

    private static Counted exactly(Instant end) {
        return new Counted(new Due(end, end), false);
    }

    private Counted calendarDays(LocalDate last, boolean roll) {
        Day end = roll ? rolled(last) : new Day(last, false);
        return new Counted(new Due(endOf(last), endOf(end.date())), end.provisional());
    }

    private Counted workdays(LocalDate event, int amount) {
        LocalDate day = event;
        boolean provisional = false;
        for (int left = amount; left > 0; ) {
            day = day.plusDays(1);
            provisional |= !calendar.covers(day);
            if (calendar.likelyWorkday(day)) {
                left--;
            }
        }
        return new Counted(new Due(endOf(day), endOf(day)), provisional);
    }

    private Day rolled(LocalDate last) {
        LocalDate day = last;
        boolean provisional = !calendar.covers(day);
        while (!calendar.likelyWorkday(day)) {
            day = day.plusDays(1);
            provisional |= !calendar.covers(day);
        }
        return new Day(day, provisional);
    }

    private Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
