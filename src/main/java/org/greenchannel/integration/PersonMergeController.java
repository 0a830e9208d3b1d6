package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.personfile.PersonMerges;
import org.greenchannel.personfile.PersonMerges.Comparison;
import org.greenchannel.personfile.PersonMerges.Pair;
import org.greenchannel.personfile.PersonMerges.Proposal;
import org.greenchannel.personfile.PersonMerges.Request;
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

/** People entered twice: found, compared, merged and separated by two accounts. */
@RestController
@RequestMapping("/api/v1/persons")
@Tag(name = "persons")
class PersonMergeController {

    private final PersonMerges merges;
    private final CurrentUser user;

    PersonMergeController(PersonMerges merges, CurrentUser user) {
        this.merges = merges;
        this.user = user;
    }

    /** A proposal as sent. @param seen whether the warnings of the comparison were read */
    record Proposed(
            @Nullable String kind,
            @Nullable UUID from,
            @Nullable UUID into,
            @Nullable String reason,
            @Nullable String note,
            boolean seen) {}

    /** Words of a refusal. */
    record Words(@Nullable String note) {}

    @GetMapping("/duplicates")
    @Operation(summary = "Entries that may be one person and that the caller may compare, newest first")
    Page<Pair> duplicates(@RequestParam(required = false) @Nullable String cursor) {
        return merges.duplicates(user.require(), cursor);
    }

    @GetMapping("/{id}/compare/{other}")
    @Operation(
            summary = "Two entries field by field, masked; audited",
            description =
                    "warnings must be acknowledged by the proposal; while something is in blocked, merging is refused")
    Comparison compare(@PathVariable UUID id, @PathVariable UUID other) {
        return merges.compare(id, other, user.require());
    }

    @GetMapping("/merges")
    @Operation(summary = "Proposals that wait for a second account, oldest first")
    List<Request> open() {
        return merges.open(user.require());
    }

    @PostMapping("/merges")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Proposes to merge or to separate two entries",
            description =
                    "kind MERGE or SPLIT. Problems merge-open, merge-legal-status, merge-stale (409), form-invalid (422).")
    Request propose(
            @RequestBody Proposed body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Viewer viewer = user.require();
        if (body.from() == null || body.into() == null) {
            throw Problem.badRequest("bad-parameter", body.from() == null ? "from" : "into");
        }
        UUID id = merges.propose(
                new Proposal(
                        body.kind() == null ? "MERGE" : body.kind(),
                        body.from(),
                        body.into(),
                        body.reason() == null ? "" : body.reason(),
                        body.note() == null ? "" : body.note(),
                        body.seen()),
                Requests.key(idempotencyKey),
                viewer);
        return merges.get(id, viewer);
    }

    @GetMapping("/merges/{id}")
    @Operation(summary = "A proposal and what came of it")
    Request one(@PathVariable UUID id) {
        return merges.get(id, user.require());
    }

    @PostMapping("/merges/{id}/confirm")
    @Operation(
            summary = "Carries a proposal out",
            description =
                    "By another account than the proposer's, its deputy's or its principal's: problems merge-self,"
                            + " merge-deputy (403); merge-decided, merge-lapsed, merge-stale, merge-legal-status (409).")
    Request confirm(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Viewer viewer = user.require();
        merges.confirm(id, Requests.key(idempotencyKey), viewer);
        return merges.get(id, viewer);
    }

    @PostMapping("/merges/{id}/refuse")
    @Operation(summary = "Refuses a proposal, with words why")
    Request refuse(
            @PathVariable UUID id,
            @RequestBody Words body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Viewer viewer = user.require();
        merges.refuse(id, body.note() == null ? "" : body.note(), Requests.key(idempotencyKey), viewer);
        return merges.get(id, viewer);
    }

    @PostMapping("/merges/{id}/withdraw")
    @Operation(summary = "The proposer takes a proposal back")
    Request withdraw(
            @PathVariable UUID id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        Viewer viewer = user.require();
        merges.withdraw(id, Requests.key(idempotencyKey), viewer);
        return merges.get(id, viewer);
    }
}
