package org.greenchannel.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.ProblemRenderer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.util.AntPathMatcher;

/**
 * What a refused request gets: the API a problem document, htmx a redirect header, the islands a problem, a browser the
 * sign-in page or a designed page. An address that does not exist is unknown to everybody, signed in or not.
 */
@Component
class Refused implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final LoginUrlAuthenticationEntryPoint toSignIn = new LoginUrlAuthenticationEntryPoint("/login");
    private final AntPathMatcher paths = new AntPathMatcher();
    private final ProblemRenderer problems;
    private final CurrentUser user;
    private final AuditLog audit;

    Refused(ProblemRenderer problems, CurrentUser user, AuditLog audit) {
        this.problems = problems;
        this.user = user;
        this.audit = audit;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException, ServletException {
        if (matches(request, Routes.API) || matches(request, Routes.API_DOCS)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Green Channel\", charset=\"UTF-8\"");
            problems.write(request, response, HttpServletResponse.SC_UNAUTHORIZED);
        } else if (!matches(request, Routes.SIGNED_IN)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (isHtmx(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Redirect", request.getContextPath() + "/login?expired");
        } else if (wantsJson(request)) {
            problems.write(request, response, HttpServletResponse.SC_UNAUTHORIZED);
        } else if (wantsEvents(request)) {
            // a page is no answer to it; refused, the browser does not ask again
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            toSignIn.commence(request, response, cause);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        boolean known = matches(request, Routes.SIGNED_IN) || matches(request, Routes.OPEN);
        boolean token = cause instanceof CsrfException;
        // after the end of a session the first thing to fail is the token of its last page
        boolean expired = token && user.find().isEmpty();
        int status = known ? (expired ? 401 : 403) : 404;
        if (known && !expired) {
            audit.recordApart(
                    user.find().orElse(null),
                    AuditEntry.denied("access.denied", null, null, Map.of("reason", token ? "csrf" : "route")));
        }
        if (expired && isHtmx(request)) {
            response.setStatus(status);
            response.setHeader("HX-Redirect", request.getContextPath() + "/login?expired");
        } else if (wantsJson(request) || matches(request, Routes.API)) {
            problems.write(request, response, status);
        } else if (expired) {
            response.sendRedirect(request.getContextPath() + "/login?expired");
        } else {
            response.sendError(status);
        }
    }

    /** Code for the log: never what somebody typed. */
    static String reason(AuthenticationException cause) {
        return cause instanceof LockedException ? "locked" : "credentials";
    }

    private boolean matches(HttpServletRequest request, List<String> patterns) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return patterns.stream().anyMatch(pattern -> paths.match(pattern, path));
    }

    private static boolean wantsEvents(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private static boolean isHtmx(HttpServletRequest request) {
        return "true".equals(request.getHeader("HX-Request"));
    }

    private static boolean wantsJson(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.startsWith(MediaType.APPLICATION_JSON_VALUE);
    }
}
