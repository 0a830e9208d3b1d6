package org.greenchannel.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Keys for tests that need no application. */
public final class TestKeys {

    private TestKeys() {}

    /** The same keys each time for the same first byte. */
    public static KeyRing ring(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        String text = Base64.getEncoder().encodeToString(key);
        try {
            return KeyRing.parse("active=1\nkey.1=" + text + "\nroot=" + text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
