package org.greenchannel.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.greenchannel.attachment.MalwareScan.Verdict;
import org.greenchannel.kernel.Problem;
import org.junit.jupiter.api.Test;

/** The scanner is asked as ClamAV's manual says, over a real socket. */
class ClamdScanTests {

    /** Takes one stream and answers. */
    private static CompletableFuture<byte[]> daemon(ServerSocket server, String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (var socket = server.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                assertThat(new String(in.readNBytes(10), StandardCharsets.US_ASCII))
                        .isEqualTo("zINSTREAM\0");
                var got = new ByteArrayOutputStream();
                for (int length = in.readInt(); length > 0; length = in.readInt()) {
                    got.writeBytes(in.readNBytes(length));
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return got.toByteArray();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static MalwareScan scan(ServerSocket server) {
        return new ClamdScan("127.0.0.1", server.getLocalPort(), Duration.ofSeconds(5));
    }

    @Test
    void theWholeFileIsScanned() throws Exception {
        byte[] file = new byte[200_000];
        file[199_999] = 7;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var seen = daemon(server, "stream: OK\0");
            assertThat(scan(server).scan(file)).isEqualTo(Verdict.CLEAN);
            assertThat(seen.get()).isEqualTo(file);
        }
    }

    @Test
    void aFindIsAFind() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            daemon(server, "stream: Eicar-Test-Signature FOUND\0");
            assertThat(scan(server).scan(new byte[] {1})).isEqualTo(Verdict.INFECTED);
        }
    }

    @Test
    void noAnswerIsNotClean() throws Exception {
        int gone;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = server.getLocalPort();
            daemon(server, "INSTREAM size limit exceeded. ERROR\0");
            assertThatThrownBy(() -> scan(server).scan(new byte[] {1})).isInstanceOf(Problem.class);
        }
        var nobody = new ClamdScan("127.0.0.1", gone, Duration.ofSeconds(1));
        assertThatThrownBy(() -> nobody.scan(new byte[] {1}))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo("scan-unavailable"));
    }
}
