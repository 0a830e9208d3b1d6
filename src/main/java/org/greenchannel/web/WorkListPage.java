package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.engine.Processes;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.worklist.SavedQueue;
import org.greenchannel.worklist.WorkDesk;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItemQuery;
import org.greenchannel.worklist.WorkItems;
import org.greenchannel.worklist.WorkQueues;
import org.greenchannel.worklist.WorkVerbs;
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

    static final List<String> VIEWS = List.of("mine", "available", "team", "done", "copied");
    private static final List<String> LEVELS = List.of("breached", "today", "soon", "later", "none");
    private static final List<String> OPEN = List.of("mine", "available", "team");
    private static final int PAGE = 50;
    private static final String EMERGENCY = "emergency-admission";

    private final WorkItems work;
    private final WorkDesk desk;
    private final WorkVerbs verbs;
    private final WorkQueues queues;
    private final Processes processes;
    private final Organisations organisations;
    private final CurrentUser user;
    private final Show show;
    private final ProblemRenderer problems;
    private final TourOffer tour;

    WorkListPage(
            WorkItems work,
            WorkDesk desk,
            WorkVerbs verbs,
            WorkQueues queues,
            Processes processes,
            Organisations organisations,
            CurrentUser user,
            Show show,
            ProblemRenderer problems,
            TourOffer tour) {
        this.work = work;
        this.desk = desk;
        this.verbs = verbs;
        this.queues = queues;
        this.processes = processes;
        this.organisations = organisations;
        this.user = user;
        this.show = show;
        this.problems = problems;
        this.tour = tour;
    }

    @GetMapping("/")
    String list(DeskFilter asked, HttpServletRequest request, Model model, RedirectAttributes redirect) {
        Viewer viewer = user.require();
        List<SavedQueue> saved = queues.list(viewer);
        var standard = saved.stream().filter(SavedQueue::standard).findFirst();
        if (asked.blank() && standard.isPresent()) {
            return "redirect:" + DeskFilter.of(standard.get()).url();
        }
        Searches.Search search = Searches.find(request.getSession(false), asked.found());
        if (asked.found() != null && search == null) {
            redirect.addFlashAttribute("notice", show.message("desk.search.gone"));
            return "redirect:"
                    + asked.without("found")
                            .with("view", asked.view() == null ? "mine" : asked.view())
                            .url();
        }
        Set<UUID> persons = search == null ? null : search.persons();
        Map<String, Integer> counts = desk.counts(asked.query("mine", 1, persons), viewer);
        String view = asked.view() != null && VIEWS.contains(asked.view()) ? asked.view() : first(counts);
        DeskFilter filter = asked.with("view", view).with("cursor", asked.cursor());
        WorkItemQuery query = filter.query(view, PAGE, persons);
        Page<WorkItem> page = work.list(query, viewer);
        boolean open = OPEN.contains(view);
        model.addAttribute("view", view);
        model.addAttribute("views", VIEWS);
        model.addAttribute("counts", counts);
        model.addAttribute(
                "filter",
                new DeskFilter(
                        view,
                        asked.due(),
                        asked.process(),
                        asked.stage(),
                        asked.area(),
                        asked.mark(),
                        asked.q(),
                        asked.found(),
                        asked.queue(),
                        asked.cursor()));
        model.addAttribute("words", search == null ? asked.q() : search.words());
        model.addAttribute("named", search != null && search.named());
        model.addAttribute("mayName", desk.mayName(viewer));
        model.addAttribute("groups", open ? groups(page.items()) : Map.of(view, page.items()));
        model.addAttribute("levels", open ? desk.levels(query, viewer) : Map.of());
        model.addAttribute("marks", desk.marks(page.items(), viewer));
        model.addAttribute("empty", page.items().isEmpty());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("queues", saved);
        Map<UUID, String> urls = new HashMap<>();
        saved.forEach(queue -> urls.put(queue.id(), DeskFilter.of(queue).url()));
        model.addAttribute("queueUrls", urls);
        model.addAttribute("toSign", verbs.toSign(viewer).size());
        model.addAttribute("asDeputy", verbs.asDeputy(viewer).size());
        choices(model);
        model.addAttribute("emergency", work.startable(viewer).stream().anyMatch(p -> p.key()
                .equals(EMERGENCY)));
        tour.fill(request, model, viewer);
        return "web/worklist";
    }

    private void choices(Model model) {
        model.addAttribute("allProcesses", processes.all());
        model.addAttribute("stages", desk.stages());
        model.addAttribute(
                "areas",
                organisations.areas().stream()
                        .filter(area ->
                                area.level().equals("DISTRICT") || area.level().equals("TOWN"))
                        .sorted(java.util.Comparator.comparing(area -> area.code()))
                        .toList());
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

    /**
     * Looks for words. What is found in tasks, numbers, stages, places and processes may stand in the address; what is not
     * found there may be somebody's name, so it is looked up among people, on record, and stays with the session.
     */
    @PostMapping("/work-items/search")
    String search(DeskFilter asked, @RequestParam(defaultValue = "") String by, HttpSession session) {
        Viewer viewer = user.require();
        String view = asked.view() != null && VIEWS.contains(asked.view()) ? asked.view() : "mine";
        DeskFilter filter = asked.with("view", view);
        String words = asked.q();
        if (words == null) {
            return "redirect:" + filter.without("found").url();
        }
        if (!by.equals("person")) {
            Map<String, Integer> counts = desk.counts(filter.query(view, 1, null), viewer);
            String hit = counts.getOrDefault(view, 0) > 0
                    ? view
                    : VIEWS.stream()
                            .filter(v -> counts.getOrDefault(v, 0) > 0)
                            .findFirst()
                            .orElse(null);
            if (hit != null) {
                return "redirect:" + filter.with("view", hit).url();
            }
        }
        boolean named = desk.mayName(viewer);
        WorkItemQuery query = filter.without("q").query(view, 1, Set.of());
        Set<UUID> persons = named ? desk.named(query, words, viewer).persons() : Set.of();
        String mark = Searches.keep(session, new Searches.Search(words, persons == null ? Set.of() : persons, named));
        DeskFilter found = filter.without("q").with("found", mark);
        Map<String, Integer> counts = desk.counts(found.query(view, 1, persons), viewer);
        String hit = VIEWS.stream()
                .filter(v -> counts.getOrDefault(v, 0) > 0)
                .findFirst()
                .orElse(view);
        return "redirect:"
                + found.with("view", counts.getOrDefault(view, 0) > 0 ? view : hit)
                        .url();
    }

    /** Rows of items that changed, as they are now, for an open page; those that fit its filter are marked. */
    @GetMapping("/work-items/live")
    String live(DeskFilter asked, @RequestParam Set<UUID> ids, HttpServletRequest request, Model model) {
        Viewer viewer = user.require();
        if (ids.size() > WorkDesk.MOST) {
            throw Problem.badRequest("too-many-items", WorkDesk.MOST);
        }
        Searches.Search search = Searches.find(request.getSession(false), asked.found());
        Set<UUID> persons = search == null ? (asked.found() == null ? null : Set.of()) : search.persons();
        String view = asked.view() != null && VIEWS.contains(asked.view()) ? asked.view() : "mine";
        WorkItemQuery query = asked.without("cursor").query(view, PAGE, persons);
        List<WorkItem> items = desk.among(new LinkedHashSet<>(ids), viewer);
        model.addAttribute("items", items);
        model.addAttribute("filter", asked.without("cursor").with("view", view));
        model.addAttribute("fitting", desk.fitting(ids, query, viewer));
        model.addAttribute("marks", desk.marks(items, viewer));
        model.addAttribute("counts", desk.counts(query, viewer));
        model.addAttribute("levels", OPEN.contains(view) ? desk.levels(query, viewer) : Map.of());
        model.addAttribute("views", VIEWS);
        model.addAttribute("view", view);
        return "web/rows :: live";
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
        // what somebody did himself is no news to him
        desk.seen(id, viewer);
        if ("true".equals(request.getHeader("HX-Request"))) {
            model.addAttribute("item", item);
            model.addAttribute("notice", notice);
            model.addAttribute("view", back != null && VIEWS.contains(back) ? back : "mine");
            model.addAttribute("marks", new HashMap<>(desk.marks(List.of(item), viewer)));
            return "web/rows :: row(item=${item})";
        }
        redirect.addFlashAttribute("notice", notice);
        return "redirect:" + (back != null && VIEWS.contains(back) ? "/?view=" + back : "/work-items/" + id);
    }

    static @Nullable String blank(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
