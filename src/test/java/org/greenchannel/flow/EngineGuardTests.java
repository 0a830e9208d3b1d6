package org.greenchannel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.Variables;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.TestModels;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.support.AppTest;
import org.greenchannel.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine locked down: whatever a model or a query says, it reaches nothing of the application. */
@AppTest
class EngineGuardTests {

    /** Each is valid EL that would reach for reflection, the engine, a bean or a function. */
    private static final List<String> HOSTILE = List.of(
            "${''.getClass()}",
            "${''['class']}",
            "${execution.getClass().getClassLoader()}",
            "${execution.class.classLoader}",
            "${execution.processEngineServices}",
            "${execution.getProcessEngineServices().getRuntimeService()}",
            "${execution.setVariable('hostile', 'yes')}",
            "${execution.bpmnModelInstance}",
            "${clock.getClass().forName('java.lang.Runtime')}",
            "${clock.hard('T03').getClass().forName('java.lang.Runtime')}",
            "${dataSource}",
            "${canary.touch()}",
            "${processEngine.repositoryService}",
            "${dateTime().getClass()}");

    private static final String REFUSAL =
            "refused in a model|[Cc]annot resolve identifier|[Uu]nknown (property|method|function)|[Cc]ould not resolve function";

    @LocalServerPort
    private int port;

    @Autowired
    private TestClock clock;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private DecisionService decisions;

    @Autowired
    private Processes processes;

    @Autowired
    private Accounts accounts;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    private final List<String> deployments = new ArrayList<>();
    private Api api;
    private Journey journey;

    @BeforeEach
    void open() {
        api = new Api(port);
        journey = new Journey(api, clock);
    }

    @AfterEach
    void tidy() {
        deployments.forEach(id -> repository.deleteDeployment(id, true, true, true));
    }

    private void deploy(Map<String, String> resources) {
        deployments.add(TestModels.deploy(context, resources));
    }

    private UUID newCase() {
        journey.start("officer", Map.of());
        return jdbc.sql("select case_file_id from casefile.case_file where number = :number")
                .param("number", journey.number())
                .query(UUID.class)
                .single();
    }

