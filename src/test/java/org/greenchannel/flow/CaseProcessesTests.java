package org.greenchannel.flow;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseProcesses;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TestModels;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.person.Persons;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One case with several processes: starting, telling, linking, closing and opening again, on a real database. */
@AppTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseProcessesTests {

    private static final String AREA = "990105001001";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private HistoryService history;

    @Autowired
    private Processes processes;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private CaseProcesses caseProcesses;

    @Autowired
    private Persons persons;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Organisations organisations;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    private final List<String> deployments = new ArrayList<>();

    @BeforeAll
    void deploy() {
        Map<String, String> models = new LinkedHashMap<>();
        Models.ALL.forEach((key, body) -> models.put(key + ".bpmn", Models.process(key, body)));
        deployments.add(TestModels.deploy(context, models));
    }

    @AfterAll
    void tidy() {
        deployments.forEach(id -> repository.deleteDeployment(id, true, true, true));
    }

    /** Small models: each does one thing and then waits, or does not. */
    private static final class Models {
        static final String WAIT = "<receiveTask id=\"wait\" messageRef=\"M\"/>";
        static final String WAIT2 = "<receiveTask id=\"wait2\" messageRef=\"M\"/>";

        /** Key to body; {@code in} is the flow from the start and {@code out} the one to the end. */
        static final Map<String, String> ALL = Map.ofEntries(
                entry("t-wait", flow(WAIT, "wait")),
                entry("t-two-waits", "<property/>" + parallelWaits()),
                entry("t-done", flow(step("nothing", "addParticipant", "role=x"), "nothing")),
                entry(
                        "t-defaults",
                        property("defaults", "urgency=ROUTINE; known=false;tries=0;hospital=;share=12.5")
                                + flow(WAIT, "wait")),
                entry(
                        "t-caller",
                        flow(
                                "<callActivity id=\"call\" calledElement=\"t-defaults\"><extensionElements>"
                                        + "<camunda:in businessKey=\"#{execution.processBusinessKey}\"/>"
                                        + "<camunda:in source=\"tries\" target=\"tries\"/></extensionElements></callActivity>",
                                "call")),
                entry(
                        "t-start-same",
                        flow(
                                step(
                                        "go",
                                        "startProcess",
                                        "process=t-wait",
                                        "facts=danger,limit",
                                        "fact_source=WARD",
                                        "fact_urgent=true",
                                        "fact_days=7",
                                        "fact_nothing="),
                                "go")),
                entry("t-start-once", flow(step("go", "startProcess", "process=t-wait", "once=true"), "go")),
                entry(
                        "t-start-linked",
                        flow(
                                step(
                                        "go",
                                        "startProcess",
                                        "process=t-wait",
                                        "case=LINKED",
                                        "link=CAUSED_BY",
                                        "area=990105001002",
                                        "fact_source=WARD"),
                                "go")),
                entry(
                        "t-send",
                        flow(step("go", "sendMessage", "message=m", "fact_reason=TOLD") + WAIT2, "go", "wait2")),
                entry(
                        "t-start-and-send",
                        flow(
                                step("go", "startProcess", "process=t-wait")
                                        + step("tell", "sendMessage", "message=m", "fact_reason=AFTER"),
                                "go",
                                "tell")),
                entry("t-send-linked", flow(step("go", "sendMessage", "message=m", "to=LINKED"), "go")),
                entry("t-send-person", flow(step("go", "sendMessage", "message=m", "to=PERSON"), "go")),
                entry(
                        "t-observe",
                        flow(
                                step("observe", "changeLegalStatus", "status=OBSERVATION")
                                        + "<receiveTask id=\"stay\" messageRef=\"Leave\"/>"
                                        + step("release", "changeLegalStatus", "status=RELEASED")
                                        + "<receiveTask id=\"paper\" messageRef=\"Stay\"/>",
                                "observe",
                                "stay",
                                "release",
                                "paper")),
                entry("t-admit", flow(step("observe", "changeLegalStatus", "status=OBSERVATION"), "observe")),
                entry("t-release", flow(step("release", "changeLegalStatus", "status=RELEASED"), "release")),
                entry("t-stay", flow("<receiveTask id=\"stay\" messageRef=\"Stay\"/>", "stay")),
                entry(
                        "t-settings",
                        flow(
                                step(
                                                "read",
                                                "readSettings",
                                                "guardianDays=guardianRefusal.followUpDays",
                                                "school=signatory.schoolAllowed",
                                                "grade=observation.minDoctorGrade",
                                                "plan=assessment.plan",
                                                "missing=nowhere.at.all")
                                        + step("join", "addParticipant", "role=rescue", "organisation=zz-hosp-2")
                                        + WAIT,
                                "read",
                                "join",
                                "wait")),
                entry(
                        "t-timer",
                        flow(
                                "<intermediateCatchEvent id=\"soon\"><timerEventDefinition><timeDuration>PT0S</timeDuration>"
                                        + "</timerEventDefinition></intermediateCatchEvent>"
                                        + step("go", "startProcess", "process=t-wait"),
                                "soon",
                                "go")));

        private Models() {}

        static String property(String name, String value) {
            return "<extensionElements><camunda:properties><camunda:property name=\"" + name + "\" value=\"" + value
                    + "\"/></camunda:properties></extensionElements>";
        }

        static String step(String id, String step, String... parameters) {
            var inputs = new StringBuilder();
            for (String parameter : parameters) {
                int equals = parameter.indexOf('=');
                inputs.append("<camunda:inputParameter name=\"")
                        .append(parameter, 0, equals)
                        .append("\">")
                        .append(parameter.substring(equals + 1))
                        .append("</camunda:inputParameter>");
            }
            return "<serviceTask id=\"" + id + "\" camunda:delegateExpression=\"${" + step
                    + "}\"><extensionElements><camunda:inputOutput>" + inputs
                    + "</camunda:inputOutput></extensionElements></serviceTask>";
        }

        /** The elements in a row between a start and an end. */
        static String flow(String elements, String... ids) {
            var flows = new StringBuilder();
            String before = "start";
            for (int i = 0; i <= ids.length; i++) {
                String next = i == ids.length ? "end" : ids[i];
                flows.append("<sequenceFlow id=\"f")
                        .append(i)
                        .append("\" sourceRef=\"")
                        .append(before)
                        .append("\" targetRef=\"")
                        .append(next)
                        .append("\"/>");
                before = next;
            }
            return "<startEvent id=\"start\"/><endEvent id=\"end\"/>" + elements + flows;
        }

        private static String parallelWaits() {
            return "<startEvent id=\"start\"/><endEvent id=\"end\"/><parallelGateway id=\"fork\"/><parallelGateway id=\"join\"/>"
                    + "<receiveTask id=\"a\" messageRef=\"M\"/><receiveTask id=\"b\" messageRef=\"M\"/>"
                    + "<sequenceFlow id=\"f0\" sourceRef=\"start\" targetRef=\"fork\"/>"
                    + "<sequenceFlow id=\"f1\" sourceRef=\"fork\" targetRef=\"a\"/>"
                    + "<sequenceFlow id=\"f2\" sourceRef=\"fork\" targetRef=\"b\"/>"
                    + "<sequenceFlow id=\"f3\" sourceRef=\"a\" targetRef=\"join\"/>"
                    + "<sequenceFlow id=\"f4\" sourceRef=\"b\" targetRef=\"join\"/>"
                    + "<sequenceFlow id=\"f5\" sourceRef=\"join\" targetRef=\"end\"/>";
        }

        static String process(String key, String body) {
            return """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                      xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
                    <message id="M" name="m"/><message id="Leave" name="leave"/><message id="Stay" name="stay-ended"/>
                    <process id="%s" name="%s" isExecutable="true" camunda:historyTimeToLive="P1D">%s</process></definitions>
                    """
                    .formatted(key, key, body.replace("<property/>", ""));
        }
    }

    // ---- what tests do

    private Viewer officer() {
        return accounts.viewer("officer");
    }

    private UUID newPerson() {
        return in(() -> persons.register(Map.of("sex", "1"), officer()));
    }

    private UUID newCase(UUID person) {
        return in(() -> cases.open("t-wait", person, AREA, officer()).id());
    }

    private UUID newCase() {
        return newCase(newPerson());
    }

    private <T> T in(java.util.function.Supplier<T> action) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> action.get()));
    }

    private String start(String process, UUID caseId, Map<String, ? extends @Nullable Object> facts) {
        return in(() -> processes.start(process, caseId, facts, officer()));
    }

    private List<String> instances(UUID caseId, String process) {
        return history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseId.toString())
                .processDefinitionKey(process)
                .orderByProcessInstanceStartTime()
                .asc()
                .listPage(0, 50)
                .stream()
                .map(each -> each.getId())
                .toList();
    }

    private boolean runs(String instance) {
        return runtime.createProcessInstanceQuery().processInstanceId(instance).count() == 1;
    }

    private boolean open(UUID caseId) {
        return cases.byId(caseId).closedAt() == null;
    }

    private void tell(UUID caseId, String message) {
        in(() -> {
            caseProcesses.tell(caseId, message, Map.of());
            return true;
        });
    }

    // ---- defaults

    @Test
    void whatIsMissingAtStartGetsItsDefault() {
        String instance = start("t-defaults", newCase(), Map.of("tries", 3));
        assertThat(processes.variables(instance))
                .containsEntry("urgency", "ROUTINE")
                .containsEntry("known", false)
                .containsEntry("tries", 3)
                .containsEntry("hospital", null)
                .containsEntry("share", "12.5");
    }

    @Test
    void aCalledProcessGetsItsDefaultsToo() {
        UUID caseId = newCase();
        start("t-caller", caseId, Map.of("tries", 5));
        Map<String, @Nullable Object> called =
                processes.variables(instances(caseId, "t-defaults").get(0));
        assertThat(called)
                .containsEntry("tries", 5)
                .containsEntry("known", false)
                .containsEntry("hospital", null);
    }

    // ---- startProcess

    @Test
    void aProcessInTheSameCaseKnowsTheCaseAndWhatWasHandedOver() {
        UUID caseId = newCase();
        Map<String, @Nullable Object> facts = new HashMap<>(Map.of("danger", "RISK", "hospital", "zz-hosp-8"));
        facts.put("limit", 110);
        String sender = start("t-start-same", caseId, facts);
        Map<String, @Nullable Object> variables =
                processes.variables(instances(caseId, "t-wait").get(0));
        assertThat(variables)
                .containsEntry("danger", "RISK")
                .containsEntry("limit", 110)
                .containsEntry("hospital", "zz-hosp-8")
                .containsEntry("source", "WARD")
                .containsEntry("urgent", true)
                .containsEntry("days", 7)
                .containsEntry("nothing", null)
                .containsEntry("caseId", caseId.toString())
                .containsEntry("starterRole", "system");
        assertThat(processes.variables(sender))
                .containsEntry("startedCase", cases.byId(caseId).number());
    }

    @Test
    void whoActsStartsWhatAStepStarts() {
        UUID caseId = newCase();
        start("t-start-same", caseId, Map.of());
        assertThat(history.createHistoricProcessInstanceQuery()
                        .processInstanceId(instances(caseId, "t-wait").get(0))
                        .singleResult()
                        .getStartUserId())
                .isEqualTo("officer");
    }

    @Test
    void aTimerStartsAsTheSystemAndClosesNothingBehindItself() throws InterruptedException {
        UUID caseId = newCase();
        start("t-timer", caseId, Map.of());
        for (int i = 0; i < 100 && instances(caseId, "t-wait").isEmpty(); i++) {
            Thread.sleep(200);
        }
        List<String> started = instances(caseId, "t-wait");
        assertThat(started).hasSize(1);
        assertThat(history.createHistoricProcessInstanceQuery()
                        .processInstanceId(started.get(0))
                        .singleResult()
                        .getStartUserId())
                .isNull();
        assertThat(open(caseId)).isTrue();
        assertThat(lines(caseId, "CASE")).noneMatch(line -> line.contains("办结"));
    }

    @Test
    void onceMeansNotWhileItRuns() {
        UUID caseId = newCase();
        start("t-start-once", caseId, Map.of());
        start("t-start-once", caseId, Map.of());
        assertThat(instances(caseId, "t-wait")).hasSize(1);
        tell(caseId, "m");
        start("t-start-once", caseId, Map.of());
        assertThat(instances(caseId, "t-wait")).hasSize(2);
    }

    @Test
    void aLinkedCaseIsSeenFromBothSides() {
        Api api = new Api(port);
        Journey journey = new Journey(api, clock).start("officer", Map.of());
        CaseSummary origin = cases.byNumber(journey.number()).orElseThrow();
        String sender = start("t-start-linked", origin.id(), Map.of());
        String number = String.valueOf(processes.variables(sender).get("startedCase"));
        CaseSummary linked = cases.byNumber(number).orElseThrow();

        assertThat(linked.personId()).isEqualTo(origin.personId());
        assertThat(linked.areaCode()).isEqualTo("990105001002");
        assertThat(linked.processKey()).isEqualTo("t-wait");
        assertThat(processes.variables(instances(linked.id(), "t-wait").get(0)))
                .containsEntry("source", "WARD")
                .containsEntry("caseNumber", number)
                .doesNotContainKey("police");
        var fromOrigin = api.get("supervisor", "/api/v1/cases/" + origin.number())
                .expect(200)
                .json()
                .get("links");
        assertThat(fromOrigin).hasSize(1);
        assertThat(fromOrigin.get(0).get("number").asString()).isEqualTo(number);
        assertThat(fromOrigin.get(0).get("direction").asString()).isEqualTo("LATER");
        var fromLinked = api.get("supervisor", "/api/v1/cases/" + number)
                .expect(200)
                .json()
                .get("links");
        assertThat(fromLinked.get(0).get("number").asString()).isEqualTo(origin.number());
        assertThat(fromLinked.get(0).get("kind").asString()).isEqualTo("CAUSED_BY");
        assertThat(fromLinked.get(0).get("direction").asString()).isEqualTo("ORIGIN");
        // who may read only one of them does not learn of the other
        assertThat(api.get("triage", "/api/v1/cases/" + number).status()).isEqualTo(404);
    }

    @Test
    void anUnknownProcessFailsTheWholeAction() {
        UUID caseId = newCase();
        assertThatThrownBy(() -> in(() -> {
                    caseProcesses.start(caseId, "t-nowhere", Map.of());
                    return true;
                }))
                .isInstanceOf(Problem.class);
    }

    // ---- sendMessage

    @Test
    void everythingThatWaitsGetsAMessageButNeverItsSender() {
        UUID caseId = newCase();
        String one = start("t-wait", caseId, Map.of());
        String both = start("t-two-waits", caseId, Map.of());
        String other = start("t-wait", newCase(), Map.of());
        String sender = start("t-send", caseId, Map.of());
        assertThat(runs(one)).isFalse();
        assertThat(runs(both)).isFalse();
        assertThat(runs(sender)).isTrue();
        assertThat(runs(other)).isTrue();
        assertThat(processes.variables(one)).containsEntry("reason", "TOLD");
        assertThat(processes.variables(both)).containsEntry("reason", "TOLD");
    }

    @Test
    void whatTheSameRunStartedHearsWhatItSends() {
        UUID caseId = newCase();
        start("t-start-and-send", caseId, Map.of());
        String started = instances(caseId, "t-wait").get(0);
        assertThat(runs(started)).isFalse();
        assertThat(processes.variables(started)).containsEntry("reason", "AFTER");
        assertThat(open(caseId)).isFalse();
    }

    @Test
    void nobodyWaitingIsNoErrorForModelsAndIsOneForPeople() {
        UUID caseId = newCase();
        String sender = start("t-send", caseId, Map.of());
        assertThat(runs(sender)).isTrue();
        assertThatThrownBy(() -> in(() -> {
                    processes.correlate(caseId, "leave", Map.of(), officer());
                    return true;
                }))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo("message-not-expected"));
    }

    @Test
    void linkedCasesAndCasesOfThePersonAreTold() {
        UUID person = newPerson();
        UUID caseId = newCase(person);
        UUID second = newCase(person);
        String linkedSender = start("t-start-linked", caseId, Map.of());
        UUID linked = cases.byNumber(
                        String.valueOf(processes.variables(linkedSender).get("startedCase")))
                .orElseThrow()
                .id();
        String inSecond = start("t-wait", second, Map.of());
        String inLinked = instances(linked, "t-wait").get(0);

        start("t-send-linked", caseId, Map.of());
        assertThat(runs(inLinked)).isFalse();
        assertThat(runs(inSecond)).isTrue();

        start("t-send-person", caseId, Map.of());
        assertThat(runs(inSecond)).isFalse();
    }

    @Test
    void theEndOfAStayIsToldToTheWholeCaseButNotToWhoEndedIt() {
        UUID caseId = newCase();
        String stay = start("t-stay", caseId, Map.of());
        String ward = start("t-observe", caseId, Map.of());
        assertThat(runs(stay)).isTrue();
        tell(caseId, "leave");
        assertThat(cases.byId(caseId).legalStatus()).isEqualTo("RELEASED");
        assertThat(runs(stay)).isFalse();
        assertThat(processes.variables(stay)).containsEntry("endStatus", "RELEASED");
        assertThat(runs(ward)).isTrue();
    }

    // ---- life of a case

    @Test
    void aCaseClosesWithItsLastProcessAndOpensWithANewOne() {
        UUID caseId = newCase();
        start("t-wait", caseId, Map.of());
        start("t-wait", caseId, Map.of());
        assertThat(open(caseId)).isTrue();
        tell(caseId, "m");
        assertThat(open(caseId)).isFalse();
        String again = start("t-wait", caseId, Map.of());
        assertThat(open(caseId)).isTrue();
        assertThat(lines(caseId, "CASE")).anyMatch(line -> line.contains("恢复"));
        tell(caseId, "m");
        assertThat(runs(again)).isFalse();
        assertThat(open(caseId)).isFalse();
    }

    @Test
    void aPersonInHospitalKeepsTheCaseOpen() {
        UUID caseId = newCase();
        start("t-admit", caseId, Map.of());
        assertThat(cases.byId(caseId).legalStatus()).isEqualTo("OBSERVATION");
        assertThat(open(caseId)).isTrue();
        start("t-release", caseId, Map.of());
        assertThat(open(caseId)).isFalse();
    }

    private List<String> lines(UUID caseId, String kind) {
        return jdbc.sql("select title_zh from casefile.timeline where case_file_id = :id and kind = :kind")
                .param("id", caseId)
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    // ---- settings and participants

    @Test
    void settingsOfTheCityBecomeVariablesOfTheirType() {
        UUID caseId = newCase();
        String instance = start("t-settings", caseId, Map.of());
        assertThat(processes.variables(instance))
                .containsEntry("guardianDays", 14)
                .containsEntry("school", false)
                .containsEntry("grade", "ATTENDING")
                .containsEntry("plan", "3,7,14,30")
                .containsEntry("missing", null);
        assertThat(organisations.settings("guardianRefusal")).containsEntry("followUpDays", 14);
        assertThat(cases.participants(caseId))
                .anyMatch(part ->
                        part.role().equals("rescue") && part.organisation().equals("zz-hosp-2"));
    }
}
