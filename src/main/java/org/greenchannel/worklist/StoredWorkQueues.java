package org.greenchannel.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Saved queues in their table. */
@Component
class StoredWorkQueues implements WorkQueues {

    private static final int LONGEST_NAME = 20;
    private static final List<String> SHARES = List.of("NONE", "ORGANISATION", "ROLE");
    private static final List<String> DUES = List.of("breached", "today", "soon", "later", "none");
    private static final List<String> MARKS = List.of("unread", "later");

    private final JdbcClient jdbc;
    private final WorkItemLists lists;
    private final AuditLog audit;
    private final Texts texts;
    private final Clock clock;

    StoredWorkQueues(JdbcClient jdbc, WorkItemLists lists, AuditLog audit, Texts texts, Clock clock) {
        this.jdbc = jdbc;
        this.lists = lists;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<SavedQueue> list(Viewer viewer) {
        return jdbc.sql(
                        """
                select q.*, q.owner = :user as own, d.username is not null as standard
                from worklist.saved_queue q
                left join worklist.desk_choice d on d.saved_queue_id = q.saved_queue_id and d.username = :user
                where q.owner = :user or q.shared_with = any(:with)
                order by own desc, q.created_at, q.saved_queue_id limit 60
                """)
                .param("user", viewer.username())
                .param("with", with(viewer))
                .query((row, n) -> queue(row))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<SavedQueue> standard(Viewer viewer) {
        return list(viewer).stream().filter(SavedQueue::standard).findFirst();
    }

    private static String[] with(Viewer viewer) {
        var all = new java.util.TreeSet<>(viewer.groups());
        all.add(viewer.organisation());
        return all.toArray(String[]::new);
    }

    private static SavedQueue queue(ResultSet row) throws SQLException {
        String with = row.getString("shared_with");
        return new SavedQueue(
                row.getObject("saved_queue_id", UUID.class),
                row.getString("name"),
                row.getBoolean("own"),
                row.getString("owner"),
                row.getString("view"),
                row.getString("process"),
                row.getString("due"),
                row.getString("stage"),
                row.getString("area"),
                row.getString("mark"),
                row.getString("q"),
                row.getString("shared"),
                with == null || with.indexOf('@') < 0 ? null : with.substring(0, with.indexOf('@')),
                row.getBoolean("standard"));
    }

    @Override
    @Transactional
    public SavedQueue save(NewQueue queue, Viewer viewer) {
        String name = require(queue, viewer);
        WorkItemQuery f = queue.filter();
        List<SavedQueue> own = list(viewer).stream().filter(SavedQueue::own).toList();
        UUID id = own.stream()
                .filter(other -> other.name().equals(name))
                .map(SavedQueue::id)
                .findFirst()
                .orElse(null);
        if (id == null && own.size() >= MOST) {
            throw Problem.conflict("queue-too-many", MOST);
        }
        UUID saved = id == null ? UUID.randomUUID() : id;
        jdbc.sql(
                        """
                insert into worklist.saved_queue (saved_queue_id, owner, name, view, process, due, stage, area, mark, q, shared,
                  shared_with, created_at, changed_at)
                values (:id, :user, :name, :view, :process, :due, :stage, :area, :mark, :q, :shared, :with, :at, :at)
                on conflict (saved_queue_id) do update set view = excluded.view, process = excluded.process,
                  due = excluded.due, stage = excluded.stage, area = excluded.area, mark = excluded.mark, q = excluded.q,
                  shared = excluded.shared, shared_with = excluded.shared_with, changed_at = excluded.changed_at
                """)
                .param("id", saved)
                .param("user", viewer.username())
                .param("name", name)
                .param("view", f.view())
                .param("process", f.process())
                .param("due", f.due())
                .param("stage", f.stage())
                .param("area", f.area())
                .param("mark", f.mark())
                .param("q", f.q())
                .param("shared", queue.shared())
                .param("with", sharedWith(queue, viewer))
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(viewer, AuditEntry.done("queue.save", null, "queue:" + saved, Map.of("shared", queue.shared())));
        if (queue.standard()) {
            choose(saved, viewer);
        } else if (own.stream().anyMatch(other -> other.id().equals(saved) && other.standard())) {
            choose(null, viewer);
        }
        return list(viewer).stream()
                .filter(one -> one.id().equals(saved))
                .findFirst()
                .orElseThrow();
    }

    /** The name to save it under. */
    private String require(NewQueue queue, Viewer viewer) {
        WorkItemQuery f = queue.filter();
        String name = queue.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw refused("queue-invalid", "/name");
        }
        if (!SHARES.contains(queue.shared()) || queue.shared().equals("ROLE") && !held(queue.role(), viewer)) {
            throw refused("queue-invalid", "/shared");
        }
        if (!WorkItemLists.VIEWS.contains(f.view())
                || f.due() != null && !DUES.contains(f.due())
                || f.mark() != null && !MARKS.contains(f.mark())) {
            throw refused("queue-invalid", "/filter");
        }
        // a person found by name is a look on record, for one time; and a text that finds nothing may be a name
        boolean text = f.q() != null
                && lists.counts(plain(f), viewer).values().stream().allMatch(count -> count == 0);
        if (f.persons() != null || text) {
            throw refused("queue-text", "/filter/q");
        }
        return name;
    }

    private static WorkItemQuery plain(WorkItemQuery f) {
        return new WorkItemQuery(f.view(), null, null, null, null, f.q(), 1, null);
    }

    private static boolean held(@Nullable String role, Viewer viewer) {
        return role != null && viewer.hasRole(role);
    }

    private Problem refused(String type, String pointer) {
        return Problem.invalid(type, List.of(new FieldError(pointer, type, texts.of("problem." + type + ".detail"))));
    }

    private static @Nullable String sharedWith(NewQueue queue, Viewer viewer) {
        return switch (queue.shared()) {
            case "ORGANISATION" -> viewer.organisation();
            case "ROLE" -> queue.role() + "@" + viewer.organisation();
            default -> null;
        };
    }

    @Override
    @Transactional
    public void delete(UUID id, Viewer viewer) {
        int gone = jdbc.sql("delete from worklist.saved_queue where saved_queue_id = :id and owner = :user")
                .param("id", id)
                .param("user", viewer.username())
                .update();
        if (gone == 0) {
            throw Problem.notFound("queue-unknown");
        }
        audit.record(viewer, AuditEntry.done("queue.delete", null, "queue:" + id, Map.of()));
    }

    @Override
    @Transactional
    public void standard(@Nullable UUID id, Viewer viewer) {
        if (id != null && list(viewer).stream().noneMatch(one -> one.id().equals(id))) {
            throw Problem.notFound("queue-unknown");
        }
        choose(id, viewer);
        audit.record(viewer, AuditEntry.done("queue.standard", null, id == null ? null : "queue:" + id, Map.of()));
    }

    private void choose(@Nullable UUID id, Viewer viewer) {
        jdbc.sql("delete from worklist.desk_choice where username = :user")
                .param("user", viewer.username())
                .update();
        if (id != null) {
            jdbc.sql("insert into worklist.desk_choice (username, saved_queue_id) values (:user, :id)")
                    .param("user", viewer.username())
                    .param("id", id)
                    .update();
        }
    }
}
