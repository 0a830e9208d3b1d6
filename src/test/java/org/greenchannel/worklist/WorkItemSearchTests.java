package org.greenchannel.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.support.AppTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * Random items of many groups, random viewers, random words: a search answers exactly the items of the list that hold all
 * the words, never one that the list without words would not show.
 */
@AppTest
@Transactional
class WorkItemSearchTests {

    private static final long SEED = 20261122;
    private static final int ITEMS = 600;
    private static final List<String> NAMES =
            List.of("现场处置登记", "接诊", "首次评估", "签署住院手续", "审核救助申请", "100%核对_清单", "Visit at home");
    private static final List<String> STAGES = List.of("SCENE", "DIAGNOSIS", "FUNDING", "VISIT");
    private static final List<String> AREAS =
            List.of("990105001001", "990105000000", "990102001001", "990100000000", "");
    private static final List<String> PROCESSES = List.of("emergency-admission", "funding-approval", "joint-followup");
    private static final List<String> WORDS = List.of(
            "现场",
            "处置",
            "评估",
            "救助",
            "SR-7",
            "sr-7",
            "SR",
            "诊断",
            "经费",
            "随访",
            "应急",
            "金水",
            "花园路",
            "ｈｏｍｅ",
            "100%",
            "_",
            "%",
            "\\",
            "'",
            "王",
            "手续 签署",
            "接诊 诊断",
            "visit, home",
            "不存在的词");

    @Autowired
    private WorkItemLists lists;

    @Autowired
    private Words words;

    @Autowired
    private JdbcClient jdbc;

    private final Random random = new Random(SEED);

    @BeforeEach
    void load() {
        for (int i = 0; i < ITEMS; i++) {
            UUID id = UUID.randomUUID();
            String[] groups = Stream.of("r" + random.nextInt(3) + "@s" + random.nextInt(4), "r9@s" + random.nextInt(9))
                    .toArray(String[]::new);
            String assignee = random.nextInt(3) == 0 ? "search-" + random.nextInt(4) : null;
            boolean done = random.nextInt(8) == 0;
            jdbc.sql(
                            """
                    insert into worklist.work_item (work_item_id, engine_task_id, process_key, process_instance_id,
                      deployment_id, task_key, name_zh, name_en, case_file_id, case_number, area_code, group_names, priority,
                      due_hard, basis, stage, guarded, confirm, properties, status, created_at, assignee, closed_at, closed_by)
                    values (:id, :task, :process, 'x', 'x', 'T', :name, :name, gen_random_uuid(), :number, :area, :groups, 50,
                      case when :never then null else now() + :hours * interval '1 hour' end, '', :stage, false, false, '{}',
                      :status, now(), :assignee, case when :done then now() end, case when :done then :assignee end)
                    """)
                    .param("id", id)
                    .param("task", "search-" + i)
                    .param("process", pick(PROCESSES))
                    .param("name", pick(NAMES))
                    .param("number", "SR-" + random.nextInt(90) + "-" + i)
                    .param("area", pick(AREAS))
                    .param("groups", groups)
                    .param("never", random.nextInt(5) == 0)
                    .param("hours", random.nextInt(200) - 50)
                    .param("stage", random.nextInt(6) == 0 ? null : pick(STAGES))
                    .param("status", done ? "DONE" : "OPEN")
                    .param("done", done)
                    .param("assignee", assignee)
                    .update();
            if (!done) {
                jdbc.sql("insert into worklist.work_item_group (group_name, assigned, due, work_item_id)"
                                + " select g, assignee is not null, coalesce(due_hard, 'infinity'), work_item_id"
                                + " from worklist.work_item, unnest(group_names) g where work_item_id = ?")
                        .param(id)
                        .update();
            } else if (random.nextBoolean()) {
                jdbc.sql("insert into worklist.copy (work_item_id, username, copied_by, at)"
                                + " values (?, ?, 'x', now())")
                        .params(id, "search-" + random.nextInt(4))
                        .update();
            }
        }
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Viewer viewer() {
        return new Viewer(
                UUID.randomUUID(),
                "search-" + random.nextInt(4),
                "测",
                "s" + random.nextInt(4),
                Set.of("r" + random.nextInt(3), "r9"),
                Set.of());
    }

    private List<WorkItem> walk(String view, @Nullable String q, Viewer viewer) {
        List<WorkItem> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<WorkItem> page = lists.page(new WorkItemQuery(view, null, null, null, null, q, 17, cursor), viewer);
            all.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(new HashSet<>(all.stream().map(WorkItem::id).toList())).hasSameSizeAs(all);
        return all;
    }

    /** The plainest reading of what a search means. */
    private boolean holds(WorkItem item, String q) {
        return Words.split(q).stream()
                .allMatch(word -> Stream.of(item.name().zh(), item.name().en(), item.caseNumber())
                                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(word))
                        || words.processes(word).contains(item.process())
                        || item.stage() != null && words.stages(word).contains(item.stage())
                        || words.areas(word).stream().anyMatch(item.areaCode()::startsWith));
    }

