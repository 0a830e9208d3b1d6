package org.greenchannel.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.attachment.Attachment;
import org.greenchannel.attachment.AttachmentKind;
import org.greenchannel.attachment.Attachments;
import org.greenchannel.attachment.Content;
import org.greenchannel.attachment.Rendition;
import org.greenchannel.attachment.Upload;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Pictures and papers of a case: added, shown, taken back. A refused file leads back to the tab with the reason. */
@Controller
class AttachmentPages {

    private final Attachments attachments;
    private final CaseFiles cases;
    private final CaseHead head;
    private final CaseTabs tabs;
    private final ProblemRenderer problems;
    private final Show show;
    private final CurrentUser user;

    AttachmentPages(
            Attachments attachments,
            CaseFiles cases,
            CaseHead head,
            CaseTabs tabs,
            ProblemRenderer problems,
            Show show,
            CurrentUser user) {
        this.attachments = attachments;
        this.cases = cases;
        this.head = head;
        this.tabs = tabs;
        this.problems = problems;
        this.show = show;
        this.user = user;
    }

    @PostMapping(path = "/cases/{number}/attachments", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String add(
            @PathVariable String number,
            @RequestParam AttachmentKind kind,
            @RequestParam MultipartFile file,
            @RequestParam(required = false) @Nullable String idempotencyKey,
            Model model,
            HttpServletResponse response)
            throws IOException {
        Viewer viewer = user.require();
        CaseSummary of = cases.get(number, viewer);
        String name = file.getOriginalFilename();
        var upload = new Upload(kind, name == null ? "" : name, file.getBytes(), null);
        try {
            attachments.store(of.id(), upload, WorkListPage.blank(idempotencyKey), viewer);
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.FORBIDDEN || refused.kind() == Problem.Kind.NOT_FOUND) {
                throw refused;
            }
            ProblemView view = problems.view(refused, show.locale());
            CaseSummary seen = head.fill(model, number, viewer);
            model.addAttribute("tab", "attachments");
            model.addAttribute("refused", view);
            model.addAttribute("chosenKind", kind);
            tabs.fill(model, "attachments", seen, viewer, StoryFilter.ALL, null, null);
            response.setStatus(view.status());
            return "web/case";
        }
        return "redirect:/cases/" + of.number() + "?tab=attachments&added";
    }

    /** The same, for a page that stays where it is and for the device that sends later what it kept without a line. */
    @PostMapping(
            path = "/cases/{number}/attachments",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE,
            headers = "Accept=application/json")
    ResponseEntity<Map<String, String>> addApart(
            @PathVariable String number,
            @RequestParam AttachmentKind kind,
            @RequestParam MultipartFile file,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key)
            throws IOException {
        Viewer viewer = user.require();
        CaseSummary of = cases.get(number, viewer);
        String name = file.getOriginalFilename();
        attachments.store(of.id(), new Upload(kind, name == null ? "" : name, file.getBytes(), null), key, viewer);
        return ResponseEntity.ok(Map.of("location", "/cases/" + of.number() + "?tab=attachments"));
    }

    @GetMapping("/cases/{number}/attachments/{id}")
    ResponseEntity<byte[]> content(
            @PathVariable String number,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "VIEW") Rendition rendition) {
        Viewer viewer = user.require();
        Content content = attachments.read(cases.get(number, viewer).id(), id, rendition, viewer);
        var where = rendition == Rendition.ORIGINAL ? ContentDisposition.attachment() : ContentDisposition.inline();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(content.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        where.filename(content.fileName(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content.bytes());
    }

    /** A PDF page by page, as pictures: readable on every phone, and nothing of the file runs in the browser. */
    @GetMapping("/cases/{number}/attachments/{id}/pages")
    String read(@PathVariable String number, @PathVariable UUID id, Model model) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        Attachment it = attachments.get(file.id(), id, viewer);
        if (it.picture()) {
            return "redirect:/cases/" + file.number() + "/attachments/" + id;
        }
        model.addAttribute("file", file);
        model.addAttribute("attachment", it);
        return "web/attachment";
    }

    @GetMapping("/cases/{number}/attachments/{id}/pages/{page}")
    ResponseEntity<byte[]> page(@PathVariable String number, @PathVariable UUID id, @PathVariable int page) {
        Viewer viewer = user.require();
        Content content = attachments.page(cases.get(number, viewer).id(), id, page, viewer);
        return ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(content.bytes());
    }

    @PostMapping("/cases/{number}/attachments/{id}/withdraw")
    String withdraw(@PathVariable String number, @PathVariable UUID id, @RequestParam String why) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        attachments.withdraw(file.id(), id, why, viewer);
        return "redirect:/cases/" + file.number() + "?tab=attachments";
    }
}
