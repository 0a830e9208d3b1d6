package org.greenchannel.rights;

import java.security.SecureRandom;
import java.util.Locale;

/** Codes as people read and type them: twelve signs in groups of four, none of which looks like another. */
final class CodeWords {

    static final int LENGTH = 12;
    static final int GROUP = 4;
    private static final String SIGNS = "23456789ABCDEFGHJKMNPQRSTWXYZ";

    private CodeWords() {}

    /** A new code without hyphens: 29 signs to the power of 12 are more than 58 bits. */
    static String fresh(SecureRandom random) {
        var code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return code.toString();
    }

    /** With hyphens. */
    static String grouped(String code) {
        return code.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    /** What was typed, without hyphens and spaces, in capitals; at most as long as twice a code. */
    static String canonical(String typed) {
        String plain = typed.replaceAll("[^0-9A-Za-z]", "").toUpperCase(Locale.ROOT);
        return plain.substring(0, Math.min(plain.length(), 2 * LENGTH));
    }

    /** The first group. */
    static String beginning(String canonical) {
        return canonical.substring(0, Math.min(canonical.length(), GROUP));
    }
}
