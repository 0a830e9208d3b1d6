package org.greenchannel.worklist;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.engine.TaskEvent;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the work list. */
@Component
class WorkItemTable {

    static final String COLUMNS =
            """
            w.work_item_id, w.engine_task_id, w.process_key, w.process_instance_id, w.deployment_id, w.task_key, w.name_zh,
            w.name_en, w.case_file_id, w.case_number, w.person_id, w.area_code, w.group_names, w.assignee, w.priority,
            w.due_soft, w.due_hard, w.paused_at, w.clock, w.basis, w.stage, w.guarded, w.confirm, w.form_id,
            w.properties::text as properties, w.status, w.created_at, w.closed_at, w.closed_by, w.version
            """;

    private static final int DEFAULT_PRIORITY = 50;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Changes changes;

    WorkItemTable(JdbcClient jdbc, JsonMapper json, Changes changes) {
        this.jdbc = jdbc;
        this.json = json;
        this.changes = changes;
    }

    /** Opens an item for an engine task and returns its id. */
    void open(UUID id, TaskEvent task, CaseSummary file, @Nullable LegalClock clock) {
        Instant soft = clock != null ? clock.due().soft() : task.due();
        Instant hard = clock != null ? clock.due().hard() : task.due();
        Map<String, String> properties = task.properties();
        jdbc.sql(
                        """
                insert into worklist.work_item (work_item_id, engine_task_id, process_key, process_instance_id, deployment_id,
                  task_key, name_zh, name_en, case_file_id, case_number, person_id, area_code, group_names, priority, due_soft,
                  due_hard, clock, basis, stage, guarded, confirm, form_id, properties, status, created_at)
                values (:id, :task, :process, :instance, :deployment, :key, :zh, :en, :caseId, :number, :person, :area,
                  :groups, :priority, :soft, :hard, :clock, :basis, :stage, :guarded, :confirm, :form, :properties::jsonb,
                  'OPEN', :at)
                """)
                .param("id", id)
                .param("task", task.taskId())
                .param("process", task.processKey())
                .param("instance", task.processInstanceId())
                .param("deployment", task.deploymentId())
                .param("key", task.taskKey())
                .param("zh", task.name().zh())
                .param("en", task.name().en())
                .param("caseId", file.id())
                .param("number", file.number())
                .param("person", file.personId(), java.sql.Types.OTHER)
                .param("area", file.areaCode())
                .param("groups", task.groups().toArray(String[]::new))
                .param("priority", priority(properties.get("priority")))
                .param("soft", stamp(soft))
                .param("hard", stamp(hard))
                .param("clock", clock == null ? null : clock.definition().id())
                .param("basis", properties.getOrDefault("basis", ""))
                .param("stage", properties.get("stage"))
                .param("guarded", Boolean.parseBoolean(properties.get("guarded")))
                .param("confirm", Boolean.parseBoolean(properties.get("confirm")))
                .param("form", task.formId())
                .param("properties", json.writeValueAsString(properties))
                .param("at", stamp(task.at()))
                .update();
        for (String group : task.groups()) {
            jdbc.sql(
                            """
                    insert into worklist.work_item_group (group_name, assigned, due, work_item_id)
                    values (:group, false, coalesce(:due::timestamptz, 'infinity'::timestamptz), :id)
                    """)
                    .param("group", group)
                    .param("due", stamp(hard))
                    .param("id", id)
                    .update();
        }
        changes.touch(id);
    }

    private static int priority(@Nullable String value) {
        return value == null || !value.matches("\\d{1,3}") ? DEFAULT_PRIORITY : Math.min(100, Integer.parseInt(value));
    }

    private static @Nullable Timestamp stamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    Optional<WorkItemRow> find(UUID id) {
        return one("w.work_item_id = :id", Map.of("id", id), "");
    }

    /** Locks the item until the end of the transaction: the second of two clicks waits here and then sees the change. */
    Optional<WorkItemRow> lock(UUID id) {
        return one("w.work_item_id = :id", Map.of("id", id), " for update");
    }

    Optional<WorkItemRow> ofTask(String engineTaskId) {
        return one("w.engine_task_id = :task", Map.of("task", engineTaskId), "");
    }

    private Optional<WorkItemRow> one(String where, Map<String, ?> params, String suffix) {
        return jdbc.sql("select " + COLUMNS + " from worklist.work_item w where " + where + suffix)
                .params(params)
                .query(this::row)
                .optional();
    }