    private static String chain(Throwable thrown) {
        var text = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(cause.getClass().getSimpleName())
                    .append(": ")
                    .append(cause.getMessage())
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void hostileExpressionsAreRefusedInEveryPlace() {
        Map<String, String> models = new LinkedHashMap<>();
        for (String place : HostileModels.places()) {
            for (int i = 0; i < HOSTILE.size(); i++) {
                String id = "hostile-" + place + "-" + i;
                models.put(id + ".bpmn", HostileModels.process(id, place, HOSTILE.get(i)));
            }
        }
        deploy(models);
        String businessKey = newCase().toString();

        var softly = new SoftAssertions();
        for (String place : HostileModels.places()) {
            for (int i = 0; i < HOSTILE.size(); i++) {
                String id = "hostile-" + place + "-" + i;
                softly.assertThatThrownBy(() -> runtime.startProcessInstanceByKey(id, businessKey))
                        .as("%s: %s", place, HOSTILE.get(i))
                        .satisfies(thrown -> assertThat(chain(thrown)).containsPattern(REFUSAL));
            }
        }
        softly.assertAll();
        assertThat(runtime.createVariableInstanceQuery().variableName("hostile").count())
                .isZero();
    }

    @Test
    void harmlessExpressionsWorkInTheSamePlaces() {
        Map<String, String> models = new LinkedHashMap<>();
        List<String> places = List.of("condition", "groups", "input", "inputList", "taskListener", "listener");
        for (String place : places) {
            String expression = place.equals("condition") ? "${flag == true}" : "${execution.processBusinessKey}";
            models.put("plain-" + place + ".bpmn", HostileModels.process("plain-" + place, place, expression));
        }
        models.put("plain-due.bpmn", HostileModels.process("plain-due", "due", "${clock.hard('T03')}"));
        deploy(models);
        String businessKey = newCase().toString();

        for (String place : models.keySet()) {
            String id = place.replace(".bpmn", "");
            assertThat(runtime.startProcessInstanceByKey(id, businessKey, Map.of("flag", true))
                            .isEnded())
                    .as(id)
                    .isFalse();
        }
    }

    @Test
    void scriptsClassesAndForeignBeansNeverRun() {
        String wait = "<receiveTask id=\"it\" messageRef=\"m\"><extensionElements>%s</extensionElements></receiveTask>";
        Map<String, String> bodies = new LinkedHashMap<>();
        for (String language : List.of("juel", "feel", "javascript", "groovy")) {
            bodies.put(
                    "script-" + language,
                    HostileModels.ended("<scriptTask id=\"it\" scriptFormat=\"" + language + "\"><script>${1}</script>"
                            + "</scriptTask>"));
            bodies.put(
                    "script-listener-" + language,
                    wait.formatted("<camunda:executionListener event=\"start\"><camunda:script scriptFormat=\""
                            + language + "\">${1}</camunda:script></camunda:executionListener>"));
            bodies.put(
                    "script-input-" + language,
                    wait.formatted(
                            "<camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script scriptFormat=\""
                                    + language
                                    + "\">${1}</camunda:script></camunda:inputParameter></camunda:inputOutput>"));
        }
        bodies.put(
                "class-task",
                HostileModels.ended("<serviceTask id=\"it\" camunda:class=\"" + Canary.class.getName() + "\"/>"));
        bodies.put(
                "class-listener",
                wait.formatted(
                        "<camunda:executionListener event=\"start\" class=\"" + Canary.class.getName() + "\"/>"));
        bodies.put(
                "class-task-listener",
                "<userTask id=\"it\"><extensionElements><camunda:taskListener event=\"create\" class=\""
                        + Canary.class.getName() + "\"/></extensionElements></userTask>");
        bodies.put(
                "bean",
                HostileModels.ended("<serviceTask id=\"it\" camunda:delegateExpression=\"${workItemObserver}\"/>"));
        Map<String, String> models = new LinkedHashMap<>();
        bodies.forEach((id, body) -> models.put(id + ".bpmn", HostileModels.body(id, body)));
        deploy(models);
        String businessKey = newCase().toString();
        Canary.touched = 0;

        var softly = new SoftAssertions();
        bodies.keySet()
                .forEach(id -> softly.assertThatThrownBy(() -> runtime.startProcessInstanceByKey(id, businessKey))
                        .as(id)
                        .isInstanceOf(ProcessEngineException.class));
        softly.assertThat(Canary.touched).isZero();
        softly.assertAll();
    }

    @Test
    void decisionsReachNothingEither() {
        Map<String, String> models = new LinkedHashMap<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            models.put("dmn-" + i + ".dmn", HostileModels.decision("dmn-" + i, "juel", HOSTILE.get(i)));
        }
        models.put("dmn-js.dmn", HostileModels.decision("dmn-js", "javascript", "1"));
        models.put("dmn-plain.dmn", HostileModels.decision("dmn-plain", "juel", "${flag}"));
        deploy(models);
        var variables = Variables.createVariables().putValue("flag", "x").putValue("execution", "x");

        assertThat(decisions
                        .evaluateDecisionTableByKey("dmn-plain", variables)
                        .getSingleResult()
                        .getSingleEntry()
                        .toString())
                .isEqualTo("ok");
        var softly = new SoftAssertions();
        for (String id : models.keySet()) {
            if (!id.equals("dmn-plain.dmn")) {
                softly.assertThatThrownBy(() -> decisions.evaluateDecisionTableByKey(id.replace(".dmn", ""), variables))
                        .as(id)
                        .isInstanceOf(RuntimeException.class);
            }
        }
        softly.assertAll();
    }

    /** Must never be made or called. */
    public static final class Canary
            implements org.camunda.bpm.engine.delegate.JavaDelegate,
                    org.camunda.bpm.engine.delegate.ExecutionListener,
                    org.camunda.bpm.engine.delegate.TaskListener {
        static volatile int touched;

        public Canary() {
            touched++;
        }

        @Override
        public void execute(org.camunda.bpm.engine.delegate.DelegateExecution execution) {
            touched++;
        }

        @Override
        public void notify(org.camunda.bpm.engine.delegate.DelegateExecution execution) {
            touched++;
        }

        @Override
        public void notify(org.camunda.bpm.engine.delegate.DelegateTask task) {
            touched++;
        }
    }

