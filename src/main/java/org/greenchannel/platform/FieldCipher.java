package org.greenchannel.platform;

/**
 * Encrypts personal columns (AES-256-GCM) and makes blind indexes for exact search (HMAC-SHA-256).
 * Format: {@code version | algorithm | key id | 12-byte nonce | ciphertext | 16-byte tag}.
 */
public interface FieldCipher {
    /**
     * Encrypts.
     *
     * @param place where the value will be stored, bound into the tag: {@code schema.table.column|row id}
     */
    byte[] encrypt(String value, String place);

    /** Decrypts; throws {@link IllegalStateException} when the value was changed or moved to another place. */
    String decrypt(byte[] sealed, String place);

    /** Encrypts bytes, for files: in one piece, so that nothing can be cut off or exchanged. */
    byte[] encryptBytes(byte[] value, String place);

    /** Decrypts bytes; throws as {@link #decrypt}. */
    byte[] decryptBytes(byte[] sealed, String place);

    /** First 16 bytes of a keyed digest of the value, the same for equal values and purpose. */
    byte[] blindIndex(String value, String purpose);
}
