package org.greenchannel.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.springframework.stereotype.Component;

/** AES-256-GCM; the place of a value and the key id are bound into its tag. */
@Component
class GcmFieldCipher implements FieldCipher {

    private static final byte VERSION = 1;
    private static final byte AES_256_GCM = 1;
    private static final int NONCE = 12;
    private static final int HEADER = 4;
    private static final int TAG = 16;

    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    GcmFieldCipher(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public byte[] encrypt(String value, String place) {
        return encryptBytes(value.getBytes(StandardCharsets.UTF_8), place);
    }

    @Override
    public byte[] encryptBytes(byte[] value, String place) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        short id = keys.activeKey();
        byte[] header = ByteBuffer.allocate(HEADER)
                .put(VERSION)
                .put(AES_256_GCM)
                .putShort(id)
                .array();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, id, nonce, header, place);
            byte[] sealed = cipher.doFinal(value);
            return ByteBuffer.allocate(HEADER + NONCE + sealed.length)
                    .put(header)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt", e);
        }
    }

    @Override
    public String decrypt(byte[] sealed, String place) {
        return new String(decryptBytes(sealed, place), StandardCharsets.UTF_8);
    }

    @Override
    public byte[] decryptBytes(byte[] sealed, String place) {
        if (sealed.length < HEADER + NONCE + TAG || sealed[0] != VERSION || sealed[1] != AES_256_GCM) {
            throw new IllegalStateException("not a value of this cipher");
        }
        byte[] header = Arrays.copyOf(sealed, HEADER);
        byte[] nonce = Arrays.copyOfRange(sealed, HEADER, HEADER + NONCE);
        short id = ByteBuffer.wrap(sealed).getShort(2);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, id, nonce, header, place);
            int start = HEADER + NONCE;
            return cipher.doFinal(sealed, start, sealed.length - start);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the value was changed or belongs to another place", e);
        }
    }

    private Cipher cipher(int mode, short id, byte[] nonce, byte[] header, String place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.key(id), new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public byte[] blindIndex(String value, String purpose) {
        byte[] digest = keys.mac("blind-index/" + purpose).doFinal(value.getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest, 16);
    }
}
