package org.greenchannel.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Bytes that say the same for the same row and never the same for two: every part carries its length. */
final class Canonical {

    private ByteBuffer buffer = ByteBuffer.allocate(4096);

    void clear() {
        buffer.clear();
    }

    Canonical add(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    Canonical add(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    Canonical add(@Nullable String value) {
        if (value == null) {
            room(Integer.BYTES).putInt(-1);
            return this;
        }
        return add(value.getBytes(StandardCharsets.UTF_8));
    }

    void into(Mac mac) {
        mac.update(buffer.array(), 0, buffer.position());
    }

    byte[] digest(MessageDigest digest) {
        digest.update(buffer.array(), 0, buffer.position());
        return digest.digest();
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
            buffer.flip();
            buffer = larger.put(buffer);
        }
        return buffer;
    }
}
