package org.greenchannel.process;

import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.init;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageInMemProcessEngineConfiguration;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.greenchannel.engine.ParsedOnceFeel;
import org.yaml.snakeyaml.Yaml;

/**
 * The models alone: a plain engine in memory with every process, decision and form, steps that only record their
 * parameters, and a clock that tests move. One harness serves one test class; each test begins with {@link #reset()}.
 */
final class ProcessHarness {

    /** When every test begins: a Monday morning. */
    static final Instant START = Instant.parse("2026-11-23T00:30:00Z");

    private static final List<Path> ROOTS = List.of(Path.of("processes"), Path.of("forms"));

    /** The harness whose engine is open. */
    private static ProcessHarness current;

    private final RecordedSteps steps = new RecordedSteps();
    private final List<Started> started = new ArrayList<>();
    private final ProcessCoverageInMemProcessEngineConfiguration configuration = configuration();
    private ProcessEngineCoverageExtension coverage;
    private String businessKey;

    private record Started(String process, String activity) {}

    /** The coverage of one process; the test class fails below 100 % of its nodes and flows. */
    ProcessEngineCoverageExtension coverage(String process) {
        coverage = ProcessEngineCoverageExtension.builder(configuration)
                .excludeProcessDefinitionKeys(others(process))
                .assertClassCoverageAtLeast(complete(process))
                .build();
        return coverage;
    }

