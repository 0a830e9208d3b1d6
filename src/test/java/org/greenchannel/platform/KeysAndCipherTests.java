package org.greenchannel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysAndCipherTests {

    @TempDir
    Path folder;

    private final GcmFieldCipher cipher = new GcmFieldCipher(TestKeys.ring(1));

    @Test
    void readsBackAndNeverWritesTheSameTwice() {
        var seen = new HashSet<String>();
        for (String value : List.of("", "王小明", "x".repeat(10_000))) {
            for (int i = 0; i < 20; i++) {
                byte[] sealed = cipher.encrypt(value, "person.identity.name|1");
                assertThat(cipher.decrypt(sealed, "person.identity.name|1")).isEqualTo(value);
                assertThat(seen.add(Arrays.toString(sealed))).isTrue();
            }
        }
    }

    @Test
    void noticesEveryChangeAndAMoveToAnotherPlace() {
        byte[] sealed = cipher.encrypt("王小明", "person.identity.name|1");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt(changed, "person.identity.name|1"))
                    .as("byte " + i)
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> cipher.decrypt(sealed, "person.identity.name|2"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.decrypt(Arrays.copyOf(sealed, 5), "person.identity.name|1"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsOldKeysAfterARotation() throws Exception {
        String old = key(1);
        byte[] sealed = new GcmFieldCipher(KeyRing.parse("active=1\nkey.1=" + old + "\nroot=" + old)).encrypt("x", "p");
        String both = "active=2\nkey.1=" + old + "\nkey.2=" + key(2) + "\nroot=" + old;
        var rotated = new GcmFieldCipher(KeyRing.parse(both));
        assertThat(rotated.decrypt(sealed, "p")).isEqualTo("x");
        assertThat(rotated.encrypt("x", "p")[3]).isEqualTo((byte) 2);
        assertThat(rotated.blindIndex("x", "p")).isEqualTo(cipherOf(old).blindIndex("x", "p"));
        assertThatThrownBy(() -> KeyRing.parse("active=3\nkey.1=" + old + "\nroot=" + old))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void blindIndexesDependOnValuePurposeAndKey() {
        byte[] index = cipher.blindIndex("99010119900101001X", "idno/v1");
        assertThat(index).hasSize(16).isEqualTo(cipher.blindIndex("99010119900101001X", "idno/v1"));
        assertThat(index).isNotEqualTo(cipher.blindIndex("990101199001010028", "idno/v1"));
        assertThat(index).isNotEqualTo(cipher.blindIndex("99010119900101001X", "phone/v1"));
        assertThat(index)
                .isNotEqualTo(new GcmFieldCipher(TestKeys.ring(2)).blindIndex("99010119900101001X", "idno/v1"));
    }

    @Test
    void theKeyFileIsMadeOnceAndKeptPrivate() throws Exception {
        Path file = folder.resolve("keys/keys.properties");
        byte[] sealed = new GcmFieldCipher(KeyRing.open(file)).encrypt("x", "p");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new GcmFieldCipher(KeyRing.open(file)).decrypt(sealed, "p")).isEqualTo("x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> KeyRing.open(file)).hasMessageContaining("chmod 600");
    }

    private static GcmFieldCipher cipherOf(String key) throws Exception {
        return new GcmFieldCipher(KeyRing.parse("active=1\nkey.1=" + key + "\nroot=" + key));
    }

    private static String key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
