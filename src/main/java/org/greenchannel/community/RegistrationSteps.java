package org.greenchannel.community;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseProcesses;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.ProcessStep;
import org.greenchannel.engine.StepContext;
import org.greenchannel.organisation.Organisations;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Steps that begin, change and end the registration of a person. */
@Configuration(proxyBeanMethods = false)
class RegistrationSteps {

    private static final String BASIS = "MHL 55; Work Spec 2018";
    private static final Set<String> CONSENTS = Set.of("AGREE", "REFUSE", "STATUTORY");
    private static final Set<String> REASONS = Set.of("NEGATED", "DIED", "MOVED", "REFUSED");
    private static final Set<String> STATUSES = Set.of("MANAGED", "LOST", "IN_HOSPITAL", "IN_CUSTODY");

    /** {@code enrolPerson}: registers the person in the area of the case, or moves or reopens the registration. */
    @Bean
    ProcessStep enrolPerson(Care care, TeamTable teams, CaseFiles cases) {
        return step -> {
            String consent = known(step, "consent", CONSENTS);
            CaseSummary file = cases.byId(step.caseId());
            LocalDate on = step.variable("consentDate") instanceof Date date
                    ? care.day(date)
                    : care.day(step.variable("consentDate"), care.today(step.now()));
            String status = consent.equals("REFUSE") ? "REFUSED" : "MANAGED";
            Optional<Registration> before = care.find(step.caseId());
            if (before.isPresent()) {
                if (status.equals("REFUSED")) {
                    // who no longer agrees is nobody's duty, and so nobody's to look at
                    teams.replace(before.get().id(), List.of(), step.now());
                }
                care.table().enrol(before.get().id(), file.id(), file.areaCode(), consent, on, status);
            } else {
                care.table().insert(file.person(), file.id(), file.areaCode(), consent, on, status, step.now());
            }
            if (status.equals("MANAGED") && step.variable("primary") instanceof String primary) {
                beginTeam(care.require(step.caseId()), primary, teams, step);
            }
            step.set("enrolled", status.equals("MANAGED"));
            care.tell(
                    step,
                    status.equals("MANAGED") ? "enrolled" : "refused",
                    BASIS,
                    Map.of("consent", consent, "area", file.areaCode()),
                    care.text("community.consent." + consent));
        };
    }

    /** Who is to visit sees the person before the first visit; the whole team follows with the first colour. */
    private static void beginTeam(Registration now, String primary, TeamTable teams, StepContext step) {
        var doctor = new TeamMember("primary-doctor", primary);
        if (!teams.current(List.of(now.id())).getOrDefault(now.id(), List.of()).contains(doctor)) {
            teams.replace(now.id(), List.of(new TeamTable.Place("primary-doctor", "primary", primary)), step.now());
        }
    }

    /** {@code closeRegistration}: ends registration, colour, team and agreements; without a registration nothing happens. */
    @Bean
    ProcessStep closeRegistration(
            Care care, TeamTable teams, AgreementTable agreements, CaseFiles cases, CaseProcesses processes) {
        return step -> {
            String reason = known(step, "reason", REASONS);
            agreements.end(care.entries(step.caseId()), reason, step.now());
            step.set("enrolled", false);
            Registration found = care.find(step.caseId()).orElse(null);
            if (found == null || found.closedAt() != null) {
                return;
            }
            if (found.colour() != null) {
                care.table().colour(found, step.caseId(), null, null, null, step.now());
            }
            teams.replace(found.id(), List.of(), step.now());
            care.table().close(found.id(), reason, step.now());
            care.tell(step, "closed", BASIS, Map.of("reason", reason), care.text("community.close." + reason));
            // whatever visits or pays in other cases of the person ends with it (V19)
            processes.tellPerson(found.personId(), "registration-closed", Map.of());
        };
    }

    /** {@code careStatus}: where the person is: at home, lost, in hospital, in custody. */
    @Bean
    ProcessStep careStatus(Care care) {
        return step -> {
            String status = known(step, "state", STATUSES);
            Registration now = care.require(step.caseId());
            if (!now.status().equals(status) && now.closedAt() == null) {
                care.table().status(now.id(), status);
                care.tell(step, "status", BASIS, Map.of("status", status), care.text("community.status." + status));
            }
        };
    }

    /** {@code recordPlacement}: where the person lives after leaving hospital. */
    @Bean
    ProcessStep recordPlacement(Care care) {
        return step -> {
            String placement = step.parameter("placement");
            String organisation = step.optional("organisation").orElse(null);
            care.find(step.caseId()).filter(now -> now.closedAt() == null).ifPresent(now -> care.table()
                    .placed(now.id(), step.caseId(), placement, organisation, step.now()));
            care.tell(
                    step,
                    "placed",
                    "MHL 45, 55",
                    organisation == null
                            ? Map.of("placement", placement)
                            : Map.of("placement", placement, "organisation", organisation),
                    care.text("community.placement." + placement));
        };
    }

