package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItemQuery;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The home page: what is due, by when, whose turn. */
@Controller
class WorkListPage {

    static final List<String> VIEWS = List.of("mine", "available", "team", "done");
    private static final List<String> LEVELS = List.of("breached", "today", "soon", "later", "none");
    private static final int PAGE = 50;
    private static final String EMERGENCY = "emergency-admission";

    private final WorkItems work;
    private final Processes processes;
    private final CurrentUser user;
    private final Show show;
    private final ProblemRenderer problems;

    WorkListPage(WorkItems work, Processes processes, CurrentUser user, Show show, ProblemRenderer problems) {
        this.work = work;
        this.processes = processes;
        this.user = user;
        this.show = show;
        this.problems = problems;
    }

    @GetMapping("/")
    String list(
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(required = false) @Nullable String due,
            @RequestParam(required = false) @Nullable String process,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Viewer viewer = user.require();
        Map<String, Integer> counts = work.counts(viewer);
        String chosen = view != null && VIEWS.contains(view) ? view : first(counts);
        var query = new WorkItemQuery(chosen, blank(process), null, null, blank(due), blank(q), PAGE, blank(cursor));
        Page<WorkItem> page = work.list(query, viewer);
        var startable = work.startable(viewer);
        model.addAttribute("view", chosen);
        model.addAttribute("views", VIEWS);
        model.addAttribute("counts", counts);
        model.addAttribute("query", query);
        model.addAttribute("groups", chosen.equals("done") ? Map.of("done", page.items()) : groups(page.items()));
        model.addAttribute("empty", page.items().isEmpty());
        model.addAttribute("filtered", query.due() != null || query.process() != null || query.q() != null);
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("allProcesses", processes.all());
        model.addAttribute("emergency", startable.stream().anyMatch(p -> p.key().equals(EMERGENCY)));
        return "web/worklist";
    }

    /** With nothing of one's own to do the page opens on what can be taken. */
    private static String first(Map<String, Integer> counts) {
        return counts.getOrDefault("mine", 0) == 0 && counts.getOrDefault("available", 0) > 0 ? "available" : "mine";
    }

    private Map<String, List<WorkItem>> groups(List<WorkItem> items) {
        var groups = new LinkedHashMap<String, List<WorkItem>>();
        for (String level : LEVELS) {
            List<WorkItem> of = items.stream()
                    .filter(item -> show.left(item).level().equals(level))
                    .toList();
            if (!of.isEmpty()) {
                groups.put(level, of);
            }
        }
        return groups;
    }

    @PostMapping("/work-items/{id}/claim")
    String claim(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect) {
        return verb(id, request, model, redirect, back, viewer -> work.claim(id, version, viewer));
    }

    @PostMapping("/work-items/{id}/release")
    String release(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect) {
        return verb(id, request, model, redirect, back, viewer -> work.release(id, version, viewer));
    }

    private interface Verb {
        WorkItem apply(Viewer viewer);
    }

    /** htmx gets the row anew, with the reason when it was refused; without JavaScript the page is loaded again. */
    private String verb(
            UUID id,
            HttpServletRequest request,
            Model model,
            RedirectAttributes redirect,
            @Nullable String back,
            Verb verb) {
        Viewer viewer = user.require();
        String notice = null;
        WorkItem item;
        try {
            item = verb.apply(viewer);
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.CONFLICT && refused.kind() != Problem.Kind.FORBIDDEN) {
                throw refused;
            }
            notice = problems.view(refused, show.locale()).detail();
            item = work.get(id, viewer);
        }
        if ("true".equals(request.getHeader("HX-Request"))) {
            model.addAttribute("item", item);
            model.addAttribute("notice", notice);
            model.addAttribute("view", "mine");
            return "web/rows :: row(item=${item})";
        }
        redirect.addFlashAttribute("notice", notice);
        return "redirect:" + (back != null && VIEWS.contains(back) ? "/?view=" + back : "/work-items/" + id);
    }

    static @Nullable String blank(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