    @Test
    void nobodyDeploysWhileTheApplicationRuns() {
        long before = repository.createDeploymentQuery().count();
        assertThatThrownBy(() -> repository
                        .createDeployment()
                        .addString("late.bpmn", HostileModels.body("late", "<receiveTask id=\"it\" messageRef=\"m\"/>"))
                        .deploy())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("start-up");
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    }

    @Test
    void expressionsInQueriesAreRefusedOnBothChains() {
        List<TaskQuery> hostile = List.of(
                tasks.createTaskQuery().taskAssigneeExpression("${canary}"),
                tasks.createTaskQuery().or().taskAssigneeExpression("${canary}").endOr(),
                tasks.createTaskQuery()
                        .taskName("x")
                        .or()
                        .taskName("y")
                        .taskCandidateGroupInExpression("${canary}")
                        .endOr(),
                tasks.createTaskQuery()
                        .or()
                        .taskName("a")
                        .endOr()
                        .or()
                        .followUpBeforeExpression("${canary}")
                        .endOr());
        CommandExecutor apart = configuration().getCommandExecutorTxRequiresNew();
        for (TaskQuery query : hostile) {
            assertThatThrownBy(query::list).hasMessageContaining("expressions in queries");
            assertThatThrownBy(query::count).hasMessageContaining("expressions in queries");
            assertThatThrownBy(() -> query.listPage(0, 1)).hasMessageContaining("expressions in queries");
            assertThatThrownBy(() -> apart.execute((org.camunda.bpm.engine.impl.interceptor.Command<?>) query))
                    .hasMessageContaining("expressions in queries");
        }
    }

    @Test
    void plainOrQueriesWork() {
        newCase();
        String key = "RecordScene";
        TaskQuery query = tasks.createTaskQuery()
                .or()
                .taskDefinitionKey(key)
                .taskDefinitionKey("NoSuchTask")
                .endOr();
        assertThat(tasks.createTaskQuery()
                        .or()
                        .taskDefinitionKey(key)
                        .taskName("x")
                        .endOr()
                        .count())
                .isPositive();
        assertThat(query.listPage(0, 10)).isEmpty();
    }

