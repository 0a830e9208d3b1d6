package org.greenchannel.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.organisation.Accounts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** HTTP Basic for the API. The password is hashed once in a while, not once a request: {@link VerifiedCredentials}. */
@Component
class BasicSignIn extends OncePerRequestFilter {

    private final BasicAuthenticationConverter converter = new BasicAuthenticationConverter();
    private final Accounts accounts;
    private final AccountSignIn signIn;
    private final VerifiedCredentials verified;
    private final AuditLog audit;
    private final Refused refused;
    private final boolean allowed;

    BasicSignIn(
            Accounts accounts,
            AccountSignIn signIn,
            VerifiedCredentials verified,
            AuditLog audit,
            Refused refused,
            @Value("${greenchannel.api.basic:true}") boolean allowed) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.verified = verified;
        this.audit = audit;
        this.refused = refused;
        this.allowed = allowed;
    }

    /** Switched off, a password in a header is not even looked at: the request stays anonymous and is refused. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !allowed;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            UsernamePasswordAuthenticationToken token = converter.convert(request);
            if (token != null) {
                String password = String.valueOf(token.getCredentials());
                verify(token.getName(), password);
                var context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(AccountSignIn.signedIn(token.getName()));
                SecurityContextHolder.setContext(context);
            }
        } catch (AuthenticationException e) {
            audit.recordApart(
                    null,
                    AuditEntry.denied(
                            "login.failure", null, null, Map.of("way", "basic", "reason", Refused.reason(e))));
            refused.commence(request, response, e);
            return;
        }
        chain.doFilter(request, response);
    }

    private void verify(String username, String password) {
        String before = accounts.passwordHash(username).orElse("");
        if (!before.isEmpty() && verified.known(username, password, before)) {
            return;
        }
        signIn.check(username, password);
        accounts.find(username)
                .ifPresent(account -> audit.recordApart(
                        accounts.viewer(username),
                        AuditEntry.done("login.success", null, "account:" + account.id(), Map.of("way", "basic"))));
        verified.remember(username, password, before);
    }

    /** It belongs to two chains of Spring Security and to nothing else. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class Registration {
        @Bean
        FilterRegistrationBean<BasicSignIn> basicSignInRegistration(BasicSignIn filter) {
            var registration = new FilterRegistrationBean<>(filter);
            registration.setEnabled(false);
            return registration;
        }
    }
}