    /** {@code readRegistration}: what the tables need to know of the person. */
    @Bean
    ProcessStep readRegistration(Care care, VisitTable visits, AgreementTable agreements, CaseFiles cases) {
        return step -> {
            Registration now = care.find(step.caseId()).orElse(null);
            LocalDate today = care.today(step.now());
            CaseSummary file = cases.byId(step.caseId());
            step.set("registered", now != null && now.managed());
            step.set("registrationStatus", now == null ? "NONE" : now.status());
            step.set("colour", now == null ? null : now.colour());
            step.set("stabilityClass", now == null ? null : now.stability());
            step.set("dangerLevel", now == null || now.dangerLevel() == null ? 0 : now.dangerLevel());
            step.set("monthsSinceIncident", now == null ? NEVER : months(visits.lastIncident(now.id()), today));
            step.set("missedVisits", now == null ? 0 : visits.missed(now.id()));
            step.set("daysSinceContact", now == null ? 0 : contact(now, today));
            step.set("careAgreementValid", agreements.valid(care.entries(step.caseId()), "CARE", today));
            step.set("incentiveAgreementValid", agreements.valid(care.entries(step.caseId()), "INCENTIVE", today));
        };
    }

    /** Months when there never was an incident. */
    static final int NEVER = 999;

    static int months(Optional<LocalDate> incident, LocalDate today) {
        return incident.map(day -> (int) ChronoUnit.MONTHS.between(day, today)).orElse(NEVER);
    }

    /** Days since the last contact; before the first one since the enrolment. */
    static int contact(Registration now, LocalDate today) {
        LocalDate last = now.lastContact() == null ? now.consentOn() : now.lastContact();
        return (int) Math.max(0, ChronoUnit.DAYS.between(last, today));
    }

    /** {@code assignCareTeam}: members of the case team by the city's list for the colour. */
    @Bean
    ProcessStep assignCareTeam(Care care, TeamTable teams, CaseFiles cases, Organisations organisations) {
        return step -> {
            CaseSummary file = cases.byId(step.caseId());
            Registration now = care.find(step.caseId()).orElse(null);
            LocalDate today = care.today(step.now());
            List<TeamTable.Place> places = members(organisations, now == null ? null : now.colour()).stream()
                    .map(member -> place(member, organisations, file.areaCode(), today))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
            places.forEach(place -> cases.participate(file.id(), place.function(), place.organisation()));
            if (now != null && now.closedAt() == null) {
                teams.replace(now.id(), places, step.now());
            }
            step.set("teamSize", places.size());
            care.tell(step, "team", BASIS, Map.of("size", String.valueOf(places.size())), places.size());
        };
    }

    /** {@code role@function} of the pack: by colour where it says so, else everybody. */
    private static List<String> members(Organisations organisations, @Nullable String colour) {
        Map<String, Object> team = organisations.settings("caseTeam");
        Object own = colour != null && team.get("colours") instanceof Map<?, ?> colours ? colours.get(colour) : null;
        Object members = own == null ? team.get("members") : own;
        return members instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Optional<TeamTable.Place> place(
            String member, Organisations organisations, String area, LocalDate today) {
        int at = member.indexOf('@');
        String function = member.substring(at + 1);
        return organisations.holders(function, area, today).stream()
                .findFirst()
                .map(holder -> new TeamTable.Place(member.substring(0, at), function, holder.code()));
    }

    /** {@code planVisit}: the day until which the next visit is due, within the caps. */
    @Bean
    ProcessStep planVisit(Care care, Organisations organisations) {
        return step -> {
            LocalDate today = care.today(step.now());
            LocalDate cap = step.optional("cap").map(days -> after(today, days)).orElse(LocalDate.MAX);
            LocalDate day = Stream.concat(days(step, organisations).map(days -> after(today, days)), dates(step, care))
                    .min(LocalDate::compareTo)
                    .orElseThrow(() -> new IllegalStateException("planVisit needs days or by"));
            LocalDate next = latest(today.plusDays(1), day.isAfter(cap) ? cap : day);
            care.table().nextDue(care.require(step.caseId()).id(), next);
            step.set("nextDue", care.endOf(next));
            step.set("visitFrom", care.morningOf(latest(today, next.minusDays(lead(today, next)))));
            care.tell(step, "planned", BASIS, Map.of("day", next.toString()), next.toString());
        };
    }

    /** Days of the table, and of the city where it asks for less. */
    private static Stream<String> days(StepContext step, Organisations organisations) {
        Object own = step.optional("setting")
                .map(key -> organisations.settings("followup").get(key))
                .orElse(null);
        return Stream.concat(
                step.optional("days").stream(),
                own instanceof Number days ? Stream.of(String.valueOf(days.intValue())) : Stream.empty());
    }

    /** Dates of the variables that have one. */
    private static Stream<LocalDate> dates(StepContext step, Care care) {
        LocalDate today = care.today(step.now());
        return Stream.of(step.optional("by").orElse("").split(","))
                .filter(name -> !name.isBlank())
                .map(name -> step.variable(name.strip()))
                .flatMap(Stream::ofNullable)
                .map(value -> value instanceof Date date ? care.day(date) : care.day(value, today));
    }

    private static LocalDate after(LocalDate today, String days) {
        return today.plusDays(Integer.parseInt(days));
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /** How many days before the end the visit is put on the work list: a week, half of a shorter interval. */
    private static long lead(LocalDate today, LocalDate next) {
        return Math.min(7, ChronoUnit.DAYS.between(today, next) / 2);
    }

    private static String known(StepContext step, String parameter, Set<String> codes) {
        String value = step.parameter(parameter);
        if (!codes.contains(value)) {
            throw new IllegalStateException(parameter + " cannot be " + value);
        }
        return value;
    }
}
