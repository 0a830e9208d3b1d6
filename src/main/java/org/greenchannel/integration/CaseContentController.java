package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.document.DocumentSummary;
import org.greenchannel.document.Documents;
import org.greenchannel.document.PaperPrints;
import org.greenchannel.dossier.Dossiers;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Account;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was written on a case: forms as submitted and papers as issued. */
@RestController
@RequestMapping("/api/v1/cases/{number}")
@Tag(name = "cases")
class CaseContentController {

    private final CaseFiles cases;
    private final Forms forms;
    private final Documents documents;
    private final PaperPrints prints;
    private final Dossiers dossiers;
    private final Processes processes;
    private final Accounts accounts;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final CurrentUser user;

    CaseContentController(
            CaseFiles cases,
            Forms forms,
            Documents documents,
            PaperPrints prints,
            Dossiers dossiers,
            Processes processes,
            Accounts accounts,
            AccessPolicy access,
            AuditLog audit,
            CurrentUser user) {
        this.cases = cases;
        this.forms = forms;
        this.documents = documents;
        this.prints = prints;
        this.dossiers = dossiers;
        this.processes = processes;
        this.accounts = accounts;
        this.access = access;
        this.audit = audit;
        this.user = user;
    }

    /** A submission with its content. */
    record SubmissionAnswer(
            UUID id,
            String process,
            String task,
            String form,
            String submittedBy,
            Instant submittedAt,
            String digest,
            Map<String, @Nullable Object> data,
            List<Forms.Answer> answers) {}

    @GetMapping("/submissions")
    @Operation(summary = "Forms as submitted, as far as the caller may read them")
    List<SubmissionAnswer> submissions(@PathVariable String number, HttpServletRequest request) {
        Viewer viewer = user.require();
        Locale locale = Requests.language(request);
        CaseSummary file = cases.get(number, viewer);
        Relation relation = cases.relation(file, viewer);
        boolean all = access.allows(viewer, "case.submissions", relation);
        if (!all) {
            cases.require(file, "case.submissions.own", viewer);
        }
        List<Submission> heads = forms.list(file.id());
        Set<String> colleagues = all ? Set.of() : colleagues(heads, viewer);
        List<Submission> readable = heads.stream()
                .filter(head -> all
                        || head.username().equals(viewer.username())
                        || (colleagues.contains(head.username()) && readable(head.dataClass(), viewer, relation)))
                .toList();
        audit.recordApart(
                viewer,
                AuditEntry.done(
                        "case.submissions",
                        file.id(),
                        "case:" + number,
                        Map.of("count", Integer.toString(readable.size()))));
        return readable.stream()
                .map(head -> forms.find(head.id()))
                .flatMap(Optional::stream)
                .map(submission -> answer(submission, locale))
                .toList();
    }

    @GetMapping("/brief")
    @Operation(
            summary = "What whoever is called to an open case needs at once: place, danger, looks of the person",
            description =
                    "Each answer as far as its data class is open to the caller; audited. Problem not-found when nothing is.")
    List<Dossiers.Said> brief(@PathVariable String number, HttpServletRequest request) {
        Viewer viewer = user.require();
        return dossiers.brief(cases.get(number, viewer), viewer, Requests.language(request));
    }

    @GetMapping("/submissions/{id}/changes")
    @Operation(summary = "What is different from the same form as it was submitted before")
    List<Dossiers.Change> changes(@PathVariable String number, @PathVariable UUID id, HttpServletRequest request) {
        Viewer viewer = user.require();
        return dossiers.changes(cases.get(number, viewer), id, viewer, Requests.language(request));
    }

