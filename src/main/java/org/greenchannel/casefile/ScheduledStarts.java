package org.greenchannel.casefile;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.organisation.Area;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens what {@code schedules} of the city pack says: a case for each area and period, once, whatever the number of
 * nodes and however long the service was down. The row that says so and the case are one transaction.
 */
@Component
class ScheduledStarts {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledStarts.class);

    private final Organisations organisations;
    private final Processes processes;
    private final CaseFiles cases;
    private final CaseProcesses caseProcesses;
    private final Texts texts;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ZoneId zone;
    private final boolean active;

    ScheduledStarts(
            Organisations organisations,
            Processes processes,
            CaseFiles cases,
            CaseProcesses caseProcesses,
            Texts texts,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock,
            ZoneId zone,
            @Value("${greenchannel.schedules.active:true}") boolean active) {
        this.organisations = organisations;
        this.processes = processes;
        this.cases = cases;
        this.caseProcesses = caseProcesses;
        this.texts = texts;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.zone = zone;
        this.active = active;
    }

    /** Every ten minutes, and soon after the start. */
    @Scheduled(fixedDelayString = "${greenchannel.schedules.tick:PT10M}", initialDelayString = "PT30S")
    void tick() {
        if (active) {
            run(read());
        }
    }

    /** What the city pack says. */
    List<Schedule> read() {
        return organisations.items("schedules").stream()
                .map(entry -> new Schedule(
                        String.valueOf(entry.get("process")),
                        String.valueOf(entry.get("every")),
                        String.valueOf(entry.get("level")),
                        facts(entry.get("facts"))))
                .toList();
    }

    private static Map<String, Object> facts(@Nullable Object value) {
        Map<String, Object> facts = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, fact) -> facts.put(String.valueOf(name), fact));
        }
        return facts;
    }

    /** Starts everything that is due; one that fails is tried again with the next look and holds up nobody. Returns how many. */
    int run(List<Schedule> schedules) {
        int started = 0;
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        for (Schedule schedule : schedules) {
            ProcessInfo process = processes.find(schedule.process()).orElse(null);
            if (process == null || process.aboutPerson()) {
                LOG.warn("schedules: {} is no process about nobody; nothing is started", schedule.process());
                continue;
            }
            for (Area area : organisations.areas()) {
                if (area.level().equals(schedule.level())) {
                    started += run(schedule, process, area, today);
                }
            }
        }
        return started;
    }

    private int run(Schedule schedule, ProcessInfo process, Area area, LocalDate today) {
        int started = 0;
        for (String period : schedule.due(today, last(schedule, area))) {
            try {
                Boolean done = transaction.execute(status -> start(schedule, process, area, period));
                started += Boolean.TRUE.equals(done) ? 1 : 0;
            } catch (RuntimeException e) {
                LOG.error("schedules: {} of {} in {} was not started", schedule.process(), period, area.code(), e);
            }
        }
        return started;
    }

    private @Nullable String last(Schedule schedule, Area area) {
        return jdbc.sql(
                        "select max(period) from casefile.scheduled_start where schedule = :schedule and area_code = :area")
                .param("schedule", schedule.key())
                .param("area", area.code())
                .query((row, index) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    /** Another node that was first makes this one wait for its commit and then find the row. */
    private boolean start(Schedule schedule, ProcessInfo process, Area area, String period) {
        Instant now = clock.instant();
        int mine = jdbc.sql(
                        """
                insert into casefile.scheduled_start (schedule, area_code, period, at) values (:schedule, :area, :period, :at)
                on conflict do nothing
                """)
                .param("schedule", schedule.key())
                .param("area", area.code())
                .param("period", period)
                .param("at", Timestamp.from(now))
                .update();
        if (mine == 0) {
            return false;
        }
        CaseRef ref = cases.open(process.key(), null, area.code(), null);
        jdbc.sql(
                        """
                update casefile.scheduled_start set case_file_id = :id
                where schedule = :schedule and area_code = :area and period = :period
                """)
                .param("id", ref.id())
                .param("schedule", schedule.key())
                .param("area", area.code())
                .param("period", period)
                .update();
        cases.tell(
                ref.id(),
                now,
                "CASE",
                texts.of("casefile.scheduled", process.name(), period),
                "",
                null,
                Map.of("period", period));
        Map<String, @Nullable Object> facts = new HashMap<>(schedule.facts());
        facts.put("period", period);
        caseProcesses.start(ref.id(), process.key(), facts);
        return true;
    }
}
