package org.greenchannel.web;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.document.QrCode;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.rights.Holder;
import org.greenchannel.rights.RightsCodes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Handing out and revoking codes of the rights page, for staff. */
@Controller
class CaseRightsPages {

    private static final String PAGE = "web/case-rights";

    private final RightsCodes codes;
    private final CurrentUser user;
    private final Clock clock;

    CaseRightsPages(RightsCodes codes, CurrentUser user, Clock clock) {
        this.codes = codes;
        this.user = user;
        this.clock = clock;
    }

    @GetMapping("/cases/{number}/rights")
    String list(@PathVariable String number, Model model) {
        return fill(model, number, user.require());
    }

    private String fill(Model model, String number, Viewer viewer) {
        model.addAttribute("number", number);
        model.addAttribute("codes", codes.list(number, viewer));
        model.addAttribute("now", clock.instant());
        model.addAttribute("holders", Holder.values());
        model.addAttribute("requestId", UUID.randomUUID().toString());
        return PAGE;
    }

    /** Answers with the code itself, once: no redirect, since it could not be shown after one. */
    @PostMapping("/cases/{number}/rights")
    ModelAndView issue(
            @PathVariable String number,
            @RequestParam Holder holder,
            @RequestParam(defaultValue = "false") boolean identityChecked,
            @RequestParam(required = false) @Nullable String requestId,
            Model model) {
        Viewer viewer = user.require();
        try {
            var issued = codes.issue(number, holder, identityChecked, WorkListPage.blank(requestId), viewer);
            return new ModelAndView(
                    "web/rights-paper",
                    Map.of("number", number, "issued", issued, "qr", QrCode.dataUrl(issued.address())));
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.INVALID) {
                throw refused;
            }
            model.addAttribute("unchecked", true);
            model.addAttribute("chosen", holder);
            var page = new ModelAndView(fill(model, number, viewer));
            page.setStatus(HttpStatus.UNPROCESSABLE_ENTITY);
            return page;
        }
    }

    @PostMapping("/cases/{number}/rights/{id}/revoke")
    String revoke(@PathVariable String number, @PathVariable UUID id) {
        codes.revoke(number, id, user.require());
        return "redirect:/cases/" + number + "/rights";
    }
}