    /** Who of the submitters belongs to the viewer's organisation. */
    private Set<String> colleagues(List<Submission> heads, Viewer viewer) {
        return heads.stream()
                .map(Submission::username)
                .distinct()
                .filter(name -> accounts.find(name)
                        .map(Account::organisation)
                        .filter(viewer.organisation()::equals)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    private SubmissionAnswer answer(Submission s, Locale locale) {
        return new SubmissionAnswer(
                s.id(),
                s.processKey(),
                s.taskKey(),
                s.formId(),
                s.username(),
                s.at(),
                s.digest(),
                s.data(),
                forms.answers(s, processes.form(s.deploymentId(), s.formId()), locale));
    }

    /** A paper in the language of the caller. */
    record DocumentAnswer(
            UUID id,
            String number,
            String code,
            String title,
            @Nullable String recipient,
            int version,
            Instant issuedAt,
            String status,
            @Nullable String supersededBy,
            String verificationCode) {
        static DocumentAnswer of(DocumentSummary d, List<DocumentSummary> all, Locale locale) {
            DocumentSummary newer = d.replacedBy(all);
            return new DocumentAnswer(
                    d.id(),
                    d.number(),
                    d.code(),
                    d.title().in(locale),
                    d.recipient(),
                    d.version(),
                    d.issuedAt(),
                    d.status(),
                    newer == null ? null : newer.number(),
                    d.verificationCode());
        }
    }

    @GetMapping("/documents")
    @Operation(
            summary = "Official papers and notices",
            description = "A superseded paper names the number of the version that came after it, if there is one yet.")
    List<DocumentAnswer> documents(@PathVariable String number, HttpServletRequest request) {
        Viewer viewer = user.require();
        Locale locale = Requests.language(request);
        CaseSummary file = cases.get(number, viewer);
        Relation relation = cases.require(file, "case.documents", viewer);
        audit.recordApart(viewer, AuditEntry.done("case.documents", file.id(), "case:" + number, Map.of()));
        List<DocumentSummary> all = documents.list(file.id());
        return all.stream()
                .filter(paper -> readable(paper, viewer, relation))
                .map(d -> DocumentAnswer.of(d, all, locale))
                .toList();
    }

    @GetMapping(
            value = "/documents/{id}",
            produces = {MediaType.APPLICATION_PDF_VALUE, "application/problem+json"})
    @Operation(summary = "A paper as PDF")
    ResponseEntity<byte[]> pdf(@PathVariable String number, @PathVariable UUID id) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        Relation relation = cases.require(file, "case.documents", viewer);
        DocumentSummary paper = documents.get(file.id(), id);
        if (!readable(paper, viewer, relation)) {
            throw Problem.notFound("document-unknown");
        }
        return pdf(paper.code() + ".pdf", documents.pdf(file.id(), id, viewer));
    }

    @GetMapping(
            value = "/documents/print",
            produces = {MediaType.APPLICATION_PDF_VALUE, "application/problem+json"})
    @Operation(summary = "Several papers as one PDF, in the order of the ids; at most 40")
    ResponseEntity<byte[]> print(@PathVariable String number, @RequestParam List<UUID> id) {
        Viewer viewer = user.require();
        return pdf(number + ".pdf", prints.bundle(cases.get(number, viewer).id(), id, viewer));
    }

    @GetMapping(
            value = "/documents/preview",
            produces = {MediaType.APPLICATION_PDF_VALUE, "application/problem+json"})
    @Operation(summary = "A paper as it would be issued now: with a watermark, without number; nothing is stored")
    ResponseEntity<byte[]> preview(
            @PathVariable String number,
            @RequestParam String code,
            @RequestParam(required = false) @Nullable String recipient,
            HttpServletRequest request) {
        Viewer viewer = user.require();
        String language = Requests.language(request).getLanguage();
        return pdf(code + ".pdf", prints.preview(cases.get(number, viewer).id(), code, language, recipient, viewer));
    }

    @GetMapping("/documents/planned")
    @Operation(summary = "Papers the running processes of the case may still issue")
    List<PlannedAnswer> planned(@PathVariable String number, HttpServletRequest request) {
        Viewer viewer = user.require();
        Locale locale = Requests.language(request);
        return prints.planned(cases.get(number, viewer).id(), viewer).stream()
                .map(p -> new PlannedAnswer(p.code(), p.title().in(locale), p.recipient()))
                .toList();
    }

    /** A paper that may still be issued. */
    record PlannedAnswer(String code, String title, @Nullable String recipient) {}

    /** Why a paper is issued anew: {@code CORRECTION}, {@code NEW_FACTS}, {@code LOST} or {@code DAMAGED}. */
    record Reissue(String reason) {}

    @PostMapping("/documents/{id}/reissue")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Issues a paper anew: next number and version; the old one stays and is marked as superseded",
            description = "Only the organisation that issued it. A second request answers document-superseded.")
    DocumentAnswer reissue(
            @PathVariable String number, @PathVariable UUID id, @RequestBody Reissue body, HttpServletRequest request) {
        Viewer viewer = user.require();
        return DocumentAnswer.of(
                prints.reissue(cases.get(number, viewer).id(), id, body.reason(), viewer),
                List.of(),
                Requests.language(request));
    }

    private static ResponseEntity<byte[]> pdf(String name, byte[] content) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline().filename(name).build().toString())
                .body(content);
    }

    private boolean readable(DocumentSummary paper, Viewer viewer, Relation relation) {
        return readable(paper.dataClass(), viewer, relation);
    }

    /** A colleague of the same house is not a reader of everything: the class of the data decides. */
    private boolean readable(String dataClass, Viewer viewer, Relation relation) {
        Sight sight = access.sight(viewer, dataClass, relation);
        return sight == Sight.READ || sight == Sight.WRITE;
    }
}