    @Test
    void aSearchAnswersExactlyTheItemsOfTheListThatHoldItsWords() {
        int hits = 0;
        for (int round = 0; round < 25; round++) {
            Viewer viewer = viewer();
            for (String view : WorkItemLists.VIEWS) {
                List<UUID> list =
                        walk(view, null, viewer).stream().map(WorkItem::id).toList();
                String q = pick(WORDS);
                List<UUID> expected = walk(view, null, viewer).stream()
                        .filter(item -> holds(item, q))
                        .map(WorkItem::id)
                        .toList();
                List<UUID> found =
                        walk(view, q, viewer).stream().map(WorkItem::id).toList();
                assertThat(found).as(view + " " + q).isEqualTo(expected);
                assertThat(list).as(view + " " + q).containsAll(found);
                int counted = lists.counts(new WorkItemQuery(view, null, null, null, null, q, 1, null), viewer)
                        .get(view);
                assertThat(counted).as(view + " " + q).isEqualTo(Math.min(found.size(), WorkItemLists.COUNT_CAP));
                hits += found.size();
            }
        }
        assertThat(hits).isGreaterThan(100);
    }

    @Test
    void countsByUrgencyAddUpToTheList() {
        for (int round = 0; round < 10; round++) {
            Viewer viewer = viewer();
            for (String view : List.of("mine", "available", "team")) {
                var query = new WorkItemQuery(view, null, null, null, null, null, 50, null);
                int sum = lists.levels(query, viewer).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                assertThat(sum).isEqualTo(walk(view, null, viewer).size());
                for (var level : lists.levels(query, viewer).entrySet()) {
                    if (!level.getKey().equals("later")) {
                        assertThat(lists.page(query.due(level.getKey()), viewer).items())
                                .hasSize(level.getValue());
                    }
                }
            }
        }
    }

    @Test
    void somebodyElsesItemIsNeitherAmongMineNorFits() {
        Viewer one = new Viewer(UUID.randomUUID(), "search-1", "测", "s1", Set.of("r1"), Set.of());
        Viewer other = new Viewer(UUID.randomUUID(), "nobody", "测", "elsewhere", Set.of("r1"), Set.of());
        var query = new WorkItemQuery("available", null, null, null, null, null, 50, null);
        var mine = lists.page(query, one).items();
        Set<UUID> ids = Set.copyOf(mine.stream().map(WorkItem::id).toList());

        assertThat(ids).isNotEmpty();
        assertThat(lists.among(ids, one)).hasSameSizeAs(ids);
        assertThat(lists.fitting(ids, query, one)).isEqualTo(ids);
        assertThat(lists.among(ids, other)).isEmpty();
        assertThat(lists.fitting(ids, query, other)).isEmpty();
    }

    @Test
    void anAreaHoldsWhatIsInsideItAndNothingElse() {
        assertThat(Words.inside("990105001001")).isEqualTo("990105001001");
        assertThat(Words.inside("990105001000")).isEqualTo("990105001");
        assertThat(Words.inside("990110000000")).isEqualTo("990110");
        assertThat(Words.inside("990100000000")).isEqualTo("9901");
        assertThat(Words.inside("990105010000")).isEqualTo("990105010");
    }
}
