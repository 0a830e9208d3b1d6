package org.greenchannel.web;

import java.util.List;
import java.util.UUID;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.document.PaperPrints;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Papers of a case: looked at before they are issued, several printed at once, issued anew. */
@Controller
class PaperPages {

    private final PaperPrints prints;
    private final CaseFiles cases;
    private final Show show;
    private final CurrentUser user;

    PaperPages(PaperPrints prints, CaseFiles cases, Show show, CurrentUser user) {
        this.prints = prints;
        this.cases = cases;
        this.show = show;
        this.user = user;
    }

    @GetMapping("/cases/{number}/documents/print")
    ResponseEntity<byte[]> print(@PathVariable String number, @RequestParam List<UUID> id) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        return pdf(file.number() + ".pdf", prints.bundle(file.id(), id, viewer));
    }

    @GetMapping("/cases/{number}/documents/preview")
    ResponseEntity<byte[]> preview(
            @PathVariable String number,
            @RequestParam String code,
            @RequestParam(required = false) @Nullable String recipient) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        String language = show.locale().getLanguage();
        return pdf(
                file.number() + "-" + code + ".pdf",
                prints.preview(file.id(), code, language, WorkListPage.blank(recipient), viewer));
    }

    @PostMapping("/cases/{number}/documents/{id}/reissue")
    String reissue(@PathVariable String number, @PathVariable UUID id, @RequestParam String reason) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        prints.reissue(file.id(), id, reason, viewer);
        return "redirect:/cases/" + file.number() + "?tab=documents&reissued";
    }

    private static ResponseEntity<byte[]> pdf(String name, byte[] content) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline().filename(name).build().toString())
                .body(content);
    }
}
