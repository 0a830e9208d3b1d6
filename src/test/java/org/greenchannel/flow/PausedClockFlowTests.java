package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TestModels;
import org.greenchannel.kernel.CaseRef;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.greenchannel.support.TimeMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * A period that the law lets stand still: time spent on further material does not count for an appraisal (Judicial
 * Appraisal Procedure Rules 28). Nothing is breached meanwhile, no timer at the edge of the task fires, and what did not
 * count never counts, even when the task is done again.
 */
@AppTest
class PausedClockFlowTests {

    private static final int ATTEMPTS = 5;

    private static final String ITEMS = "/api/v1/work-items/";
    private static final String USER = "affairs";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ManagementService management;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private LegalClocks clocks;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private TransactionTemplate transaction;

    private Api api;
    private TimeMachine time;

    @BeforeEach
    void open() {
        clock.reset();
        api = new Api(port);
        time = new TimeMachine(clock, management);
    }

    @AfterEach
    void realTime() {
        time.realTime();
    }

    private JsonNode verb(String user, String id, String verb, Map<String, ?> body) {
        return api.post(user, ITEMS + id + "/" + verb, body).expect(200).json();
    }

    private JsonNode item(String user, String id) {
        return api.get(user, ITEMS + id).expect(200).json();
    }

    private static Instant due(JsonNode item) {
        return Instant.parse(item.get("dueHard").asString());
    }

    private JsonNode clockOf(String user, String number) {
        for (JsonNode one :
                api.get(user, "/api/v1/cases/" + number + "/clocks").expect(200).json()) {
            if (one.get("clock").asString().equals("T08")) {
                return one;
            }
        }
        throw new AssertionError("no T08");
    }

    private List<String> told(String number, String verb) {
        return jdbc.sql(
                        """
                select t.actor from casefile.timeline t join casefile.case_file c on c.case_file_id = t.case_file_id
                where c.number = :number and t.kind = 'TASK_VERB' and t.detail ->> 'verb' = :verb order by t.position
                """)
                .param("number", number)
                .param("verb", verb)
                .query(String.class)
                .list();
    }

    private static final Map<String, Object> MATERIAL = Map.of("code", "APPRAISAL_MATERIAL", "reason", "待补充病历");

    @Test
    void anAppraisalStandsStillWhileMaterialIsAwaited() {
        CourtCase court = appraisal();
        Journey journey = court.journey();
        String id = journey.item("appraiser", "ReceiveOpinion").get("id").asString();
        Instant before = due(item("appraiser", id));
        assertThat(api.post("appraiser", ITEMS + id + "/pause-clock", Map.of("code", "BUSY", "reason", "人手不足"))
                        .json()
                        .get("type")
                        .asString())
                .isEqualTo("/problems/pause-reason-unknown");
        JsonNode paused = verb("appraiser", id, "pause-clock", MATERIAL);
        assertThat(paused.get("dueHard").isNull())
                .as("no end while it stands still")
                .isTrue();
        assertThat(paused.get("pausedAt").isNull()).isFalse();
        time.pass(Duration.ofDays(70));
        clocks.tick(clock.instant());
        assertThat(clockOf("appraiser", journey.number()).get("status").asString())
                .isEqualTo("PAUSED");
        assertThat(breached(id)).as("nothing is breached meanwhile").isZero();
        assertThat(view("appraiser", "breached")).doesNotContain(id);

        JsonNode goesOn = verb("appraiser", id, "resume-clock", Map.of("reason", "材料已到"));
        assertThat(due(goesOn)).isCloseTo(before.plus(Duration.ofDays(70)), within(Duration.ofMinutes(5)));
        assertThat(goesOn.get("pausedAt").isNull()).isTrue();
        assertThat(told(journey.number(), "pause-clock")).containsExactly("appraiser");
        assertThat(told(journey.number(), "resume-clock")).containsExactly("appraiser");
        time.pass(Duration.ofDays(70));
        clocks.tick(clock.instant());
        assertThat(breached(id)).as("then it counts again").isOne();
    }

