package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.form.Draft;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.DraftPlace;
import org.greenchannel.worklist.DraftPlace.OfItem;
import org.greenchannel.worklist.DraftPlace.OfMessage;
import org.greenchannel.worklist.DraftPlace.OfStart;
import org.greenchannel.worklist.Drafts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Unfinished answers of the caller: they follow him to every device. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "drafts")
class DraftController {

    private final Drafts drafts;
    private final CurrentUser user;

    DraftController(Drafts drafts, CurrentUser user) {
        this.drafts = drafts;
        this.user = user;
    }

    /** When a draft was saved, and the version to send as {@code If-Match} with the next one. */
    record Saved(Instant savedAt, int version) {}

    /** A draft. */
    record DraftAnswer(Map<String, @Nullable Object> data, Instant savedAt, int version, String author) {}

    @GetMapping("/work-items/{id}/draft")
    @Operation(summary = "The draft to go on with: the caller's, or what the one before him had written")
    ResponseEntity<DraftAnswer> ofItem(@PathVariable UUID id) {
        return found(new OfItem(id));
    }

    @PutMapping("/work-items/{id}/draft")
    @Operation(summary = "Saves the caller's draft; If-Match with the version seen last (0: none) refuses a stale one")
    ResponseEntity<Saved> saveItem(
            @PathVariable UUID id,
            @RequestBody Requests.Data body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return saved(new OfItem(id), body, ifMatch);
    }

    @DeleteMapping("/work-items/{id}/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Throws the caller's draft away")
    void dropItem(@PathVariable UUID id) {
        drafts.drop(new OfItem(id), user.require());
    }

    @GetMapping("/processes/{key}/draft")
    @Operation(summary = "The caller's draft of a start form")
    ResponseEntity<DraftAnswer> ofStart(
            @PathVariable String key, @RequestParam(name = "case", required = false) @Nullable String caseNumber) {
        return found(new OfStart(key, caseNumber));
    }

    @PutMapping("/processes/{key}/draft")
    @Operation(summary = "Saves the caller's draft of a start form; If-Match as with tasks")
    ResponseEntity<Saved> saveStart(
            @PathVariable String key,
            @RequestParam(name = "case", required = false) @Nullable String caseNumber,
            @RequestBody Requests.Data body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return saved(new OfStart(key, caseNumber), body, ifMatch);
    }

    @DeleteMapping("/processes/{key}/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Throws the caller's draft of a start form away")
    void dropStart(
            @PathVariable String key, @RequestParam(name = "case", required = false) @Nullable String caseNumber) {
        drafts.drop(new OfStart(key, caseNumber), user.require());
    }

    @GetMapping("/cases/{number}/messages/{name}/draft")
    @Operation(summary = "The caller's draft of a message")
    ResponseEntity<DraftAnswer> ofMessage(@PathVariable String number, @PathVariable String name) {
        return found(new OfMessage(number, name));
    }

    @PutMapping("/cases/{number}/messages/{name}/draft")
    @Operation(summary = "Saves the caller's draft of a message; If-Match as with tasks")
    ResponseEntity<Saved> saveMessage(
            @PathVariable String number,
            @PathVariable String name,
            @RequestBody Requests.Data body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return saved(new OfMessage(number, name), body, ifMatch);
    }

    @DeleteMapping("/cases/{number}/messages/{name}/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Throws the caller's draft of a message away")
    void dropMessage(@PathVariable String number, @PathVariable String name) {
        drafts.drop(new OfMessage(number, name), user.require());
    }

    private ResponseEntity<DraftAnswer> found(DraftPlace place) {
        Draft draft = drafts.find(place, user.require()).orElseThrow(() -> Problem.notFound("draft-unknown"));
        return ResponseEntity.ok()
                .eTag(tag(draft))
                .body(new DraftAnswer(draft.data(), draft.savedAt(), draft.version(), draft.username()));
    }

    private ResponseEntity<Saved> saved(DraftPlace place, Requests.Data body, @Nullable String ifMatch) {
        Draft draft = drafts.save(place, body.orEmpty(), Requests.version(ifMatch), user.require());
        return ResponseEntity.ok().eTag(tag(draft)).body(new Saved(draft.savedAt(), draft.version()));
    }

    private static String tag(Draft draft) {
        return "\"" + draft.version() + "\"";
    }
}
