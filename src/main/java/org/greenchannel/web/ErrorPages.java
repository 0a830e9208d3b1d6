package org.greenchannel.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** One designed page for everything that does not work; never a stack trace. */
@Controller
class ErrorPages implements ErrorController {

    private final ProblemRenderer problems;
    private final Frame frame;
    private final Show show;

    ErrorPages(ProblemRenderer problems, Frame frame, Show show) {
        this.problems = problems;
        this.frame = frame;
        this.show = show;
    }

    @RequestMapping("/error")
    @Nullable
    ModelAndView error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = code instanceof Integer known ? known : HttpServletResponse.SC_NOT_FOUND;
        String origin = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (origin.startsWith("/api/") || origin.startsWith("/fhir/")) {
            problems.write(request, response, status);
            return null;
        }
        return page(request, problems.view(status, show.locale()));
    }

    ModelAndView page(HttpServletRequest request, ProblemView view) {
        var model = new ExtendedModelMap();
        frame.frame(request, model);
        model.addAttribute("problem", view);
        var page = new ModelAndView("web/error", model);
        page.setStatus(PageProblems.status(view.status()));
        return page;
    }
}
