package org.greenchannel.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A session ends when the person has been away for its length. What an open page asks by itself is no sign of a person:
 * it is answered while the session lasts, and ends it when its time has come.
 */
@Component
class Idleness implements HandlerInterceptor {

    private static final String LAST = Idleness.class.getName();
    private static final String[] BY_ITSELF = {
        "/events",
        "/session",
        "/work-items/live",
        "/work-items/*/working",
        "/work-items/*/left",
        "/notifications/unread"
    };

    private final AntPathMatcher paths = new AntPathMatcher();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return true;
        }
        // not the clock of the product, which tests move: this one only runs
        long now = System.nanoTime();
        if (!byItself(request)) {
            session.setAttribute(LAST, now);
            return true;
        }
        boolean over = session.getAttribute(LAST) instanceof Long last
                && Duration.ofNanos(now - last).getSeconds() >= session.getMaxInactiveInterval();
        if (over) {
            session.invalidate();
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return false;
        }
        return true;
    }

    private boolean byItself(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        for (String pattern : BY_ITSELF) {
            if (paths.match(pattern, path)) {
                return true;
            }
        }
        return false;
    }
}