    @Test
    void storedFiltersCannotSmuggleExpressions() {
        var filters = engine.getFilterService();
        assertThatThrownBy(() -> {
                    var filter = filters.newTaskFilter("hostile")
                            .setQuery(tasks.createTaskQuery()
                                    .or()
                                    .taskAssigneeExpression("${canary}")
                                    .endOr());
                    filters.saveFilter(filter);
                })
                .isInstanceOf(RuntimeException.class);
        assertThat(jdbc.sql("select count(*) from act_ru_filter")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void onlyTheEnginesOwnScriptFactoriesExistAndNoneIsReachable() {
        var found = new ArrayList<String>();
        new javax.script.ScriptEngineManager()
                .getEngineFactories()
                .forEach(factory -> found.add(factory.getClass().getName()));
        // part of the engine and of its FEEL library; the engine is told not to use any (see the script test)
        assertThat(found)
                .isSubsetOf(
                        "org.camunda.bpm.engine.impl.scripting.engine.JuelScriptEngineFactory",
                        "org.camunda.feel.impl.script.FeelScriptEngineFactory",
                        "org.camunda.feel.impl.script.FeelUnaryTestsScriptEngineFactory");
        for (String language : List.of("juel", "JUEL", "feel", "javascript", "groovy", "python")) {
            assertThat(configuration().getScriptEngineResolver().getScriptEngine(language, false))
                    .as(language)
                    .isNull();
        }
    }

    private ProcessEngineConfigurationImpl configuration() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    @Test
    void settingsArePinned() {
        ProcessEngineConfigurationImpl c = configuration();
        assertThat(c.getHistoryLevel()).isEqualTo(HistoryLevel.HISTORY_LEVEL_FULL);
        assertThat(c.isEnforceHistoryTimeToLive()).isTrue();
        assertThat(c.getQueryMaxResultsLimit()).isEqualTo(1000);
        assertThat(c.isJavaSerializationFormatEnabled()).isFalse();
        assertThat(c.isDeserializationTypeValidationEnabled()).isTrue();
        assertThat(c.isEnableExpressionsInAdhocQueries()).isFalse();
        assertThat(c.isEnableExpressionsInStoredQueries()).isFalse();
        assertThat(c.isEnableXxeProcessing()).isFalse();
        assertThat(c.isTenantCheckEnabled()).isTrue();
        assertThat(c.isMetricsEnabled()).isFalse();
        assertThat(c.isDbMetricsReporterActivate()).isFalse();
        assertThat(c.getDatabaseSchemaUpdate()).isEqualTo("false");
        assertThat(c.getProcessEnginePlugins()).isEmpty();
        for (String table : List.of("act_id_user", "act_id_group", "act_ru_authorization", "act_ru_ext_task")) {
            assertThat(jdbc.sql("select count(*) from " + table)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void unboundedQueriesAreRefused() {
        newCase();
        // the engine asks it of the signed-in only, as whom every call of the product runs
        engine.getIdentityService().setAuthenticatedUserId("officer");
        try {
            assertThatThrownBy(() -> tasks.createTaskQuery().list()).hasMessageContaining("unbound");
            assertThat(tasks.createTaskQuery().listPage(0, 1)).hasSize(1);
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    @Test
    void theOperationLogNamesWhoCompleted() {
        UUID id = newCase();
        journey.complete("officer", "RecordScene", Map.of());

        List<String> users = jdbc.sql(
                        """
                        select o.user_id_ from act_hi_op_log o
                        join act_hi_procinst p on p.proc_inst_id_ = o.proc_inst_id_
                        where p.business_key_ = :case and o.operation_type_ = 'Complete' and o.entity_type_ = 'Task'
                        """)
                .param("case", id.toString())
                .query(String.class)
                .list();
        assertThat(users).isNotEmpty().containsOnly("officer");
    }

    @Test
    void onlyFactsBecomeVariables() {
        UUID id = newCase();
        Viewer officer = accounts.viewer("officer");
        var inside = new TransactionTemplate(transactions);
        Map<String, Object> bad = new LinkedHashMap<>();
        bad.put("longText", "测".repeat(201));
        bad.put("map", Map.of("a", 1));
        bad.put("list", List.of("a"));
        bad.put("bytes", new byte[] {1});
        bad.put("object", new StringBuilder("x"));
        bad.put("Not_a_name", "x");
        bad.put("na me", "x");
        bad.forEach((name, value) -> {
            Map<String, Object> facts = Map.of(name, value);
            assertThatThrownBy(() -> inside.executeWithoutResult(
                            status -> processes.start("emergency-admission", id, facts, officer)))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> inside.executeWithoutResult(
                            status -> processes.correlate(id, "person-died", facts, officer)))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        });
        String task = tasks.createTaskQuery()
                .processInstanceBusinessKey(id.toString())
                .listPage(0, 1)
                .get(0)
                .getId();
        assertThatThrownBy(() -> inside.executeWithoutResult(
                        status -> processes.complete(task, Map.of("text", "x".repeat(201)), officer)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(tasks.createTaskQuery().taskId(task).count()).isEqualTo(1);
    }

    @Test
    void javaObjectsAreNotStored() {
        UUID id = newCase();
        String instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(id.toString())
                .listPage(0, 1)
                .get(0)
                .getId();
        assertThatThrownBy(() -> runtime.setVariable(
                        instance,
                        "object",
                        Variables.serializedObjectValue("rO0ABXQAAXg=")
                                .serializationDataFormat("application/x-java-serialized-object")
                                .objectTypeName("java.lang.String")
                                .create()))
                .isInstanceOf(ProcessEngineException.class);
    }
}
