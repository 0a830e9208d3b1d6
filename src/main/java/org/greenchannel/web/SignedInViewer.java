package org.greenchannel.web;

import java.util.Optional;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.platform.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The viewer of this request, read from the accounts once a request, so that a change of roles counts at once. */
@Component
class SignedInViewer implements CurrentUser {

    private static final String KEPT = SignedInViewer.class.getName();

    private final Accounts accounts;

    SignedInViewer(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Viewer require() {
        return find().orElseThrow(() -> Problem.forbidden("not-signed-in"));
    }

    @Override
    public Optional<Viewer> find() {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || !who.isAuthenticated() || who instanceof AnonymousAuthenticationToken) {
            return Optional.empty();
        }
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null
                && request.getAttribute(KEPT, RequestAttributes.SCOPE_REQUEST) instanceof Viewer kept
                && kept.username().equals(who.getName())) {
            return Optional.of(kept);
        }
        return load(who.getName(), request);
    }

    private Optional<Viewer> load(String username, @Nullable RequestAttributes request) {
        try {
            Viewer viewer = accounts.viewer(username);
            if (request != null) {
                request.setAttribute(KEPT, viewer, RequestAttributes.SCOPE_REQUEST);
            }
            return Optional.of(viewer);
        } catch (Problem disabled) {
            return Optional.empty();
        }
    }
}
