package org.greenchannel.casefile;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.Processes;
import org.greenchannel.engine.StepContext;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.person.Identities;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Steps between the processes of a case and of linked cases, and the step that reads what the city decided. */
@Configuration(proxyBeanMethods = false)
class ProcessSteps {

    private static final String HANDED_OVER = "fact_";

    /** {@code startProcess}: another process in this case or in a linked one. */
    @Bean
    ProcessStep startProcess(StoredCaseProcesses cases, CaseFiles files) {
        return step -> {
            String process = step.parameter("process");
            Map<String, @Nullable Object> facts = facts(step);
            String where = step.optional("case").orElse("SAME");
            switch (where) {
                case "SAME" -> {
                    cases.start(
                            step.caseId(),
                            process,
                            facts,
                            step.optional("once").filter("true"::equals).isPresent());
                    step.set("startedCase", files.byId(step.caseId()).number());
                }
                case "LINKED" ->
                    step.set(
                            "startedCase",
                            cases.startLinked(
                                            step.caseId(),
                                            process,
                                            step.parameter("link"),
                                            step.optional("area").orElse(null),
                                            step.optional("person")
                                                    .filter("NEW"::equals)
                                                    .isPresent(),
                                            facts)
                                    .number());
                default -> throw unknown(step, "case", where);
            }
        };
    }

    /** {@code sendMessage}: to everything that waits in this case, in linked cases, or in all cases of the person. */
    @Bean
    ProcessStep sendMessage(
            StoredCaseProcesses cases, CaseTable table, LinkTable links, Identities identities, Processes processes) {
        return step -> {
            String message = step.parameter("message");
            Map<String, @Nullable Object> facts = facts(step);
            String to = step.optional("to").orElse("CASE");
            switch (to) {
                case "CASE" -> processes.tell(step.caseId(), message, facts, step.processInstanceId());
                case "LINKED" -> links.of(step.caseId()).forEach(link -> cases.tell(link.caseId(), message, facts));
                case "PERSON" ->
                    table.byIds(List.of(step.caseId())).stream()
                            .map(CaseSummary::personId)
                            .flatMap(Stream::ofNullable)
                            .flatMap(person -> table.openOfPerson(identities.same(List.of(person))).stream())
                            .forEach(caseId -> processes.tell(caseId, message, facts, step.processInstanceId()));
                default -> throw unknown(step, "to", to);
            }
        };
    }

    /** {@code addParticipant}: an organisation becomes part of the case; without one nothing happens. */
    @Bean
    ProcessStep addParticipant(CaseFiles cases, Organisations organisations) {
        return step -> {
            String role = step.parameter("role");
            step.optional("organisation")
                    .map(code -> organisations
                            .find(code)
                            .orElseThrow(() -> new IllegalStateException("no organisation is named " + code)))
                    .ifPresent(organisation -> cases.participate(step.caseId(), role, organisation.code()));
        };
    }

    /** {@code readSettings}: each parameter is a variable, its value the key of a setting of the city pack. */
    @Bean
    ProcessStep readSettings(Organisations organisations, ZoneId zone) {
        return step -> step.parameters()
                .forEach((variable, key) ->
                        step.set(variable, key == null ? null : setting(organisations, key.toString(), zone)));
    }

    private static @Nullable Object setting(Organisations organisations, String key, ZoneId zone) {
        int dot = key.lastIndexOf('.');
        if (dot < 0) {
            return organisations.setting(key, null);
        }
        Object value = organisations.settings(key.substring(0, dot)).get(key.substring(dot + 1));
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (value instanceof LocalDate day) {
            return Date.from(day.atStartOfDay(zone).toInstant());
        }
        if (value instanceof Map<?, ?>) {
            throw new IllegalStateException("a section and not a setting of the city pack: " + key);
        }
        return value;
    }

    /** What is handed over: variables named by {@code facts}, and values of parameters {@code fact_<name>}. */
    private static Map<String, @Nullable Object> facts(StepContext step) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        for (String name : step.optional("facts").orElse("").split(",")) {
            if (!name.isBlank()) {
                facts.put(name.strip(), step.variable(name.strip()));
            }
        }
        step.parameters().forEach((name, value) -> {
            if (name.startsWith(HANDED_OVER)) {
                facts.put(name.substring(HANDED_OVER.length()), typed(value));
            }
        });
        return facts;
    }

    /** Plain text of a model says booleans and whole numbers like {@code defaults} does; values of expressions stay. */
    private static @Nullable Object typed(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.matches("-?(0|[1-9]\\d{0,8})") ? (Object) Integer.valueOf(text) : text.isEmpty() ? null : text;
    }

    private static IllegalStateException unknown(StepContext step, String parameter, String value) {
        return new IllegalStateException("step " + step.activityId() + ": " + parameter + " cannot be " + value);
    }
}
