package org.greenchannel.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TestModels;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A model for the verbs (in a line, guarded, in parallel branches, inside a sub-process), people for it, and what must be
 * true of an instance after every single action.
 */
final class VerbProbe {

    static final List<String> PEOPLE = List.of("probe1", "probe2", "probe3", "probe4", "probe5");
    /** Holds the role without the licence it needs. */
    static final String UNLICENSED = "probe6";

    private static final String ORGANISATION = "zz-appraisal";
    /** Before each task, what must have been completed, later than what that one needs. */
    static final Map<String, List<String>> NEEDS = Map.of(
            "Check", List.of("Prepare"),
            "Decide", List.of("Check"),
            "Tell", List.of("Decide"),
            "Left", List.of("Tell"),
            "Right", List.of("Tell"),
            "LeftMore", List.of("Left"),
            "First", List.of("LeftMore", "Right"),
            "Second", List.of("First"),
            "Close", List.of("Second"));

    private final JdbcClient jdbc;
    private final ApplicationContext context;
    private final TransactionTemplate transaction;
    private final CaseFiles cases;
    private final Processes processes;
    private final Accounts accounts;
    private String deployment = "";

    VerbProbe(ApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcClient.class);
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        this.cases = context.getBean(CaseFiles.class);
        this.processes = context.getBean(Processes.class);
        this.accounts = context.getBean(Accounts.class);
    }

    /** An instance of the model. */
    record Run(UUID caseId, String instance) {}

    void open() {
        try {
            String model = Files.readString(Path.of("src/test/resources/models/verbs-probe.bpmn"));
            deployment = TestModels.deploy(context, Map.of("verbs-probe.bpmn", model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var all = new ArrayList<>(PEOPLE);
        all.add(UNLICENSED);
        for (String user : all) {
            UUID id = UUID.randomUUID();
            jdbc.sql(
                            """
                    insert into organisation.account (id, username, display_name, organisation, enabled, demo, created_at)
                    values (:id, :user, :name, :organisation, true, false, now())
                    """)
                    .param("id", id)
                    .param("user", user)
                    .param("name", "测" + user)
                    .param("organisation", ORGANISATION)
                    .update();
            jdbc.sql("insert into organisation.account_role (account, role, admin) values (:id, 'appraiser', false)")
                    .param("id", id)
                    .update();
            if (!user.equals(UNLICENSED)) {
                jdbc.sql(
                                """
                        insert into organisation.account_licence (account, licence, valid_from, valid_until)
                        values (:id, 'APPRAISAL', date '2000-01-01', date '2100-01-01')
                        """)
                        .param("id", id)
                        .update();
            }
        }
    }

    void close() {
        context.getBean(RepositoryService.class).deleteDeployment(deployment, true, true, true);
        jdbc.sql("delete from organisation.deputy where principal like 'probe%'")
                .update();
        for (String table : List.of("account_role", "account_licence")) {
            jdbc.sql("delete from organisation." + table
                            + " where account in (select id from organisation.account where username like 'probe%')")
                    .update();
        }
        jdbc.sql("update organisation.account set enabled = false where username like 'probe%'")
                .update();
        jdbc.sql("delete from organisation.account where username like 'probe%'")
                .update();
    }

    Viewer viewer(String user) {
        return accounts.viewer(user);
    }

    Run start() {
        return transaction.execute(status -> {
            Viewer viewer = viewer("probe1");
            CaseRef ref = cases.open("complaint", null, "990105001001", viewer);
            String instance = processes.start(
                    "verbs-probe", ref.id(), Map.of("caseId", ref.id().toString(), "caseNumber", ref.number()), viewer);
            return new Run(ref.id(), instance);
        });
    }

    record Line(UUID id, String task, String key, String status) {}

    List<Line> items(Run run) {
        return jdbc.sql(
                        """
                select work_item_id, engine_task_id, task_key, status from worklist.work_item
                where process_instance_id = :instance order by created_at, work_item_id
                """)
                .param("instance", run.instance())
                .query((row, i) ->
                        new Line(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    List<Line> openItems(Run run) {
        return items(run).stream().filter(item -> item.status().equals("OPEN")).toList();
    }

    /** Everything a refused action must leave as it was. */
    String fingerprint(Run run) {
        return jdbc.sql(
                        """
                select coalesce(string_agg(line, '|' order by line), '') from (
                  select concat_ws(',', w.work_item_id, w.status, w.assignee, w.version, h.owner, h.held_by, h.round, h.sign_mode) as line
                    from worklist.work_item w left join worklist.handling h using (work_item_id)
                    where w.process_instance_id = :instance
                  union all
                  select concat_ws(',', s.signature_id, s.status, s.signed_by) from worklist.signature s
                    join worklist.work_item w using (work_item_id) where w.process_instance_id = :instance
                  union all
                  select concat_ws(',', v.verb_id) from worklist.verb v where v.case_file_id = :caseId
                  union all
                  select concat_ws(',', t.id_, t.task_def_key_) from act_ru_task t where t.proc_inst_id_ = :instance
                  union all
                  select 'audit ' || count(*) from audit.entry where case_id = :caseId and outcome = 'DONE'
                ) lines
                """)
                .param("instance", run.instance())
                .param("caseId", run.caseId())
                .query(String.class)
                .single();
    }

    int audited(Run run) {
        return jdbc.sql(
                        """
                select count(*) from audit.entry
                where case_id = :caseId and action like 'workitem.%' and outcome = 'DONE'
                """)
                .param("caseId", run.caseId())
                .query(Integer.class)
                .single();
    }

    int answers(Run run) {
        return jdbc.sql(
                        """
                select count(*) from worklist.signature s join worklist.work_item w using (work_item_id)
                where w.process_instance_id = :instance and s.signed_by is not null
                """)
                .param("instance", run.instance())
                .query(Integer.class)
                .single();
    }

    /** Order of the completions, by task. */
    private Map<String, Long> completed(Run run) {
        Map<String, Long> last = new HashMap<>();
        jdbc.sql(
                        """
                select detail ->> 'task' as task, max(position) as position from casefile.timeline
                where case_file_id = :caseId and kind = 'TASK_DONE' group by 1
                """)
                .param("caseId", run.caseId())
                .query(row -> {
                    last.put(row.getString("task"), row.getLong("position"));
                });
        return last;
    }

    /** What must be true of an instance after every action. */
    void check(Run run) {
        List<String> engine = jdbc.sql("select id_ from act_ru_task where proc_inst_id_ = :instance")
                .param("instance", run.instance())
                .query(String.class)
                .list();
        List<Line> open = openItems(run);
        assertThat(open.stream().map(Line::task))
                .as("one open item for each task of the engine and none without")
                .containsExactlyInAnyOrderElementsOf(engine);
        List<String> keys = open.stream().map(Line::key).toList();
        assertThat(new TreeSet<>(keys)).as("no task twice").hasSameSizeAs(keys);
        if (keys.size() > 1) {
            assertThat(List.of("Left", "LeftMore", "Right"))
                    .as("only branches are parallel")
                    .containsAll(keys);
            assertThat(keys).hasSize(2).contains("Right");
        }
        Map<String, Long> done = completed(run);
        for (String key : keys) {
            passed(key, done);
        }
        signatures(run);
        separate(run);
        groups(run);
    }

    /** Every step before an open one was completed, and later than what that step itself needs. */
    private static void passed(String key, Map<String, Long> done) {
        for (String before : NEEDS.getOrDefault(key, List.of())) {
            assertThat(done).as(key + " is open, so " + before + " was done").containsKey(before);
            for (String earlier : NEEDS.getOrDefault(before, List.of())) {
                assertThat(done.get(before))
                        .as(before + " was done after " + earlier)
                        .isGreaterThan(done.get(earlier));
            }
            passed(before, done);
        }
    }

    /** A task that is done has every signature it needs, from different people, none of them whoever did it. */
    private void signatures(Run run) {
        List<String> wrong = jdbc.sql(
                        """
                with item as (
                  select w.*, h.sign_mode, h.round from worklist.work_item w join worklist.handling h using (work_item_id)
                  where w.process_instance_id = :instance)
                select 'done without a signature: ' || i.task_key || ' ' || s.signer from item i
                  join worklist.signature s using (work_item_id)
                  where i.status = 'DONE' and s.status in ('PENDING', 'REFUSED') and (s.phase = 'BEFORE' or s.round = i.round)
                    and (s.phase = 'BEFORE' or i.sign_mode <> 'ANY')
                union all
                select 'nobody of several has signed: ' || i.task_key from item i
                  where i.status = 'DONE' and i.sign_mode = 'ANY'
                    and exists (select 1 from worklist.signature s where s.work_item_id = i.work_item_id
                      and s.phase = 'AFTER' and s.round = i.round and s.status <> 'REMOVED')
                    and not exists (select 1 from worklist.signature s where s.work_item_id = i.work_item_id
                      and s.phase = 'AFTER' and s.round = i.round and s.status = 'SIGNED')
                union all
                select 'own work: ' || i.task_key from item i join worklist.signature s using (work_item_id)
                  where i.status = 'DONE' and s.status = 'SIGNED' and s.signed_by = i.closed_by
                union all
                select 'signed twice: ' || i.task_key from item i join worklist.signature s using (work_item_id)
                  where s.status = 'SIGNED' group by i.work_item_id, i.task_key, s.round, s.signed_by having count(*) > 1
                union all
                select 'held without anybody to sign: ' || i.task_key from item i
                  join worklist.handling h using (work_item_id)
                  where i.status = 'OPEN' and h.held_by is not null and not exists (
                    select 1 from worklist.signature s where s.work_item_id = i.work_item_id
                      and s.phase = 'AFTER' and s.round = i.round and s.status = 'PENDING')
                union all
                select 'asked although closed: ' || i.task_key from item i join worklist.signature s using (work_item_id)
                  where i.status = 'WITHDRAWN' and s.status in ('PENDING', 'SIGNED')
                union all
                select 'lent although closed: ' || i.task_key from item i join worklist.handling h using (work_item_id)
                  where i.status <> 'OPEN' and (h.owner is not null or h.held_by is not null)
                """)
                .param("instance", run.instance())
                .query(String.class)
                .list();
        assertThat(wrong).isEmpty();
    }

    /** Who checked has never prepared: also not over deputies, send backs and signatures. */
    private void separate(Run run) {
        int both = jdbc.sql(
                        """
                select count(*) from casefile.timeline c join casefile.timeline p using (case_file_id)
                where c.case_file_id = :caseId and c.kind = 'TASK_DONE' and p.kind = 'TASK_DONE'
                  and c.detail ->> 'task' = 'Check' and p.detail ->> 'task' = 'Prepare'
                  and p.position < c.position and p.actor in (c.actor, c.detail ->> 'for')
                """)
                .param("caseId", run.caseId())
                .query(Integer.class)
                .single();
        assertThat(both).as("who prepared does not check").isZero();
    }

    /** Nobody has, signs or has done what his licence does not allow; the list finds every open item. */
    private void groups(Run run) {
        int wrong = jdbc.sql(
                        """
                select count(*) from worklist.work_item w left join worklist.signature s using (work_item_id)
                where w.process_instance_id = :instance and :user in (w.assignee, s.signer, s.signed_by)
                """)
                .param("instance", run.instance())
                .param("user", UNLICENSED)
                .query(Integer.class)
                .single();
        assertThat(wrong).as("nothing for who lacks the licence").isZero();
        int unlisted = jdbc.sql(
                        """
                select count(*) from worklist.work_item w where w.process_instance_id = :instance and not (
                  (w.status = 'OPEN') = exists (select 1 from worklist.work_item_group g
                    where g.work_item_id = w.work_item_id and g.assigned = (w.assignee is not null)))
                """)
                .param("instance", run.instance())
                .query(Integer.class)
                .single();
        assertThat(unlisted).as("the list shows exactly what is open").isZero();
    }
}
