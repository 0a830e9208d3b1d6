package org.greenchannel.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
import org.greenchannel.worklist.WorkVerbs;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 代理: who acts for me while I am away, for whom I act, and what waits for me there. */
@Controller
class DeputyPages {

    private final Deputies deputies;
    private final WorkVerbs verbs;
    private final CurrentUser user;
    private final ProblemRenderer problems;
    private final Show show;

    DeputyPages(Deputies deputies, WorkVerbs verbs, CurrentUser user, ProblemRenderer problems, Show show) {
        this.deputies = deputies;
        this.verbs = verbs;
        this.user = user;
        this.problems = problems;
        this.show = show;
    }

    @GetMapping("/deputies")
    String list(Model model) {
        Viewer viewer = user.require();
        model.addAttribute(
                "mine",
                deputies.of(viewer).stream()
                        .filter(d -> d.principal().equals(viewer.username()))
                        .toList());
        model.addAttribute(
                "forOthers",
                deputies.of(viewer).stream()
                        .filter(d -> d.deputy().equals(viewer.username()))
                        .toList());
        model.addAttribute("candidates", deputies.candidates(viewer));
        model.addAttribute("items", verbs.asDeputy(viewer));
        return "web/deputies";
    }

    @PostMapping("/deputies")
    String appoint(
            @RequestParam(defaultValue = "") String deputy,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            if (from == null || to == null) {
                throw Problem.badRequest("deputy-dates");
            }
            deputies.appoint(deputy, from, to, user.require());
        } catch (Problem refused) {
            ProblemView view = problems.view(refused, show.locale());
            response.setStatus(view.status());
            model.addAttribute("refusal", view);
            return list(model);
        }
        redirect.addFlashAttribute("done", show.message("deputies.done"));
        return "redirect:/deputies";
    }

    @PostMapping("/deputies/{id}/revoke")
    String revoke(@PathVariable UUID id, RedirectAttributes redirect) {
        deputies.revoke(id, user.require());
        redirect.addFlashAttribute("done", show.message("deputies.revoked"));
        return "redirect:/deputies";
    }
}
