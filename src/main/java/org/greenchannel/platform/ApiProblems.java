package org.greenchannel.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers every failure below {@code /api/} and {@code /fhir/} as a problem document. A resolver and not a controller
 * advice, because an advice cannot be limited to addresses and would also take the failures of pages.
 */
@Component
class ApiProblems implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

    private final ProblemRenderer renderer;

    ApiProblems(ProblemRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception ex) {
        if (!isApi(request) || ex instanceof AccessDeniedException || ex instanceof AuthenticationException) {
            return null; // pages have their own; refusals of Spring Security go back to its filter
        }
        try {
            if (ex instanceof HttpRequestMethodNotSupportedException unsupported
                    && unsupported.getSupportedMethods() != null) {
                response.setHeader("Allow", String.join(", ", unsupported.getSupportedMethods()));
            }
            renderer.write(request, response, ex);
        } catch (IOException e) {
            LOG.debug("The client has gone away", e);
        }
        return new ModelAndView();
    }

    private static boolean isApi(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith("/api/") || path.startsWith("/fhir/");
    }
}
