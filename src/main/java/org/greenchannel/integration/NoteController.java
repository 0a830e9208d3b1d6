package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.note.Note;
import org.greenchannel.note.NoteKind;
import org.greenchannel.note.Notes;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Notes of colleagues to a case. */
@RestController
@RequestMapping("/api/v1/cases/{number}/notes")
@Tag(name = "cases")
class NoteController {

    private final Notes notes;
    private final CaseFiles cases;
    private final Accounts accounts;
    private final CurrentUser user;

    NoteController(Notes notes, CaseFiles cases, Accounts accounts, CurrentUser user) {
        this.notes = notes;
        this.cases = cases;
        this.accounts = accounts;
        this.user = user;
    }

    /**
     * A note to write or to say anew.
     *
     * @param kind what it is about; only for a new one
     * @param mentions usernames of colleagues to tell
     * @param version number of the version that is corrected; only for a correction
     */
    record NoteBody(
            @Nullable NoteKind kind,
            @Nullable String text,
            @Nullable List<String> mentions,
            @Nullable Integer version) {
        String said() {
            return text == null ? "" : text;
        }

        List<String> people() {
            return mentions == null ? List.of() : mentions;
        }
    }

    /** Why a note is taken back: {@code WRONG_CASE}, {@code MISTAKEN} or {@code DUPLICATE}. */
    record NoteWithdrawal(String why) {}

    /** A colleague to choose from. */
    record Colleague(String username, String displayName, String organisation) {}

    /** A note; text, mentions, version and earlier are null when the caller may not read it. */
    record NoteAnswer(
            UUID id,
            NoteKind kind,
            @Nullable String dataClass,
            String author,
            String organisation,
            Instant at,
            boolean readable,
            @Nullable Integer version,
            @Nullable String text,
            @Nullable List<String> mentions,
            @Nullable List<Note.Version> earlier,
            @Nullable Instant withdrawnAt,
            @Nullable String withdrawnWhy) {
        static NoteAnswer of(Note note) {
            Note.Version last = note.last();
            return new NoteAnswer(
                    note.id(),
                    note.kind(),
                    note.kind().dataClass(),
                    note.author(),
                    note.organisation(),
                    note.at(),
                    note.readable(),
                    last == null ? null : last.number(),
                    last == null ? null : last.text(),
                    last == null ? null : last.mentions(),
                    last == null ? null : note.earlier(),
                    note.withdrawnAt(),
                    note.withdrawnWhy());
        }
    }

    @GetMapping
    @Operation(
            summary = "Notes to the case, newest first",
            description = "Notes of a kind the caller may not read come without text. A look at notes of others that"
                    + " belong to a data class is recorded.")
    Page<NoteAnswer> list(
            @PathVariable String number,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Viewer viewer = user.require();
        Page<Note> page = notes.list(cases.get(number, viewer).id(), viewer, limit, cursor);
        return new Page<>(page.items().stream().map(NoteAnswer::of).toList(), page.nextCursor());
    }

    @GetMapping("/people")
    @Operation(summary = "Colleagues who work on the case and can be mentioned")
    List<Colleague> people(@PathVariable String number) {
        Viewer viewer = user.require();
        return notes.people(cases.get(number, viewer).id(), viewer).stream()
                .flatMap(name -> accounts.find(name).stream())
                .map(a -> new Colleague(a.username(), a.displayName(), a.organisation()))
                .toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Writes a note; those mentioned are told, without what it says",
            description = "body: kind, text (at most 2000 characters), mentions (usernames, at most 20)")
    @ApiResponse(responseCode = "409", description = "note-mention or person-unknown: one of those mentioned")
    @ApiResponse(responseCode = "422", description = "note-empty or note-people")
    NoteAnswer write(
            @PathVariable String number,
            @RequestBody NoteBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Viewer viewer = user.require();
        NoteKind kind = body.kind();
        if (kind == null) {
            throw Problem.badRequest("bad-parameter", "kind");
        }
        UUID file = cases.get(number, viewer).id();
        return NoteAnswer.of(notes.write(file, kind, body.said(), body.people(), Requests.key(idempotencyKey), viewer));
    }

    @PostMapping("/{id}/correct")
    @Operation(
            summary = "Says it anew: its author only; what it said before stays readable",
            description = "body: version (the one that is corrected), text, mentions")
    @ApiResponse(responseCode = "409", description = "note-changed or note-withdrawn")
    NoteAnswer correct(
            @PathVariable String number,
            @PathVariable UUID id,
            @RequestBody NoteBody body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Viewer viewer = user.require();
        Integer version = body.version();
        if (version == null) {
            throw Problem.badRequest("bad-parameter", "version");
        }
        UUID file = cases.get(number, viewer).id();
        return NoteAnswer.of(
                notes.correct(file, id, version, body.said(), body.people(), Requests.key(idempotencyKey), viewer));
    }

    @PostMapping("/{id}/withdraw")
    @Operation(summary = "Takes a note back: its author only; it stays in the record, crossed out")
    @ApiResponse(responseCode = "409", description = "note-withdrawn: it was taken back before")
    NoteAnswer withdraw(@PathVariable String number, @PathVariable UUID id, @RequestBody NoteWithdrawal body) {
        Viewer viewer = user.require();
        return NoteAnswer.of(notes.withdraw(cases.get(number, viewer).id(), id, body.why(), viewer));
    }
}
