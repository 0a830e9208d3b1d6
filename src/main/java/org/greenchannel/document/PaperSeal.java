package org.greenchannel.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.greenchannel.platform.FieldCipher;
import org.springframework.stereotype.Component;

/** Keeps originals: encrypted at rest, with a digest that proves they are as issued. */
@Component
class PaperSeal {

    /** Crockford's letters: none that people confuse. */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int CODE_LENGTH = 16;

    private final FieldCipher cipher;
    private final SecureRandom random = new SecureRandom();

    PaperSeal(FieldCipher cipher) {
        this.cipher = cipher;
    }

    byte[] close(byte[] original, UUID id) {
        return cipher.encrypt(Base64.getEncoder().encodeToString(original), place(id));
    }

    byte[] open(byte[] sealed, String sha256, UUID id) {
        byte[] original = Base64.getDecoder().decode(cipher.decrypt(sealed, place(id)));
        if (!MessageDigest.isEqual(
                sha256(original).getBytes(StandardCharsets.US_ASCII), sha256.getBytes(StandardCharsets.US_ASCII))) {
            throw new IllegalStateException("paper " + id + " is not the one that was issued");
        }
        return original;
    }

    /** 80 random bits in 16 letters. */
    String newVerificationCode() {
        var code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    /** The code as people type it: any case, with spaces or hyphens, O for 0, I or L for 1. */
    static String canonical(String typed) {
        return typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }

    /** In groups of four, as printed. */
    static String grouped(String code) {
        return code.replaceAll("(.{4})(?=.)", "$1-");
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String place(UUID id) {
        return "document.paper.content|" + id;
    }
}
