package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.greenchannel.platform.ProblemRenderer;
import org.greenchannel.platform.ProblemView;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Failures of pages: a problem document for the islands, a designed page for people. The API has its own resolver. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class PageProblems implements HandlerExceptionResolver {

    private final ProblemRenderer problems;
    private final ErrorPages pages;
    private final Show show;

    PageProblems(ProblemRenderer problems, ErrorPages pages, Show show) {
        this.problems = problems;
        this.pages = pages;
        this.show = show;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception cause) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        boolean other = path.startsWith("/api/") || path.startsWith("/fhir/") || path.startsWith("/v3/");
        if (other || cause instanceof AccessDeniedException || cause instanceof AuthenticationException) {
            return null;
        }
        if (cause instanceof AsyncRequestNotUsableException) {
            // the page that listened to news was closed: nobody is there to be told
            return new ModelAndView();
        }
        ProblemView view = problems.view(cause, show.locale());
        if (!isJson(request)) {
            Object retry = view.properties().get("retryAfter");
            if (retry != null) {
                response.setHeader(HttpHeaders.RETRY_AFTER, retry.toString());
            }
            return pages.page(request, view);
        }
        try {
            problems.write(request, response, cause);
        } catch (IOException gone) {
            return new ModelAndView();
        }
        return new ModelAndView();
    }

    private static boolean isJson(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.startsWith("application/json");
    }

    static HttpStatus status(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }
}
