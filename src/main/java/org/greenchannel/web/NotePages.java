package org.greenchannel.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.note.NoteKind;
import org.greenchannel.note.Notes;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Notes of a case: written, corrected, taken back. A refusal leads back to the tab with the reason and what was typed. */
@Controller
class NotePages {

    private final Notes notes;
    private final CaseFiles cases;
    private final CaseHead head;
    private final CaseTabs tabs;
    private final ProblemRenderer problems;
    private final Show show;
    private final CurrentUser user;

    NotePages(
            Notes notes,
            CaseFiles cases,
            CaseHead head,
            CaseTabs tabs,
            ProblemRenderer problems,
            Show show,
            CurrentUser user) {
        this.notes = notes;
        this.cases = cases;
        this.head = head;
        this.tabs = tabs;
        this.problems = problems;
        this.show = show;
        this.user = user;
    }

    /** What the form of a note sends. */
    record Sent(
            @Nullable NoteKind kind,
            @Nullable Integer version,
            @Nullable String text,
            @Nullable List<String> people,
            @Nullable String idempotencyKey) {
        String said() {
            return text == null ? "" : text;
        }

        List<String> mentions() {
            return people == null ? List.of() : people;
        }

        @Nullable
        String key() {
            return WorkListPage.blank(idempotencyKey);
        }
    }

    /** Where a refused form stands, and what was typed into it. @param note null for a new note */
    private record Refusal(@Nullable UUID note, Sent sent) {}

    @PostMapping("/cases/{number}/notes")
    String write(@PathVariable String number, Sent sent, Model model, HttpServletResponse response) {
        NoteKind kind = sent.kind();
        if (kind == null) {
            throw Problem.badRequest("bad-parameter", "kind");
        }
        return act(
                number,
                "saved",
                new Refusal(null, sent),
                file -> notes.write(file.id(), kind, sent.said(), sent.mentions(), sent.key(), user.require()),
                model,
                response);
    }

    @PostMapping("/cases/{number}/notes/{id}/correct")
    String correct(
            @PathVariable String number, @PathVariable UUID id, Sent sent, Model model, HttpServletResponse response) {
        Integer version = sent.version();
        if (version == null) {
            throw Problem.badRequest("bad-parameter", "version");
        }
        return act(
                number,
                "corrected",
                new Refusal(id, sent),
                file -> notes.correct(file.id(), id, version, sent.said(), sent.mentions(), sent.key(), user.require()),
                model,
                response);
    }

    @PostMapping("/cases/{number}/notes/{id}/withdraw")
    String withdraw(
            @PathVariable String number,
            @PathVariable UUID id,
            @RequestParam String why,
            Model model,
            HttpServletResponse response) {
        return act(
                number,
                "withdrew",
                new Refusal(null, new Sent(null, null, null, null, null)),
                file -> notes.withdraw(file.id(), id, why, user.require()),
                model,
                response);
    }

    private String act(
            String number,
            String done,
            Refusal back,
            Consumer<CaseSummary> action,
            Model model,
            HttpServletResponse response) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        try {
            action.accept(file);
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.FORBIDDEN
                    || refused.kind() == Problem.Kind.NOT_FOUND
                    || refused.kind() == Problem.Kind.BAD_REQUEST) {
                throw refused;
            }
            ProblemView view = problems.view(refused, show.locale());
            CaseSummary seen = head.fill(model, number, viewer);
            model.addAttribute("tab", "notes");
            model.addAttribute("refused", view);
            model.addAttribute("refusedNote", back.note());
            model.addAttribute("sent", back.sent());
            tabs.fill(model, "notes", seen, viewer, StoryFilter.ALL, null, null);
            response.setStatus(view.status());
            return "web/case";
        }
        return "redirect:/cases/" + file.number() + "?tab=notes&done=" + done;
    }
}
