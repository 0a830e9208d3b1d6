package org.greenchannel.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.support.AppTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The lists on 20,000 open items of other people's business: the right rows, in order, each once, by index. */
@AppTest
@Transactional
class WorkItemListsTests {

    private static final int ITEMS = 20_000;
    private static final int GROUPS = 200;

    @Autowired
    private WorkItemLists lists;

    @Autowired
    private JdbcClient jdbc;

    private final Viewer viewer =
            new Viewer(UUID.randomUUID(), "load-viewer", "测", "load-3", Set.of("load-role"), Set.of());

    @BeforeEach
    void load() {
        jdbc.sql(
                        """
                insert into worklist.work_item (work_item_id, engine_task_id, process_key, process_instance_id, deployment_id,
                  task_key, name_zh, name_en, case_file_id, case_number, person_id, area_code, group_names, priority, due_hard,
                  basis, guarded, confirm, properties, status, created_at, assignee)
                select gen_random_uuid(), 'load-' || i, 'load', 'load', 'load', 'Load', '装载', 'Load', gen_random_uuid(),
                  'LD-2026-' || i, gen_random_uuid(), '990105001001', array['load-role@load-' || (i % :groups)], 50,
                  case when i % 7 = 0 then null else now() + (i % 500) * interval '1 hour' end, '', false, false, '{}', 'OPEN',
                  now(), case when i % 11 = 0 then 'load-colleague' end
                from generate_series(1, :items) i
                """)
                .param("groups", GROUPS)
                .param("items", ITEMS)
                .update();
        jdbc.sql(
                        """
                insert into worklist.work_item_group (group_name, assigned, due, work_item_id)
                select group_names[1], assignee is not null, coalesce(due_hard, 'infinity'), work_item_id
                from worklist.work_item where process_key = 'load'
                """)
                .update();
        jdbc.sql(
                        """
                insert into worklist.copy (work_item_id, username, copied_by, at)
                select work_item_id, 'load-colleague', 'load', now() from worklist.work_item where process_key = 'load'
                """)
                .update();
        jdbc.sql("analyze worklist.copy").update();
        jdbc.sql("analyze worklist.work_item").update();
        jdbc.sql("analyze worklist.work_item_group").update();
    }

    private WorkItemQuery query(String view, @Nullable String cursor) {
        return new WorkItemQuery(view, null, null, null, null, null, 20, cursor);
    }

    private List<WorkItem> walk(String view) {
        List<WorkItem> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<WorkItem> page = lists.page(query(view, cursor), viewer);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }

    @Test
    void pagesHoldEveryItemOfTheGroupOnceAndInOrder() {
        List<WorkItem> available = walk("available");
        List<WorkItem> team = walk("team");

        assertThat(available.size() + team.size()).isEqualTo(ITEMS / GROUPS);
        assertThat(new HashSet<>(available.stream().map(WorkItem::id).toList())).hasSameSizeAs(available);
        assertThat(available).allMatch(item -> item.groups().contains("load-role@load-3") && item.assignee() == null);
        assertThat(team).allMatch(item -> "load-colleague".equals(item.assignee()));
        var dues = available.stream()
                .map(WorkItem::dueHard)
                .filter(due -> due != null)
                .toList();
        assertThat(dues).isSorted();
        assertThat(available.subList(0, dues.size())).allMatch(item -> item.dueHard() != null);
    }

    @Test
    void aListReadsOnlyItsIndexRange() {
        String cursor = lists.page(query("available", null), viewer).nextCursor();
        for (String page : new String[] {null, cursor}) {
            assertThat(lists.plan(query("available", page), viewer))
                    .contains("work_item_group_pk")
                    .doesNotContain("Seq Scan");
        }
        assertThat(lists.plan(query("available", cursor), viewer))
                .containsPattern("Index Cond: .*group_name.*ROW\\(o?\\.?due, o?\\.?work_item_id\\) >");
        assertThat(lists.plan(query("mine", null), viewer))
                .contains("work_item_assignee_ix")
                .doesNotContain("Seq Scan");
        assertThat(lists.plan(query("done", null), viewer))
                .contains("work_item_closed_ix")
                .doesNotContain("Seq Scan");
    }

    @Test
    void searchesFiltersAndMarksStayInsideTheRange() {
        for (String view : List.of("mine", "available", "team", "done", "copied")) {
            for (var query : List.of(
                    new WorkItemQuery(view, null, null, null, null, "装载 LD-2026", 20, null),
                    new WorkItemQuery(view, "load", null, null, "soon", null, 20, null),
                    new WorkItemQuery(
                            view, null, null, null, null, null, 20, null, "SCENE", "990105000000", "unread", null),
                    new WorkItemQuery(view, null, null, null, null, null, 20, null, null, null, "later", null))) {
                assertThat(lists.plan(query, viewer)).as(query.toString()).doesNotContain("Seq Scan on work_item");
            }
        }
        assertThat(lists.plan(query("copied", null), viewer)).contains("copy_user_ix");
    }
}
