package org.greenchannel.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.organisation.ModuleDatabase;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.SeedFiles;
import org.greenchannel.platform.Seeds;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class LegalClocksTests {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z"); // Monday 10:00 in China
    private static final ModuleDatabase DATABASE = new ModuleDatabase("organisation", "clock");
    private static final TestClock CLOCK = new TestClock();
    private static final Organisations ORGANISATIONS = DATABASE.organisations(SeedFiles.ofRepository(), CLOCK);

    private final UUID caseId = UUID.randomUUID();
    private final RecordedAudit audit = new RecordedAudit();
    private final List<ClockBreached> breaches = java.util.Collections.synchronizedList(new ArrayList<>());
    private boolean listenerFails;
    private Parts parts = parts(SeedFiles.ofRepository());
    private StoredClocks clocks = parts.clocks();

    private record Parts(StoredClocks clocks, ClockDuty duty) {}

    private Parts parts(Seeds seeds) {
        var rules = new ClockRules(seeds, ORGANISATIONS);
        var calendar = new WorkCalendar(seeds);
        var dates = new DueDates(calendar, ZONE);
        var table = new ClockTable(DATABASE.jdbc(), rules);
        var stored = new StoredClocks(
                rules,
                dates,
                calendar,
                table,
                audit,
                event -> {
                    if (event instanceof ClockBreached breach && breach.caseId().equals(caseId)) {
                        if (listenerFails) {
                            throw new IllegalStateException("invented for a test");
                        }
                        breaches.add(breach);
                    }
                },
                DATABASE.transaction());
        return new Parts(
                stored, new ClockDuty(stored, table, rules, dates, calendar, DATABASE.transaction(), CLOCK, ZONE));
    }

    private LegalClock only() {
        assertThat(clocks.of(caseId)).hasSize(1);
        return clocks.of(caseId).get(0);
    }

    private void tickAll(Instant now) {
        while (clocks.tick(now) > 0) {
            // the tests of this class share the table
        }
    }

    @Test
    void everyClockOfTheModelsIsDefined() throws IOException {
        var pattern = java.util.regex.Pattern.compile(
                "clock\\.(?:hard|soft)\\('([A-Z0-9_]+)'\\)|name=\"clock\" value=\"([A-Z0-9_]+)\"");
        try (var files = Files.walk(Path.of("processes"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".bpmn")).toList()) {
                var matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    String id = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                    assertThat(clocks.definition(id).id()).isEqualTo(id);
                }
            }
        }
        assertThat(clocks.definitions()).hasSizeGreaterThan(80).allSatisfy(one -> {
            assertThat(one.name().zh()).isNotBlank();
            assertThat(clocks.due(one.id(), START).soft())
                    .isBetween(START, clocks.due(one.id(), START).hard());
        });
        assertThatThrownBy(() -> clocks.definition("T99")).isInstanceOf(Problem.class);
    }

    @Test
    void consequencesAndKindsHaveTextsInBothLanguages() {
        for (String language : List.of("", "_en")) {
            var texts = java.util.ResourceBundle.getBundle("messages/clock" + language, java.util.Locale.ROOT);
            for (ClockDefinition one : clocks.definitions()) {
                assertThat(texts.getString("clock.consequence." + one.consequence()))
                        .isNotBlank();
                assertThat(texts.getString("clock.kind." + one.kind())).isNotBlank();
                assertThat(texts.getString("clock.tag." + one.tag())).isNotBlank();
            }
        }
    }

    @Test
    void startsOncePerRecipientAndWorkItem() {
        UUID item = UUID.randomUUID();
        LegalClock first = clocks.start(caseId, "T05", "PATIENT", null, START);
        assertThat(clocks.start(caseId, "T05", "PATIENT", null, START.plusSeconds(60)))
                .isEqualTo(first);
        assertThat(clocks.start(caseId, "T05", "GUARDIAN", null, START).id()).isNotEqualTo(first.id());
        assertThat(clocks.start(caseId, "T05", null, item, START).id()).isNotEqualTo(first.id());
        assertThat(clocks.of(caseId)).hasSize(3);
        assertThat(first.due()).isEqualTo(clocks.due("T05", START));
        clocks.stop(caseId, "T05", "PATIENT", null, "OBJECTED", START.plusSeconds(90));
        LegalClock again = clocks.start(caseId, "T05", "PATIENT", null, START.plusSeconds(100));
        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(clocks.latest(caseId, "T05", "PATIENT")).contains(again);
        assertThat(clocks.latest(caseId, "T05", "NOBODY")).isEmpty();
    }

    @Test
    void stoppedInTimeIsMet() {
        clocks.start(caseId, "T15", null, null, START);
        clocks.stop(caseId, "T15", "PATIENT", null, "OTHER", START); // another clock: nothing happens
        assertThat(only().status()).isEqualTo("RUNNING");
        clocks.stop(caseId, "T15", null, null, "WRITTEN", START.plusSeconds(60));
        assertThat(only().status()).isEqualTo("MET");
        assertThat(only().reason()).isEqualTo("WRITTEN");
        assertThat(only().breachedAt()).isNull();
        clocks.stop(caseId, "T15", null, null, "AGAIN", START.plusSeconds(90));
        assertThat(only().reason()).isEqualTo("WRITTEN");
        assertThat(breaches).isEmpty();
    }

    @Test
    void tickBreachesOnceAtTheLegalEnd() {
        UUID item = UUID.randomUUID();
        clocks.start(caseId, "T15", null, item, START);
        Instant end = START.plus(Duration.ofHours(24));
        tickAll(end.minusMillis(1));
        assertThat(only().breachedAt()).isNull();
        tickAll(end);
        tickAll(end.plusSeconds(60));
        assertThat(only().breachedAt()).isEqualTo(end);
        assertThat(only().status()).isEqualTo("RUNNING");
        assertThat(breaches).containsExactly(new ClockBreached(only().id(), caseId, "T15", "LATE_RECORD", item, end));
        assertThat(audit.entries)
                .filteredOn(entry -> caseId.equals(entry.caseId()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("clock.breach");
                    assertThat(entry.detail()).containsEntry("definition", "T15");
                    assertThat(entry.legalBasis()).contains("2018");
                });
        clocks.stopFor(item, true, "COMPLETED", end.plusSeconds(90));
        assertThat(only().status()).isEqualTo("MET");
        assertThat(breaches).hasSize(1);
        assertThat(clocks.breached(100)).contains(only());
    }

    @Test
    void aBreachIsCountedAtTheRolledEnd() {
        LegalClock clock = clocks.start(caseId, "T12", null, null, Instant.parse("2026-11-25T02:00:00Z"));
        assertThat(clock.due().soft()).isBefore(clock.due().hard());
        tickAll(clock.due().hard().minusMillis(1));
        assertThat(breaches).isEmpty();
        tickAll(clock.due().hard());
        assertThat(breaches).hasSize(1);
    }

    @Test
    void whoeverStartsAtTheSameMomentGetsTheSameClock() throws Exception {
        var pool = java.util.concurrent.Executors.newFixedThreadPool(4);
        try {
            var jobs = java.util.Collections.nCopies(8, (java.util.concurrent.Callable<UUID>)
                    () -> clocks.start(caseId, "T17", null, null, START).id());
            var ids = new java.util.HashSet<UUID>();
            for (var job : pool.invokeAll(jobs)) {
                ids.add(job.get());
            }
            assertThat(ids).containsExactly(only().id());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void everyListHasAnIndex() {
        DATABASE.jdbc()
                .sql(
                        """
                insert into clock.legal_clock (id, case_id, definition, work_item_id, started_at, soft_due, hard_due, status,
                  stopped_at, breached_at)
                select gen_random_uuid(), gen_random_uuid(), 'T15', gen_random_uuid(), at, at, at,
                  case when n % 50 = 0 then 'RUNNING' else 'MET' end,
                  case when n % 50 = 0 then null else at end, case when n % 50 = 0 then at end
                from (select n, timestamptz '2020-01-01' + n * interval '1 minute' as at
                      from generate_series(1, 20000) as n) as made""")
                .update();
        DATABASE.jdbc().sql("analyze clock.legal_clock").update();
        String case1 = "'" + caseId + "'";
        for (String query : List.of(
                "where case_id = " + case1 + " order by (stopped_at is not null), hard_due, id",
                "where case_id in (" + case1 + ") and status in ('RUNNING', 'PAUSED') order by hard_due, id",
                "where case_id = " + case1 + " and definition = 'T05' order by started_at desc, id limit 1",
                "where work_item_id = " + case1 + " and status in ('RUNNING', 'PAUSED')",
                "where breached_at is not null order by breached_at desc, id limit 50",
                "where status = 'RUNNING' and breached_at is null and hard_due <= now() order by hard_due limit 200",
                "where provisional and status in ('RUNNING', 'PAUSED') order by id")) {
            String plan = String.join(
                    "\n",
                    DATABASE.jdbc()
                            .sql("explain select * from clock.legal_clock " + query)
                            .query(String.class)
                            .list());
            assertThat(plan).as(query).contains("Index").doesNotContain("Seq Scan");
        }
        DATABASE.jdbc()
                .sql("delete from clock.legal_clock where started_at < timestamptz '2021-01-01'")
                .update();
    }

    @Test
    void metTooLateIsABreachEvenIfNoTickHasSeenIt() {
        clocks.start(caseId, "T03", null, null, START);
        clocks.stop(caseId, "T03", null, null, "CONCLUDED", START.plus(Duration.ofHours(73)));
        assertThat(only().breachedAt()).isEqualTo(START.plus(Duration.ofHours(72)));
        assertThat(breaches).extracting(ClockBreached::consequence).containsExactly("UNLAWFUL_STAY");
    }

    @Test
    void withdrawnIsCancelledAndNoBreach() {
        UUID item = UUID.randomUUID();
        clocks.start(caseId, "T15", null, item, START);
        clocks.stopFor(item, false, "WITHDRAWN", START.plus(Duration.ofDays(9)));
        assertThat(only().status()).isEqualTo("CANCELLED");
        assertThat(only().breachedAt()).isNull();
        tickAll(START.plus(Duration.ofDays(10)));
        assertThat(breaches).isEmpty();
    }

    @Test
    void aWindowEndsWithoutABreach() {
        LegalClock window = clocks.start(caseId, "T05", "PATIENT", null, START);
        tickAll(window.due().hard());
        assertThat(only().status()).isEqualTo("MET");
        assertThat(only().reason()).isEqualTo("WINDOW_ENDED");
        assertThat(only().stoppedAt()).isEqualTo(window.due().hard());
        assertThat(only().breachedAt()).isNull();
        assertThat(breaches).isEmpty();
    }

    @Test
    void aPauseIsAddedToBothEnds() {
        LegalClock clock = clocks.start(caseId, "T08", null, null, Instant.parse("2026-03-02T02:00:00Z"));
        Instant pause = Instant.parse("2026-03-03T02:00:00Z");
        clocks.pause(clock.id(), "WAITING_FOR_MATERIALS", pause);
        assertThat(only().status()).isEqualTo("PAUSED");
        assertThatThrownBy(() -> clocks.pause(clock.id(), "AGAIN", pause))
                .isInstanceOfSatisfying(
                        Problem.class, one -> assertThat(one.type()).isEqualTo("clock-not-running"));
        tickAll(Instant.parse("2026-10-01T00:00:00Z"));
        assertThat(breaches).as("a paused clock does not run out").isEmpty();
        clocks.resume(clock.id(), pause.plus(Duration.ofDays(200)));
        assertThat(only().status()).isEqualTo("RUNNING");
        assertThat(only().due().hard()).isEqualTo(clock.due().hard().plus(Duration.ofDays(200)));
        assertThat(only().due().soft()).isEqualTo(clock.due().soft().plus(Duration.ofDays(200)));
        assertThatThrownBy(() -> clocks.resume(clock.id(), pause))
                .isInstanceOfSatisfying(
                        Problem.class, one -> assertThat(one.type()).isEqualTo("clock-not-paused"));
        assertThat(audit.entries).extracting(one -> one.action()).containsExactly("clock.pause", "clock.resume");
        clocks.stop(caseId, "T08", null, null, "DONE", pause.plus(Duration.ofDays(201)));
    }

    @Test
    void runningOfManyCasesComesSortedByEnd() {
        clocks.start(caseId, "T17", null, null, START);
        clocks.start(caseId, "T15", null, null, START);
        clocks.start(caseId, "T01", null, null, START);
        clocks.stop(caseId, "T01", null, null, "DONE", START);
        assertThat(clocks.running(Set.of(caseId, UUID.randomUUID())).get(caseId))
                .extracting(one -> one.definition().id())
                .containsExactly("T15", "T17");
        assertThat(clocks.running(Set.of())).isEmpty();
        assertThat(clocks.of(caseId)).extracting(one -> one.definition().id()).containsExactly("T15", "T17", "T01");
    }

    @Test
    void aCalendarThatArrivesIsCountedIn(@TempDir Path folder) throws IOException {
        Instant late = Instant.parse("2026-12-28T02:00:00Z");
        LegalClock before = clocks.start(caseId, "T06", null, null, late);
        parts.duty().recount();
        assertThat(only()).isEqualTo(before);
        FileSystemUtils.copyRecursively(Path.of("seeds"), folder);
        Files.writeString(
                folder.resolve("holidays/2027.yaml"),
                """
                year: 2027
                rest:
                  - {from: '2027-01-01', to: '2027-01-05', zh: 试用, en: invented for a test}
                work: ['2026-12-27']
                """);
        parts = parts(SeedFiles.in(folder));
        assertThat(parts.duty().recount()).isPositive();
        assertThat(only().due().hard()).isEqualTo(before.due().hard().plus(Duration.ofDays(2)));
        assertThat(parts.duty().recount()).isZero();
    }

    @Test
    void theEngineAsksForBothEnds() {
        Instant friday = Instant.parse("2026-11-25T02:00:00Z");
        var rules = new ClockRules(SeedFiles.ofRepository(), ORGANISATIONS);
        var ends = new ClockEnds(rules, new DueDates(new WorkCalendar(SeedFiles.ofRepository()), ZONE));
        assertThat(ends.end("T05", friday, false)).isEqualTo(Instant.parse("2026-11-28T16:00:00Z"));
        assertThat(ends.end("T05", friday, true)).isEqualTo(Instant.parse("2026-11-30T16:00:00Z"));
    }

    @Test
    void citiesMayChangeEveryClock(@TempDir Path folder) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("seeds"), folder);
        Path file = folder.resolve("cities/zhengzhou/city.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("guardianDays: 3", "guardianDays: 5")
                        .replace(
                                "clocks: {}",
                                "clocks:\n  T13: {amount: 5, kind: WORKDAY}\n  T24: {roll: true, kind: CAL_CPL}")
                        .replace("rollOnRestDay: true", "rollOnRestDay: false"));
        var changed = DATABASE.organisations(SeedFiles.in(folder), CLOCK);
        var rules = new ClockRules(SeedFiles.in(folder), changed);
        assertThat(rules.rule("T12").definition().amount()).isEqualTo(5);
        assertThat(rules.rule("T13").definition().kind()).isEqualTo("WORKDAY");
        assertThat(rules.rule("T13").definition().amount()).isEqualTo(5);
        assertThat(rules.rule("T13").definition().basis().zh()).contains("浙江");
        assertThat(rules.rule("T24").definition().amount()).isEqualTo(14);
        assertThat(rules.rule("T24").roll()).isTrue();
        assertThat(rules.rule("T05").roll()).isFalse();
        assertThat(rules.rule("T30").roll())
                .as("criminal procedure rolls by statute")
                .isTrue();
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "T13: {amount: 5, kind: WORKDAY}",
                                "T13: {kind: WEEK, roll: maybe, basis: x, chain: NOBODY}"));
        var wrong = DATABASE.organisations(SeedFiles.in(folder), CLOCK);
        assertThatThrownBy(() -> new ClockRules(SeedFiles.in(folder), wrong))
                .hasMessageContaining("must be one of [CAL_CIVIL")
                .hasMessageContaining("must be true or false")
                .hasMessageContaining("clocks.T13.basis: unknown key")
                .hasMessageContaining("no such chain: NOBODY");
        Files.writeString(file, Files.readString(file).replace("roll: maybe", "amount: 0}\n  T99: {amount: 1"));
        assertThatThrownBy(() -> DATABASE.organisations(SeedFiles.in(folder), CLOCK))
                .hasMessageContaining("must be at least 1")
                .hasMessageContaining("clocks.T99: no such clock");
    }

    @Test
    void everyBreachHasAChainThatACityMayReplace(@TempDir Path folder) throws IOException {
        for (ClockDefinition one : clocks.definitions()) {
            boolean window = List.of("WINDOW_CLOSES", "EARLIEST").contains(one.consequence());
            assertThat(clocks.chain(one.id()).isEmpty()).as(one.id()).isEqualTo(window);
        }
        assertThat(clocks.chain("T44A"))
                .anySatisfy(level -> {
                    assertThat(level.alert()).contains("ASSESSMENT_OVERDUE");
                    assertThat(level.to()).contains("health-commission@healthCommission");
                    assertThat(level.basis().orElseThrow().en()).contains("74(2)");
                })
                .isEqualTo(clocks.chain("T43"));
        FileSystemUtils.copyRecursively(Path.of("seeds"), folder);
        Path file = folder.resolve("cities/zhengzhou/city.yaml");
        String plain = Files.readString(file);
        Files.writeString(
                file,
                plain
                        + "consequences:\n  LATE_RECORD:\n    - {after: PT1H, to: [prevention-center@preventionCenter]}\n");
        var rules = new ClockRules(SeedFiles.in(folder), DATABASE.organisations(SeedFiles.in(folder), CLOCK));
        assertThat(rules.chain("T15"))
                .containsExactly(new EscalationLevel(
                        Duration.ofHours(1),
                        List.of("prevention-center@preventionCenter"),
                        java.util.Optional.empty(),
                        java.util.Optional.empty()));
        Files.writeString(
                file,
                plain
                        + "consequences:\n  LATE_RECORD:\n    - {after: soon, to: [everybody]}\n    - {after: PT0S, to: []}\n"
                        + "  NOTHING:\n    - {after: PT0S, to: [finance@finance]}\n");
        var wrong = DATABASE.organisations(SeedFiles.in(folder), CLOCK);
        assertThatThrownBy(() -> new ClockRules(SeedFiles.in(folder), wrong))
                .hasMessageContaining("must be a duration")
                .hasMessageContaining("must be a list of role@function")
                .hasMessageContaining("must be later than the level before")
                .hasMessageContaining("no such consequence");
    }

    @Test
    void aBreachThatCannotBeRecordedWaitsAndHoldsUpNobody() {
        UUID failing = UUID.randomUUID();
        clocks.start(caseId, "T15", null, failing, START);
        UUID other = UUID.randomUUID();
        clocks.start(other, "T15", null, null, START.plusSeconds(1));
        listenerFails = true;
        Instant later = START.plus(Duration.ofHours(25));
        tickAll(later);
        assertThat(only().breachedAt()).as("rolled back with what failed").isNull();
        assertThat(clocks.of(other).get(0).breachedAt()).isNotNull();
        listenerFails = false;
        tickAll(later.plusSeconds(30));
        assertThat(only().breachedAt()).as("rests for a minute").isNull();
        tickAll(later.plusSeconds(61));
        assertThat(only().breachedAt()).isEqualTo(START.plus(Duration.ofHours(24)));
        assertThat(breaches).hasSize(1);
    }

    @Test
    void whoeverTicksAtTheSameMomentBreachesOnce() throws Exception {
        for (int n = 0; n < 20; n++) {
            clocks.start(caseId, "T15", "R" + n, null, START);
        }
        Parts second = parts(SeedFiles.ofRepository());
        var pool = java.util.concurrent.Executors.newFixedThreadPool(2);
        try {
            var jobs = List.<java.util.concurrent.Callable<Integer>>of(
                    () -> clocks.tick(START.plus(Duration.ofHours(30))),
                    () -> second.clocks().tick(START.plus(Duration.ofHours(30))));
            int marked = 0;
            for (var job : pool.invokeAll(jobs)) {
                marked += job.get();
            }
            assertThat(marked).isGreaterThanOrEqualTo(20);
        } finally {
            pool.shutdownNow();
        }
        assertThat(breaches).hasSize(20).doesNotHaveDuplicates();
        assertThat(clocks.of(caseId))
                .allSatisfy(clock -> assertThat(clock.breachedAt()).isNotNull());
    }
}