    @Test
    void whatDidNotCountNeverCountsWhenTheTaskComesAgain() {
        CourtCase court = appraisal();
        Journey journey = court.journey();
        String id = journey.item("appraiser", "ReceiveOpinion").get("id").asString();
        Instant first = due(item("appraiser", id));
        verb("appraiser", id, "pause-clock", MATERIAL);
        time.pass(Duration.ofDays(10));
        assertThat(papers(journey)).containsExactly("1 ISSUED");
        // the pause is still on when the task goes back: it ends with it, and the story says so
        JsonNode again = verb("appraiser", id, "send-back", Map.of("to", "previous", "reason", "委托事项不明"));
        assertThat(again.get("taskKey").asString()).isEqualTo("CommissionAppraisal");
        assertThat(told(journey.number(), "resume-clock")).containsExactly("appraiser");
        assertThat(papers(journey)).as("the commission does not hold any more").containsExactly("1 SUPERSEDED");

        time.pass(Duration.ofDays(2));
        verb("handler", again.get("id").asString(), "release", Map.of());
        court.complete("handler", "CommissionAppraisal");
        assertThat(papers(journey)).containsExactly("1 SUPERSEDED", "2 ISSUED");
        JsonNode documents = api.get("appraiser", "/api/v1/cases/" + journey.number() + "/documents")
                .expect(200)
                .json();
        assertThat(superseded(documents)).as("the old one names the new one").isEqualTo(current(documents));

        JsonNode second = journey.item("appraiser", "ReceiveOpinion");
        assertThat(second.get("id").asString()).isNotEqualTo(id);
        assertThat(due(second))
                .as("the period began once, and ten days of it did not count")
                .isCloseTo(first.plus(Duration.ofDays(10)), within(Duration.ofMinutes(5)));

        court.complete("appraiser", "ReceiveOpinion");
        String tell = journey.item("handler", "TellOpinion").get("id").asString();
        JsonNode third = verb("handler", tell, "send-back", Map.of("to", "previous", "reason", "意见书缺页"));
        assertThat(third.get("taskKey").asString()).isEqualTo("ReceiveOpinion");
        assertThat(due(third)).as("nor when it was done and is done again").isEqualTo(due(second));
    }

    @Test
    void noTimerAtTheEdgeOfATaskFiresWhileItsClockStandsStill() throws IOException {
        String deployment = TestModels.deploy(
                context,
                Map.of("pause-probe.bpmn", Files.readString(Path.of("src/test/resources/models/pause-probe.bpmn"))));
        try {
            Viewer viewer = context.getBean(Accounts.class).viewer(USER);
            String instance = transaction.execute(status -> {
                CaseRef ref = context.getBean(CaseFiles.class).open("complaint", null, "990105001001", viewer);
                return context.getBean(Processes.class)
                        .start(
                                "pause-probe",
                                ref.id(),
                                Map.of("caseId", ref.id().toString(), "caseNumber", ref.number()),
                                viewer);
            });
            complete(instance, "Commission");
            String id = open(instance, "Appraise");
            verb(USER, id, "claim", Map.of());
            Instant before = due(item(USER, id));
            verb(USER, id, "pause-clock", MATERIAL);
            time.pass(Duration.ofDays(60));
            assertThat(tasks(instance))
                    .as("only the timer of another legal clock goes on")
                    .containsExactly("Appraise", "CheckLiberty");

            verb(USER, id, "resume-clock", Map.of());
            time.runDue();
            assertThat(tasks(instance)).as("both still have to come").containsExactly("Appraise", "CheckLiberty");
            time.pass(Duration.ofDays(7).plusHours(1));
            assertThat(tasks(instance)).containsExactly("Appraise", "AskProgress", "CheckLiberty");
            Duration left = Duration.between(clock.instant(), before.plus(Duration.ofDays(60)));
            time.pass(left.minusHours(1));
            assertThat(tasks(instance)).doesNotContain("Remind");
            time.pass(Duration.ofHours(2));
            assertThat(tasks(instance)).as("moved by the pause").contains("Remind");

            complete(instance, "Appraise");
            verb(USER, open(instance, "Report"), "send-back", Map.of("to", "previous", "reason", "报告不全"));
            assertThat(due(item(USER, open(instance, "Appraise"))))
                    .isCloseTo(before.plus(Duration.ofDays(60)), within(Duration.ofMinutes(5)));
            assertThat(timer(instance, "Over"))
                    .as("and so is the timer of the task that is done again")
                    .isCloseTo(before.plus(Duration.ofDays(60)), within(Duration.ofMinutes(5)));
        } finally {
            remove(deployment);
        }
    }

