package org.greenchannel.attachment;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.greenchannel.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks ClamAV's daemon over TCP, command {@code INSTREAM}. */
final class ClamdScan implements MalwareScan {

    private static final Logger LOG = LoggerFactory.getLogger(ClamdScan.class);
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_ANSWER = 1024;

    private final String host;
    private final int port;
    private final Duration patience;

    ClamdScan(String host, int port, Duration patience) {
        this.host = host;
        this.port = port;
        this.patience = patience;
    }

    @Override
    public Verdict scan(byte[] content) {
        String answer;
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            send(socket, content);
            answer = new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII)
                    .replace("\0", "")
                    .strip();
        } catch (IOException e) {
            LOG.warn("The malware scanner does not answer: {}", e.getClass().getSimpleName());
            throw Problem.unavailable("scan-unavailable").with("retryAfter", 30);
        }
        if (answer.endsWith("OK")) {
            return Verdict.CLEAN;
        }
        if (answer.endsWith("FOUND")) {
            return Verdict.INFECTED;
        }
        // too large for the scanner, or broken: not known to be clean is not clean
        LOG.warn("The malware scanner answered with an error");
        throw Problem.unavailable("scan-unavailable").with("retryAfter", 30);
    }

    private static void send(Socket socket, byte[] content) throws IOException {
        var out = new DataOutputStream(socket.getOutputStream());
        out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < content.length; at += CHUNK) {
            int length = Math.min(CHUNK, content.length - at);
            out.writeInt(length);
            out.write(content, at, length);
        }
        out.writeInt(0);
        out.flush();
    }
}
