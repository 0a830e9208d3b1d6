package org.greenchannel.personfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.person.Identities;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.Texts;
import org.springframework.stereotype.Component;

/** Gathers what the modules know of a person, each part within its rights. */
@Component
class StoredPersonFiles implements PersonFiles {

    private static final String SEARCH = "person.search";
    private static final int LONGEST_TERM = 100;
    private static final List<String> IDENTITY = List.of(
            "person.name",
            "person.sex",
            "person.birthDate",
            "person.idNo",
            "person.phone",
            "person.address",
            "guardian.name",
            "guardian.relation",
            "guardian.phone",
            "guardian.address");

    private final Standing standing;
    private final PersonLife life;
    private final MergeTable merges;
    private final Persons persons;
    private final Identities identities;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Texts texts;

    StoredPersonFiles(
            Standing standing,
            PersonLife life,
            MergeTable merges,
            Persons persons,
            Identities identities,
            CaseFiles cases,
            AccessPolicy access,
            AuditLog audit,
            Texts texts) {
        this.standing = standing;
        this.life = life;
        this.merges = merges;
        this.persons = persons;
        this.identities = identities;
        this.cases = cases;
        this.access = access;
        this.audit = audit;
        this.texts = texts;
    }

    @Override
    public boolean maySearch(Viewer viewer) {
        return access.allows(viewer, SEARCH, Relation.NONE);
    }

    @Override
    public List<PersonRow> search(String term, Viewer viewer) {
        if (!maySearch(viewer)) {
            audit.recordApart(viewer, AuditEntry.denied(SEARCH, null, null, Map.of()));
            throw Problem.forbidden("forbidden", SEARCH);
        }
        if (term.isBlank() || term.length() > LONGEST_TERM) {
            throw Problem.invalid(
                    "form-invalid", List.of(new FieldError("/term", "required", texts.of("personfile.term"))));
        }
        List<MaskedPerson> found = persons.search(term.strip(), viewer);
        Set<UUID> all = identities.same(found.stream().map(MaskedPerson::id).toList());
        Map<UUID, MaskedPerson> current = persons.masked(all);
        var files = new LinkedHashMap<UUID, List<CaseSummary>>();
        for (CaseSummary file : cases.ofPersons(all, Standing.READ, viewer).seen()) {
            MaskedPerson person = current.get(file.person());
            if (person != null) {
                files.computeIfAbsent(person.id(), id -> new ArrayList<>()).add(file);
            }
        }
        return found.stream()
                .flatMap(person -> row(person, files.getOrDefault(person.id(), List.of()), viewer).stream())
                .toList();
    }

