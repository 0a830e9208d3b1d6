package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.greenchannel.form.Advice;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.DraftPlace;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the rules of a form say before it is sent. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "checks")
class CheckController {

    private static final String ANSWERED =
            "Only rules all of whose fields have been answered, as while somebody is typing";

    private final WorkItems items;
    private final CurrentUser user;

    CheckController(WorkItems items, CurrentUser user) {
        this.items = items;
        this.user = user;
    }

    /** A rule that does not hold. @param pointer field it speaks of */
    record RuleAnswer(String pointer, String rule, String message) {}

    /** Rules that would refuse the answers, and rules that only warn. */
    record CheckAnswer(List<RuleAnswer> errors, List<RuleAnswer> warnings) {}

    @PostMapping("/work-items/{id}/check")
    @Operation(
            summary = "What the rules say to answers of a task, without completing it",
            description = "Nothing is stored or recorded. What is missing or malformed in a single field is not told.")
    CheckAnswer item(
            @PathVariable UUID id,
            @RequestBody Requests.Data body,
            @Parameter(description = ANSWERED) @RequestParam(defaultValue = "false") boolean answeredOnly,
            HttpServletRequest request) {
        return check(new DraftPlace.OfItem(id), body, answeredOnly, request);
    }

    @PostMapping("/processes/{key}/check")
    @Operation(summary = "What the rules say to answers of a start form, without starting anything")
    CheckAnswer start(
            @PathVariable String key,
            @RequestParam(name = "case", required = false) @Nullable String caseNumber,
            @RequestBody Requests.Data body,
            @Parameter(description = ANSWERED) @RequestParam(defaultValue = "false") boolean answeredOnly,
            HttpServletRequest request) {
        return check(new DraftPlace.OfStart(key, caseNumber), body, answeredOnly, request);
    }

    @PostMapping("/cases/{number}/messages/{name}/check")
    @Operation(summary = "What the rules say to answers of a message, without sending it")
    CheckAnswer message(
            @PathVariable String number,
            @PathVariable String name,
            @RequestBody Requests.Data body,
            @Parameter(description = ANSWERED) @RequestParam(defaultValue = "false") boolean answeredOnly,
            HttpServletRequest request) {
        return check(new DraftPlace.OfMessage(number, name), body, answeredOnly, request);
    }

    private CheckAnswer check(DraftPlace place, Requests.Data body, boolean answeredOnly, HttpServletRequest request) {
        Advice advice = items.advise(place, body.orEmpty(), answeredOnly, user.require());
        Locale locale = Requests.language(request);
        return new CheckAnswer(said(advice.errors(), locale), said(advice.warnings(), locale));
    }

    private static List<RuleAnswer> said(List<FieldError> found, Locale locale) {
        return found.stream()
                .map(error -> new RuleAnswer(
                        error.pointer(), error.rule(), error.message().in(locale)))
                .toList();
    }
}
