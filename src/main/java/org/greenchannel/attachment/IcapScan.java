package org.greenchannel.attachment;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.greenchannel.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a scanner over ICAP (RFC 3507), which most scanners for offices speak: the file is shown to it as the answer of a
 * web server ({@code RESPMOD}) or as something sent to one ({@code REQMOD}). What it lets pass unchanged is clean.
 */
final class IcapScan implements MalwareScan {

    /** Port of ICAP. */
    static final int PORT = 1344;

    private static final Logger LOG = LoggerFactory.getLogger(IcapScan.class);
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_LINES = 200;
    private static final int OK = 200;
    private static final int UNCHANGED = 204;
    /** What scanners write into the head of a find. */
    private static final Set<String> FOUND = Set.of("x-infection-found", "x-virus-id", "x-violations-found");

    /** Which way the file is shown to the scanner. */
    enum Mode {
        RESPMOD,
        REQMOD
    }

    /** Head of an answer; names in lower case. */
    private record Head(int status, Map<String, String> fields) {}

    private final URI service;
    private final Mode mode;
    private final Duration patience;

    /** @param service {@code icap://host[:port]/service} */
    IcapScan(URI service, Mode mode, Duration patience) {
        if (!"icap".equalsIgnoreCase(service.getScheme()) || service.getHost() == null) {
            throw new IllegalArgumentException("greenchannel.attachments.icap is no icap://host[:port]/service");
        }
        this.service = service;
        this.mode = mode;
        this.patience = patience;
    }

    @Override
    public Verdict scan(byte[] content) {
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(
                    new InetSocketAddress(service.getHost(), service.getPort() < 0 ? PORT : service.getPort()),
                    (int) patience.toMillis());
            send(socket.getOutputStream(), content);
            return verdict(new BufferedInputStream(socket.getInputStream()), content);
        } catch (IOException e) {
            LOG.warn("The malware scanner does not answer: {}", e.getClass().getSimpleName());
            throw Problem.unavailable("scan-unavailable").with("retryAfter", 30);
        }
    }

    /** The whole file at once, no preview: a scanner must not judge by the beginning. */
    private void send(OutputStream out, byte[] content) throws IOException {
        String request =
                "%s /file HTTP/1.1\r\nHost: attachment.invalid\r\n".formatted(mode == Mode.REQMOD ? "POST" : "GET");
        String length = "Content-Type: application/octet-stream\r\nContent-Length: " + content.length + "\r\n\r\n";
        String wrapped;
        String parts;
        if (mode == Mode.REQMOD) {
            wrapped = request + length;
            parts = "req-hdr=0, req-body=" + wrapped.length();
        } else {
            String asked = request + "\r\n";
            wrapped = asked + "HTTP/1.1 200 OK\r\n" + length;
            parts = "req-hdr=0, res-hdr=" + asked.length() + ", res-body=" + wrapped.length();
        }
        String head = mode + " " + service + " ICAP/1.0\r\nHost: " + service.getAuthority()
                + "\r\nAllow: 204\r\nConnection: close\r\nEncapsulated: " + parts + "\r\n\r\n";
        out.write((head + wrapped).getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < content.length; at += CHUNK) {
            int size = Math.min(CHUNK, content.length - at);
            out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(content, at, size);
            out.write('\r');
            out.write('\n');
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private Verdict verdict(InputStream in, byte[] content) throws IOException {
        Head icap = head(in);
        if (icap.fields().keySet().stream().anyMatch(FOUND::contains)) {
            return Verdict.INFECTED;
        }
        if (icap.status() == UNCHANGED) {
            return Verdict.CLEAN;
        }
        if (icap.status() != OK) {
            // no such service, too busy, too large: not known to be clean is not clean
            LOG.warn("The malware scanner answered {}", icap.status());
            throw Problem.unavailable("scan-unavailable").with("retryAfter", 30);
        }
        return unchanged(in, icap, content) ? Verdict.CLEAN : Verdict.INFECTED;
    }

    /** A scanner that cannot answer 204 sends the file back; anything else is a page that says why it was held. */
    private boolean unchanged(InputStream in, Head icap, byte[] content) throws IOException {
        String parts = icap.fields().getOrDefault("encapsulated", "").replace(" ", "");
        boolean answers = parts.contains("res-hdr");
        if (!parts.contains(mode == Mode.REQMOD ? "req-body=" : "res-body=") || mode == Mode.REQMOD && answers) {
            return false;
        }
        if (parts.contains("req-hdr")) {
            head(in);
        }
        if (answers && head(in).status() != OK) {
            return false;
        }
        return Arrays.equals(body(in, content.length), content);
    }

    private static Head head(InputStream in) throws IOException {
        String first = line(in);
        var fields = new HashMap<String, String>();
        int lines = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (++lines > MOST_LINES) {
                throw new IOException("head too long");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        String[] words = first.split(" ", 3);
        boolean answer = words.length >= 2 && words[1].matches("\\d{3}");
        return new Head(answer ? Integer.parseInt(words[1]) : 0, fields);
    }

    /** Chunks put together; what is longer than expected is another file and not read to its end. */
    private static byte[] body(InputStream in, int expected) throws IOException {
        var body = new ByteArrayOutputStream(expected);
        while (true) {
            int size;
            try {
                size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
            } catch (NumberFormatException e) {
                throw new IOException("no chunk", e);
            }
            if (size == 0) {
                return body.toByteArray();
            }
            if (size < 0 || body.size() + (long) size > expected) {
                return new byte[expected + 1];
            }
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw new IOException("cut off");
            }
            body.writeBytes(chunk);
            line(in);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.size() > LONGEST_LINE) {
                throw new IOException("cut off");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
