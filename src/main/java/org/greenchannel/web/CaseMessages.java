package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.greenchannel.engine.WaitingMessage;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.Completed;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** Events of a case somebody records: an objection, a death, a criminal track. */
@Controller
class CaseMessages {

    private final WorkItems work;
    private final CaseHead head;
    private final FormPage forms;
    private final CurrentUser user;

    CaseMessages(WorkItems work, CaseHead head, FormPage forms, CurrentUser user) {
        this.work = work;
        this.head = head;
        this.forms = forms;
        this.user = user;
    }

    @GetMapping("/cases/{number}/messages/{name}")
    String form(@PathVariable String number, @PathVariable String name, Model model, Locale locale) {
        Viewer viewer = user.require();
        head.fill(model, number, viewer);
        WaitingMessage message = work.messages(number, viewer).stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("message-unknown", name));
        model.addAttribute("message", message);
        forms.fill(model, work.messageForm(number, name, viewer, locale));
        return "web/message";
    }

    @PostMapping(path = "/cases/{number}/messages/{name}", consumes = "application/json", produces = "application/json")
    ResponseEntity<Map<String, String>> send(
            @PathVariable String number,
            @PathVariable String name,
            @RequestBody TaskPages.Sent sent,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request,
            Locale locale) {
        Completed done = work.send(number, name, sent.data(), key, user.require(), locale);
        TaskPages.keep(request.getSession(), number, done.warnings());
        return ResponseEntity.ok(Map.of("location", "/cases/" + number));
    }

    @PostMapping(path = "/cases/{number}/messages/{name}", consumes = "application/x-www-form-urlencoded")
    String sendPlain(
            @PathVariable String number, @PathVariable String name, @Nullable String idempotencyKey, Locale locale) {
        work.send(number, name, Map.of(), WorkListPage.blank(idempotencyKey), user.require(), locale);
        return "redirect:/cases/" + number;
    }
}
