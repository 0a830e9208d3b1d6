package org.greenchannel.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.greenchannel.platform.DataDirectory;
import org.greenchannel.platform.KeyRing;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Signed marks of the chain outside of the database: the head after every sealing and one file a day. They show what
 * the chain alone cannot: that its end was cut off, or that all of it was written anew.
 */
@Component
class Anchors {

    private static final String HEAD = "head";
    private static final HexFormat HEX = HexFormat.of();

    /** A mark; {@code genuine} tells whether its signature fits. */
    record Anchor(String name, long position, String hash, boolean genuine) {}

    private final Path folder;
    private final @Nullable Path copies;
    private final Clock clock;
    private final ZoneId zone;
    private final Ed25519PrivateKeyParameters key;

    @Autowired
    Anchors(
            DataDirectory data,
            KeyRing keys,
            Clock clock,
            ZoneId zone,
            @Value("${greenchannel.audit.anchor-copies:}") String copies) {
        this(data.folder("anchors"), copies.isBlank() ? null : Path.of(copies), keys, clock, zone);
    }

    Anchors(Path folder, @Nullable Path copies, KeyRing keys, Clock clock, ZoneId zone) {
        this.folder = folder;
        this.copies = copies;
        this.clock = clock;
        this.zone = zone;
        byte[] seed = keys.mac("audit/anchor").doFinal("ed25519".getBytes(StandardCharsets.UTF_8));
        this.key = new Ed25519PrivateKeyParameters(seed, 0);
    }

    /** Marks the head, and the day if it has no mark yet. */
    synchronized void write(ChainSealer.Head head) {
        String text = text(head);
        try {
            put(folder, HEAD, text);
            String today = LocalDate.now(clock.withZone(zone)).toString();
            for (Path place : copies == null ? List.of(folder) : List.of(folder, copies)) {
                if (!Files.exists(place.resolve(today + ".anchor"))) {
                    put(Files.createDirectories(place), today, text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The anchor of the audit log cannot be written", e);
        }
    }

    /** All marks; one that cannot be read counts as not genuine. */
    List<Anchor> read() {
        var all = new ArrayList<Anchor>();
        for (Path place : copies == null ? List.of(folder) : List.of(folder, copies)) {
            if (!Files.isDirectory(place)) {
                continue;
            }
            try (var files = Files.newDirectoryStream(place, "*.anchor")) {
                for (Path file : files) {
                    all.add(parse(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private Anchor parse(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (var reader = Files.newBufferedReader(file)) {
            var properties = new Properties();
            properties.load(reader);
            String position = properties.getProperty("position", "");
            String hash = properties.getProperty("hash", "");
            String at = properties.getProperty("at", "");
            boolean genuine = verify(message(position, hash, at), properties.getProperty("signature", ""));
            return new Anchor(name, Long.parseLong(position), hash, genuine);
        } catch (IllegalArgumentException e) {
            return new Anchor(name, 0, "", false);
        }
    }

    private String text(ChainSealer.Head head) {
        String position = Long.toString(head.position());
        String hash = HEX.formatHex(head.hash());
        String at = clock.instant().toString().replace(":", ".");
        return String.join(
                "\n",
                "position=" + position,
                "hash=" + hash,
                "at=" + at,
                "publicKey=" + HEX.formatHex(key.generatePublicKey().getEncoded()),
                "signature=" + HEX.formatHex(sign(message(position, hash, at))),
                "");
    }

    private static byte[] message(String position, String hash, String at) {
        return ("green-channel/anchor/1 " + position + " " + hash + " " + at).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] sign(byte[] message) {
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private boolean verify(byte[] message, String signature) {
        Ed25519PublicKeyParameters known = key.generatePublicKey();
        var signer = new Ed25519Signer();
        signer.init(false, known);
        signer.update(message, 0, message.length);
        return signer.verifySignature(HEX.parseHex(signature));
    }

    private static void put(Path place, String name, String text) throws IOException {
        Path fresh = place.resolve(name + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh,
                place.resolve(name + ".anchor"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
