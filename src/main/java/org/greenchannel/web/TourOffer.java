package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import org.greenchannel.help.HelpBook;
import org.greenchannel.help.Tours;
import org.greenchannel.kernel.Viewer;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The guided tour on the work list: offered to who has not seen it, on the plain list only, where nothing else is looked for. */
@Component
class TourOffer {

    private static final String ASKED = "tour";

    private final HelpBook help;
    private final Tours tours;

    TourOffer(HelpBook help, Tours tours) {
        this.help = help;
        this.tours = tours;
    }

    /** Adds {@code tourSteps} and {@code tourAsked} when the tour is on this page. */
    void fill(HttpServletRequest request, Model model, Viewer viewer) {
        boolean asked = request.getParameter(ASKED) != null;
        if (asked || request.getParameterMap().keySet().stream().allMatch("lang"::equals) && tours.offered(viewer)) {
            var steps = help.tour(viewer.roles());
            model.addAttribute("tourAsked", asked);
            model.addAttribute("tourSteps", steps.isEmpty() ? null : steps);
        }
    }
}
