package org.greenchannel.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.organisation.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Records every sign-in, failure and sign-out, and sends people on. */
@Component
class SignInTrail extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler, LogoutHandler {

    private static final long MINUTE = 60;

    private final Accounts accounts;
    private final AuditLog audit;
    private final Languages languages;

    SignInTrail(Accounts accounts, AuditLog audit, Languages languages) {
        this.accounts = accounts;
        this.audit = audit;
        this.languages = languages;
        setDefaultTargetUrl("/");
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws ServletException, IOException {
        var account = accounts.find(who.getName());
        audit.recordApart(
                accounts.viewer(who.getName()),
                AuditEntry.done(
                        "login.success",
                        null,
                        account.map(a -> "account:" + a.id()).orElse(null),
                        Map.of("way", "form")));
        if (WebUtils.getCookie(request, Languages.COOKIE) == null) { // a choice made on this browser stays
            account.ifPresent(a -> languages.prefer(request, response, a.language()));
        }
        super.onAuthenticationSuccess(request, response, who);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        audit.recordApart(
                null,
                AuditEntry.denied("login.failure", null, null, Map.of("way", "form", "reason", Refused.reason(cause))));
        String answer = "/login?failed";
        if (cause instanceof LockedException locked) {
            long seconds = Long.parseLong(String.valueOf(locked.getMessage()));
            answer = "/login?locked=" + (seconds + MINUTE - 1) / MINUTE;
        }
        response.sendRedirect(request.getContextPath() + answer);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication who) {
        if (who != null && who.isAuthenticated()) {
            accounts.find(who.getName())
                    .ifPresent(a -> audit.recordApart(
                            accounts.viewer(who.getName()),
                            AuditEntry.done("logout", null, "account:" + a.id(), Map.of())));
        }
    }
}
