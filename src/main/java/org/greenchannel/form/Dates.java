package org.greenchannel.form;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.regex.Pattern;
import org.greenchannel.form.Field.Kind;

/** Dates and times as forms write them (ISO 8601) and as FEEL and the engine want them. */
final class Dates {

    private static final Pattern WITHOUT_ZONE = Pattern.compile("[0-9T:.-]*T[0-9:.]+");
    private static final int LONGEST = 40;

    private Dates() {}

    /** Checks what was sent and returns it in one ISO form. */
    static String read(Kind kind, Object raw) throws Refused {
        if (!(raw instanceof String text)) {
            throw new Refused("type");
        }
        if (text.length() > LONGEST) {
            throw new Refused("date");
        }
        if (kind == Kind.DATETIME && WITHOUT_ZONE.matcher(text).matches()) {
            throw new Refused("zone");
        }
        try {
            return iso(kind, text.strip());
        } catch (DateTimeException e) {
            throw new Refused("date");
        }
    }

    private static String iso(Kind kind, String text) throws Refused {
        return switch (kind) {
            case DATE -> {
                LocalDate date = LocalDate.parse(text);
                year(date.getYear());
                yield date.toString();
            }
            case TIME -> time(text).toString();
            default -> {
                OffsetDateTime at = OffsetDateTime.parse(text);
                year(at.getYear());
                if (Math.abs(at.getOffset().getTotalSeconds()) > 14 * 3600) {
                    throw new Refused("zone");
                }
                yield at.truncatedTo(ChronoUnit.SECONDS).toString();
            }
        };
    }

    private static LocalTime time(String text) {
        boolean zoned = text.endsWith("Z") || text.indexOf('+') > 0 || text.indexOf('-') > 0;
        return zoned ? OffsetTime.parse(text).toLocalTime() : LocalTime.parse(text);
    }

    private static void year(int year) throws Refused {
        if (year < 1900 || year > 2100) {
            throw new Refused("year");
        }
    }

    /** A checked value as FEEL compares it; times of day in the people's zone, so that equal instants are equal. */
    static Object feel(Kind kind, String iso, ZoneId zone) {
        return switch (kind) {
            case DATE -> LocalDate.parse(iso);
            case TIME -> LocalTime.parse(iso);
            default -> OffsetDateTime.parse(iso).atZoneSameInstant(zone);
        };
    }

    /** A checked date or date-time as a process variable: a date is the start of the day in the people's zone. */
    static Date variable(Kind kind, String iso, ZoneId zone) {
        return kind == Kind.DATE
                ? Date.from(LocalDate.parse(iso).atStartOfDay(zone).toInstant())
                : Date.from(OffsetDateTime.parse(iso).toInstant());
    }

    /** A moment as a form field of that kind writes it. */
    static String form(Kind kind, ZonedDateTime at) {
        return switch (kind) {
            case DATE -> at.toLocalDate().toString();
            case TIME -> at.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString();
            default -> at.toOffsetDateTime().truncatedTo(ChronoUnit.MINUTES).toString();
        };
    }
}
