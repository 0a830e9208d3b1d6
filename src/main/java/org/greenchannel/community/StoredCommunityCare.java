package org.greenchannel.community;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.person.Identities;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.person.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The register from the database, with every look recorded before it is answered. */
@Component
class StoredCommunityCare implements CommunityCare {

    private static final String ACTION = "community.register";
    private static final String EXCHANGE = "community.exchange";

    private final Register register;
    private final RegistrationTable table;
    private final TeamTable teams;
    private final ExchangeTable exchanges;
    private final Care care;
    private final CaseFiles cases;
    private final VisitTable visits;
    private final Persons persons;
    private final Identities identities;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Clock clock;
    private final ZoneId zone;

    StoredCommunityCare(
            Register register,
            RegistrationTable table,
            TeamTable teams,
            ExchangeTable exchanges,
            Care care,
            CaseFiles cases,
            VisitTable visits,
            Persons persons,
            Identities identities,
            AccessPolicy access,
            AuditLog audit,
            Clock clock,
            ZoneId zone) {
        this.register = register;
        this.table = table;
        this.teams = teams;
        this.exchanges = exchanges;
        this.care = care;
        this.cases = cases;
        this.visits = visits;
        this.persons = persons;
        this.identities = identities;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public boolean mayRegister(Viewer viewer) {
        return access.allows(viewer, ACTION, Relation.PARTICIPANT) || access.allows(viewer, ACTION, Relation.AREA);
    }

    @Override
    @Transactional
    public Page<RegisterEntry> register(RegisterQuery query, Viewer viewer) {
        boolean team = access.allows(viewer, ACTION, Relation.PARTICIPANT);
        boolean area = access.allows(viewer, ACTION, Relation.AREA);
        if (!team && !area) {
            audit.recordApart(viewer, AuditEntry.denied(ACTION, null, null, Map.of()));
            throw Problem.forbidden("forbidden", ACTION);
        }
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        // a filter by what the viewer may not see would tell it
        boolean colours = sight(viewer, "RSK", Relation.PARTICIPANT) || sight(viewer, "RSK", Relation.AREA);
        if (query.colour() != null && !query.colour().isBlank() && !colours) {
            throw Problem.badRequest("bad-parameter", "colour");
        }
        Page<Register.Row> rows = register.page(query, viewer, team, area, today);
        look(viewer, ACTION, null, rows.items().size(), Map.of());
        return new Page<>(entries(rows.items(), viewer, today), rows.nextCursor());
    }

    private boolean sight(Viewer viewer, String dataClass, Relation relation) {
        Sight sight = access.sight(viewer, dataClass, relation);
        return sight == Sight.STATUS || full(sight);
    }

    private static boolean full(Sight sight) {
        return sight == Sight.READ || sight == Sight.WRITE;
    }

    /** A look that cannot be recorded is refused. */
    private void look(Viewer viewer, String action, @Nullable UUID caseId, int found, Map<String, String> more) {
        var detail = new LinkedHashMap<>(more);
        detail.put("found", String.valueOf(found));
        try {
            audit.recordApart(
                    viewer,
                    AuditEntry.done(action + ".view", caseId, null, detail).purpose("COMMUNITY_CARE"));
        } catch (RuntimeException e) {
            throw Problem.unavailable("look-not-audited");
        }
    }

    private List<RegisterEntry> entries(List<Register.Row> rows, Viewer viewer, LocalDate today) {
        Map<UUID, MaskedPerson> people = persons.masked(
                rows.stream().map(row -> row.registration().personId()).toList());
        Map<UUID, List<TeamMember>> team =
                teams.current(rows.stream().map(row -> row.registration().id()).toList());
        Map<UUID, CaseSummary> files = cases.byIds(
                rows.stream().map(row -> row.registration().caseId()).toList());
        return rows.stream()
                .map(row -> entry(
                        row,
                        people.get(row.registration().personId()),
                        team.getOrDefault(row.registration().id(), List.of()),
                        files.get(row.registration().caseId()),
                        viewer,
                        today))
                .toList();
    }

    private RegisterEntry entry(
            Register.Row row,
            @Nullable MaskedPerson person,
            List<TeamMember> team,
            @Nullable CaseSummary file,
            Viewer viewer,
            LocalDate today) {
        Registration now = row.registration();
        Relation relation = row.member() ? Relation.PARTICIPANT : Relation.AREA;
        boolean colour = sight(viewer, "RSK", relation);
        boolean risk = full(access.sight(viewer, "RSK", relation));
        boolean status = access.sight(viewer, "LEG", relation) != Sight.NONE || risk;
        return new RegisterEntry(
                now.id(),
                file == null ? "" : file.number(),
                access.sight(viewer, "IDN", relation) == Sight.NONE ? null : person,
                now.areaCode(),
                status ? now.status() : null,
                colour ? now.colour() : null,
                colour && now.colour() != null ? care.colourName(now.colour()) : null,
                risk ? now.stability() : null,
                risk ? now.dangerLevel() : null,
                now.nextDue(),
                now.lastContact(),
                why(now, risk, status, today),
                team);
    }

    private static List<String> why(Registration now, boolean risk, boolean status, LocalDate today) {
        var why = new ArrayList<String>();
        if (status && now.status().equals("LOST")) {
            why.add("LOST");
        } else if (status && now.status().startsWith("IN_")) {
            why.add("AWAY");
        }
        if (now.nextDue() != null && now.nextDue().isBefore(today)) {
            why.add("OVERDUE");
        } else if (now.nextDue() != null && now.nextDue().isBefore(today.plusDays(8))) {
            why.add("DUE_SOON");
        }
        if (now.lastContact() == null) {
            why.add("FIRST_VISIT");
        }
        if (risk && now.dangerLevel() != null && now.dangerLevel() >= 3) {
            why.add("DANGER");
        }
        if (risk && "UNSTABLE".equals(now.stability())) {
            why.add("UNSTABLE");
        }
        if (risk && now.heldColour() != null) {
            why.add("HELD_COLOUR");
        }
        if (why.isEmpty()) {
            why.add("ROUTINE");
        }
        return why;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Registration> ofPerson(UUID personId) {
        return registrations(personId).stream().findFirst();
    }

    @Override
    @Transactional(readOnly = true)
    public List<ColourChange> colours(UUID personId) {
        return table.colours(identities.same(List.of(personId)));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Registration> registrations(UUID personId) {
        return table.ofPerson(identities.same(List.of(personId)));
    }

    @Override
    @Transactional(readOnly = true)
    public List<TeamMember> team(UUID registrationId) {
        return teams.current(List.of(registrationId)).getOrDefault(registrationId, List.of());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Visit> visits(UUID registrationId, int limit) {
        return visits.newest(registrationId, limit);
    }

    @Override
    public List<ColourName> colourNames() {
        return care.colours();
    }

    @Override
    @Transactional
    public List<ExchangeList> exchange(String caseNumber, Viewer viewer) {
        CaseSummary file = cases.get(caseNumber, viewer);
        List<ExchangeList> lists = exchanges.heads(file.id()).stream()
                .filter(head -> head.organisation().equals(viewer.organisation()) && viewer.hasRole(head.role()))
                .map(this::list)
                .toList();
        int found = lists.stream().mapToInt(list -> list.entries().size()).sum();
        look(viewer, EXCHANGE, file.id(), found, Map.of("lists", String.valueOf(lists.size())));
        return lists;
    }

    private ExchangeList list(ExchangeTable.Head head) {
        List<ExchangeTable.Entry> rows = exchanges.entries(head.id());
        Map<String, String> sights = new LinkedHashMap<>();
        for (String sight : head.sights().split(",")) {
            int at = sight.indexOf('=');
            if (at > 0) {
                sights.put(sight.substring(0, at), sight.substring(at + 1));
            }
        }
        Map<UUID, MaskedPerson> people = sights.containsKey("IDN")
                ? persons.masked(rows.stream().map(ExchangeTable.Entry::person).toList())
                : Map.of();
        return new ExchangeList(
                head.id(),
                head.department(),
                head.organisation(),
                head.areaCode(),
                head.period(),
                sights,
                head.preparedAt(),
                head.receivedAt(),
                rows.stream()
                        .map(row -> new ExchangeList.Entry(
                                row.position(),
                                people.get(row.person()),
                                row.status(),
                                row.colour(),
                                row.danger(),
                                row.nextDue()))
                        .toList(),
                exchanges.differences(head.id()));
    }
}
