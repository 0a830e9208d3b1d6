package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.rights.RightsCodes;
import org.greenchannel.rights.RightsDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page for patient, guardian and lawyer. Nobody signs in: a code opens a short visit, which a sealed cookie carries, so
 * that the code stands in no address that stays.
 */
@Controller
class RightsPages {

    static final String COOKIE = "gc-rights";
    private static final String HOME = "redirect:/rights";
    private static final String PAGE = "web/rights";
    private static final String DOOR = "web/rights-door";
    private static final String POINTER = "/data/";
    private static final String OVER = "rights-pass-over";

    private final RightsCodes codes;
    private final RightsDesk desk;
    private final QuickForms quick;
    private final ProblemRenderer problems;
    private final Show show;

    RightsPages(RightsCodes codes, RightsDesk desk, QuickForms quick, ProblemRenderer problems, Show show) {
        this.codes = codes;
        this.desk = desk;
        this.quick = quick;
        this.problems = problems;
        this.show = show;
    }

    @GetMapping("/rights")
    String home(
            @CookieValue(name = COOKIE, required = false) @Nullable String pass,
            @RequestParam(required = false) @Nullable String refused,
            @RequestParam(required = false) @Nullable String locked,
            @RequestParam(required = false) @Nullable String filed,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (pass != null) {
            try {
                model.addAttribute("sheet", desk.sheet(pass));
                model.addAttribute("filed", filed != null);
                return PAGE;
            } catch (Problem over) {
                cookie(request, response, "", Duration.ZERO);
                model.addAttribute("over", true);
            }
        }
        if (refused != null) {
            model.addAttribute("refusal", show.message("problem.rights-refused.detail"));
        } else if (locked != null) {
            model.addAttribute("refusal", show.message("rights.locked"));
        }
        return DOOR;
    }

    @PostMapping("/rights")
    ModelAndView open(
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        try {
            cookie(request, response, codes.open(code), Duration.ofMinutes(30));
            return new ModelAndView(HOME);
        } catch (Problem refused) {
            var view = problems.view(refused, locale);
            var page = new ModelAndView(DOOR, Map.of("refusal", view.detail()));
            page.setStatus(HttpStatus.valueOf(view.status()));
            return page;
        }
    }

    /** The address of a QR code: answered with another address at once, whatever comes of it. */
    @GetMapping("/rights/{code:[0-9A-Za-z-]{8,40}}")
    String scan(@PathVariable String code, HttpServletRequest request, HttpServletResponse response) {
        try {
            cookie(request, response, codes.open(code), Duration.ofMinutes(30));
            return HOME;
        } catch (Problem refused) {
            return HOME + (refused.kind() == Problem.Kind.TOO_MANY ? "?locked" : "?refused");
        }
    }

    @PostMapping("/rights/close")
    String close(HttpServletRequest request, HttpServletResponse response) {
        cookie(request, response, "", Duration.ZERO);
        return HOME;
    }

    /** The PDF, or the door when the visit is over: whoever kept the page open is asked for the code again. */
    @GetMapping("/rights/notices/{id}")
    Object notice(
            @CookieValue(name = COOKIE, defaultValue = "") String pass,
            @PathVariable UUID id,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_PDF)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"notice.pdf\"")
                    .body(desk.notice(pass, id));
        } catch (Problem refused) {
            return over(refused, false, request, response);
        }
    }

    @GetMapping("/rights/requests/{form}")
    ModelAndView ask(
            @CookieValue(name = COOKIE, defaultValue = "") String pass,
            @PathVariable String form,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        RightsDesk.Ask ask;
        try {
            ask = desk.ask(pass, form, locale);
        } catch (Problem refused) {
            return over(refused, false, request, response);
        }
        return new ModelAndView(
                request(
                        model,
                        ask,
                        quick.fields(ask.view(), null),
                        Map.of(),
                        UUID.randomUUID().toString()),
                model.asMap());
    }

    /** The door, saying that the visit is over; any other problem goes on. @param unsent whether something was to be filed */
    private static ModelAndView over(
            Problem refused, boolean unsent, HttpServletRequest request, HttpServletResponse response) {
        if (!refused.type().equals(OVER)) {
            throw refused;
        }
        cookie(request, response, "", Duration.ZERO);
        var page = new ModelAndView(DOOR, Map.of("over", true, "unsent", unsent));
        page.setStatus(HttpStatus.FORBIDDEN);
        return page;
    }

    @PostMapping("/rights/requests/{form}")
    ModelAndView file(
            @CookieValue(name = COOKIE, defaultValue = "") String pass,
            @PathVariable String form,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        String key = WorkListPage.blank(posted.getFirst("idempotencyKey"));
        RightsDesk.Ask ask;
        try {
            ask = desk.ask(pass, form, locale);
        } catch (Problem refused) {
            // the second click of a request that cannot be filed twice: its receipt is on the page
            if (!refused.type().equals(OVER) && key != null && desk.filed(pass, form, key)) {
                return new ModelAndView(HOME + "?filed");
            }
            return over(refused, true, request, response);
        }
        List<QuickField> fields = quick.fields(ask.view(), posted);
        try {
            desk.file(pass, form, quick.data(fields), key, locale);
            return new ModelAndView(HOME + "?filed");
        } catch (Problem refused) {
            if (refused.kind() != Problem.Kind.INVALID || refused.errors().isEmpty()) {
                throw refused;
            }
            var page = new ModelAndView(request(
                    model, ask, fields, errors(refused), UUID.randomUUID().toString()));
            page.setStatus(HttpStatus.UNPROCESSABLE_ENTITY);
            return page;
        }
    }

    private static String request(
            Model model, RightsDesk.Ask ask, List<QuickField> fields, Map<String, String> errors, String key) {
        model.addAttribute("remedy", ask.remedy());
        model.addAttribute("fields", fields);
        model.addAttribute("errors", errors);
        model.addAttribute(
                "labels", fields.stream().collect(Collectors.toMap(QuickField::key, QuickField::label, (a, b) -> a)));
        model.addAttribute("key", key);
        return "web/rights-request";
    }

    private Map<String, String> errors(Problem refused) {
        var errors = new LinkedHashMap<String, String>();
        refused.errors().forEach(e -> {
            String key = e.pointer().startsWith(POINTER) ? e.pointer().substring(POINTER.length()) : e.pointer();
            errors.merge(key, show.text(e.message()), (a, b) -> a + " " + b);
        });
        return errors;
    }

    private static void cookie(HttpServletRequest request, HttpServletResponse response, String pass, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, pass)
                        .path(request.getContextPath() + "/rights")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .maxAge(age)
                        .build()
                        .toString());
    }
}
