package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.dossier.Dossiers;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.worklist.Completed;
import org.greenchannel.worklist.WorkDesk;
import org.greenchannel.worklist.WorkItem;
import org.greenchannel.worklist.WorkItems;
import org.greenchannel.worklist.WorkVerbs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** One task: its case, its form, its legal clock, one primary action; then the receipt. */
@Controller
class TaskPages {

    private static final String WARNINGS = "warnings:";

    /** Stages in which somebody signs what a table proposed. */
    private static final Set<String> DECIDING = Set.of("DIAGNOSIS", "BASIS", "FORMALITIES", "OBJECTION", "RELEASE");

    /** How many of the last answers of tables are shown beside the form. */
    private static final int ADVICE = 3;

    private final WorkItems work;
    private final WorkDesk desk;
    private final CaseFiles cases;
    private final Persons persons;
    private final LegalClocks clocks;
    private final FormPage forms;
    private final WorkVerbs verbs;
    private final VerbPages verbPages;
    private final Dossiers dossiers;
    private final CurrentUser user;

    TaskPages(
            WorkItems work,
            WorkDesk desk,
            CaseFiles cases,
            Persons persons,
            LegalClocks clocks,
            FormPage forms,
            WorkVerbs verbs,
            VerbPages verbPages,
            Dossiers dossiers,
            CurrentUser user) {
        this.work = work;
        this.desk = desk;
        this.cases = cases;
        this.persons = persons;
        this.clocks = clocks;
        this.forms = forms;
        this.verbs = verbs;
        this.verbPages = verbPages;
        this.dossiers = dossiers;
        this.user = user;
    }

    /** What the islands send. @param version version of the item the person saw */
    record Sent(Map<String, @Nullable Object> data, @Nullable Integer version) {}

    @GetMapping("/work-items/{id}")
    String task(@PathVariable UUID id, Model model, Locale locale) {
        Viewer viewer = user.require();
        WorkItem item = work.get(id, viewer);
        desk.seen(id, viewer);
        var whole = cases.byId(item.caseId());
        var file = cases.seenBy(whole, viewer);
        WorkVerbs.Standing standing = verbs.standing(id, viewer);
        boolean editable = standing.handler() && standing.heldBy() == null;
        verbPages.panel(model, item, standing, viewer);
        model.addAttribute("item", item);
        model.addAttribute("helpAt", HelpPages.task(item.process(), item.taskKey()));
        model.addAttribute("file", file);
        model.addAttribute(
                "person",
                item.personId() == null
                        ? null
                        : persons.masked(List.of(item.personId())).get(item.personId()));
        model.addAttribute(
                "clocks",
                clocks.of(item.caseId()).stream()
                        .filter(c -> c.status().equals("RUNNING") || c.status().equals("PAUSED"))
                        .toList());
        model.addAttribute("editable", editable);
        model.addAttribute(
                "mayBrief", editable && item.process().equals(whole.processKey()) && dossiers.mayBrief(whole, viewer));
        model.addAttribute(
                "advice",
                editable && DECIDING.contains(String.valueOf(item.stage()))
                        ? cases.story(whole, viewer, "DECISION", ADVICE, null).items()
                        : List.of());
        if (editable && item.formId() != null) {
            forms.fill(model, work.form(id, viewer, locale));
        }
        return "web/task";
    }

    @PostMapping(path = "/work-items/{id}/complete", consumes = "application/json", produces = "application/json")
    ResponseEntity<Map<String, String>> complete(
            @PathVariable UUID id,
            @RequestBody Sent sent,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            HttpServletRequest request,
            Locale locale) {
        Completed done = work.complete(id, sent.data(), sent.version(), key, user.require(), locale);
        keep(request.getSession(), id.toString(), done.warnings());
        return ResponseEntity.ok(Map.of("location", "/work-items/" + id + "/receipt"));
    }

    /** Tasks without a form are done with a button; works without JavaScript. */
    @PostMapping(path = "/work-items/{id}/complete", consumes = "application/x-www-form-urlencoded")
    String completePlain(@PathVariable UUID id, Integer version, @Nullable String idempotencyKey, Locale locale) {
        work.complete(id, Map.of(), version, WorkListPage.blank(idempotencyKey), user.require(), locale);
        return "redirect:/work-items/" + id + "/receipt";
    }

    @GetMapping("/work-items/{id}/receipt")
    String receipt(@PathVariable UUID id, HttpSession session, Model model) {
        Viewer viewer = user.require();
        WorkItem item = work.get(id, viewer);
        if (item.status().equals("OPEN")) {
            return "redirect:/work-items/" + id;
        }
        model.addAttribute("item", item);
        List<WorkItem> next = open(work.ofCase(item.caseId(), viewer));
        model.addAttribute("next", next);
        model.addAttribute(
                "mine",
                next.stream()
                        .filter(one -> CaseHead.his(one, viewer))
                        .findFirst()
                        .orElse(null));
        model.addAttribute("warnings", kept(session, id.toString()));
        return "web/receipt";
    }

    static List<WorkItem> open(List<WorkItem> items) {
        return items.stream().filter(i -> i.status().equals("OPEN")).toList();
    }

    static void keep(HttpSession session, String id, List<String> warnings) {
        if (!warnings.isEmpty()) {
            session.setAttribute(WARNINGS + id, List.copyOf(warnings));
        }
    }

    @SuppressWarnings("unchecked")
    static List<String> kept(HttpSession session, String id) {
        return session.getAttribute(WARNINGS + id) instanceof List<?> list ? (List<String>) list : List.of();
    }
}
