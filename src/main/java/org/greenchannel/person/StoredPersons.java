package org.greenchannel.person;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.FieldCipher;
import org.greenchannel.platform.RateLimit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People in encrypted tables; every look that shows plain values is audited before it is answered. */
@Service
class StoredPersons implements Persons {

    private static final String PERSON = "person.";
    private static final String GUARDIAN = "guardian.";
    private static final String SEARCH = "person.search";

    /** Fields by which two entries of one person are found. */
    private static final Set<String> COMPARED = Set.of("name", "birthDate", "idNo", "phone");

    private final PersonTable people;
    private final GuardianTable guardians;
    private final VersionTable versions;
    private final AlikeTable alike;
    private final PersonCheck check;
    private final PersonFaces faces;
    private final AuditLog audit;
    private final FieldCipher cipher;
    private final RateLimit limit;
    private final Clock clock;
    private final int searches;

    StoredPersons(
            PersonTable people,
            GuardianTable guardians,
            VersionTable versions,
            AlikeTable alike,
            PersonCheck check,
            PersonFaces faces,
            AuditLog audit,
            FieldCipher cipher,
            RateLimit limit,
            Clock clock,
            @Value("${greenchannel.person.searches-per-minute:30}") int searches) {
        this.people = people;
        this.guardians = guardians;
        this.versions = versions;
        this.alike = alike;
        this.check = check;
        this.faces = faces;
        this.audit = audit;
        this.cipher = cipher;
        this.limit = limit;
        this.clock = clock;
        this.searches = searches;
    }

    @Override
    @Transactional
    public UUID register(Map<String, String> person, Viewer viewer) {
        Map<String, String> values = check.person(person, Map.of());
        String number = values.get("idNo");
        var existing = number == null ? null : people.lockByNumber(number).orElse(null);
        if (existing != null) {
            PersonTable.Row counts = locked(existing.id());
            write(counts, values, viewer);
            return counts.id();
        }
        UUID id = UUID.randomUUID();
        people.insert(id, tempId(check.today()), clock.instant(), viewer.username());
        audit.record(viewer, AuditEntry.done("person.register", null, object(id), Map.of()));
        write(locked(id), values, viewer);
        return id;
    }

    @Override
    @Transactional
    public void update(UUID personId, Map<String, String> person, Viewer viewer) {
        PersonTable.Row row = locked(personId);
        Map<String, String> values = check.person(person, row.values());
        write(row, values, viewer);
        if (values.containsKey("idNo") && !row.values().containsKey("idNo")) {
            people.identified(row.id(), clock.instant());
            alike.refresh(row.id(), clock.instant());
        }
    }

    private void write(PersonTable.Row row, Map<String, String> values, Viewer viewer) {
        List<String> changed = changed(row.values(), values);
        if (changed.isEmpty()) {
            return;
        }
        Map<String, String> after = merged(row.values(), values);
        Instant now = clock.instant();
        keep("PERSON", row.id(), row.version(), changed, row.values(), now, viewer);
        people.update(row.id(), PersonFaces.status(after), row.version() + 1, after, now, viewer.username());
        if (changed.stream().anyMatch(COMPARED::contains)) {
            alike.refresh(row.id(), now);
        }
    }

    @Override
    @Transactional
    public void updateGuardian(UUID personId, Map<String, String> guardian, Viewer viewer) {
        Map<String, String> values = check.guardian(guardian);
        UUID counts = locked(personId).id();
        Instant now = clock.instant();
        if (!values.isEmpty() && guardians.first(counts).isEmpty()) {
            guardians.insert(UUID.randomUUID(), counts, now, viewer.username());
        }
        guardians.first(counts).ifPresent(row -> {
            List<String> changed = changed(row.values(), values);
            if (!changed.isEmpty()) {
                keep("GUARDIAN", row.id(), row.version(), changed, row.values(), now, viewer);
                guardians.update(row.id(), row.version() + 1, merged(row.values(), values), now, viewer.username());
                if (changed.contains("phone")) {
                    alike.refresh(counts, now);
                }
            }
        });
    }

