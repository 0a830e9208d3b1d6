package org.greenchannel.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.ProblemRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * The language of an answer. Pages: {@code ?lang=}, else the cookie, else Chinese. API: {@code Accept-Language}.
 * A choice is kept in the cookie and, when somebody is signed in, with the account.
 */
@Component("localeResolver")
class Languages implements LocaleResolver, HandlerInterceptor {

    static final String COOKIE = "gc-lang";
    private static final String CHOSEN = Languages.class.getName();

    private final Accounts accounts;

    Languages(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.startsWith("/api/") || path.startsWith("/fhir/")) {
            return ProblemRenderer.language(request);
        }
        if (request.getAttribute(CHOSEN) instanceof String chosen) {
            return locale(chosen);
        }
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        String asked = request.getParameter("lang");
        return locale(valid(asked) ? asked : cookie == null ? "zh" : cookie.getValue());
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response != null && locale != null) {
            prefer(request, response, locale.getLanguage());
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String asked = request.getParameter("lang");
        if (valid(asked) && "GET".equals(request.getMethod())) {
            prefer(request, response, asked);
            var who = SecurityContextHolder.getContext().getAuthentication();
            if (who != null
                    && accounts.find(who.getName())
                            .filter(a -> !a.language().equals(asked))
                            .isPresent()) {
                accounts.language(who.getName(), asked);
            }
        }
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, resolveLocale(request).toLanguageTag());
        return true;
    }

    /** Keeps the language for this browser. */
    void prefer(HttpServletRequest request, HttpServletResponse response, @Nullable String language) {
        String value = "en".equals(language) ? "en" : "zh";
        request.setAttribute(CHOSEN, value);
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .path("/")
                        .maxAge(Duration.ofDays(365))
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    private static boolean valid(@Nullable String language) {
        return "zh".equals(language) || "en".equals(language);
    }

    private static Locale locale(@Nullable String language) {
        return "en".equals(language) ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    }
}