    private Optional<PersonRow> row(MaskedPerson person, List<CaseSummary> files, Viewer viewer) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        CaseSummary latest = files.get(0);
        List<CaseSummary> open =
                files.stream().filter(file -> file.closedAt() == null).toList();
        return Optional.of(new PersonRow(
                person,
                files.size(),
                open.size(),
                latest.areaCode(),
                latest.number(),
                open.isEmpty() ? null : cases.seenBy(open.get(0), viewer).legalStatus(),
                latest.openedAt()));
    }

    @Override
    public PersonPage get(UUID personId, Viewer viewer, Locale locale) {
        Standing.Of of = seen(personId, "person.view", viewer);
        look(
                viewer,
                AuditEntry.done(
                                "person.view",
                                null,
                                "person:" + of.id,
                                Map.of("cases", String.valueOf(of.files.size())))
                        .purpose("READ"));
        Identities.IdentityFile file = identities.file(of.id).orElseThrow(() -> Problem.notFound("person-unknown"));
        boolean known = of.sight("IDN") != Sight.NONE;
        boolean mayMerge = of.may(Standing.MERGE);
        boolean mayKnow = mayMerge || of.may(Standing.OTHERS);
        List<Identities.Alike> pairs = mayKnow
                ? identities.alike(of.id).stream()
                        .filter(pair -> !merges.refused(pair.first(), pair.second()))
                        .toList()
                : List.of();
        List<PersonPage.Alike> alike = alike(of, pairs, viewer);
        return new PersonPage(
                known ? file.person() : nameless(file.person()),
                of.files.keySet().stream().map(one -> cases.seenBy(one, viewer)).toList(),
                of.may(Standing.OTHERS) ? of.others : null,
                of.sight("GUA").compareTo(Sight.READ) >= 0 ? file.guardians() : null,
                life.care(of),
                life.visits(of),
                life.medicines(of, viewer, locale),
                life.dates(of, viewer),
                of.sight("IDN").compareTo(Sight.READ) >= 0 ? changes(file, of) : null,
                alike,
                of.may(Standing.OTHERS) ? pairs.size() - alike.size() : null,
                known ? file.merged() : List.of(),
                of.may(Standing.REVEAL),
                mayMerge);
    }

    /** Whoever may not know the person knows the cases only. */
    private static MaskedPerson nameless(MaskedPerson person) {
        return new MaskedPerson(person.id(), "*", "0", "", "", "", person.identityStatus());
    }

    private static List<Identities.Change> changes(Identities.IdentityFile file, Standing.Of of) {
        boolean guardians = of.sight("GUA").compareTo(Sight.READ) >= 0;
        return file.changes().stream()
                .filter(change -> guardians || change.subject().equals("PERSON"))
                .toList();
    }

    private List<PersonPage.Alike> alike(Standing.Of of, List<Identities.Alike> pairs, Viewer viewer) {
        var shown = new ArrayList<PersonPage.Alike>();
        for (Identities.Alike pair : pairs) {
            standing.of(pair.other(of.id), viewer).ifPresent(other -> {
                MaskedPerson person = persons.masked(List.of(other.id)).get(other.id);
                if (person != null) {
                    shown.add(new PersonPage.Alike(
                            person,
                            pair.reasons(),
                            pair.foundAt(),
                            of.may(Standing.MERGE) && other.may(Standing.MERGE)));
                }
            });
        }
        return shown;
    }

    @Override
    public Map<String, String> reveal(UUID personId, String purpose, Viewer viewer) {
        if (!Persons.PURPOSES.contains(purpose)) {
            throw Problem.invalid(
                    "form-invalid",
                    List.of(new FieldError(
                            "/purpose",
                            "options",
                            texts.of("personfile.purpose", String.join(", ", Persons.PURPOSES)))));
        }
        Standing.Of of = seen(personId, Standing.REVEAL, viewer);
        if (!of.may(Standing.REVEAL)) {
            audit.recordApart(
                    viewer, AuditEntry.denied(Standing.REVEAL, null, "person:" + of.id, Map.of("reason", "RIGHT")));
            throw Problem.forbidden("forbidden", Standing.REVEAL);
        }
        Map<String, String> found = persons.reveal(of.id, allowed(of), viewer, purpose);
        var shown = new LinkedHashMap<String, String>();
        IDENTITY.forEach(field -> {
            String value = found.get(field);
            if (value != null && !value.isBlank()) {
                shown.put(field, value);
            }
        });
        return shown;
    }

    /** By the class of each field: identity, contact, guardian. */
    private static Set<String> allowed(Standing.Of of) {
        var allowed = new TreeSet<String>();
        for (String field : IDENTITY) {
            if (of.sight(Standing.classOf(field)).compareTo(Sight.READ) >= 0) {
                allowed.add(field);
            }
        }
        return allowed;
    }

    private Standing.Of seen(UUID personId, String action, Viewer viewer) {
        return standing.of(personId, viewer).orElseThrow(() -> {
            audit.recordApart(
                    viewer, AuditEntry.denied(action, null, "person:" + personId, Map.of("reason", "UNKNOWN")));
            return Problem.notFound("person-unknown");
        });
    }

    /** A look that cannot be recorded is refused. */
    private void look(Viewer viewer, AuditEntry entry) {
        try {
            audit.recordApart(viewer, entry);
        } catch (RuntimeException e) {
            throw Problem.unavailable("look-not-audited");
        }
    }
}