    List<WorkItemRow> openOfCase(UUID caseId) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + " from worklist.work_item w where w.case_file_id = :id and w.status = 'OPEN' order by w.created_at, w.work_item_id")
                .param("id", caseId)
                .query(this::row)
                .list();
    }

    /** Takes over what another version of the model says of the task. */
    void change(UUID id, TaskEvent task) {
        Map<String, String> properties = task.properties();
        jdbc.sql(
                        """
                update worklist.work_item
                set deployment_id = :deployment, name_zh = :zh, name_en = :en, form_id = :form, priority = :priority,
                  basis = :basis, stage = :stage, guarded = :guarded, confirm = :confirm, properties = :properties::jsonb,
                  version = version + 1
                where work_item_id = :id
                """)
                .param("deployment", task.deploymentId())
                .param("zh", task.name().zh())
                .param("en", task.name().en())
                .param("form", task.formId())
                .param("priority", priority(properties.get("priority")))
                .param("basis", properties.getOrDefault("basis", ""))
                .param("stage", properties.get("stage"))
                .param("guarded", Boolean.parseBoolean(properties.get("guarded")))
                .param("confirm", Boolean.parseBoolean(properties.get("confirm")))
                .param("properties", json.writeValueAsString(properties))
                .param("id", id)
                .update();
        changes.touch(id);
    }

    void assign(UUID id, @Nullable String username) {
        jdbc.sql("update worklist.work_item set assignee = :user, version = version + 1 where work_item_id = :id")
                .param("user", username)
                .param("id", id)
                .update();
        jdbc.sql("update worklist.work_item_group set assigned = :assigned where work_item_id = :id")
                .param("assigned", username != null)
                .param("id", id)
                .update();
        changes.touch(id);
    }

    /** Something about the item changed that others must see before they act. */
    void touch(UUID id) {
        jdbc.sql("update worklist.work_item set version = version + 1 where work_item_id = :id")
                .param("id", id)
                .update();
        changes.touch(id);
    }

    /** Its legal clock stands still: there is no end until it goes on. */
    void pause(UUID id, Instant at) {
        jdbc.sql(
                        """
                update worklist.work_item set due_soft = null, due_hard = null, paused_at = :at where work_item_id = :id
                """)
                .param("id", id)
                .param("at", Timestamp.from(at))
                .update();
        jdbc.sql("update worklist.work_item_group set due = 'infinity'::timestamptz where work_item_id = :id")
                .param("id", id)
                .update();
        changes.touch(id);
    }

    /** The last item of a task in an instance. */
    Optional<WorkItemRow> last(String processInstanceId, String taskKey) {
        return jdbc.sql("select " + COLUMNS
                        + " from worklist.work_item w where w.process_instance_id = :instance and w.task_key = :task"
                        + " order by w.created_at desc, w.work_item_id limit 1")
                .param("instance", processInstanceId)
                .param("task", taskKey)
                .query(this::row)
                .optional();
    }

    /** Its legal clock goes on with these ends. */
    void due(UUID id, Instant soft, Instant hard) {
        jdbc.sql(
                        """
                update worklist.work_item set due_soft = :soft, due_hard = :hard, paused_at = null
                where work_item_id = :id
                """)
                .param("id", id)
                .param("soft", Timestamp.from(soft))
                .param("hard", Timestamp.from(hard))
                .update();
        jdbc.sql("update worklist.work_item_group set due = :hard where work_item_id = :id")
                .param("id", id)
                .param("hard", Timestamp.from(hard))
                .update();
        changes.touch(id);
    }

    /** Open items on which a signature of one of these accounts is pending. */
    List<WorkItemRow> toSign(java.util.Collection<String> usernames) {
        return jdbc.sql("select " + COLUMNS
                        + " from worklist.work_item w where w.status = 'OPEN' and w.work_item_id in"
                        + " (select s.work_item_id from worklist.signature s where s.status = 'PENDING' and s.signer in (:users))"
                        + " order by coalesce(w.due_hard, 'infinity'::timestamptz), w.work_item_id limit 200")
                .param("users", usernames)
                .query(this::row)
                .list();
    }

    /** Open items that these accounts have. */
    List<WorkItemRow> openOf(java.util.Collection<String> usernames) {
        if (usernames.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select " + COLUMNS
                        + " from worklist.work_item w where w.status = 'OPEN' and w.assignee in (:users)"
                        + " order by coalesce(w.due_hard, 'infinity'::timestamptz), w.work_item_id limit 200")
                .param("users", usernames)
                .query(this::row)
                .list();
    }

    void close(UUID id, String status, @Nullable String username, Instant at) {
        jdbc.sql(
                        """
                update worklist.work_item
                set status = :status, closed_by = :user, assignee = coalesce(assignee, :user), closed_at = :at,
                  version = version + 1
                where work_item_id = :id and status = 'OPEN'
                """)
                .param("status", status)
                .param("user", username)
                .param("at", Timestamp.from(at))
                .param("id", id)
                .update();
        jdbc.sql("delete from worklist.work_item_group where work_item_id = :id")
                .param("id", id)
                .update();
        changes.touch(id);
    }

    WorkItemRow row(ResultSet row, int index) throws SQLException {
        Array groups = row.getArray("group_names");
        var item = new WorkItem(
                row.getObject("work_item_id", UUID.class),
                row.getString("task_key"),
                new Text(row.getString("name_zh"), row.getString("name_en")),
                row.getString("process_key"),
                row.getObject("case_file_id", UUID.class),
                row.getString("case_number"),
                row.getObject("person_id", UUID.class),
                "",
                row.getString("area_code"),
                List.of((String[]) groups.getArray()),
                row.getString("assignee"),
                row.getInt("priority"),
                instant(row.getTimestamp("due_soft")),
                instant(row.getTimestamp("due_hard")),
                instant(row.getTimestamp("paused_at")),
                row.getString("clock"),
                row.getString("basis"),
                row.getString("stage"),
                row.getBoolean("guarded"),
                row.getBoolean("confirm"),
                row.getString("form_id"),
                row.getString("status"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("closed_at")),
                row.getString("closed_by"),
                row.getInt("version"));
        return new WorkItemRow(
                item,
                row.getString("engine_task_id"),
                row.getString("process_instance_id"),
                row.getString("deployment_id"),
                json.readValue(row.getString("properties"), new TypeReference<Map<String, String>>() {}));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
