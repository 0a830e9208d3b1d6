package org.greenchannel.web;

import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.personfile.PersonMerges;
import org.greenchannel.personfile.PersonMerges.Proposal;
import org.greenchannel.personfile.PersonMerges.Request;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** People entered twice: the list, two entries beside one another, a proposal and its decision. */
@Controller
class PersonMergePages {

    private final PersonMerges merges;
    private final Show show;
    private final CurrentUser user;

    PersonMergePages(PersonMerges merges, Show show, CurrentUser user) {
        this.merges = merges;
        this.show = show;
        this.user = user;
    }

    @GetMapping("/persons/duplicates")
    String list(@RequestParam(required = false) @Nullable String cursor, Model model) {
        Viewer viewer = user.require();
        model.addAttribute("open", merges.open(viewer));
        var page = merges.duplicates(viewer, WorkListPage.blank(cursor));
        model.addAttribute("pairs", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        return "web/duplicates";
    }

    @GetMapping("/persons/{id}/compare/{other}")
    String compare(@PathVariable UUID id, @PathVariable UUID other, Model model) {
        model.addAttribute("of", merges.compare(id, other, user.require()));
        model.addAttribute("reasons", PersonMerges.REASONS);
        model.addAttribute("requestId", UUID.randomUUID().toString());
        return "web/compare";
    }

    /** @param pair {@code from_into}: which of the two remains is one choice */
    @PostMapping("/persons/merges")
    String propose(
            @RequestParam String kind,
            @RequestParam String pair,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "false") boolean seen,
            @RequestParam(required = false) @Nullable String requestId) {
        String[] ids = pair.split("_", -1);
        UUID from;
        UUID into;
        try {
            from = UUID.fromString(ids[0]);
            into = UUID.fromString(ids[1]);
        } catch (RuntimeException e) {
            throw Problem.badRequest("bad-parameter", "pair");
        }
        UUID id = merges.propose(
                new Proposal(kind, from, into, reason, note, seen), WorkListPage.blank(requestId), user.require());
        return "redirect:/persons/merges/" + id;
    }

    /** The proposal beside what is known of the two now; while it waits, the look is recorded. */
    @GetMapping("/persons/merges/{id}")
    String one(@PathVariable UUID id, Model model) {
        Viewer viewer = user.require();
        Request request = merges.get(id, viewer);
        model.addAttribute("request", request);
        model.addAttribute(
                "of",
                request.status().equals("OPEN") && request.kind().equals("MERGE")
                        ? merges.compare(request.from().id(), request.into().id(), viewer)
                        : null);
        model.addAttribute("requestId", UUID.randomUUID().toString());
        return "web/merge";
    }

    @PostMapping("/persons/merges/{id}/{verb:confirm|refuse|withdraw}")
    String decide(
            @PathVariable UUID id,
            @PathVariable String verb,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(required = false) @Nullable String requestId,
            RedirectAttributes flash) {
        Viewer viewer = user.require();
        String key = WorkListPage.blank(requestId);
        switch (verb) {
            case "confirm" -> merges.confirm(id, key, viewer);
            case "refuse" -> merges.refuse(id, note, key, viewer);
            default -> merges.withdraw(id, key, viewer);
        }
        flash.addFlashAttribute("done", show.message("merge.done." + verb));
        return "redirect:/persons/merges/" + id;
    }
}
