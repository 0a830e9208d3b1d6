package org.greenchannel.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request a correlation id, which also stands in the answer and on every line of the log. */
class CorrelationFilter extends OncePerRequestFilter {

    static final String HEADER = "X-Request-Id";
    static final String MDC_KEY = "request";

    private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String given = request.getHeader(HEADER);
        String id = given != null && GIVEN.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        RequestContext.set(
                new RequestContext.Request(id, request.getRemoteAddr(), device(request.getHeader("User-Agent"))));
        MDC.put(MDC_KEY, id);
        response.setHeader(HEADER, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(MDC_KEY);
            RequestContext.set(null);
        }
    }

    /** Coarse on purpose: enough to say "on a phone", not enough to recognise a person. */
    static String device(@Nullable String agent) {
        if (agent == null) {
            return "other";
        }
        String text = agent.toLowerCase(Locale.ROOT);
        if (text.contains("ipad") || text.contains("tablet")) {
            return "tablet";
        }
        if (text.contains("mobile") || text.contains("iphone")) {
            return "phone";
        }
        return text.contains("mozilla") ? "desktop" : "other";
    }
}
