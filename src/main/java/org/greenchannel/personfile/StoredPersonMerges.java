package org.greenchannel.personfile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.person.Identities;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Proposals in the database; every command is one transaction with an audit entry that carries ids and codes only. */
@Component
class StoredPersonMerges implements PersonMerges {

    private static final int PAGE = 25;
    private static final int BATCH = 100;
    private static final int DEEPEST = 1000;
    private static final int OPEN = 200;
    private static final String SPLIT = "SPLIT";

    private final MergeTable table;
    private final MergeChecks checks;
    private final MergeNews news;
    private final Standing standing;
    private final Identities identities;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final Deputies deputies;
    private final Idempotency idempotency;
    private final PersonPageRules rules;
    private final AuditLog audit;
    private final Texts texts;
    private final Clock clock;

    StoredPersonMerges(
            MergeTable table,
            MergeChecks checks,
            MergeNews news,
            Standing standing,
            Identities identities,
            CaseFiles cases,
            AccessPolicy access,
            Deputies deputies,
            Idempotency idempotency,
            PersonPageRules rules,
            AuditLog audit,
            Texts texts,
            Clock clock) {
        this.table = table;
        this.checks = checks;
        this.news = news;
        this.standing = standing;
        this.identities = identities;
        this.cases = cases;
        this.access = access;
        this.deputies = deputies;
        this.idempotency = idempotency;
        this.rules = rules;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public boolean mayMerge(Viewer viewer) {
        return java.util.Arrays.stream(Relation.values())
                .anyMatch(relation -> access.allows(viewer, Standing.MERGE, relation));
    }

    @Override
    @Transactional(readOnly = true)
    public Page<Pair> duplicates(Viewer viewer, @Nullable String cursor) {
        requireAny(viewer);
        var pairs = new ArrayList<Pair>();
        Identities.Alike after = cursor == null ? null : Cursor.parse(cursor);
        for (int read = 0; read < DEEPEST; read += BATCH) {
            List<Identities.Alike> batch = identities.alike(after, BATCH);
            Set<UUID> mine = mergeable(batch, viewer);
            for (Identities.Alike pair : batch) {
                after = pair;
                if (mine.contains(pair.first()) && mine.contains(pair.second()) && !settled(pair)) {
                    Map<UUID, MaskedPerson> faces = identities.entries(List.of(pair.first(), pair.second()));
                    MaskedPerson first = faces.get(pair.first());
                    MaskedPerson second = faces.get(pair.second());
                    if (first != null && second != null) {
                        pairs.add(new Pair(first, second, pair.reasons(), pair.foundAt()));
                    }
                }
                if (pairs.size() == PAGE) {
                    return new Page<>(pairs, Cursor.text(pair));
                }
            }
            if (batch.size() < BATCH) {
                break;
            }
        }
        return new Page<>(pairs, null);
    }

    /** Of the people of these pairs those whom the viewer may merge. */
    private Set<UUID> mergeable(List<Identities.Alike> pairs, Viewer viewer) {
        var ids = new LinkedHashSet<UUID>();
        pairs.forEach(pair -> {
            ids.add(pair.first());
            ids.add(pair.second());
        });
        var mine = new LinkedHashSet<UUID>();
        for (UUID id : ids) {
            standing.of(id, viewer).filter(of -> of.may(Standing.MERGE)).ifPresent(of -> mine.add(id));
        }
        return mine;
    }

    /** Whether somebody has found the two to be two people after they were found to be alike. */
    private boolean settled(Identities.Alike pair) {
        return table.of(List.of(pair.first(), pair.second())).stream()
                .anyMatch(row -> row.kind().equals("MERGE")
                        && (row.status().equals("REFUSED") || row.status().equals("OPEN"))
                        && Set.of(row.from(), row.into()).equals(Set.of(pair.first(), pair.second())));
    }

    @Override
    @Transactional
    public Comparison compare(UUID one, UUID other, Viewer viewer) {
        Standing.Of left = mine(one, viewer);
        Standing.Of right = mine(other, viewer);
        if (left.id.equals(right.id)) {
            throw Problem.conflict("merge-stale");
        }
        List<Identities.Compared> fields = identities.compare(left.id, right.id, viewer);
        MergeChecks.Found found = checks.check(left.id, right.id, fields);
        Map<UUID, MaskedPerson> faces = identities.entries(List.of(left.id, right.id));
        return new Comparison(
                face(faces, left.id),
                face(faces, right.id),
                seen(fields, left, right),
                identities.alike(left.id).stream()
                        .filter(pair -> pair.other(left.id).equals(right.id))
                        .findFirst()
                        .map(Identities.Alike::reasons)
                        .orElse(List.of()),
                numbers(left),
                numbers(right),
                found.warnings(),
                found.held().isEmpty() ? Set.of() : Set.of("LEGAL_STATUS"),
                table.of(List.of(left.id)).stream()
                        .filter(row -> row.status().equals("OPEN")
                                && Set.of(row.from(), row.into()).equals(Set.of(left.id, right.id)))
                        .map(MergeTable.Row::id)
                        .findFirst()
                        .orElse(null));
    }

    /** Whether values agree may be known; what they are only by their class: identity, contact, guardian (D16). */
    private static List<Identities.Compared> seen(
            List<Identities.Compared> fields, Standing.Of left, Standing.Of right) {
        return fields.stream()
                .map(field -> {
                    Sight least = Standing.classOf(field.field()).equals("IDN") ? Sight.MASKED : Sight.READ;
                    return new Identities.Compared(
                            field.field(),
                            hidden(field.one(), field.field(), left, least),
                            hidden(field.other(), field.field(), right, least),
                            field.match());
                })
                .toList();
    }

    private static String hidden(String value, String field, Standing.Of of, Sight least) {
        return value.isEmpty() || of.sight(Standing.classOf(field)).compareTo(least) >= 0 ? value : "****";
    }

    private static MaskedPerson face(Map<UUID, MaskedPerson> faces, UUID id) {
        return Optional.ofNullable(faces.get(id)).orElseThrow(() -> Problem.notFound("person-unknown"));
    }

    private static List<String> numbers(Standing.Of of) {
        return of.files.keySet().stream().map(CaseSummary::number).toList();
    }

    @Override
    @Transactional
    public UUID propose(Proposal proposal, @Nullable String key, Viewer viewer) {
        return idempotency.once(
                key,
                viewer.accountId(),
                "person.merge.propose",
                String.join(
                        "|",
                        proposal.kind(),
                        proposal.from().toString(),
                        proposal.into().toString()),
                UUID.class,
                () -> proposeOnce(proposal, viewer));
    }

    private UUID proposeOnce(Proposal proposal, Viewer viewer) {
        boolean split = proposal.kind().equals(SPLIT);
        if (!split && !proposal.kind().equals("MERGE")) {
            throw Problem.badRequest("bad-parameter", "kind");
        }
        Standing.Of from = mine(proposal.from(), viewer);
        Standing.Of into = mine(proposal.into(), viewer);
        Set<String> warnings = split ? Set.of() : warnings(from, into, proposal, viewer);
        if (split && merged(proposal.from(), proposal.into()).isEmpty()) {
            throw Problem.conflict("merge-stale");
        }
        refuseIncomplete(proposal, split ? SPLIT_REASONS : REASONS, warnings);
        Instant now = clock.instant();
        table.lapse(lapsed(now), now);
        UUID id = UUID.randomUUID();
        Proposal clean = new Proposal(
                proposal.kind(),
                proposal.from(),
                proposal.into(),
                proposal.reason(),
                proposal.note().strip(),
                true);
        if (!table.insert(id, clean, warnings, viewer.username(), now)) {
            throw Problem.conflict("merge-open");
        }
        audit.record(
                viewer,
                AuditEntry.done(
                        "person.merge.propose",
                        null,
                        "person:" + proposal.from(),
                        Map.of(
                                "kind", proposal.kind(),
                                "into", proposal.into().toString(),
                                "request", id.toString(),
                                "reason", proposal.reason(),
                                "warnings", String.join(",", new TreeSet<>(warnings)))));
        news.proposed(from, into, viewer, now);
        return id;
    }

    private Set<String> warnings(Standing.Of from, Standing.Of into, Proposal proposal, Viewer viewer) {
        if (!from.id.equals(proposal.from()) || !into.id.equals(proposal.into()) || from.id.equals(into.id)) {
            throw Problem.conflict("merge-stale");
        }
        MergeChecks.Found found = checks.check(from.id, into.id, identities.compare(from.id, into.id, viewer));
        checks.refuseHeld(found, viewer);
        return found.warnings();
    }

    private void refuseIncomplete(Proposal proposal, List<String> reasons, Set<String> warnings) {
        var errors = new ArrayList<FieldError>();
        if (!reasons.contains(proposal.reason())) {
            errors.add(new FieldError("/reason", "options", texts.of("personfile.reason")));
        }
        if (!note(proposal.note())) {
            errors.add(new FieldError("/note", "required", texts.of("personfile.note")));
        }
        if (!warnings.isEmpty() && !proposal.seen()) {
            errors.add(new FieldError("/seen", "required", texts.of("personfile.seen")));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid("form-invalid", errors);
        }
    }

    private static boolean note(String note) {
        int length = note.strip().length();
        return length >= 4 && length <= 500;
    }

    @Override
    @Transactional
    public void confirm(UUID id, @Nullable String key, Viewer viewer) {
        once(id, "confirm", key, viewer, row -> {
            refuseSameEyes(row, viewer);
            boolean split = row.kind().equals(SPLIT);
            Set<String> filled;
            if (split) {
                MergeTable.Row merge =
                        merged(row.from(), row.into()).orElseThrow(() -> Problem.conflict("merge-stale"));
                identities.separate(row.from(), row.into(), merge.filled(), viewer);
                filled = Set.of();
            } else {
                checks.refuseHeld(checks.check(row.from(), row.into(), List.of()), viewer);
                filled = identities.merge(row.from(), row.into(), viewer);
            }
            decide(row, "CONFIRMED", null, filled, viewer);
            tell(row, split ? "personfile.story-split" : "personfile.story-merged", viewer);
        });
    }

    /** Whoever works on an open case of either learns of it in the story. */
    private void tell(MergeTable.Row row, String text, Viewer viewer) {
        var people = new LinkedHashSet<UUID>(identities.same(List.of(row.from(), row.into())));
        for (CaseSummary file : cases.openOfPersons(people)) {
            cases.tell(
                    file.id(),
                    clock.instant(),
                    "CASE",
                    texts.of(text),
                    "",
                    viewer.username(),
                    Map.of("request", row.id().toString()));
        }
    }

    @Override
    @Transactional
    public void refuse(UUID id, String note, @Nullable String key, Viewer viewer) {
        once(id, "refuse", key, viewer, row -> {
            refuseSameEyes(row, viewer);
            if (!note(note)) {
                throw Problem.invalid(
                        "form-invalid", List.of(new FieldError("/note", "required", texts.of("personfile.note"))));
            }
            decide(row, "REFUSED", note.strip(), Set.of(), viewer);
        });
    }

    @Override
    @Transactional
    public void withdraw(UUID id, @Nullable String key, Viewer viewer) {
        once(id, "withdraw", key, viewer, row -> {
            if (!row.proposedBy().equals(viewer.username())) {
                throw Problem.forbidden("merge-not-yours");
            }
            decide(row, "WITHDRAWN", null, Set.of(), viewer);
        });
    }

    /** Locks the proposal: of two who decide at the same time the second is told who was first. */
    private void once(UUID id, String verb, @Nullable String key, Viewer viewer, Consumer<MergeTable.Row> action) {
        idempotency.once(key, viewer.accountId(), "person.merge." + verb, id.toString(), Boolean.class, () -> {
            MergeTable.Row row = table.lock(id).orElseThrow(() -> Problem.notFound("merge-unknown"));
            if (seen(row, viewer).isEmpty()) {
                throw hidden(row, viewer);
            }
            if (!row.status().equals("OPEN")) {
                throw Problem.conflict("merge-decided", row.decidedBy() == null ? "-" : row.decidedBy());
            }
            if (row.proposedAt().isBefore(lapsed(clock.instant()))) {
                throw Problem.conflict("merge-lapsed", rules.lapseDays());
            }
            action.accept(row);
            return true;
        });
    }

    private Problem hidden(MergeTable.Row row, Viewer viewer) {
        audit.recordApart(
                viewer, AuditEntry.denied(Standing.MERGE, null, "merge:" + row.id(), Map.of("reason", "RIGHT")));
        return Problem.notFound("merge-unknown");
    }

    private void refuseSameEyes(MergeTable.Row row, Viewer viewer) {
        String why = sameEyes(row, viewer);
        if (why != null) {
            audit.recordApart(
                    viewer, AuditEntry.denied(Standing.MERGE, null, "merge:" + row.id(), Map.of("reason", why)));
            throw Problem.forbidden(why.equals("SELF") ? "merge-self" : "merge-deputy");
        }
    }

    private @Nullable String sameEyes(MergeTable.Row row, Viewer viewer) {
        if (row.proposedBy().equals(viewer.username())) {
            return "SELF";
        }
        return deputies.principals(viewer.username()).contains(row.proposedBy())
                        || deputies.principals(row.proposedBy()).contains(viewer.username())
                ? "DEPUTY"
                : null;
    }

    private void decide(MergeTable.Row row, String status, @Nullable String note, Set<String> filled, Viewer viewer) {
        Instant now = clock.instant();
        table.decide(row.id(), status, viewer.username(), note, filled, now);
        audit.record(
                viewer,
                AuditEntry.done(
                        "person.merge.decide",
                        null,
                        "person:" + row.from(),
                        Map.of(
                                "kind", row.kind(),
                                "into", row.into().toString(),
                                "request", row.id().toString(),
                                "decision", status)));
        news.decided(row, viewer, now);
    }

    @Override
    @Transactional(readOnly = true)
    public Request get(UUID id, Viewer viewer) {
        MergeTable.Row row = table.find(id).orElseThrow(() -> Problem.notFound("merge-unknown"));
        return seen(row, viewer).orElseThrow(() -> hidden(row, viewer));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Request> open(Viewer viewer) {
        requireAny(viewer);
        Instant limit = lapsed(clock.instant());
        return table.open(OPEN).stream()
                .filter(row -> !row.proposedAt().isBefore(limit))
                .flatMap(row -> seen(row, viewer).stream())
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Request> done(UUID personId, Viewer viewer) {
        var standing = new LinkedHashMap<UUID, MergeTable.Row>();
        for (MergeTable.Row row : table.of(identities.same(List.of(personId)))) {
            if (row.kind().equals("MERGE")
                    && merged(row.from(), row.into()).filter(row::equals).isPresent()) {
                standing.putIfAbsent(row.from(), row);
            }
        }
        return standing.values().stream()
                .flatMap(row -> seen(row, viewer).stream())
                .toList();
    }

    /** The merge by which the one entry points to the other now. */
    private Optional<MergeTable.Row> merged(UUID from, UUID into) {
        return table.of(List.of(from)).stream()
                .filter(row -> row.status().equals("CONFIRMED")
                        && row.from().equals(from)
                        && row.into().equals(into))
                .findFirst()
                .filter(row -> row.kind().equals("MERGE"));
    }

    /** As the viewer may see it; empty unless he may merge both. */
    private Optional<Request> seen(MergeTable.Row row, Viewer viewer) {
        Optional<Standing.Of> from = standing.of(row.from(), viewer).filter(of -> of.may(Standing.MERGE));
        Optional<Standing.Of> into = standing.of(row.into(), viewer).filter(of -> of.may(Standing.MERGE));
        if (from.isEmpty() || into.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, MaskedPerson> faces = new HashMap<>(identities.entries(List.of(row.from(), row.into())));
        boolean open = row.status().equals("OPEN") && !row.proposedAt().isBefore(lapsed(clock.instant()));
        String why = open ? sameEyes(row, viewer) : null;
        return Optional.of(new Request(
                row.id(),
                row.kind(),
                face(faces, row.from()),
                face(faces, row.into()),
                row.reason(),
                row.note(),
                row.warnings(),
                row.proposedBy(),
                row.proposedAt(),
                open || !row.status().equals("OPEN") ? row.status() : "LAPSED",
                row.decidedBy(),
                row.decidedAt(),
                row.decisionNote(),
                open && why == null,
                open && row.proposedBy().equals(viewer.username()),
                why,
                into.get().id));
    }

    private Instant lapsed(Instant now) {
        return now.minus(Duration.ofDays(rules.lapseDays()));
    }

    /** The person before the viewer, who must be allowed to merge. */
    private Standing.Of mine(UUID personId, Viewer viewer) {
        Standing.Of of = standing.of(personId, viewer).orElseThrow(() -> {
            audit.recordApart(
                    viewer, AuditEntry.denied(Standing.MERGE, null, "person:" + personId, Map.of("reason", "UNKNOWN")));
            return Problem.notFound("person-unknown");
        });
        if (!of.may(Standing.MERGE)) {
            audit.recordApart(
                    viewer, AuditEntry.denied(Standing.MERGE, null, "person:" + of.id, Map.of("reason", "RIGHT")));
            throw Problem.forbidden("forbidden", Standing.MERGE);
        }
        return of;
    }

    private void requireAny(Viewer viewer) {
        if (!mayMerge(viewer)) {
            audit.recordApart(viewer, AuditEntry.denied(Standing.MERGE, null, null, Map.of()));
            throw Problem.forbidden("forbidden", Standing.MERGE);
        }
    }

    /** Place after a pair. */
    private static final class Cursor {
        static String text(Identities.Alike pair) {
            return pair.foundAt() + "_" + pair.first() + "_" + pair.second();
        }

        static Identities.Alike parse(String text) {
            try {
                String[] parts = text.split("_", 3);
                return new Identities.Alike(
                        UUID.fromString(parts[1]), UUID.fromString(parts[2]), List.of(), Instant.parse(parts[0]));
            } catch (RuntimeException e) {
                throw Problem.badRequest("cursor-invalid");
            }
        }
    }
}
