package org.greenchannel.worklist;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Legal clocks of tasks that were undone by going back: their periods go on when the tasks come again. */
@Component
class Undone {

    private final JdbcClient jdbc;

    Undone(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void remember(String processInstanceId, String taskKey, UUID clockId) {
        jdbc.sql(
                        """
                insert into worklist.undone (process_instance_id, task_key, clock_id) values (:instance, :task, :clock)
                on conflict (process_instance_id, task_key) do update set clock_id = excluded.clock_id
                """)
                .param("instance", processInstanceId)
                .param("task", taskKey)
                .param("clock", clockId)
                .update();
    }

    /** The clock of the task before it was undone; once. */
    Optional<UUID> take(String processInstanceId, String taskKey) {
        return jdbc.sql(
                        """
                delete from worklist.undone where process_instance_id = :instance and task_key = :task
                returning clock_id
                """)
                .param("instance", processInstanceId)
                .param("task", taskKey)
                .query(UUID.class)
                .optional();
    }
}
