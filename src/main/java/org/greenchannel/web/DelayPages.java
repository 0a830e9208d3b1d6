package org.greenchannel.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.greenchannel.oversight.Oversight;
import org.greenchannel.platform.CurrentUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The register of delayed discharges on the desk of supervisors (Mental Health Law 44(5), 45). */
@Controller
class DelayPages {

    private static final int PAGE = 100;

    private final Oversight oversight;
    private final Desk desk;
    private final CurrentUser user;
    private final Clock clock;
    private final ZoneId zone;

    DelayPages(Oversight oversight, Desk desk, CurrentUser user, Clock clock, ZoneId zone) {
        this.oversight = oversight;
        this.desk = desk;
        this.user = user;
        this.clock = clock;
        this.zone = zone;
    }

    /** Pages of the desk this viewer may open. */
    @ModelAttribute("desk")
    List<String> desk() {
        return desk.pages(user.require());
    }

    @GetMapping("/oversight/delays")
    String delays(Model model) {
        model.addAttribute("delayed", oversight.delayed(user.require(), PAGE));
        model.addAttribute("today", LocalDate.ofInstant(clock.instant(), zone));
        return "web/delays";
    }
}
