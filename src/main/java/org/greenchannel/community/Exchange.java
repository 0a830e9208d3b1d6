package org.greenchannel.community;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.engine.TaskCompletion;
import org.greenchannel.engine.TaskOutcome;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Exchange of information: one minimal list a department, its receipt, the differences it finds (S12; PIPL 34). */
@Configuration(proxyBeanMethods = false)
class Exchange {

    private static final String BASIS = "MHL 4(3); PIPL 6, 34";

    /** Who gets a list; each line the same department at the nearest level that the city has. */
    private static final Map<String, List<String>> DEPARTMENTS = Map.of(
            "police",
                    List.of(
                            "police-case-handler@policeCounty",
                            "police-case-handler@cityPolice",
                            "police-officer@police"),
            "civilAffairs", List.of("civil-affairs@civilAffairs"),
            "medicalInsurance", List.of("medical-insurance@medicalInsurance"),
            "dpf", List.of("dpf@dpf"));

    private static final List<String> CLASSES = List.of("IDN", "CON", "GUA", "LEG", "RSK", "CLS", "CLF", "FIN", "WEL");

    /** {@code prepareExchange}: builds the lists and says whose desk each goes to. */
    @Bean
    ProcessStep prepareExchange(
            ExchangeTable table, CaseFiles cases, Organisations organisations, AccessPolicy access, Care care) {
        return step -> {
            CaseSummary file = cases.byId(step.caseId());
            LocalDate today = care.today(step.now());
            String scope = scope(file.areaCode(), step.variable("exchangeScope"));
            String period = step.optional("period").orElse(today.toString().substring(0, 7));
            int entries = 0;
            for (String department : DEPARTMENTS.keySet().stream().sorted().toList()) {
                Optional<Desk> desk = desk(department, organisations, scope, today);
                step.set(
                        "exchange" + Character.toUpperCase(department.charAt(0)) + department.substring(1),
                        desk.map(Desk::group).orElse(""));
                if (desk.isPresent()) {
                    cases.participate(file.id(), department, desk.get().organisation());
                    entries += list(step, table, access, scope, department, desk.get(), period);
                }
            }
            step.set("exchangePeriod", period);
            step.set("exchangeEntries", entries);
            step.set("openDifferences", 0);
            care.tell(step, "exchange", BASIS, Map.of("period", period, "entries", String.valueOf(entries)), period);
        };
    }

    /** The town, district or city around the area of the case where people ask for that; else the area itself. */
    private static String scope(String area, @Nullable Object level) {
        int digits =
                switch (String.valueOf(level)) {
                    case "CITY" -> 4;
                    case "DISTRICT" -> 6;
                    case "TOWN" -> 9;
                    default -> 12;
                };
        return area.length() == 12 ? area.substring(0, digits) + "0".repeat(12 - digits) : area;
    }

    private record Desk(String role, String organisation) {
        String group() {
            return role + "@" + organisation;
        }
    }

    private static Optional<Desk> desk(String department, Organisations organisations, String area, LocalDate today) {
        return DEPARTMENTS.getOrDefault(department, List.of()).stream()
                .flatMap(place -> organisations.holders(function(place), area, today).stream()
                        .map(Organisation::code)
                        .limit(1)
                        .map(code -> new Desk(place.substring(0, place.indexOf('@')), code)))
                .findFirst();
    }

    private static String function(String place) {
        return place.substring(place.indexOf('@') + 1);
    }

    private static int list(
            StepContext step,
            ExchangeTable table,
            AccessPolicy access,
            String scope,
            String department,
            Desk desk,
            String period) {
        Viewer anybody = new Viewer(new UUID(0, 0), "", "", desk.organisation(), Set.of(desk.role()), Set.of());
        String sights = CLASSES.stream()
                .map(each -> each + "=" + access.sight(anybody, each, Relation.TASK))
                .filter(each -> !each.endsWith("=NONE"))
                .collect(Collectors.joining(","));
        UUID id = UUID.randomUUID();
        table.insert(new ExchangeTable.Head(
                id,
                step.caseId(),
                department,
                desk.role(),
                desk.organisation(),
                scope,
                period,
                sights,
                step.now(),
                null));
        Sight risk = access.sight(anybody, "RSK", Relation.TASK);
        return table.fill(
                id,
                Care.inside(scope),
                access.sight(anybody, "LEG", Relation.TASK) != Sight.NONE,
                risk != Sight.NONE,
                risk == Sight.READ || risk == Sight.WRITE,
                department.equals("police"));
    }

    /** {@code exchangeReceipt}: the department of the task confirms its list and reports differences. */
    @Bean
    TaskOutcome exchangeReceipt(ExchangeTable table, Texts texts) {
        return completion -> {
            table.lock(completion.caseId());
            String department = completion.properties().getOrDefault("department", "");
            ExchangeTable.Head head = table.find(completion.caseId(), department)
                    .orElseThrow(() -> new IllegalStateException("no list for " + department));
            int entries = table.entries(head.id()).size();
            List<Map<?, ?>> reported = rows(completion, "differences");
            List<FieldError> errors = new ArrayList<>();
            for (int i = 0; i < reported.size(); i++) {
                Integer entry = number(reported.get(i).get("entryNo"));
                if (entry != null && (entry < 1 || entry > entries)) {
                    errors.add(new FieldError(
                            "/data/differences/" + i + "/entryNo", "exchange-receipt", texts.of("community.no-entry")));
                }
            }
            if (!errors.isEmpty()) {
                throw Problem.invalid("form-invalid", errors);
            }
            table.received(
                    head.id(), completion.submissionId(), completion.viewer().username(), completion.at());
            for (Map<?, ?> each : reported) {
                table.difference(
                        head.id(),
                        completion.caseId(),
                        number(each.get("entryNo")),
                        String.valueOf(each.get("differenceKind")),
                        completion.viewer().username(),
                        completion.at());
            }
            return Map.of("openDifferences", table.open(completion.caseId()));
        };
    }

    /** {@code exchangeResolution}: what was done about reported differences. */
    @Bean
    TaskOutcome exchangeResolution(ExchangeTable table, Texts texts) {
        return completion -> {
            table.lock(completion.caseId());
            List<Map<?, ?>> resolved = rows(completion, "resolutions");
            List<FieldError> errors = new ArrayList<>();
            for (int i = 0; i < resolved.size(); i++) {
                Integer number = number(resolved.get(i).get("differenceNo"));
                int changed = number == null
                        ? 0
                        : table.resolve(
                                completion.caseId(),
                                number,
                                String.valueOf(resolved.get(i).get("resolution")),
                                completion.viewer().username(),
                                completion.at());
                if (changed == 0) {
                    errors.add(new FieldError(
                            "/data/resolutions/" + i + "/differenceNo",
                            "exchange-resolution",
                            texts.of("community.no-difference")));
                }
            }
            if (!errors.isEmpty()) {
                throw Problem.invalid("form-invalid", errors);
            }
            return Map.of("openDifferences", table.open(completion.caseId()));
        };
    }

    private static List<Map<?, ?>> rows(TaskCompletion completion, String key) {
        return completion.data().get(key) instanceof List<?> list
                ? list.stream()
                        .flatMap(row -> row instanceof Map<?, ?> map ? Stream.<Map<?, ?>>of(map) : Stream.empty())
                        .toList()
                : List.of();
    }

    private static @Nullable Integer number(@Nullable Object value) {
        return value == null || value.toString().isBlank()
                ? null
                : new java.math.BigDecimal(value.toString()).intValue();
    }
}
