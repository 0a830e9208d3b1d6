package org.greenchannel.web;

import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.notification.Notifications;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the viewer was told, whom he still has to tell by voice, and for the administrator the mails that failed. */
@Controller
@RequestMapping("/notifications")
class NotificationPages {

    private static final int PAGE = 50;
    private static final int MOST = 99;
    private static final String MAILS = "mail.retry";
    private static final String HERE = "redirect:/notifications";
    private static final String UNREAD = "unread";

    private final Notifications notifications;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final CurrentUser user;
    private final ProblemRenderer problems;
    private final Show show;

    NotificationPages(
            Notifications notifications,
            AccessPolicy access,
            AuditLog audit,
            CurrentUser user,
            ProblemRenderer problems,
            Show show) {
        this.notifications = notifications;
        this.access = access;
        this.audit = audit;
        this.user = user;
        this.problems = problems;
        this.show = show;
    }

    @GetMapping
    String list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Viewer viewer = user.require();
        boolean unreadOnly = UNREAD.equals(state);
        var page = notifications.list(viewer, unreadOnly, PAGE, WorkListPage.blank(cursor));
        boolean mails = access.allows(viewer, MAILS, Relation.NONE);
        model.addAttribute("messages", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("unreadOnly", unreadOnly);
        model.addAttribute("duties", notifications.openDuties(viewer, PAGE));
        model.addAttribute("failed", mails ? notifications.failed(PAGE, viewer) : null);
        return "web/notifications";
    }

    /** For the bell of an open page; asks by itself. */
    @GetMapping(path = "/unread", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Bell unread() {
        int count = notifications.unread(user.require());
        String shown = count > MOST ? MOST + "+" : String.valueOf(count);
        return new Bell(count == 0 ? "" : shown, count == 0 ? "" : show.message("bell.unread", shown));
    }

    /** What the bell shows and says; empty when nothing is new. */
    record Bell(String count, String words) {}

    @PostMapping("/{id}/read")
    String read(@PathVariable UUID id, @RequestParam(required = false) @Nullable String state) {
        notifications.markRead(id, user.require());
        return HERE + (UNREAD.equals(state) ? "?state=" + UNREAD : "");
    }

    @PostMapping("/read")
    String readAll() {
        notifications.markAllRead(user.require());
        return HERE;
    }

    /** Who was second is told so on the page; the first result stays. */
    @PostMapping("/duties/{id}")
    String finish(
            @PathVariable UUID id,
            @RequestParam("case") UUID caseId,
            @RequestParam String result,
            RedirectAttributes redirect) {
        try {
            notifications.finishDuty(caseId, id, result, user.require());
            redirect.addFlashAttribute("done", show.message("duties.recorded." + result));
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.CONFLICT) {
                throw refused;
            }
            redirect.addFlashAttribute(
                    "notice", problems.view(refused, show.locale()).detail());
        }
        return HERE;
    }

    @PostMapping("/mails/{id}/retry")
    String retry(@PathVariable UUID id, RedirectAttributes redirect) {
        Viewer viewer = user.require();
        if (!access.allows(viewer, MAILS, Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied(MAILS, null, "delivery:" + id, Map.of()));
            throw Problem.forbidden("forbidden", MAILS);
        }
        notifications.retry(id, viewer);
        redirect.addFlashAttribute("done", show.message("mails.again"));
        return HERE;
    }
}
