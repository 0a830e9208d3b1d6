package org.greenchannel.web;

import java.util.Optional;
import org.greenchannel.organisation.Accounts;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Checks name and password of a local account. An unknown name costs as much time as a wrong password. */
@Component
class AccountSignIn implements AuthenticationProvider {

    /** Longer input is refused before it is hashed. */
    private static final int LONGEST = 256;

    private static final String ARGON = "{argon2}";

    private final Accounts accounts;
    /** Only the lengths of new hashes come from here; a stored hash brings its own parameters. */
    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

    private final String nobody = encoder.encode("nobody");

    AccountSignIn(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Authentication authenticate(Authentication token) {
        String username = token.getName() == null ? "" : token.getName().strip();
        String password =
                token.getCredentials() == null ? "" : token.getCredentials().toString();
        check(username, password);
        return signedIn(username);
    }

    /** Throws {@link LockedException} (message: seconds) or {@link BadCredentialsException}. */
    void check(String username, String password) {
        if (username.isEmpty() || username.length() > LONGEST || password.length() > LONGEST) {
            throw new BadCredentialsException("refused");
        }
        long locked = accounts.lockedSeconds(username);
        if (locked > 0) {
            throw new LockedException(Long.toString(locked));
        }
        Optional<String> hash = accounts.passwordHash(username);
        boolean right = encoder.matches(password, hash.map(AccountSignIn::bare).orElse(nobody)) && hash.isPresent();
        if (!right) {
            accounts.signInFailed(username);
            throw new BadCredentialsException("refused");
        }
        accounts.signInSucceeded(username);
    }

    /** The name is all a session remembers: roles are read anew for every request. */
    static Authentication signedIn(String username) {
        return UsernamePasswordAuthenticationToken.authenticated(username, null, AuthorityUtils.NO_AUTHORITIES);
    }

    private static String bare(String hash) {
        return hash.startsWith(ARGON) ? hash.substring(ARGON.length()) : hash;
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
