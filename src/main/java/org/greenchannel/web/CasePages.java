package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.document.Documents;
import org.greenchannel.dossier.Dossiers;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Cases: the list, the case with its tabs, answers, papers, identity. */
@Controller
class CasePages {

    private static final int LIST = 25;
    private static final List<String> IDENTITY = List.of(
            "person.name",
            "person.idNo",
            "person.phone",
            "person.address",
            "guardian.name",
            "guardian.relation",
            "guardian.phone");

    private final CaseHead head;
    private final CaseFiles cases;
    private final CaseTabs tabs;
    private final Persons persons;
    private final Forms forms;
    private final Processes processes;
    private final Documents documents;
    private final Accounts accounts;
    private final AccessPolicy access;
    private final Dossiers dossiers;
    private final AuditLog audit;
    private final CurrentUser user;

    CasePages(
            CaseHead head,
            CaseFiles cases,
            CaseTabs tabs,
            Persons persons,
            Forms forms,
            Processes processes,
            Documents documents,
            Accounts accounts,
            AccessPolicy access,
            Dossiers dossiers,
            AuditLog audit,
            CurrentUser user) {
        this.head = head;
        this.cases = cases;
        this.tabs = tabs;
        this.persons = persons;
        this.forms = forms;
        this.processes = processes;
        this.documents = documents;
        this.accounts = accounts;
        this.access = access;
        this.dossiers = dossiers;
        this.audit = audit;
        this.user = user;
    }

