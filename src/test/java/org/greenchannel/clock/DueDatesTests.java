package org.greenchannel.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.stream.Stream;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.platform.SeedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueDatesTests {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final WorkCalendar calendar = new WorkCalendar(SeedFiles.ofRepository());
    private final DueDates dates = new DueDates(calendar, ZONE);

    private static ClockRules.Rule rule(String kind, int amount, boolean roll) {
        return new ClockRules.Rule(
                new ClockDefinition("X", Text.same("X"), kind, amount, Text.same("X"), "L", "ESCALATE"),
                roll,
                "ESCALATE");
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }

    @ParameterizedTest(name = "{0}({1}) from {2}: {3} / {4}  {5}")
    @CsvSource(
            textBlock =
                    """
                    HOUR,      72, 2026-10-01T09:00, 2026-10-04T09:00, 2026-10-04T09:00, runs through a holiday
                    MINUTE,    30, 2026-02-16T23:50, 2026-02-17T00:20, 2026-02-17T00:20, over midnight
                    PROMPT,     4, 2026-11-22T10:00, 2026-11-22T14:00, 2026-11-22T14:00, our number of hours
                    IMMEDIATE, 30, 2026-11-22T10:00, 2026-11-22T10:00, 2026-11-22T10:30, due now; a breach later
                    CAL_CIVIL,  3, 2026-11-23T10:00, 2026-11-27T00:00, 2026-11-27T00:00, Monday to Thursday 24:00
                    CAL_CIVIL,  3, 2026-11-23T00:00, 2026-11-27T00:00, 2026-11-27T00:00, the day of the event does not count
                    CAL_CIVIL,  3, 2026-11-23T23:59, 2026-11-27T00:00, 2026-11-27T00:00, whatever the hour
                    CAL_CIVIL,  3, 2026-11-25T10:00, 2026-11-29T00:00, 2026-12-01T00:00, Saturday moves to Monday 24:00
                    CAL_CIVIL,  3, 2026-11-26T10:00, 2026-11-30T00:00, 2026-12-01T00:00, Sunday moves to Monday 24:00
                    CAL_CIVIL,  3, 2026-09-28T10:00, 2026-10-02T00:00, 2026-10-09T00:00, National Day moves to 8 October
                    CAL_CIVIL,  3, 2026-10-07T10:00, 2026-10-11T00:00, 2026-10-11T00:00, Saturday 10 October is a make-up workday
                    CAL_CIVIL,  7, 2026-02-09T10:00, 2026-02-17T00:00, 2026-02-25T00:00, Spring Festival moves to 24 February
                    CAL_CIVIL,  3, 2026-02-11T10:00, 2026-02-15T00:00, 2026-02-15T00:00, Saturday 14 February is a make-up workday
                    CAL_CIVIL,  3, 2025-10-05T10:00, 2025-10-09T00:00, 2025-10-10T00:00, National Day of 2025 lasts to 8 October
                    CAL_CPL,    7, 2026-09-25T10:00, 2026-10-03T00:00, 2026-10-09T00:00, holiday rolls in criminal procedure too
                    CAL_CPL,    5, 2026-11-20T10:00, 2026-11-26T00:00, 2026-11-26T00:00, ends on a working day
                    WORKDAY,    5, 2026-11-20T10:00, 2026-11-28T00:00, 2026-11-28T00:00, Friday to Friday
                    WORKDAY,    5, 2026-11-22T10:00, 2026-11-28T00:00, 2026-11-28T00:00, event on a Sunday
                    WORKDAY,    5, 2026-09-29T10:00, 2026-10-13T00:00, 2026-10-13T00:00, skips National Day and counts 10 October
                    WORKDAY,   10, 2026-02-12T10:00, 2026-03-05T00:00, 2026-03-05T00:00, counts 14 and 28 February
                    WORKDAY,    1, 2026-09-19T10:00, 2026-09-21T00:00, 2026-09-21T00:00, Sunday 20 September is a make-up workday
                    MONTH,      1, 2026-01-31T10:00, 2026-03-01T00:00, 2026-03-01T00:00, month end; 28 February is a make-up workday
                    MONTH,      1, 2025-12-31T10:00, 2026-02-01T00:00, 2026-02-03T00:00, 31 January 2026 is a Saturday
                    MONTH,      6, 2025-08-31T10:00, 2026-03-01T00:00, 2026-03-01T00:00, 31 August to 28 February
                    """)
    void endsAreAsTheLawSays(String kind, int amount, String from, String soft, String hard, String why) {
        DueDates.Counted counted = dates.count(rule(kind, amount, true), at(from));
        assertThat(counted.due().soft()).as("soft: " + why).isEqualTo(at(soft));
        assertThat(counted.due().hard()).as("hard: " + why).isEqualTo(at(hard));
        assertThat(counted.provisional()).isFalse();
    }

    @Test
    void theSwitchTurnsTheRollOff() {
        Due due =
                dates.count(rule("CAL_CIVIL", 3, false), at("2026-09-28T10:00")).due();
        assertThat(due.hard()).isEqualTo(at("2026-10-02T00:00")).isEqualTo(due.soft());
    }

    @Test
    void theDayIsTheDayOfTheZone() {
        // 17:00 in Greenwich is already the next day in China
        Due due = dates.count(rule("CAL_CIVIL", 3, true), Instant.parse("2026-11-22T17:00:00Z"))
                .due();
        assertThat(due.hard()).isEqualTo(at("2026-11-27T00:00"));
    }

    @Test
    void periodsHoldForEveryStart() {
        var random = new Random(20261122);
        for (int i = 0; i < 20_000; i++) {
            LocalDate day = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(660));
            int amount = 1 + random.nextInt(15);
            Instant from = day.atTime(random.nextInt(24), random.nextInt(60))
                    .atZone(ZONE)
                    .toInstant();
            DueDates.Counted civil = dates.count(rule("CAL_CIVIL", amount, true), from);
            LocalDate soft = lastDay(civil.due().soft());
            LocalDate hard = lastDay(civil.due().hard());
            assertThat(soft).isEqualTo(day.plusDays(amount));
            assertThat(calendar.workday(hard)).as("rolled to a working day").isTrue();
            assertThat(Stream.iterate(soft, one -> one.isBefore(hard), one -> one.plusDays(1)))
                    .as("only rest days are skipped")
                    .noneMatch(calendar::workday);
            LocalDate worked = lastDay(
                    dates.count(rule("WORKDAY", amount, true), from).due().hard());
            assertThat(calendar.workday(worked)).isTrue();
            assertThat(day.plusDays(1).datesUntil(worked.plusDays(1)).filter(calendar::workday))
                    .hasSize(amount);
        }
    }

    private static LocalDate lastDay(Instant end) {
        assertThat(end.atZone(ZONE).toLocalTime()).hasToString("00:00");
        return LocalDate.ofInstant(end, ZONE).minusDays(1);
    }

    @Test
    void theLegalCountOfDaysAgreesWithTheEndOfThePeriod() {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            LocalDate from = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(660));
            LocalDate to = from.plusDays(random.nextInt(25));
            int limit = 1 + random.nextInt(10);
            LocalDate last = lastDay(dates.count(
                            rule("CAL_CIVIL", limit, true),
                            from.atTime(9, 0).atZone(ZONE).toInstant())
                    .due()
                    .hard());
            assertThat(dates.civilDays(from, to, true) <= limit)
                    .as("%s to %s within %s days", from, to, limit)
                    .isEqualTo(!to.isAfter(last));
        }
        assertThat(dates.civilDays(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 30), true))
                .isEqualTo(3);
        assertThat(dates.civilDays(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 30), false))
                .isEqualTo(5);
        assertThat(dates.civilDays(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 25), true))
                .isZero();
        assertThat(dates.civilDays(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 20), true))
                .isZero();
    }

    @Test
    void workdaysOfTheNotices() {
        for (String rest :
                "2025-01-28 2025-02-04 2025-05-05 2025-10-08 2026-01-02 2026-02-16 2026-10-07 2026-11-22".split(" ")) {
            assertThat(calendar.workday(LocalDate.parse(rest))).as(rest).isFalse();
        }
        for (String work :
                "2025-01-26 2025-02-05 2025-09-28 2025-10-11 2026-01-04 2026-02-28 2026-05-09 2026-10-08".split(" ")) {
            assertThat(calendar.workday(LocalDate.parse(work))).as(work).isTrue();
        }
        assertThat(LocalDate.of(2026, 1, 1).datesUntil(LocalDate.of(2027, 1, 1)).filter(calendar::workday))
                .hasSize(248);
        assertThat(LocalDate.of(2025, 1, 1).datesUntil(LocalDate.of(2026, 1, 1)).filter(calendar::workday))
                .hasSize(248);
    }

    @Test
    void aYearWithoutACalendarIsAClearProblem() {
        assertThatThrownBy(() -> calendar.workday(LocalDate.of(2027, 3, 1)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type()).isEqualTo("calendar-missing");
                    assertThat(problem.args()).containsExactly("2027");
                });
    }

    @Test
    void aPeriodIntoAYearWithoutACalendarIsProvisional() {
        DueDates.Counted counted = dates.count(rule("WORKDAY", 5, true), at("2026-12-28T10:00"));
        assertThat(counted.provisional()).isTrue();
        assertThat(counted.due().hard()).isEqualTo(at("2027-01-06T00:00")); // without 1 January and the weekend
        assertThat(dates.count(rule("CAL_CIVIL", 3, true), at("2026-12-29T10:00")))
                .satisfies(one -> {
                    assertThat(one.provisional()).isTrue();
                    assertThat(one.due().hard()).isEqualTo(at("2027-01-05T00:00"));
                });
        assertThat(dates.count(rule("HOUR", 72, true), at("2026-12-30T10:00")).provisional())
                .isFalse();
    }

    @Test
    void mistakesInACalendarNameFileAndLine(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("holidays"));
        Files.writeString(
                folder.resolve("holidays/2027.yaml"),
                """
                year: 2027
                rest:
                  - {from: '2027-01-03', to: '2027-01-01', zh: 元旦, en: New Year}
                work:
                  - '2027-01-06'
                  - '2028-01-01'
                """);
        assertThatThrownBy(() -> new WorkCalendar(SeedFiles.in(folder)))
                .hasMessageContaining("seeds/holidays/2027.yaml:3 rest.0: from must not be after to")
                .hasMessageContaining("seeds/holidays/2027.yaml:5 work.0")
                .hasMessageContaining("seeds/holidays/2027.yaml:6 work.1");
    }
}
