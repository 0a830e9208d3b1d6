package org.greenchannel.web;

import java.util.Map;
import java.util.UUID;
import org.greenchannel.form.Draft;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.DraftPlace;
import org.greenchannel.worklist.Drafts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** Where forms in the browser keep unfinished answers. */
@Controller
class DraftPages {

    private static final String JSON = "application/json";

    private final Drafts drafts;
    private final CurrentUser user;

    DraftPages(Drafts drafts, CurrentUser user) {
        this.drafts = drafts;
        this.user = user;
    }

    @GetMapping(path = "/work-items/{id}/draft", produces = JSON)
    ResponseEntity<Map<String, Object>> ofItem(@PathVariable UUID id) {
        return read(new DraftPlace.OfItem(id));
    }

    @PutMapping(path = "/work-items/{id}/draft", consumes = JSON, produces = JSON)
    ResponseEntity<Map<String, Object>> saveItem(@PathVariable UUID id, @RequestBody TaskPages.Sent sent) {
        return save(new DraftPlace.OfItem(id), sent);
    }

    @DeleteMapping("/work-items/{id}/draft")
    ResponseEntity<Void> dropItem(@PathVariable UUID id) {
        return drop(new DraftPlace.OfItem(id));
    }

    @GetMapping(path = "/start/{key}/draft", produces = JSON)
    ResponseEntity<Map<String, Object>> ofStart(
            @PathVariable String key, @RequestParam(name = "case", required = false) @Nullable String number) {
        return read(start(key, number));
    }

    @PutMapping(path = "/start/{key}/draft", consumes = JSON, produces = JSON)
    ResponseEntity<Map<String, Object>> saveStart(
            @PathVariable String key,
            @RequestParam(name = "case", required = false) @Nullable String number,
            @RequestBody TaskPages.Sent sent) {
        return save(start(key, number), sent);
    }

    @DeleteMapping("/start/{key}/draft")
    ResponseEntity<Void> dropStart(
            @PathVariable String key, @RequestParam(name = "case", required = false) @Nullable String number) {
        return drop(start(key, number));
    }

    @GetMapping(path = "/cases/{number}/messages/{name}/draft", produces = JSON)
    ResponseEntity<Map<String, Object>> ofMessage(@PathVariable String number, @PathVariable String name) {
        return read(new DraftPlace.OfMessage(number, name));
    }

    @PutMapping(path = "/cases/{number}/messages/{name}/draft", consumes = JSON, produces = JSON)
    ResponseEntity<Map<String, Object>> saveMessage(
            @PathVariable String number, @PathVariable String name, @RequestBody TaskPages.Sent sent) {
        return save(new DraftPlace.OfMessage(number, name), sent);
    }

    @DeleteMapping("/cases/{number}/messages/{name}/draft")
    ResponseEntity<Void> dropMessage(@PathVariable String number, @PathVariable String name) {
        return drop(new DraftPlace.OfMessage(number, name));
    }

    private static DraftPlace start(String key, @Nullable String number) {
        return new DraftPlace.OfStart(key, WorkListPage.blank(number));
    }

    private ResponseEntity<Map<String, Object>> read(DraftPlace place) {
        return drafts.find(place, user.require())
                .map(draft -> ResponseEntity.ok(Map.<String, Object>of(
                        "data", draft.data(), "savedAt", draft.savedAt().toString(), "version", draft.version())))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    private ResponseEntity<Map<String, Object>> save(DraftPlace place, TaskPages.Sent sent) {
        Draft draft = drafts.save(place, sent.data(), sent.version(), user.require());
        return ResponseEntity.ok(Map.of("savedAt", draft.savedAt().toString(), "version", draft.version()));
    }

    private ResponseEntity<Void> drop(DraftPlace place) {
        drafts.drop(place, user.require());
        return ResponseEntity.noContent().build();
    }
}
