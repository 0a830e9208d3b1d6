package org.greenchannel.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
import org.greenchannel.worklist.Verb;
import org.greenchannel.worklist.VerbCall;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItems;
import org.greenchannel.worklist.WorkVerbs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One small page for each verb of a task: who, why, and what follows; works without JavaScript. */
@Controller
class VerbPages {

    private final WorkItems work;
    private final WorkVerbs verbs;
    private final CurrentUser user;
    private final ProblemRenderer problems;
    private final Show show;

    VerbPages(WorkItems work, WorkVerbs verbs, CurrentUser user, ProblemRenderer problems, Show show) {
        this.work = work;
        this.verbs = verbs;
        this.user = user;
        this.problems = problems;
        this.show = show;
    }

    /** What the form of a verb sends. */
    record Sent(
            @Nullable Integer version,
            @Nullable String idempotencyKey,
            @Nullable String reason,
            @Nullable String to,
            @Nullable List<String> people,
            @Nullable String others,
            @Nullable String mode,
            @Nullable String phase,
            @Nullable String agree,
            @Nullable String code,
            @Nullable String text) {

        VerbCall call() {
            return new VerbCall(version, WorkListPage.blank(idempotencyKey), WorkListPage.blank(reason));
        }

        /** Ticked people and typed account names. */
        List<String> names() {
            var names = new java.util.ArrayList<String>(people == null ? List.of() : people);
            if (others != null) {
                Arrays.stream(others.split("[,，、\\s]+"))
                        .filter(name -> !name.isBlank())
                        .forEach(names::add);
            }
            return names;
        }
    }

    @GetMapping("/work-items/{id}/verbs/{verb}")
    String ask(@PathVariable UUID id, @PathVariable String verb, Model model, Locale locale) {
        if (Verb.of(verb).isEmpty()) {
            throw Problem.notFound("work-item-unknown");
        }
        fill(model, id, verb, null, locale);
        return "web/verb";
    }

    private void fill(Model model, UUID id, String verb, @Nullable ProblemView refusal, Locale locale) {
        Viewer viewer = user.require();
        WorkItem item = work.get(id, viewer);
        WorkVerbs.Standing standing = verbs.standing(id, viewer);
        ProblemView against = refusal != null
                ? refusal
                : standing.offers().stream()
                        .filter(offer -> offer.verb().equals(verb))
                        .map(WorkVerbs.Offer::refusal)
                        .filter(problem -> problem != null)
                        .map(problem -> problems.view(problem, show.locale()))
                        .findFirst()
                        .orElse(null);
        model.addAttribute("item", item);
        model.addAttribute("verb", verb);
        model.addAttribute("standing", standing);
        model.addAttribute("refusal", against);
        // a verb that is not possible at all shows only why; a refused attempt may be corrected
        model.addAttribute("possible", against == null || refusal != null);
        model.addAttribute(
                "reasonNeeded", Verb.of(verb).filter(Verb::needsReason).isPresent());
        model.addAttribute("submitted", verb.equals("sign") ? verbs.submitted(id, viewer, locale) : List.of());
        model.addAttribute("targets", verb.equals("send-back") ? targets(id, viewer) : List.of());
    }

    /** A step to go back to. @param refusal why not, in words, or null */
    record Target(String key, String name, String by, String at, @Nullable String place, @Nullable String refusal) {}

    private List<Target> targets(UUID id, Viewer viewer) {
        return verbs.backTargets(id, viewer).stream()
                .map(target -> {
                    Problem refusal = target.refusal();
                    return new Target(
                            target.taskKey(),
                            show.text(target.name()),
                            show.account(target.completedBy()),
                            show.dateTime(target.completedAt()),
                            target.place() == null ? null : show.message("verbs.place." + target.place()),
                            refusal == null
                                    ? null
                                    : problems.view(refusal, show.locale()).detail());
                })
                .toList();
    }

    @PostMapping("/work-items/{id}/verbs/{verb}")
    String act(
            @PathVariable UUID id,
            @PathVariable String verb,
            Sent sent,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect,
            Locale locale) {
        try {
            UUID next = apply(id, verb, sent, user.require());
            redirect.addFlashAttribute("done", show.message("verb.done." + verb));
            return "redirect:/work-items/" + next;
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.NOT_FOUND) {
                throw refused;
            }
            ProblemView view = problems.view(refused, show.locale());
            response.setStatus(view.status());
            model.addAttribute("sent", sent);
            fill(model, id, verb, view, locale);
            return "web/verb";
        }
    }

    private UUID apply(UUID id, String verb, Sent sent, Viewer viewer) {
        VerbCall call = sent.call();
        String to = sent.to() == null ? "" : sent.to();
        WorkItem result =
                switch (Verb.of(verb).orElseThrow(() -> Problem.notFound("work-item-unknown"))) {
                    case SIGN -> verbs.sign(id, !"no".equals(sent.agree()), call, viewer);
                    case ASSIGN -> verbs.assign(id, to, call, viewer);
                    case DELEGATE -> verbs.delegate(id, to, call, viewer);
                    case GIVE_BACK -> verbs.giveBack(id, call, viewer);
                    case COUNTERSIGN ->
                        verbs.countersign(id, sent.mode() == null ? "ALL" : sent.mode(), sent.names(), call, viewer);
                    case ADD_SIGNER ->
                        verbs.addSigner(id, to, sent.phase() == null ? "AFTER" : sent.phase(), call, viewer);
                    case REMOVE_SIGNER -> verbs.removeSigner(id, to, call, viewer);
                    case SEND_BACK -> verbs.sendBack(id, to, call, viewer);
                    case WITHDRAW -> verbs.withdraw(id, call, viewer);
                    case COPY -> verbs.copy(id, sent.names(), call, viewer);
                    case NUDGE -> verbs.nudge(id, call, viewer);
                    case PAUSE_CLOCK -> verbs.pauseClock(id, sent.code() == null ? "" : sent.code(), call, viewer);
                    case RESUME_CLOCK -> verbs.resumeClock(id, call, viewer);
                    case COMMENT -> {
                        verbs.comment(id, sent.text() == null ? "" : sent.text(), sent.names(), call, viewer);
                        yield work.get(id, viewer);
                    }
                };
        return result.id();
    }

    @GetMapping("/work-items/to-sign")
    String toSign(Model model) {
        model.addAttribute("items", verbs.toSign(user.require()));
        return "web/to-sign";
    }

    /** What the page of a task shows of its verbs. */
    void panel(Model model, WorkItem item, WorkVerbs.Standing standing, Viewer viewer) {
        Locale locale = show.locale();
        model.addAttribute("standing", standing);
        model.addAttribute(
                "offered",
                standing.offers().stream()
                        .filter(offer -> offer.refusal() == null)
                        .map(WorkVerbs.Offer::verb)
                        .toList());
        model.addAttribute(
                "withheld",
                standing.offers().stream()
                        .filter(offer ->
                                offer.refusal() != null && !offer.verb().equals("sign"))
                        .map(offer -> new Withheld(
                                offer.verb(),
                                problems.view(java.util.Objects.requireNonNull(offer.refusal()), locale)
                                        .detail()))
                        .toList());
        model.addAttribute("comments", verbs.comments(item.id(), viewer));
        model.addAttribute("verbHistory", verbs.history(item.id(), viewer));
    }

    /** A verb that is not possible now, and why. */
    record Withheld(String verb, String why) {}

    @GetMapping("/work-items/{id}/verbs")
    String all(@PathVariable UUID id, @RequestParam(required = false) @Nullable String none) {
        return "redirect:/work-items/" + id;
    }
}