    /** The values before the first writing are nothing worth a version. */
    private void keep(
            String subject,
            UUID id,
            int version,
            List<String> changed,
            Map<String, String> before,
            Instant at,
            Viewer viewer) {
        if (version > 0) {
            versions.insert(subject, id, version, changed, before, at, viewer.username());
        }
        String object = subject.equals("PERSON") ? object(id) : "guardian:" + id;
        audit.record(
                viewer, AuditEntry.done("person.update", null, object, Map.of("fields", String.join(",", changed))));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<UUID, MaskedPerson> masked(Collection<UUID> personIds) {
        var masked = new LinkedHashMap<UUID, MaskedPerson>();
        List<UUID> ids = personIds.stream().filter(Objects::nonNull).distinct().toList();
        people.current(ids).forEach((id, row) -> masked.put(id, faces.masked(row)));
        return masked;
    }

    @Override
    @Transactional
    public Map<String, String> reveal(UUID personId, Collection<String> fields, Viewer viewer, String purpose) {
        String names = fields.stream()
                .sorted()
                .distinct()
                .reduce((a, b) -> a + "," + b)
                .orElse("");
        auditLook(
                viewer,
                AuditEntry.done("person.reveal", null, object(personId), Map.of("fields", names))
                        .purpose(purpose));
        Map<String, String> all = plain(row(personId));
        all.keySet().retainAll(List.copyOf(fields));
        return all;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> forPaper(UUID personId) {
        PersonTable.Row row = row(personId);
        Map<String, String> all = plain(row);
        all.putAll(faces.derived(row));
        return all;
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isMinor(UUID personId) {
        return Ages.isMinor(row(personId).values(), check.today());
    }

    @Override
    @Transactional
    public List<MaskedPerson> search(String idNoOrName, Viewer viewer) {
        if (idNoOrName.isBlank() || idNoOrName.length() > 100) {
            return List.of();
        }
        long wait = limit.take(SEARCH, viewer.accountId(), searches, Duration.ofMinutes(1));
        if (wait > 0) {
            audit.recordApart(viewer, AuditEntry.denied(SEARCH, null, null, Map.of("reason", "RATE")));
            throw Problem.tooMany("too-many-searches", searches, wait).with("retryAfter", wait);
        }
        List<UUID> hits =
                people.search(idNoOrName).stream().map(PersonTable.Row::id).toList();
        List<MaskedPerson> found = people.current(hits).values().stream()
                .collect(Collectors.toMap(PersonTable.Row::id, row -> row, (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .map(faces::masked)
                .toList();
        String term = HexFormat.of().formatHex(cipher.blindIndex(PersonCheck.name(idNoOrName), "audit/search/v1"));
        auditLook(
                viewer,
                AuditEntry.done(SEARCH, null, null, Map.of("term", term, "found", String.valueOf(found.size()))));
        return found;
    }

    /** A look that cannot be audited is refused. */
    private void auditLook(Viewer viewer, AuditEntry entry) {
        try {
            audit.recordApart(viewer, entry);
        } catch (RuntimeException e) {
            throw Problem.unavailable("look-not-audited");
        }
    }

    private Map<String, String> plain(PersonTable.Row row) {
        var all = new HashMap<String, String>();
        row.values().forEach((field, value) -> all.put(PERSON + field, value));
        guardians
                .first(row.id())
                .or(() -> guardians.of(people.same(List.of(row.id()))).stream().findFirst())
                .ifPresent(guardian -> guardian.values().forEach((field, value) -> all.put(GUARDIAN + field, value)));
        return all;
    }

    private PersonTable.Row row(UUID id) {
        return Optional.ofNullable(people.current(List.of(id)).get(id))
                .orElseThrow(() -> Problem.notFound("person-unknown", id.toString()));
    }

    private PersonTable.Row locked(UUID id) {
        return people.lock(id).orElseThrow(() -> Problem.notFound("person-unknown", id.toString()));
    }

    private String tempId(LocalDate day) {
        return day.format(DateTimeFormatter.BASIC_ISO_DATE) + "-" + String.format("%04d", people.serial(day));
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> values) {
        return values.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Map<String, String> merged(Map<String, String> before, Map<String, String> values) {
        var after = new HashMap<>(before);
        after.putAll(values);
        return after;
    }

    private static String object(UUID id) {
        return "person:" + id;
    }
}
