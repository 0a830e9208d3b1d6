package org.greenchannel.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Stands in for the product's steps: records each call with its parameters and sets the variables a step promises. */
final class RecordedSteps {

    /** One call of a step. */
    record Call(String step, String activity, Map<String, String> parameters) {}

    /** The variables a step sets; {@code variables} are those the process has. */
    interface Answer {
        Map<String, Object> to(Map<String, String> parameters, Map<String, Object> variables);
    }

    private static final Pattern STEP = Pattern.compile("camunda:delegateExpression=\"\\$\\{(\\w+)}\"");

    /** Every step that some model names. */
    private static final Set<String> NAMES = names();

    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private List<String> hospitals = List.of();

    private static Set<String> names() {
        var names = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of("processes"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".bpmn")).toList()) {
                STEP.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    RecordedSteps() {
        reset();
    }

    /** Forgets the calls and answers as usual: two hospitals, no claims, served two days ago. */
    void reset() {
        calls.clear();
        answers.clear();
        usual();
    }

    private void usual() {
        hospitals("hosp-1", "hosp-2");
        answer("assignParticipants", (parameters, variables) -> {
            Map<String, Object> participants = new LinkedHashMap<>();
            for (String function : parameters.get("functions").split(",")) {
                participants.put(function, "org-" + function);
            }
            return participants;
        });
        answer("selectHospital", this::nextHospital);
        answer("assignHospital", (parameters, variables) -> Map.of("hospital", parameters.get("organisation")));
        answer("countDays", (parameters, variables) -> Map.of("daysSinceConclusion", 2, "conclusionServed", true));
        answer("planFunding", (parameters, variables) -> Map.of("claimCount", 0, "claimIndex", 0));
        answer("nextClaim", (parameters, variables) -> Map.of("claimPending", false));
        answer("nextApproval", (parameters, variables) -> Map.of("approvalPending", false));
        answer("startProcess", (parameters, variables) -> Map.of("startedCase", "T-0002"));
        // no city pack here: every setting is unknown unless the test answers otherwise
        answer("readSettings", (parameters, variables) -> {
            Map<String, Object> settings = new HashMap<>();
            parameters.keySet().forEach(name -> settings.put(name, null));
            return settings;
        });
    }

    /** The hospitals of the ring list, in order. */
    void hospitals(String... ring) {
        hospitals = List.of(ring);
    }

    private Map<String, Object> nextHospital(Map<String, String> parameters, Map<String, Object> variables) {
        String preferred = parameters.get("preferred");
        if (preferred != null && hospitals.contains(preferred)) {
            return Map.of("hospital", preferred, "hospitalFound", true, "hospitalsTried", 0);
        }
        Integer tried = (Integer) variables.get("hospitalsTried");
        int next = tried == null ? 0 : tried;
        return next < hospitals.size()
                ? Map.of("hospital", hospitals.get(next), "hospitalFound", true, "hospitalsTried", next + 1)
                : Map.of("hospitalFound", false, "hospitalsTried", next);
    }

    /** Lets a step answer otherwise until the next reset. */
    void answer(String step, Answer answer) {
        answers.put(step, answer);
    }

    /** All calls in order. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Calls of one step in order. */
    List<Call> calls(String step) {
        return calls.stream().filter(call -> call.step().equals(step)).toList();
    }

    /** Values of one parameter of a step over all its calls, in order. */
    List<String> values(String step, String parameter) {
        return calls(step).stream()
                .map(call -> call.parameters().get(parameter))
                .toList();
    }

    /** Parameters of the one call that an activity made. */
    Map<String, String> parameters(String activity) {
        var made =
                calls.stream().filter(call -> call.activity().equals(activity)).toList();
        if (made.size() != 1) {
            throw new AssertionError(made.size() + " calls by " + activity + " in " + calls);
        }
        return made.get(0).parameters();
    }

    /** The beans that models name. */
    Map<String, JavaDelegate> delegates() {
        Map<String, JavaDelegate> beans = new HashMap<>();
        NAMES.forEach(name -> beans.put(name, execution -> execute(name, execution)));
        return beans;
    }

    private void execute(String step, DelegateExecution execution) {
        Map<String, String> parameters = new TreeMap<>();
        execution.getVariablesLocal().forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        calls.add(new Call(step, execution.getCurrentActivityId(), parameters));
        Answer answer = answers.get(step);
        if (answer != null) {
            Map<String, Object> variables = execution.getVariables();
            answer.to(parameters, variables).forEach(execution.getProcessInstance()::setVariable);
        }
    }
}
