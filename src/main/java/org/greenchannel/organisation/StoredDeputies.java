package org.greenchannel.organisation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deputies in the database. */
@Component
class StoredDeputies implements Deputies {

    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final AuditLog audit;
    private final Clock clock;
    private final ZoneId zone;

    StoredDeputies(JdbcClient jdbc, Accounts accounts, AuditLog audit, Clock clock, ZoneId zone) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
        this.zone = zone;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    @Override
    @Transactional
    public Deputy appoint(String deputy, LocalDate from, LocalDate to, Viewer viewer) {
        if (deputy.equals(viewer.username())) {
            throw Problem.conflict("deputy-self");
        }
        if (to.isBefore(from) || to.isBefore(today()) || to.isAfter(from.plusYears(1))) {
            throw Problem.badRequest("deputy-dates");
        }
        if (candidates(viewer).stream().noneMatch(account -> account.username().equals(deputy))) {
            throw Problem.forbidden("deputy-unqualified");
        }
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                insert into organisation.deputy (deputy_id, principal, deputy, valid_from, valid_to, created_at)
                values (:id, :principal, :deputy, :from, :to, :at)
                """)
                .param("id", id)
                .param("principal", viewer.username())
                .param("deputy", deputy)
                .param("from", from)
                .param("to", to)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        record("deputy.appoint", id, deputy, viewer);
        return find(id);
    }

    @Override
    @Transactional
    public Deputy revoke(UUID id, Viewer viewer) {
        int changed = jdbc.sql(
                        """
                update organisation.deputy set revoked_at = :at, revoked_by = :user
                where deputy_id = :id and revoked_at is null and :user in (principal, deputy)
                """)
                .param("id", id)
                .param("user", viewer.username())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        if (changed == 0) {
            throw Problem.notFound("deputy-unknown");
        }
        Deputy revoked = find(id);
        record("deputy.revoke", id, revoked.deputy(), viewer);
        return revoked;
    }

    private void record(String action, UUID id, String deputy, Viewer viewer) {
        audit.record(viewer, AuditEntry.done(action, null, "deputy:" + id, Map.of("deputy", deputy)));
    }

    private Deputy find(UUID id) {
        return jdbc.sql("select * from organisation.deputy where deputy_id = :id")
                .param("id", id)
                .query(this::row)
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Deputy> of(Viewer viewer) {
        return jdbc.sql(
                        """
                select * from organisation.deputy where principal = :user or deputy = :user
                order by created_at desc, deputy_id limit :most
                """)
                .param("user", viewer.username())
                .param("most", MOST)
                .query(this::row)
                .list();
    }

    @Override
    public Set<String> principals(String username) {
        return Set.copyOf(jdbc.sql(
                        """
                select distinct d.principal from organisation.deputy d
                join organisation.account a on a.username = d.principal and a.enabled
                where d.deputy = :user and d.revoked_at is null and :today between d.valid_from and d.valid_to
                """)
                .param("user", username)
                .param("today", today())
                .query(String.class)
                .list());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Account> candidates(Viewer viewer) {
        return accounts.holders(viewer.roles(), viewer.organisation()).stream()
                .filter(account -> !account.username().equals(viewer.username()))
                .toList();
    }

    private Deputy row(ResultSet row, int index) throws SQLException {
        LocalDate from = row.getObject("valid_from", LocalDate.class);
        LocalDate to = row.getObject("valid_to", LocalDate.class);
        Timestamp revoked = row.getTimestamp("revoked_at");
        return new Deputy(
                row.getObject("deputy_id", UUID.class),
                row.getString("principal"),
                row.getString("deputy"),
                from,
                to,
                row.getTimestamp("created_at").toInstant(),
                revoked == null ? null : revoked.toInstant(),
                revoked == null && !today().isBefore(from) && !today().isAfter(to));
    }
}
