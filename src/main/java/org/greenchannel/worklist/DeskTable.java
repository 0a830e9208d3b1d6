package org.greenchannel.worklist;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of what each person has seen, put aside and open. */
@Component
class DeskTable {

    /** How long an item that came back says so. */
    private static final Duration BACK = Duration.ofDays(3);

    private final JdbcClient jdbc;

    DeskTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<UUID, Marks> marks(Collection<WorkItem> items, Viewer viewer, Instant now) {
        Map<UUID, Marks> marks = new HashMap<>();
        UUID[] ids = items.stream().map(WorkItem::id).toArray(UUID[]::new);
        jdbc.sql(
                        """
                select w.work_item_id, coalesce(s.version < w.version, true) and w.status = 'OPEN' as unread, f.until, f.reason,
                  array(select p.username from worklist.presence p where p.work_item_id = w.work_item_id
                    and p.username <> :user and p.until > :now order by p.username) as working
                from worklist.work_item w
                left join worklist.seen s on s.username = :user and s.work_item_id = w.work_item_id
                left join worklist.follow_up f on f.username = :user and f.work_item_id = w.work_item_id
                  and f.until > :long and w.status = 'OPEN'
                where w.work_item_id = any(:ids)
                """)
                .param("user", viewer.username())
                .param("ids", ids)
                .param("now", Timestamp.from(now))
                .param("long", Timestamp.from(now.minus(BACK)))
                .query(row -> {
                    Timestamp until = row.getTimestamp("until");
                    var working = List.of((String[]) row.getArray("working").getArray());
                    marks.put(
                            row.getObject("work_item_id", UUID.class),
                            new Marks(
                                    row.getBoolean("unread"),
                                    followUp(until, row.getString("reason"), now),
                                    null,
                                    working));
                });
        return marks;
    }

    private static Marks.@Nullable FollowUp followUp(@Nullable Timestamp until, String reason, Instant now) {
        return until == null
                ? null
                : new Marks.FollowUp(
                        until.toInstant(), reason, !until.toInstant().isAfter(now));
    }

    void seen(UUID item, int version, Viewer viewer, Instant at) {
        jdbc.sql(
                        """
                insert into worklist.seen (username, work_item_id, version, seen_at) values (:user, :item, :version, :at)
                on conflict (username, work_item_id) do update
                set version = excluded.version, seen_at = excluded.seen_at where worklist.seen.version < excluded.version
                """)
                .param("user", viewer.username())
                .param("item", item)
                .param("version", version)
                .param("at", Timestamp.from(at))
                .update();
    }

    void followUp(UUID item, Instant until, String reason, Viewer viewer, Instant at) {
        jdbc.sql(
                        """
                insert into worklist.follow_up (username, work_item_id, until, reason, created_at)
                values (:user, :item, :until, :reason, :at)
                on conflict (username, work_item_id) do update
                set until = excluded.until, reason = excluded.reason, created_at = excluded.created_at
                """)
                .param("user", viewer.username())
                .param("item", item)
                .param("until", Timestamp.from(until))
                .param("reason", reason)
                .param("at", Timestamp.from(at))
                .update();
    }

    boolean comeBack(UUID item, Viewer viewer) {
        return jdbc.sql("delete from worklist.follow_up where username = :user and work_item_id = :item")
                        .param("user", viewer.username())
                        .param("item", item)
                        .update()
                > 0;
    }

    /** True when nobody knew yet that he has it open. */
    boolean working(UUID item, Viewer viewer, Instant now, Instant until) {
        int gone = jdbc.sql("delete from worklist.presence where work_item_id = :item and until <= :now")
                .param("item", item)
                .param("now", Timestamp.from(now))
                .update();
        boolean fresh = jdbc.sql(
                        """
                insert into worklist.presence (work_item_id, username, until) values (:item, :user, :until)
                on conflict (work_item_id, username) do update set until = excluded.until
                returning xmax = 0 as fresh
                """)
                .param("item", item)
                .param("user", viewer.username())
                .param("until", Timestamp.from(until))
                .query(Boolean.class)
                .single();
        return fresh || gone > 0;
    }

    List<String> others(UUID item, Viewer viewer, Instant now) {
        return new ArrayList<>(jdbc.sql(
                        """
                select username from worklist.presence
                where work_item_id = :item and username <> :user and until > :now order by username
                """)
                .param("item", item)
                .param("user", viewer.username())
                .param("now", Timestamp.from(now))
                .query(String.class)
                .list());
    }

    boolean left(UUID item, Viewer viewer) {
        return jdbc.sql("delete from worklist.presence where work_item_id = :item and username = :user")
                        .param("item", item)
                        .param("user", viewer.username())
                        .update()
                > 0;
    }
}
