package org.greenchannel.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.greenchannel.community.ColourName;
import org.greenchannel.community.CommunityCare;
import org.greenchannel.community.RegisterQuery;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Whom to see, and why: the register of community management, and the lists of an exchange of information. */
@Controller
class CommunityPages {

    private static final int PAGE = 30;
    private static final List<String> STATUSES = List.of("MANAGED", "LOST", "IN_HOSPITAL", "IN_CUSTODY", "REFUSED");
    private static final List<String> DUE = List.of("overdue", "week", "month");

    private final CommunityCare care;
    private final Organisations organisations;
    private final CurrentUser user;
    private final Clock clock;
    private final ZoneId zone;

    CommunityPages(CommunityCare care, Organisations organisations, CurrentUser user, Clock clock, ZoneId zone) {
        this.care = care;
        this.organisations = organisations;
        this.user = user;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping("/community")
    String register(
            @RequestParam(required = false) @Nullable String colour,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String due,
            @RequestParam(required = false) @Nullable String area,
            @RequestParam(required = false) @Nullable String cursor,
            Model model) {
        Viewer viewer = user.require();
        var query = new RegisterQuery(
                known(colour, care.colourNames().stream().map(ColourName::code).toList()),
                known(status, STATUSES),
                known(due, DUE),
                organisations
                        .area(area == null ? "" : area)
                        .map(found -> found.code())
                        .orElse(null),
                PAGE,
                WorkListPage.blank(cursor));
        var page = care.register(query, viewer);
        model.addAttribute("query", query);
        model.addAttribute("entries", page.items());
        model.addAttribute("nextCursor", page.nextCursor());
        model.addAttribute("colours", care.colourNames());
        model.addAttribute("statuses", STATUSES);
        model.addAttribute("dues", DUE);
        model.addAttribute(
                "areas",
                organisations.areas().stream()
                        .filter(one -> !one.level().equals("CITY"))
                        .filter(one -> viewer.areas().stream()
                                .anyMatch(own -> one.code().startsWith(own) || own.startsWith(one.code())))
                        .toList());
        model.addAttribute(
                "filtered",
                query.colour() != null || query.status() != null || query.due() != null || query.area() != null);
        model.addAttribute("now", LocalDate.ofInstant(clock.instant(), zone));
        return "web/community";
    }

    private static @Nullable String known(@Nullable String value, List<String> codes) {
        return value != null && codes.contains(value) ? value : null;
    }

    @GetMapping("/community/exchanges/{number}")
    String exchange(@PathVariable String number, Model model) {
        model.addAttribute("number", number);
        model.addAttribute("lists", care.exchange(number, user.require()));
        model.addAttribute("colours", care.colourNames());
        return "web/exchange";
    }
}