    /** A timer that is due may just be running: then once more. */
    private void remove(String deployment) {
        for (int attempt = 1; ; attempt++) {
            try {
                context.getBean(RepositoryService.class).deleteDeployment(deployment, true, true, true);
                return;
            } catch (OptimisticLockingException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private CourtCase appraisal() {
        CourtCase court = new CourtCase(api, clock).open("handler", "INVESTIGATION", Map.of());
        court.complete("handler", "RecordFacts");
        court.complete("handler", "ConfirmScreening", Map.of("screeningDecision", "ORDER_APPRAISAL"));
        court.complete("handler", "CommissionAppraisal");
        return court;
    }

    private static org.assertj.core.data.TemporalUnitOffset within(Duration offset) {
        return org.assertj.core.api.Assertions.within(offset.toSeconds(), ChronoUnit.SECONDS);
    }

    private int breached(String item) {
        return jdbc.sql("select count(*) from clock.legal_clock where work_item_id = :id and breached_at is not null")
                .param("id", UUID.fromString(item))
                .query(Integer.class)
                .single();
    }

    private String view(String user, String due) {
        return api.get(user, "/api/v1/work-items?view=available&limit=50&due=" + due)
                .expect(200)
                .body();
    }

    private List<String> papers(Journey journey) {
        return jdbc.sql(
                        """
                select p.version || ' ' || p.status from document.paper p
                join casefile.case_file c on c.case_file_id = p.case_id
                where c.number = :number and p.code = 'ct-appraisal-commission' and p.language = 'zh' order by p.version
                """)
                .param("number", journey.number())
                .query(String.class)
                .list();
    }

    private static String superseded(JsonNode documents) {
        return one(documents, "SUPERSEDED").get("supersededBy").asString();
    }

    private static String current(JsonNode documents) {
        return one(documents, "ISSUED").get("number").asString();
    }

    private static JsonNode one(JsonNode documents, String status) {
        List<JsonNode> found = new ArrayList<>();
        documents.forEach(document -> {
            boolean hit = document.get("code").asString().equals("ct-appraisal-commission")
                    && document.get("status").asString().equals(status);
            if (hit) {
                found.add(document);
            }
        });
        return found.get(0);
    }

    private List<String> tasks(String instance) {
        return jdbc.sql(
                        """
                select task_key from worklist.work_item
                where process_instance_id = :instance and status = 'OPEN' order by task_key
                """)
                .param("instance", instance)
                .query(String.class)
                .list();
    }

    private String open(String instance, String task) {
        return jdbc.sql(
                        """
                select work_item_id from worklist.work_item
                where process_instance_id = :instance and status = 'OPEN' and task_key = :task
                """)
                .param("instance", instance)
                .param("task", task)
                .query(UUID.class)
                .single()
                .toString();
    }

    private void complete(String instance, String task) {
        verb(USER, open(instance, task), "complete", Map.of("data", Map.of()));
    }

    private Instant timer(String instance, String edge) {
        return management
                .createJobQuery()
                .processInstanceId(instance)
                .activityId(edge)
                .singleResult()
                .getDuedate()
                .toInstant();
    }
}
