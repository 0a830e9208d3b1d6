package org.greenchannel.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Remembers for a short time which credentials of the API were right, because an Argon2 check costs a tenth of a second.
 * Entries are found by a keyed digest, so neither names nor passwords are kept; the key lives as long as the process.
 * An entry counts only while the account still has the same password hash, so a changed or disabled account is out at once.
 */
@Component
class VerifiedCredentials {

    private static final int MOST = 2000;
    private static final Duration LIFE = Duration.ofMinutes(5);

    private record Entry(String passwordHash, Instant until) {}

    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Entry> entries = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    });

    VerifiedCredentials(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** Whether these credentials were right a moment ago and the account has not changed since. */
    boolean known(String username, String password, String passwordHash) {
        String digest = digest(username, password);
        Entry entry = entries.get(digest);
        if (entry == null) {
            return false;
        }
        if (!entry.passwordHash().equals(passwordHash) || !clock.instant().isBefore(entry.until())) {
            entries.remove(digest);
            return false;
        }
        return true;
    }

    void remember(String username, String password, String passwordHash) {
        entries.put(
                digest(username, password),
                new Entry(passwordHash, clock.instant().plus(LIFE)));
    }

    int size() {
        return entries.size();
    }

    private String digest(String username, String password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(username.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