    private static String[] others(String process) {
        try (Stream<Path> folders = Files.list(Path.of("processes"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(key -> !key.equals(process))
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The ratio of a complete coverage: 1, but less the flows behind event-based gateways. The engine never takes
     * those, it waits at the gateway and goes on from the event, which is counted.
     */
    private static double complete(String process) {
        var model = Bpmn.readModelFromFile(
                Path.of("processes", process, process + ".bpmn").toFile());
        var flows = model.getModelElementsByType(SequenceFlow.class);
        long untaken = flows.stream()
                .filter(flow -> flow.getSource() instanceof EventBasedGateway)
                .count();
        int elements =
                flows.size() + model.getModelElementsByType(FlowNode.class).size();
        return (elements - untaken) / (double) elements;
    }

    private ProcessCoverageInMemProcessEngineConfiguration configuration() {
        var c = new ProcessCoverageInMemProcessEngineConfiguration();
        c.setProcessEngineName("models-" + UUID.randomUUID());
        c.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        c.setJobExecutorActivate(false);
        c.setEnforceHistoryTimeToLive(true);
        c.setMetricsEnabled(false);
        var decisions = new DefaultDmnEngineConfiguration();
        decisions.setFeelEngineFactory(new ParsedOnceFeel());
        c.setDmnEngineConfiguration(decisions);
        Map<Object, Object> beans = new HashMap<>(steps.delegates());
        beans.put("clock", new FixedClocks());
        c.setBeans(beans);
        c.setCustomHistoryEventHandlers(new ArrayList<>(List.of(new Recorder())));
        return c;
    }

    /** Deploys every model once, forgets earlier cases and calls, and sets the time to {@link #START}. */
    void reset() {
        closeOther();
        init(engine());
        if (engine().getRepositoryService().createDeploymentQuery().count() == 0) {
            deploy();
        }
        engine().getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> engine().getRuntimeService()
                        .deleteProcessInstance(instance.getId(), "end of test", false, true));
        started.clear();
        steps.reset();
        ClockUtil.setCurrentTime(Date.from(START));
        businessKey = UUID.randomUUID().toString();
    }

    /** One engine at a time: two dozen of them, each with all models in a database in memory, would fill the heap. */
    private void closeOther() {
        ProcessHarness other = current;
        current = this;
        if (other == null || other == this) {
            return;
        }
        String url = other.configuration.getJdbcUrl();
        // the test class keeps its harness for ever: what was read of the models goes now
        other.configuration.getDeploymentCache().purgeCache();
        other.engine().close();
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deploy() {
        var deployment = engine().getRepositoryService().createDeployment().name("models");
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"))
                        .sorted()
                        .forEach(file -> {
                            try {
                                deployment.addString(file.toString().replace('\\', '/'), Files.readString(file));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        deployment.deploy();
    }

    /** Engine. */
    ProcessEngine engine() {
        return coverage.getProcessEngine();
    }

    /** What the steps did and what they answer. */
    RecordedSteps steps() {
        return steps;
    }

    /** Starts a process for a new case; every fact is a name followed by its value. */
    ProcessInstance start(String process, Object... facts) {
        Map<String, Object> variables = facts(facts);
        variables.put("caseId", businessKey);
        variables.put("caseNumber", "T-0001");
        variables.putIfAbsent("starterRole", "police-officer");
        variables.putIfAbsent("starterOrganisation", "org-starter");
        defaults(process).forEach(variables::putIfAbsent);
        return engine().getRuntimeService().startProcessInstanceByKey(process, businessKey, variables);
    }

    /** What the product sets at the start of a process when it is missing: property {@code defaults} of the model. */
    private Map<String, Object> defaults(String process) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        Bpmn.readModelFromFile(Path.of("processes", process, process + ".bpmn").toFile())
                .getModelElementsByType(Process.class)
                .iterator()
                .next()
                .getExtensionElements()
                .getElementsQuery()
                .filterByType(CamundaProperties.class)
                .list()
                .stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> property.getCamundaName().equals("defaults"))
                .flatMap(property -> Arrays.stream(property.getCamundaValue().split(";")))
                .filter(pair -> pair.contains("="))
                .forEach(pair -> defaults.put(
                        pair.substring(0, pair.indexOf('=')).strip(),
                        typed(pair.substring(pair.indexOf('=') + 1).strip())));
        return defaults;
    }

    private static Object typed(String value) {
        if (value.isEmpty()) {
            return null;
        }
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        return value.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(value) : value;
    }

    /** Completes the one open task with this key, wherever in the case it is. */
    void complete(String taskKey, Object... facts) {
        engine().getTaskService().complete(task(taskKey).getId(), facts(facts));
    }

    /** The one open task with this key. */
    Task task(String taskKey) {
        var tasks = tasks().stream()
                .filter(task -> task.getTaskDefinitionKey().equals(taskKey))
                .toList();
        if (tasks.size() != 1) {
            throw new AssertionError(tasks.size() + " open tasks " + taskKey + "; open are " + open());
        }
        return tasks.get(0);
    }

    /** Keys of the open tasks of the case, sorted. */
    Set<String> open() {
        var keys = new TreeSet<String>();
        tasks().forEach(task -> keys.add(task.getTaskDefinitionKey()));
        return keys;
    }

    /** Candidate groups of the open task, sorted. */
    Set<String> groups(String taskKey) {
        var groups = new TreeSet<String>();
        engine().getTaskService().getIdentityLinksForTask(task(taskKey).getId()).stream()
                .filter(link -> link.getGroupId() != null)
                .forEach(link -> groups.add(link.getGroupId()));
        return groups;
    }

    private List<Task> tasks() {
        return engine().getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(businessKey)
                .list();
    }

    /** Sends a message to the case. */
    void message(String name, Object... facts) {
        engine().getRuntimeService()
                .createMessageCorrelation(name)
                .processInstanceBusinessKey(businessKey)
                .setVariables(facts(facts))
                .correlate();
    }

    /** True while the case waits for the message. */
    boolean waitsFor(String message) {
        return engine().getRuntimeService()
                        .createEventSubscriptionQuery()
                        .eventType("message")
                        .eventName(message)
                        .count()
                > 0;
    }

    /** Lets time pass and runs, in order of time, the timers that come due. */
    void pass(Duration time) {
        Date until = Date.from(ClockUtil.getCurrentTime().toInstant().plus(time));
        for (Job job = due(until); job != null; job = due(until)) {
            if (job.getDuedate() != null && job.getDuedate().after(ClockUtil.getCurrentTime())) {
                ClockUtil.setCurrentTime(job.getDuedate());
            }
            engine().getManagementService().executeJob(job.getId());
        }
        ClockUtil.setCurrentTime(until);
    }

    private Job due(Date until) {
        // the query compares strictly, timers fire at their time
        return engine()
                .getManagementService()
                .createJobQuery()
                .duedateLowerThan(Date.from(until.toInstant().plusMillis(1)))
                .orderByJobDuedate()
                .asc()
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Activities of the case's processes with this key, in the order they were entered. */
    List<String> path(String process) {
        return started.stream()
                .filter(s -> s.process().equals(process))
                .map(Started::activity)
                .toList();
    }

    /** Outcomes that the instance's end events write to the case, in order. */
    List<String> outcomes(ProcessInstance instance) {
        var model = engine().getRepositoryService().getBpmnModelInstance(instance.getProcessDefinitionId());
        var process =
                model.getModelElementsByType(Process.class).iterator().next().getId();
        return path(process).stream()
                .map(id -> (ModelElementInstance) model.getModelElementById(id))
                .filter(EndEvent.class::isInstance)
                .map(EndEvent.class::cast)
                .filter(end -> end.getExtensionElements() != null)
                .flatMap(
                        end -> end
                                .getExtensionElements()
                                .getElementsQuery()
                                .filterByType(CamundaProperties.class)
                                .list()
                                .stream())
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> property.getCamundaName().equals("outcome"))
                .map(property -> fill(property.getCamundaValue(), instance))
                .toList();
    }

    private String fill(String template, ProcessInstance instance) {
        return Pattern.compile("\\$\\{(\\w+)}")
                .matcher(template)
                .replaceAll(place -> String.valueOf(variable(instance, place.group(1))));
    }

    /** Value of a variable of an instance, running or ended; null when it is null or was never set. */
    Object variable(ProcessInstance instance, String name) {
        HistoricVariableInstance variable = engine()
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(instance.getId())
                .variableName(name)
                .list()
                .stream()
                .filter(v -> v.getActivityInstanceId().equals(instance.getId()))
                .findFirst()
                .orElse(null);
        return variable == null ? null : variable.getValue();
    }

    /** Name and value pairs as a map; values may be null. */
    static Map<String, Object> facts(Object... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("names and values: " + Arrays.toString(pairs));
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            facts.put((String) pairs[i], pairs[i + 1]);
        }
        return facts;
    }

    /** Notes each activity as it begins, so that the order within one transaction is kept. */
    private final class Recorder implements HistoryEventHandler {

        @Override
        public void handleEvent(HistoryEvent event) {
            if (event instanceof HistoricActivityInstanceEventEntity activity
                    && event.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_START)) {
                started.add(new Started(activity.getProcessDefinitionKey(), activity.getActivityId()));
            }
        }

        @Override
        public void handleEvents(List<HistoryEvent> events) {
            events.forEach(this::handleEvent);
        }
    }

    /** The legal clocks as plain lengths; public because expressions call it. */
    public static final class FixedClocks {

        private static final Map<String, Duration> LENGTHS = lengths();

        /** Each clock of the product as a plain length: five working days as a week, a month as 30 days. */
        private static Map<String, Duration> lengths() {
            Map<String, Duration> lengths = new HashMap<>();
            try {
                Map<String, Object> file = new Yaml().load(Files.readString(Path.of("seeds/clocks.yaml")));
                ((Map<?, ?>) file.get("clocks")).forEach((id, rule) -> {
                    var clock = (Map<?, ?>) rule;
                    double amount = ((Number) clock.get("amount")).doubleValue();
                    lengths.put(String.valueOf(id), length(String.valueOf(clock.get("kind")), amount));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return lengths;
        }

        private static Duration length(String kind, double amount) {
            double hours =
                    switch (kind) {
                        case "IMMEDIATE" -> 0;
                        case "MINUTE" -> amount / 60;
                        case "HOUR", "PROMPT" -> amount;
                        case "WORKDAY" -> amount * 24 * 7 / 5;
                        case "MONTH" -> amount * 30 * 24;
                        default -> amount * 24;
                    };
            return Duration.ofSeconds(Math.round(hours * 3600));
        }

        /** Legal end of a clock that starts now. */
        public Date hard(String clock) {
            Duration length = LENGTHS.get(clock);
            if (length == null) {
                throw new IllegalArgumentException("no clock " + clock);
            }
            return Date.from(ClockUtil.getCurrentTime().toInstant().plus(length));
        }

        /** Unrolled end of a clock that starts now. */
        public Date soft(String clock) {
            return hard(clock);
        }
    }
}
