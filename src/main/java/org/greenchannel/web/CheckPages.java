package org.greenchannel.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.form.Advice;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.DraftPlace;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What the rules say before anything is sent: asked by forms while they are filled in and once more at their end. */
@Controller
class CheckPages {

    private static final String JSON = "application/json";

    private final WorkItems work;
    private final Show show;
    private final CurrentUser user;

    CheckPages(WorkItems work, Show show, CurrentUser user) {
        this.work = work;
        this.show = show;
        this.user = user;
    }

    /** Answers so far. @param answeredOnly somebody is still filling in: only rules all of whose fields have been answered */
    record Asked(@Nullable Map<String, @Nullable Object> data, boolean answeredOnly) {}

    /** One rule, in words. */
    record Said(String pointer, String rule, String message) {}

    @PostMapping(path = "/work-items/{id}/check", consumes = JSON, produces = JSON)
    @ResponseBody
    Map<String, List<Said>> item(@PathVariable UUID id, @RequestBody Asked asked) {
        return check(new DraftPlace.OfItem(id), asked);
    }

    @PostMapping(path = "/start/{key}/check", consumes = JSON, produces = JSON)
    @ResponseBody
    Map<String, List<Said>> start(
            @PathVariable String key,
            @RequestParam(name = "case", required = false) @Nullable String number,
            @RequestBody Asked asked) {
        return check(new DraftPlace.OfStart(key, WorkListPage.blank(number)), asked);
    }

    @PostMapping(path = "/cases/{number}/messages/{name}/check", consumes = JSON, produces = JSON)
    @ResponseBody
    Map<String, List<Said>> message(@PathVariable String number, @PathVariable String name, @RequestBody Asked asked) {
        return check(new DraftPlace.OfMessage(number, name), asked);
    }

    private Map<String, List<Said>> check(DraftPlace place, Asked asked) {
        Map<String, @Nullable Object> data = asked.data() == null ? Map.of() : asked.data();
        Advice advice = work.advise(place, data, asked.answeredOnly(), user.require());
        return Map.of("errors", said(advice.errors()), "warnings", said(advice.warnings()));
    }

    private List<Said> said(List<FieldError> found) {
        return found.stream()
                .map(error -> new Said(error.pointer(), error.rule(), show.text(error.message())))
                .toList();
    }
}
