package org.greenchannel.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.support.AppTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** News of changed items: after the commit, to those concerned, also from another node. */
@AppTest
class ChangesTests {

    @Autowired
    private Changes changes;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final UUID item = UUID.randomUUID();
    private final BlockingQueue<Set<UUID>> concerned = new LinkedBlockingQueue<>();
    private final BlockingQueue<Set<UUID>> stranger = new LinkedBlockingQueue<>();
    private AutoCloseable one = () -> {};
    private AutoCloseable two = () -> {};

    @BeforeEach
    void listen() {
        jdbc.sql(
                        """
                insert into worklist.work_item (work_item_id, engine_task_id, process_key, process_instance_id, deployment_id,
                  task_key, name_zh, name_en, case_file_id, case_number, area_code, group_names, priority, basis, guarded,
                  confirm, properties, status, created_at)
                values (:id, :task, 'x', 'x', 'x', 'T', '测', 'T', gen_random_uuid(), 'CH-1', '', array['news-role@news'], 50,
                  '', false, false, '{}', 'OPEN', now())
                """)
                .param("id", item)
                .param("task", "news-" + item)
                .update();
        one = changes.listen(viewer("news"), concerned::add);
        two = changes.listen(viewer("elsewhere"), stranger::add);
    }

    @AfterEach
    void clean() throws Exception {
        one.close();
        two.close();
        jdbc.sql("delete from worklist.work_item where work_item_id = ?")
                .param(item)
                .update();
    }

    private static Viewer viewer(String organisation) {
        return new Viewer(UUID.randomUUID(), "news-" + organisation, "测", organisation, Set.of("news-role"), Set.of());
    }

    @Test
    void areToldAfterTheCommitToThoseConcernedAndNoOneElse() throws InterruptedException {
        transaction.executeWithoutResult(status -> {
            changes.touch(item);
            changes.touch(item);
            try {
                assertThat(concerned.poll(600, TimeUnit.MILLISECONDS)).isNull();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(concerned.poll(10, TimeUnit.SECONDS)).containsExactly(item);
        assertThat(concerned.poll(300, TimeUnit.MILLISECONDS)).isNull();
        assertThat(stranger).isEmpty();
    }

    @Test
    void areNotToldOfWhatWasRolledBack() throws InterruptedException {
        transaction.executeWithoutResult(status -> {
            changes.touch(item);
            status.setRollbackOnly();
        });
        assertThat(concerned.poll(800, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void comeFromAnotherNodeOnce() throws InterruptedException {
        jdbc.sql("insert into worklist.change (change_id, node, items) values (?, ?, ?)")
                .params(UUID.randomUUID(), UUID.randomUUID(), new UUID[] {item})
                .update();
        assertThat(concerned.poll(10, TimeUnit.SECONDS)).containsExactly(item);
        assertThat(concerned.poll(2500, TimeUnit.MILLISECONDS)).isNull();
        assertThat(stranger).isEmpty();
    }
}
