package org.greenchannel.platform;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that never enter the database. They live in one file only its owner can read, made at the first start:
 * {@code active} names the key new values are encrypted with, {@code key.<n>} are the keys that can still be read,
 * {@code root} is where keys for digests come from.
 */
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final String HMAC = "HmacSHA256";

    private final short active;
    private final Map<Short, SecretKey> keys;
    private final byte[] root;

    private KeyRing(short active, Map<Short, SecretKey> keys, byte[] root) {
        this.active = active;
        this.keys = Map.copyOf(keys);
        this.root = root;
        if (!keys.containsKey(active)) {
            throw new IllegalStateException("The key file names an active key that it does not hold");
        }
    }

    /** Reads the file; makes it when it does not exist. */
    static KeyRing open(Path file) {
        try {
            if (!Files.exists(file)) {
                PrivateFiles.write(file, fresh());
                LOG.warn("Made new keys in {}; without a copy of this file a backup cannot be read", file);
            }
            if (PrivateFiles.openToOthers(file)) {
                throw new IllegalStateException("The key file can be read by others; run: chmod 600 " + file);
            }
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " cannot be used", e);
        }
    }

    static KeyRing parse(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        var keys = new TreeMap<Short, SecretKey>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("key.")) {
                keys.put(Short.valueOf(name.substring(4)), new SecretKeySpec(bytes(properties, name), "AES"));
            }
        }
        return new KeyRing(
                Short.parseShort(properties.getProperty("active", "1").strip()), keys, bytes(properties, "root"));
    }

    private static byte[] bytes(Properties properties, String name) {
        byte[] value =
                Base64.getDecoder().decode(properties.getProperty(name, "").strip());
        if (value.length != 32) {
            throw new IllegalStateException("The key file has no 256-bit value for " + name);
        }
        return value;
    }

    private static String fresh() {
        return String.join("\n", "active=1", "key.1=" + random(), "root=" + random(), "");
    }

    private static String random() {
        byte[] value = new byte[32];
        new SecureRandom().nextBytes(value);
        return Base64.getEncoder().encodeToString(value);
    }

    short activeKey() {
        return active;
    }

    SecretKey key(short id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("The key file does not hold key " + id);
        }
        return key;
    }

    /** A keyed digest (HMAC-SHA-256) with a key of its own for each purpose. Not for use by several threads. */
    public Mac mac(String purpose) {
        return mac(new SecretKeySpec(
                mac(new SecretKeySpec(root, HMAC)).doFinal(purpose.getBytes(StandardCharsets.UTF_8)), HMAC));
    }

    private static Mac mac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
