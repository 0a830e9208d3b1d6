package org.greenchannel.note;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
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
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Notes in the database. */
@Service
class StoredNotes implements Notes {

    private static final int PAGE = 100;

    private final NoteTable table;
    private final NoteReaders readers;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final ApplicationEventPublisher events;
    private final Texts texts;
    private final Clock clock;

    StoredNotes(
            NoteTable table,
            NoteReaders readers,
            CaseFiles cases,
            AccessPolicy access,
            AuditLog audit,
            Idempotency idempotency,
            ApplicationEventPublisher events,
            Texts texts,
            Clock clock) {
        this.table = table;
        this.readers = readers;
        this.cases = cases;
        this.access = access;
        this.audit = audit;
        this.idempotency = idempotency;
        this.events = events;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Note write(
            UUID caseId, NoteKind kind, String text, List<String> mentions, @Nullable String key, Viewer viewer) {
        CaseSummary file = cases.byId(caseId);
        cases.require(file, "case.note", viewer);
        String id = idempotency.once(
                key,
                viewer.accountId(),
                "note.write",
                caseId + " " + kind + " " + mentions + " " + text,
                String.class,
                () -> add(file, kind, text, mentions, viewer).toString());
        return one(file, UUID.fromString(id), viewer);
    }

    private UUID add(CaseSummary file, NoteKind kind, String text, List<String> mentions, Viewer viewer) {
        List<String> people = readers.people(file, kind, mentions, viewer);
        var note = new Note(
                UUID.randomUUID(),
                file.id(),
                kind,
                viewer.username(),
                viewer.organisation(),
                now(),
                List.of(new Note.Version(1, now(), checked(text), people)),
                null,
                null);
        table.add(note);
        tell(file, note, "written", Map.of("version", "1"), viewer);
        call(note, people);
        return note.id();
    }

    @Override
    @Transactional
    public Note correct(
            UUID caseId,
            UUID noteId,
            int version,
            String text,
            List<String> mentions,
            @Nullable String key,
            Viewer viewer) {
        CaseSummary file = cases.byId(caseId);
        cases.require(file, "case.note", viewer);
        idempotency.once(
                key,
                viewer.accountId(),
                "note.correct:" + noteId,
                version + " " + mentions + " " + text,
                String.class,
                () -> sayAnew(file, own(file, noteId, viewer), version, text, mentions, viewer));
        return one(file, noteId, viewer);
    }

    private String sayAnew(
            CaseSummary file, Note note, int version, String text, List<String> mentions, Viewer viewer) {
        List<Note.Version> said = note.versions();
        Set<String> told = new TreeSet<>();
        said.forEach(before -> told.addAll(before.mentions()));
        List<String> people = readers.people(file, note.kind(), mentions, viewer);
        var next = new Note.Version(version + 1, now(), checked(text), people);
        if (version != said.size() || !table.say(note.id(), next)) {
            throw Problem.conflict("note-changed").with("version", said.size());
        }
        tell(file, note, "corrected", Map.of("version", Integer.toString(next.number())), viewer);
        call(note, people.stream().filter(name -> !told.contains(name)).toList());
        return Integer.toString(next.number());
    }

    @Override
    @Transactional
    public Note withdraw(UUID caseId, UUID noteId, String why, Viewer viewer) {
        if (!REASONS.contains(why)) {
            throw Problem.badRequest("bad-parameter", "why");
        }
        CaseSummary file = cases.byId(caseId);
        cases.require(file, "case.note", viewer);
        Note note = own(file, noteId, viewer);
        table.withdraw(noteId, why, now());
        tell(file, note, "withdrawn", Map.of("why", why), viewer);
        return one(file, noteId, viewer);
    }

    /** A note the viewer wrote and has not withdrawn, locked. */
    private Note own(CaseSummary file, UUID noteId, Viewer viewer) {
        Note note = table.lock(file.id(), noteId).orElseThrow(() -> Problem.notFound("note-unknown"));
        if (!note.author().equals(viewer.username())) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            "note.change",
                            file.id(),
                            "note:" + noteId,
                            Map.of("kind", note.kind().name())));
            throw Problem.forbidden("note-of-others");
        }
        if (note.withdrawnAt() != null) {
            throw Problem.conflict("note-withdrawn");
        }
        return note;
    }

    private Note one(CaseSummary file, UUID id, Viewer viewer) {
        return table.find(file.id(), List.of(id)).stream()
                .findFirst()
                .map(note -> readers.seen(note, viewer, cases.relation(file, viewer)))
                .orElseThrow(() -> Problem.notFound("note-unknown"));
    }

    @Override
    public Page<Note> list(UUID caseId, Viewer viewer, int limit, @Nullable String cursor) {
        CaseSummary file = cases.byId(caseId);
        Relation relation = cases.require(file, "case.notes", viewer);
        Page<Note> page = table.page(caseId, Math.max(1, Math.min(limit, PAGE)), cursor);
        List<Note> seen = page.items().stream()
                .map(note -> readers.seen(note, viewer, relation))
                .toList();
        var classes = new TreeSet<String>();
        seen.stream()
                .filter(note -> note.readable() && !note.author().equals(viewer.username()))
                .map(note -> note.kind().dataClass())
                .forEach(dataClass -> {
                    if (dataClass != null) {
                        classes.add(dataClass);
                    }
                });
        if (!classes.isEmpty()) {
            audit.recordApart(
                    viewer,
                    AuditEntry.done(
                            "note.read",
                            caseId,
                            "case:" + file.number(),
                            Map.of("classes", String.join(",", classes))));
        }
        return new Page<>(seen, page.nextCursor());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Note> general(UUID caseId, Set<UUID> ids, Viewer viewer) {
        Relation relation = cases.relation(cases.byId(caseId), viewer);
        return table.find(caseId, ids).stream()
                .filter(note -> note.kind() == NoteKind.GENERAL)
                .map(note -> readers.seen(note, viewer, relation))
                .filter(note -> note.readable() && note.withdrawnAt() == null)
                .filter(note -> access.allows(viewer, "case.notes", relation))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayWrite(UUID caseId, Viewer viewer) {
        return access.allows(viewer, "case.note", cases.relation(cases.byId(caseId), viewer));
    }

    @Override
    @Transactional(readOnly = true)
    public List<String> people(UUID caseId, Viewer viewer) {
        CaseSummary file = cases.byId(caseId);
        cases.require(file, "case.note", viewer);
        return readers.colleagues(file, viewer);
    }

    private String checked(String text) {
        String body = text.strip();
        if (body.isEmpty() || body.length() > LONGEST) {
            throw Problem.invalid("note-empty", List.of(new FieldError("/text", "required", texts.of("note.empty"))));
        }
        return body;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A line in the story and one in the log, both with codes only. */
    private void tell(CaseSummary file, Note note, String what, Map<String, String> detail, Viewer viewer) {
        var all = new HashMap<>(detail);
        all.put("note", note.id().toString());
        all.put("kind", note.kind().name());
        cases.tell(
                file.id(),
                now(),
                "NOTE",
                texts.of("note.timeline." + what, texts.of("note.kind." + note.kind())),
                "",
                viewer.username(),
                all);
        audit.record(viewer, AuditEntry.done("note." + what, file.id(), "note:" + note.id(), all));
    }

    private void call(Note note, List<String> people) {
        if (!people.isEmpty()) {
            events.publishEvent(new NoteMention(UUID.randomUUID(), note.id(), note.caseId(), people, now()));
        }
    }
}
