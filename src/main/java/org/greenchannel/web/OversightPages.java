package org.greenchannel.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditQuery;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.oversight.HistoryQuery;
import org.greenchannel.oversight.Oversight;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The desk of supervisors and auditors: alerts, breached clocks, history of all cases, audit log. */
@Controller
@RequestMapping("/oversight")
class OversightPages {

    private static final int PAGE = 50;
    private static final List<String> KINDS = List.of(
            "CASE",
            "TASK_OPENED",
            "TASK_CLAIMED",
            "TASK_VERB",
            "TASK_DONE",
            "TASK_WITHDRAWN",
            "DECISION",
            "STATUS",
            "NOTICE",
            "DOCUMENT",
            "CLOCK",
            "MESSAGE",
            "NOTIFICATION",
            "FUNDING",
            "OUTCOME");

    private final Oversight oversight;
    private final AuditLog audit;
    private final Accounts accounts;
    private final AccessPolicy access;
    private final Desk desk;
    private final CurrentUser user;
    private final ZoneId zone;

    OversightPages(
            Oversight oversight,
            AuditLog audit,
            Accounts accounts,
            AccessPolicy access,
            Desk desk,
            CurrentUser user,
            ZoneId zone) {
        this.oversight = oversight;
        this.audit = audit;
        this.accounts = accounts;
        this.access = access;
        this.desk = desk;
        this.user = user;
        this.zone = zone;
    }

    /** Pages of the desk this viewer may open. */
    @ModelAttribute("desk")
    List<String> desk() {
        return desk.pages(user.require());
    }

    @GetMapping
    String first() {
        List<String> pages = desk();
        if (pages.isEmpty()) {
            throw Problem.forbidden("forbidden", "oversight.read");
        }
        return "redirect:/oversight/" + pages.get(0);
    }

    @GetMapping("/alerts")
    String alerts(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        boolean all = "all".equals(state);
        var page = oversight.alerts(!all, user.require(), PAGE, WorkListPage.blank(cursor));
        model.addAttribute("alerts", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("all", all);
        return "web/alerts";
    }

    @PostMapping("/alerts/{id}/see")
    String see(@PathVariable UUID id) {
        oversight.see(id, user.require());
        return "redirect:/oversight/alerts";
    }

    @GetMapping("/clocks")
    String clocks(Model model) {
        model.addAttribute("breached", oversight.breached(user.require(), PAGE));
        return "web/clocks";
    }

    @GetMapping("/history")
    String history(
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String basis,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        var query = new HistoryQuery(
                WorkListPage.blank(number),
                WorkListPage.blank(actor),
                WorkListPage.blank(kind),
                WorkListPage.blank(basis),
                WorkListPage.blank(text),
                day(from, 0),
                day(to, 1),
                PAGE,
                WorkListPage.blank(cursor));
        var page = oversight.history(query, user.require());
        model.addAttribute("query", query);
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("kinds", KINDS);
        model.addAttribute("entries", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute(
                "names",
                accounts.displayNames(page.items().stream()
                        .flatMap(e -> Stream.ofNullable(e.actor()))
                        .collect(Collectors.toSet())));
        return "web/history";
    }

    @GetMapping("/audit")
    String log(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        require("audit.read");
        var query = new AuditQuery(
                null,
                WorkListPage.blank(actor),
                WorkListPage.blank(action),
                day(from, 0),
                day(to, 1),
                PAGE,
                WorkListPage.blank(cursor));
        var page = audit.search(query);
        audit.recordApart(user.require(), AuditEntry.done("audit.search", null, null, Map.of()));
        model.addAttribute("query", query);
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("rows", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("mayVerify", access.allows(user.require(), "audit.verify", Relation.NONE));
        return "web/audit";
    }

    @PostMapping("/audit/verification")
    String verify(Model model) {
        require("audit.verify");
        model.addAttribute("verification", audit.verify());
        audit.recordApart(user.require(), AuditEntry.done("audit.verify", null, null, Map.of()));
        return "web/verification";
    }

    private void require(String action) {
        Viewer viewer = user.require();
        if (!access.allows(viewer, action, Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied(action, null, null, Map.of()));
            throw Problem.forbidden("forbidden", action);
        }
    }

    /** Start of the day, some days later; a date that cannot be read means any. */
    private @Nullable Instant day(@Nullable String value, int later) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(value).plusDays(later).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