    @GetMapping("/cases")
    String list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String process,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Viewer viewer = user.require();
        String number = WorkListPage.blank(q);
        Boolean open = "open".equals(state) ? Boolean.TRUE : "closed".equals(state) ? Boolean.FALSE : null;
        Page<CaseSummary> page = cases.list(
                number == null ? null : number.toUpperCase(Locale.ROOT),
                open,
                WorkListPage.blank(process),
                viewer,
                LIST,
                WorkListPage.blank(cursor));
        model.addAttribute(
                "cases",
                page.items().stream().map(file -> cases.seenBy(file, viewer)).toList());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute(
                "people",
                persons.masked(page.items().stream()
                        .map(CaseSummary::personId)
                        .flatMap(Stream::ofNullable)
                        .distinct()
                        .toList()));
        model.addAttribute("mayFindPeople", access.allows(viewer, "person.search", Relation.NONE));
        model.addAttribute("q", number);
        model.addAttribute("state", state);
        model.addAttribute("process", process);
        model.addAttribute("allProcesses", processes.all());
        model.addAttribute("filtered", number != null || open != null || WorkListPage.blank(process) != null);
        return "web/cases";
    }

    @GetMapping("/cases/{number}")
    String one(
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String tab,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String step,
            @RequestParam(required = false) @Nullable String instance,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Viewer viewer = user.require();
        CaseSummary file = head.fill(model, number, viewer);
        String chosen = tab == null ? "timeline" : tab;
        model.addAttribute("tab", chosen);
        model.addAttribute("mayPrint", dossiers.mayPrint(file, viewer));
        model.addAttribute("mayBrief", dossiers.mayBrief(file, viewer));
        tabs.fill(
                model,
                chosen,
                file,
                viewer,
                new StoryFilter(WorkListPage.blank(kind), WorkListPage.blank(actor), WorkListPage.blank(step)),
                WorkListPage.blank(instance),
                WorkListPage.blank(cursor));
        return "web/case";
    }

    @GetMapping(path = "/cases/{number}/diagram", produces = MediaType.APPLICATION_XML_VALUE)
    ResponseEntity<String> diagram(
            @PathVariable String number, @RequestParam(required = false) @Nullable String instance) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        cases.require(file, "case.diagram", viewer);
        var state = processes.states(file.id()).stream()
                .filter(s -> instance == null || s.processInstanceId().equals(instance))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("not-found"));
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8))
                .body(processes.diagram(state.processKey(), state.processInstanceId()));
    }

    @GetMapping("/cases/{number}/submissions/{id}")
    String answers(@PathVariable String number, @PathVariable UUID id, Model model, Locale locale) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        Submission submission = forms.find(id)
                .filter(s -> s.caseId().equals(file.id()))
                .orElseThrow(() -> Problem.notFound("not-found"));
        mayRead(file, submission, viewer);
        audit.recordApart(
                viewer,
                AuditEntry.done("submission.read", file.id(), "submission:" + id, Map.of("form", submission.formId())));
        var form = processes.form(submission.deploymentId(), submission.formId());
        var sections = new LinkedHashMap<String, List<Forms.Answer>>();
        forms.answers(submission, form, locale)
                .forEach(a -> sections.computeIfAbsent(a.section(), s -> new ArrayList<>())
                        .add(a));
        model.addAttribute("file", file);
        model.addAttribute("submission", submission);
        model.addAttribute("name", Text.same(tabs.title(submission, tabs.names(file))));
        model.addAttribute("sections", sections);
        return "web/submission";
    }

    /** What whoever is called to help needs at once; the look is audited, a double look twice. */
    @GetMapping("/cases/{number}/brief")
    String brief(@PathVariable String number, HttpServletRequest request, Model model, Locale locale) {
        Viewer viewer = user.require();
        CaseSummary file = cases.seenBy(cases.get(number, viewer), viewer);
        model.addAttribute("file", file);
        model.addAttribute("lines", dossiers.brief(file, viewer, locale));
        return request.getHeader("HX-Request") == null ? "web/brief" : "web/brief :: lines";
    }

    /** The whole case as one PDF; who prints it for what is written down. */
    @PostMapping("/cases/{number}/export")
    ResponseEntity<byte[]> export(
            @PathVariable String number, @RequestParam String purpose, @RequestParam String reference, Locale locale) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.number() + ".pdf")
                                .build()
                                .toString())
                .body(dossiers.print(file, purpose, reference, viewer, locale));
    }

    /** Old and new answers of a form that was filled in again: a part of the story, or a page of its own. */
    @GetMapping("/cases/{number}/submissions/{id}/changes")
    String changes(
            @PathVariable String number,
            @PathVariable UUID id,
            HttpServletRequest request,
            Model model,
            Locale locale) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        model.addAttribute("file", file);
        model.addAttribute("changes", dossiers.changes(file, id, viewer, locale));
        return request.getHeader("HX-Request") == null ? "web/changes" : "web/changes :: table";
    }

    /** All forms for those who treat; for the others what their own organisation wrote; always within the data class. */
    private void mayRead(CaseSummary file, Submission submission, Viewer viewer) {
        if (!dossiers.reads(file, submission, viewer)) {
            deny(file, submission, viewer);
        }
    }

    private void deny(CaseSummary file, Submission submission, Viewer viewer) {
        audit.recordApart(
                viewer,
                AuditEntry.denied(
                        "submission.read",
                        file.id(),
                        "submission:" + submission.id(),
                        Map.of("class", submission.dataClass())));
        throw Problem.forbidden("forbidden", "case.submissions");
    }

    @GetMapping("/cases/{number}/documents/{id}")
    ResponseEntity<byte[]> paper(@PathVariable String number, @PathVariable UUID id) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        Relation relation = cases.require(file, "case.documents", viewer);
        var paper = documents.get(file.id(), id);
        if (access.sight(viewer, paper.dataClass(), relation).compareTo(Sight.READ) < 0) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            "document.read", file.id(), "document:" + id, Map.of("class", paper.dataClass())));
            throw Problem.forbidden("forbidden", "case.documents");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(file.number() + "-" + paper.code() + ".pdf")
                                .build()
                                .toString())
                .body(documents.pdf(file.id(), id, viewer));
    }

    /** A look at the identity, for a purpose; the look is written down before the answer. */
    @PostMapping("/cases/{number}/reveal")
    String reveal(@PathVariable String number, @RequestParam String purpose, HttpServletRequest request, Model model) {
        Viewer viewer = user.require();
        if (!Persons.PURPOSES.contains(purpose)) {
            throw Problem.badRequest("bad-parameter", "purpose");
        }
        CaseSummary file = cases.get(number, viewer);
        cases.require(file, "person.reveal", viewer);
        audit.recordApart(
                viewer,
                AuditEntry.done("case.reveal", file.id(), "case:" + file.number(), Map.of())
                        .purpose(purpose));
        Map<String, String> found = persons.reveal(file.person(), IDENTITY, viewer, purpose);
        var shown = new LinkedHashMap<String, String>();
        IDENTITY.stream()
                .filter(field -> !found.getOrDefault(field, "").isBlank())
                .forEach(field -> shown.put(field, found.get(field)));
        model.addAttribute("file", file);
        model.addAttribute("identity", shown);
        model.addAttribute("purpose", purpose);
        return "web/identity";
    }
}
