package org.greenchannel.person;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Entries of people in the database. */
@Component
class StoredIdentities implements Identities {

    private static final int CHANGES = 50;

    /** What is compared; the description of an unknown person is no feature of a person. */
    private static final List<String> COMPARED = List.of(
            "person.name",
            "person.sex",
            "person.birthDate",
            "person.estimatedAge",
            "person.idNo",
            "person.phone",
            "person.address",
            "guardian.name",
            "guardian.relation",
            "guardian.phone");

    private final PersonTable people;
    private final GuardianTable guardians;
    private final VersionTable versions;
    private final AlikeTable alike;
    private final PersonFaces faces;
    private final AuditLog audit;
    private final Clock clock;

    StoredIdentities(
            PersonTable people,
            GuardianTable guardians,
            VersionTable versions,
            AlikeTable alike,
            PersonFaces faces,
            AuditLog audit,
            Clock clock) {
        this.people = people;
        this.guardians = guardians;
        this.versions = versions;
        this.alike = alike;
        this.faces = faces;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<UUID> current(UUID personId) {
        return Optional.ofNullable(people.current(List.of(personId)).get(personId))
                .map(PersonTable.Row::id);
    }

    @Override
    @Transactional(readOnly = true)
    public Set<UUID> same(Collection<UUID> personIds) {
        return people.same(personIds);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<IdentityFile> file(UUID personId) {
        PersonTable.Row row = people.current(List.of(personId)).get(personId);
        if (row == null) {
            return Optional.empty();
        }
        Set<UUID> same = people.same(List.of(row.id()));
        List<GuardianTable.Row> guards = guardians.of(same);
        List<UUID> subjects = Stream.concat(same.stream(), guards.stream().map(GuardianTable.Row::id))
                .toList();
        List<MaskedPerson> merged = people.find(same).stream()
                .filter(one -> !one.id().equals(row.id()))
                .map(faces::masked)
                .toList();
        return Optional.of(new IdentityFile(
                faces.masked(row),
                guards.stream()
                        .map(guard -> guardian(guard.values()))
                        .filter(guard ->
                                !guard.name().isEmpty() || !guard.phone().isEmpty())
                        .distinct()
                        .toList(),
                versions.of(subjects, CHANGES).stream()
                        .map(StoredIdentities::change)
                        .toList(),
                merged));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<UUID, MaskedPerson> entries(Collection<UUID> personIds) {
        var entries = new LinkedHashMap<UUID, MaskedPerson>();
        people.find(personIds).forEach(row -> entries.put(row.id(), faces.masked(row)));
        return entries;
    }

    private static Guardian guardian(Map<String, String> values) {
        return new Guardian(
                masked("name", values.get("name")),
                values.getOrDefault("relation", ""),
                masked("phone", values.get("phone")));
    }

    private static Change change(VersionTable.Row row) {
        var before = new TreeMap<String, String>();
        row.changed().forEach(field -> {
            String was = row.before().get(field);
            if (was != null) {
                before.put(field, masked(field, was));
            }
        });
        return new Change(row.at(), row.username(), row.subject(), row.changed(), before);
    }

    /** What may be shown of a value; of addresses and descriptions nothing but that there is one. */
    private static String masked(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return switch (field) {
            case "name" -> Masks.name(value);
            case "idNo" -> Masks.idNo(value);
            case "phone" -> Masks.phone(value);
            case "birthDate" -> value.substring(0, Math.min(4, value.length())) + "-**-**";
            case "sex", "relation", "estimatedAge", "idType" -> value;
            default -> "****";
        };
    }

    @Override
    @Transactional(readOnly = true)
    public List<Alike> alike(UUID personId) {
        return alike.of(personId).stream().map(StoredIdentities::pair).toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Alike> alike(@Nullable Alike after, int limit) {
        AlikeTable.Row last = after == null
                ? null
                : new AlikeTable.Row(after.first(), after.second(), after.reasons(), after.foundAt());
        return alike.page(last, limit).stream().map(StoredIdentities::pair).toList();
    }

    private static Alike pair(AlikeTable.Row row) {
        return new Alike(row.first(), row.second(), row.reasons(), row.foundAt());
    }

    @Override
    @Transactional
    public List<Compared> compare(UUID one, UUID other, Viewer viewer) {
        try {
            audit.recordApart(
                    viewer,
                    AuditEntry.done("person.compare", null, object(one), Map.of("other", other.toString()))
                            .purpose("IDENTITY_CHECK"));
        } catch (RuntimeException e) {
            throw Problem.unavailable("look-not-audited");
        }
        Map<UUID, PersonTable.Row> rows = people.find(List.of(one, other)).stream()
                .collect(java.util.stream.Collectors.toMap(PersonTable.Row::id, row -> row));
        if (rows.size() < 2) {
            throw Problem.notFound("person-unknown");
        }
        Map<String, String> left = plain(java.util.Objects.requireNonNull(rows.get(one)));
        Map<String, String> right = plain(java.util.Objects.requireNonNull(rows.get(other)));
        var compared = new ArrayList<Compared>();
        for (String field : COMPARED) {
            String a = left.getOrDefault(field, "");
            String b = right.getOrDefault(field, "");
            if (!a.isEmpty() || !b.isEmpty()) {
                String name = field.substring(field.indexOf('.') + 1);
                compared.add(new Compared(field, masked(name, a), masked(name, b), match(name, a, b)));
            }
        }
        return compared;
    }

    private static String match(String field, String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? "OTHER" : "ONE";
        }
        boolean same =
                switch (field) {
                    case "name" -> PersonCheck.name(one).equals(PersonCheck.name(other));
                    case "phone" -> PersonCheck.phone(one).equals(PersonCheck.phone(other));
                    default -> one.equals(other);
                };
        return same ? "SAME" : "DIFFERENT";
    }

    private Map<String, String> plain(PersonTable.Row row) {
        var all = new HashMap<String, String>();
        row.values().forEach((field, value) -> all.put("person." + field, value));
        guardians.first(row.id()).ifPresent(guardian -> guardian.values()
                .forEach((field, value) -> all.put("guardian." + field, value)));
        return all;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<String> merge(UUID from, UUID into, Viewer viewer) {
        Map<UUID, PersonTable.Row> rows = locked(from, into);
        PersonTable.Row gone = java.util.Objects.requireNonNull(rows.get(from));
        PersonTable.Row stays = java.util.Objects.requireNonNull(rows.get(into));
        if (from.equals(into) || gone.mergedInto() != null || stays.mergedInto() != null) {
            throw Problem.conflict("merge-stale");
        }
        var filled = new TreeSet<>(gone.values().keySet());
        filled.removeAll(stays.values().keySet());
        Map<String, String> after = new HashMap<>(stays.values());
        filled.forEach(field ->
                after.put(field, java.util.Objects.requireNonNull(gone.values().get(field))));
        write(stays, filled, after, viewer);
        people.mergedInto(from, into);
        Instant now = clock.instant();
        alike.refresh(from, now);
        alike.refresh(into, now);
        audit.record(
                viewer,
                AuditEntry.done(
                        "person.merge",
                        null,
                        object(from),
                        Map.of("into", into.toString(), "filled", String.join(",", filled))));
        return filled;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void separate(UUID from, UUID into, Set<String> filled, Viewer viewer) {
        Map<UUID, PersonTable.Row> rows = locked(from, into);
        PersonTable.Row back = java.util.Objects.requireNonNull(rows.get(from));
        PersonTable.Row stays = java.util.Objects.requireNonNull(rows.get(into));
        if (!into.equals(back.mergedInto()) || stays.mergedInto() != null) {
            throw Problem.conflict("merge-stale");
        }
        var emptied = new TreeSet<String>();
        Map<String, String> after = new HashMap<>(stays.values());
        for (String field : filled) {
            if (java.util.Objects.equals(after.get(field), back.values().get(field)) && after.remove(field) != null) {
                emptied.add(field);
            }
        }
        write(stays, emptied, after, viewer);
        people.mergedInto(from, null);
        Instant now = clock.instant();
        alike.refresh(from, now);
        alike.refresh(into, now);
        audit.record(
                viewer,
                AuditEntry.done(
                        "person.separate",
                        null,
                        object(from),
                        Map.of("from", into.toString(), "emptied", String.join(",", emptied))));
    }

    private void write(PersonTable.Row row, Set<String> changed, Map<String, String> after, Viewer viewer) {
        if (changed.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        if (row.version() > 0) {
            versions.insert("PERSON", row.id(), row.version(), changed, row.values(), now, viewer.username());
        }
        people.update(row.id(), PersonFaces.status(after), row.version() + 1, after, now, viewer.username());
        audit.record(
                viewer,
                AuditEntry.done("person.update", null, object(row.id()), Map.of("fields", String.join(",", changed))));
    }

    /** Both, locked in the order of their ids, so that two people who do the same wait for one another. */
    private Map<UUID, PersonTable.Row> locked(UUID one, UUID other) {
        var rows = new LinkedHashMap<UUID, PersonTable.Row>();
        for (UUID id : new TreeSet<>(List.of(one, other))) {
            rows.put(id, people.lockRow(id).orElseThrow(() -> Problem.notFound("person-unknown")));
        }
        return rows;
    }

    private static String object(UUID id) {
        return "person:" + id;
    }
}
