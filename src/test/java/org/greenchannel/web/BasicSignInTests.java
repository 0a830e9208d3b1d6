package org.greenchannel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import org.greenchannel.audit.AuditLog;
import org.greenchannel.organisation.Accounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;

/** The switch for passwords in headers. */
class BasicSignInTests {

    @AfterEach
    void clear() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void switchedOffNoPasswordIsLookedAt() throws Exception {
        Accounts accounts = mock(Accounts.class);
        var filter = new BasicSignIn(
                accounts,
                mock(AccountSignIn.class),
                mock(VerifiedCredentials.class),
                mock(AuditLog.class),
                mock(Refused.class),
                false);
        var request = new MockHttpServletRequest("GET", "/api/v1/me");
        request.addHeader("Authorization", "Basic b2ZmaWNlcjp3cm9uZw==");
        var chain = new MockFilterChain();

        filter.doFilter(request, new MockHttpServletResponse(), chain);

        assertThat(chain.getRequest()).isNotNull();
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
        verifyNoInteractions(accounts);
    }
}
