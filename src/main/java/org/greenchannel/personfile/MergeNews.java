package org.greenchannel.personfile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.Participant;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells those who may decide that a proposal waits, and both who took part what was decided. */
@Component
class MergeNews {

    /** Organisations beside those of the cases, by function. */
    private static final List<String> FUNCTIONS = List.of("preventionCenter", "healthCommission");

    private static final int MOST = 20;

    private final Standing standing;
    private final CaseFiles cases;
    private final Accounts accounts;
    private final Organisations organisations;
    private final PersonPageRules rules;
    private final ApplicationEventPublisher events;
    private final ZoneId zone;

    MergeNews(
            Standing standing,
            CaseFiles cases,
            Accounts accounts,
            Organisations organisations,
            PersonPageRules rules,
            ApplicationEventPublisher events,
            ZoneId zone) {
        this.standing = standing;
        this.cases = cases;
        this.accounts = accounts;
        this.organisations = organisations;
        this.rules = rules;
        this.events = events;
        this.zone = zone;
    }

    void proposed(Standing.Of from, Standing.Of into, Viewer viewer, Instant now) {
        CaseSummary file = into.files.keySet().iterator().next();
        List<String> to = houses(from, into, now).stream()
                .flatMap(house -> accounts.holders(rules.tell(), house).stream())
                .map(Account::username)
                .filter(username -> !username.equals(viewer.username()))
                .distinct()
                .filter(username -> mayDecide(username, from.id, into.id))
                .limit(MOST)
                .toList();
        publish(file.id(), "proposed", to, now);
    }

    /** Organisations of the cases, the proposer's first among equals, and those that answer for the area. */
    private Set<String> houses(Standing.Of from, Standing.Of into, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        var houses = new LinkedHashSet<String>();
        for (CaseSummary file : Stream.concat(into.files.keySet().stream(), from.files.keySet().stream())
                .limit(MOST)
                .toList()) {
            FUNCTIONS.forEach(function -> organisations.holders(function, file.areaCode(), today).stream()
                    .map(Organisation::code)
                    .forEach(houses::add));
            cases.participants(file.id()).stream()
                    .map(Participant::organisation)
                    .forEach(houses::add);
        }
        return houses;
    }

    private boolean mayDecide(String username, UUID one, UUID other) {
        Viewer viewer = accounts.viewer(username);
        return Stream.of(one, other).allMatch(id -> standing.of(id, viewer)
                .filter(of -> of.may(Standing.MERGE))
                .isPresent());
    }

    void decided(MergeTable.Row row, Viewer viewer, Instant now) {
        standing.of(row.into(), viewer)
                .map(of -> of.files.keySet().iterator().next())
                .ifPresent(file -> publish(
                        file.id(),
                        "decided",
                        List.copyOf(new TreeSet<>(List.of(row.proposedBy(), viewer.username()))),
                        now));
    }

    private void publish(UUID caseId, String kind, List<String> to, Instant now) {
        if (!to.isEmpty()) {
            events.publishEvent(new PersonMergeCall(UUID.randomUUID(), caseId, kind, to, now));
        }
    }
}
