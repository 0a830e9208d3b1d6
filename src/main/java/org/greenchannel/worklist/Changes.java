package org.greenchannel.worklist;

import jakarta.annotation.PreDestroy;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.greenchannel.kernel.Viewer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * News of changed items for open pages: collected in a transaction, told after its commit, a few times a second at most.
 * Other nodes read them from a small table; a notification of the database would be delivered under a lock that makes
 * every commit wait for the one before, and not every PostgreSQL-like database has it. Lost news cost nothing but a page
 * that is a little behind: nothing is ever decided by them.
 */
@Component
class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final long GATHER_MILLIS = 150;
    private static final long POLL_MILLIS = 1000;
    private static final int REMEMBERED = 2000;

    private final JdbcClient jdbc;
    private final UUID node = UUID.randomUUID();
    private final Set<UUID> pending = ConcurrentHashMap.newKeySet();
    private final Map<Object, Listener> listeners = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Map<UUID, Boolean> read = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "worklist-changes");
        thread.setDaemon(true);
        return thread;
    });

    Changes(JdbcClient jdbc) {
        this.jdbc = jdbc;
        worker.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private record Listener(Viewer viewer, Consumer<Set<UUID>> news) {}

    /** Who an item concerns. */
    private record Concerned(UUID id, Set<String> groups, Set<String> users) {}

    @PreDestroy
    void stop() {
        worker.shutdownNow();
    }

    /** The item changed; told once the transaction of the caller is committed. */
    void touch(UUID item) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell(Set.of(item));
            return;
        }
        if (TransactionSynchronizationManager.getResource(this) instanceof Gathered gathered) {
            gathered.items.add(item);
            return;
        }
        var gathered = new Gathered();
        gathered.items.add(item);
        TransactionSynchronizationManager.bindResource(this, gathered);
        TransactionSynchronizationManager.registerSynchronization(gathered);
    }

    /** Items of one transaction. */
    private final class Gathered implements TransactionSynchronization {
        private final Set<UUID> items = new HashSet<>();

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(Changes.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(Changes.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Changes.this);
            if (status == STATUS_COMMITTED) {
                tell(items);
            }
        }
    }

    AutoCloseable listen(Viewer viewer, Consumer<Set<UUID>> news) {
        Object key = new Object();
        listeners.put(key, new Listener(viewer, news));
        return () -> listeners.remove(key);
    }

    private void tell(Set<UUID> items) {
        pending.addAll(items);
        if (!worker.isShutdown() && scheduled.compareAndSet(false, true)) {
            worker.schedule(this::flush, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void flush() {
        scheduled.set(false);
        Set<UUID> items = new LinkedHashSet<>(pending);
        pending.removeAll(items);
        if (items.isEmpty()) {
            return;
        }
        try {
            dispatch(items);
            jdbc.sql("insert into worklist.change (change_id, node, items) values (:id, :node, :items)")
                    .param("id", UUID.randomUUID())
                    .param("node", node)
                    .param("items", items.toArray(UUID[]::new))
                    .update();
        } catch (DataAccessException e) {
            LOG.debug("News of the work list are lost: {}", e.getClass().getSimpleName());
        }
    }

    /** What other nodes wrote. Read with an overlap, because commits do not become visible in the order of their times. */
    private void poll() {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            Set<UUID> items = new LinkedHashSet<>();
            jdbc.sql("select change_id, items from worklist.change"
                            + " where changed_at > now() - interval '15 seconds' and node <> :node")
                    .param("node", node)
                    .query(row -> {
                        if (read.put(row.getObject("change_id", UUID.class), true) == null) {
                            items.addAll(List.of((UUID[]) row.getArray("items").getArray()));
                        }
                    });
            dispatch(items);
        } catch (DataAccessException e) {
            LOG.debug("News of other nodes cannot be read: {}", e.getClass().getSimpleName());
        }
    }

    private void dispatch(Set<UUID> items) {
        if (items.isEmpty() || listeners.isEmpty()) {
            return;
        }
        List<Concerned> concerned = jdbc.sql(
                        """
                select w.work_item_id, w.group_names, array_remove(array[w.assignee, w.closed_by], null)
                  || array(select c.username from worklist.copy c where c.work_item_id = w.work_item_id) as users
                from worklist.work_item w where w.work_item_id = any(:ids)
                """)
                .param("ids", items.toArray(UUID[]::new))
                .query((row, n) -> new Concerned(
                        row.getObject("work_item_id", UUID.class),
                        new HashSet<>(
                                List.of((String[]) row.getArray("group_names").getArray())),
                        new HashSet<>(List.of((String[]) row.getArray("users").getArray()))))
                .list();
        for (Listener listener : listeners.values()) {
            Set<String> groups = listener.viewer().groups();
            Set<UUID> his = new LinkedHashSet<>();
            for (Concerned item : concerned) {
                if (item.users().contains(listener.viewer().username())
                        || item.groups().stream().anyMatch(groups::contains)) {
                    his.add(item.id());
                }
            }
            if (!his.isEmpty()) {
                listener.news().accept(his);
            }
        }
    }
}
