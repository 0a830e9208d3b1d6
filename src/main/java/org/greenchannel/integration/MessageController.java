package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.greenchannel.integration.WorkItemController.FormAnswer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.Completed;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Events from outside that a case waits for: an objection, a death, the criminal track. */
@RestController
@RequestMapping("/api/v1/cases/{number}/messages")
@Tag(name = "cases")
class MessageController {

    private final WorkItems items;
    private final CurrentUser user;

    MessageController(WorkItems items, CurrentUser user) {
        this.items = items;
        this.user = user;
    }

    /** A message the caller may send now. */
    record MessageAnswer(String name, String label, @Nullable String form, String basis) {}

    @GetMapping
    @Operation(summary = "Messages the case waits for and the caller may send")
    List<MessageAnswer> possible(@PathVariable String number, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return items.messages(number, user.require()).stream()
                .map(message -> new MessageAnswer(
                        message.name(),
                        message.label().in(locale),
                        message.formId(),
                        message.properties().getOrDefault("basis", "")))
                .toList();
    }

    @GetMapping("/{name}/form")
    @Operation(summary = "Form of a message")
    FormAnswer form(@PathVariable String number, @PathVariable String name, HttpServletRequest request) {
        return FormAnswer.of(items.messageForm(number, name, user.require(), Requests.language(request)));
    }

    @PostMapping("/{name}")
    @Operation(summary = "Sends the message")
    Completed send(
            @PathVariable String number,
            @PathVariable String name,
            @RequestBody Requests.Data body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            HttpServletRequest request) {
        return items.send(
                number, name, body.orEmpty(), Requests.key(idempotencyKey), user.require(), Requests.language(request));
    }
}
