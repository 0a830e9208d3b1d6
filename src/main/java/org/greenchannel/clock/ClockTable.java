package org.greenchannel.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of legal clocks. */
@Component
class ClockTable {

    /** An open clock whose ends were counted without the official calendar. */
    record Provisional(UUID id, String definition, Instant startedAt, Duration paused) {}

    private static final String OPEN = " status in ('RUNNING', 'PAUSED') ";
    private static final String SAME =
            """
            case_id = :caseId and definition = :definition and coalesce(recipient, '') = :recipient
            and coalesce(work_item_id, '00000000-0000-0000-0000-000000000000') = :workItem
            """;
    private static final UUID NO_ITEM = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final ClockRules rules;

    ClockTable(JdbcClient jdbc, ClockRules rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /** Does nothing when the same clock is open. */
    void insert(
            UUID id,
            UUID caseId,
            String definition,
            @Nullable String recipient,
            @Nullable UUID workItemId,
            Instant at,
            DueDates.Counted counted,
            Duration paused) {
        jdbc.sql(
                        """
                        insert into clock.legal_clock (id, case_id, definition, recipient, work_item_id, started_at,
                          soft_due, hard_due, status, provisional, paused_seconds)
                        values (:id, :caseId, :definition, :recipient, :workItem, :at, :soft, :hard, 'RUNNING',
                          :provisional, :paused)
                        on conflict (case_id, definition, coalesce(recipient, ''),
                          coalesce(work_item_id, '00000000-0000-0000-0000-000000000000'))
                          where status in ('RUNNING', 'PAUSED') do nothing""")
                .param("id", id)
                .param("caseId", caseId)
                .param("definition", definition)
                .param("recipient", recipient)
                .param("workItem", workItemId)
                .param("at", Timestamp.from(at))
                .param("soft", Timestamp.from(counted.due().soft().plus(paused)))
                .param("hard", Timestamp.from(counted.due().hard().plus(paused)))
                .param("provisional", counted.provisional())
                .param("paused", paused.toSeconds())
                .update();
    }

    Optional<LegalClock> open(UUID caseId, String definition, @Nullable String recipient, @Nullable UUID workItemId) {
        return same(" and" + OPEN, caseId, definition, recipient, workItemId).optional();
    }

    Optional<LegalClock> lockOpen(
            UUID caseId, String definition, @Nullable String recipient, @Nullable UUID workItemId) {
        return same(" and" + OPEN + "for update", caseId, definition, recipient, workItemId)
                .optional();
    }

    List<LegalClock> lockOpen(UUID workItemId) {
        return select("where work_item_id = :workItem and" + OPEN + "order by id for update")
                .param("workItem", workItemId)
                .query(this::row)
                .list();
    }

    Optional<LegalClock> lock(UUID id) {
        return select("where id = :id for update")
                .param("id", id)
                .query(this::row)
                .optional();
    }

    Optional<LegalClock> find(UUID id) {
        return select("where id = :id").param("id", id).query(this::row).optional();
    }

    /** Clocks past their legal end that nobody has marked, the oldest first. */
    List<UUID> over(Instant now, Collection<UUID> except, int limit) {
        return jdbc.sql(
                        """
                        select id from clock.legal_clock where status = 'RUNNING' and breached_at is null
                          and hard_due <= :now and not (id = any(:except)) order by hard_due limit :limit""")
                .param("now", Timestamp.from(now))
                .param("except", except.toArray(UUID[]::new))
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    /** One of them; none when another node has it. */
    Optional<LegalClock> lockOver(UUID id, Instant now) {
        return select(
                        """
                        where id = :id and status = 'RUNNING' and breached_at is null and hard_due <= :now
                        for update skip locked""")
                .param("id", id)
                .param("now", Timestamp.from(now))
                .query(this::row)
                .optional();
    }

    void end(UUID id, String status, String reason, Instant at) {
        jdbc.sql(
                        """
                        update clock.legal_clock
                        set status = :status, reason = :reason, stopped_at = :at, paused_at = null where id = :id""")
                .param("id", id)
                .param("status", status)
                .param("reason", reason)
                .param("at", Timestamp.from(at))
                .update();
    }

    void breached(UUID id, Instant at) {
        jdbc.sql("update clock.legal_clock set breached_at = :at where id = :id")
                .param("id", id)
                .param("at", Timestamp.from(at))
                .update();
    }

    void pause(UUID id, String reason, Instant at) {
        jdbc.sql("update clock.legal_clock set status = 'PAUSED', reason = :reason, paused_at = :at where id = :id")
                .param("id", id)
                .param("reason", reason)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Adds the length of the pause to both ends and returns it. */
    Duration resume(UUID id, Instant at) {
        Instant since = jdbc.sql("select paused_at from clock.legal_clock where id = :id")
                .param("id", id)
                .query(Timestamp.class)
                .single()
                .toInstant();
        Duration pause = Duration.between(since, at).isNegative() ? Duration.ZERO : Duration.between(since, at);
        jdbc.sql(
                        """
                        update clock.legal_clock set status = 'RUNNING', paused_at = null, reason = null,
                          paused_seconds = paused_seconds + :seconds,
                          soft_due = soft_due + make_interval(secs => :seconds),
                          hard_due = hard_due + make_interval(secs => :seconds) where id = :id""")
                .param("id", id)
                .param("seconds", pause.toSeconds())
                .update();
        return pause;
    }

    /** Time of the pauses that have ended. */
    Duration paused(UUID id) {
        return jdbc.sql("select paused_seconds from clock.legal_clock where id = :id")
                .param("id", id)
                .query(Long.class)
                .optional()
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }

    List<LegalClock> of(UUID caseId) {
        return select("where case_id = :caseId order by (stopped_at is not null), hard_due, id")
                .param("caseId", caseId)
                .query(this::row)
                .list();
    }

    List<LegalClock> running(Collection<UUID> caseIds) {
        if (caseIds.isEmpty()) {
            return List.of();
        }
        return select("where case_id in (:caseIds) and" + OPEN + "order by hard_due, id")
                .param("caseIds", Set.copyOf(caseIds))
                .query(this::row)
                .list();
    }

    List<LegalClock> breached(int limit) {
        return select("where breached_at is not null order by breached_at desc, id limit :limit")
                .param("limit", limit)
                .query(this::row)
                .list();
    }

    Optional<LegalClock> latest(UUID caseId, String definition, @Nullable String recipient) {
        return select(
                        """
                        where case_id = :caseId and definition = :definition and coalesce(recipient, '') = :recipient
                        order by started_at desc, id limit 1""")
                .param("caseId", caseId)
                .param("definition", definition)
                .param("recipient", recipient == null ? "" : recipient)
                .query(this::row)
                .optional();
    }

    List<Provisional> lockProvisional() {
        return jdbc.sql(
                        """
                        select id, definition, started_at, paused_seconds from clock.legal_clock
                        where provisional and status in ('RUNNING', 'PAUSED') order by id for update""")
                .query((row, number) -> new Provisional(
                        row.getObject("id", UUID.class),
                        row.getString("definition"),
                        row.getTimestamp("started_at").toInstant(),
                        Duration.ofSeconds(row.getLong("paused_seconds"))))
                .list();
    }

    void recount(UUID id, Due due) {
        jdbc.sql("update clock.legal_clock set soft_due = :soft, hard_due = :hard, provisional = false where id = :id")
                .param("id", id)
                .param("soft", Timestamp.from(due.soft()))
                .param("hard", Timestamp.from(due.hard()))
                .update();
    }

    private JdbcClient.MappedQuerySpec<LegalClock> same(
            String more, UUID caseId, String definition, @Nullable String recipient, @Nullable UUID workItemId) {
        return select("where " + SAME + more)
                .param("caseId", caseId)
                .param("definition", definition)
                .param("recipient", recipient == null ? "" : recipient)
                .param("workItem", workItemId == null ? NO_ITEM : workItemId)
                .query(this::row);
    }

    private JdbcClient.StatementSpec select(String where) {
        return jdbc.sql("select * from clock.legal_clock " + where);
    }

    private LegalClock row(ResultSet row, int number) throws SQLException {
        return new LegalClock(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                rules.stored(row.getString("definition")),
                row.getString("recipient"),
                row.getObject("work_item_id", UUID.class),
                row.getTimestamp("started_at").toInstant(),
                new Due(
                        row.getTimestamp("soft_due").toInstant(),
                        row.getTimestamp("hard_due").toInstant()),
                row.getString("status"),
                instant(row, "stopped_at"),
                row.getString("reason"),
                instant(row, "breached_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
