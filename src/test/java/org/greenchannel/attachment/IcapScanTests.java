package org.greenchannel.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.greenchannel.attachment.MalwareScan.Verdict;
import org.greenchannel.kernel.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scanner is asked as RFC 3507 says, over a real socket, and its answers are believed only where they are clear. */
class IcapScanTests {

    private static final byte[] FILE = new byte[200_000];

    static {
        FILE[199_999] = 7;
        FILE[70_000] = '\n';
    }

    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** A request as it came over the wire. @param wrapped the heads of HTTP inside @param body chunks put together */
    private record Seen(String head, String wrapped, byte[] body) {}

    /** Takes one request apart as a server of ICAP does and answers. */
    private CompletableFuture<Seen> scanner(Function<Seen, byte[]> answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (var socket = server.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                String head = until(in, "\r\n\r\n");
                var at = Pattern.compile("(?:req|res)-body=(\\d+)").matcher(head);
                assertThat(at.find()).isTrue();
                String wrapped = new String(in.readNBytes(Integer.parseInt(at.group(1))), StandardCharsets.US_ASCII);
                var body = new ByteArrayOutputStream();
                for (int size = size(in); size > 0; size = size(in)) {
                    body.writeBytes(in.readNBytes(size));
                    assertThat(until(in, "\r\n")).isEqualTo("\r\n");
                }
                assertThat(until(in, "\r\n")).isEqualTo("\r\n");
                var seen = new Seen(head, wrapped, body.toByteArray());
                socket.getOutputStream().write(answer.apply(seen));
                return seen;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static int size(DataInputStream in) throws IOException {
        return Integer.parseInt(until(in, "\r\n").strip(), 16);
    }

    private static String until(DataInputStream in, String end) throws IOException {
        var got = new StringBuilder();
        while (!got.toString().endsWith(end)) {
            got.append((char) in.readByte());
        }
        return got.toString();
    }

    private static byte[] text(String lines) {
        return lines.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The answer of a scanner that sends the file back, or another one. */
    private static byte[] returned(String encapsulated, String heads, byte[] body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(text("ICAP/1.0 200 OK\nEncapsulated: " + encapsulated + "\n\n" + heads));
        int half = body.length / 2;
        for (byte[] part : List.of(Arrays.copyOf(body, half), Arrays.copyOfRange(body, half, body.length))) {
            out.writeBytes(text(Integer.toHexString(part.length) + "; ieof=no\n"));
            out.writeBytes(part);
            out.writeBytes(text("\n"));
        }
        out.writeBytes(text("0\n\n"));
        return out.toByteArray();
    }

    private IcapScan scan(IcapScan.Mode mode) {
        return new IcapScan(
                URI.create("icap://127.0.0.1:" + server.getLocalPort() + "/avscan"), mode, Duration.ofSeconds(5));
    }

    private Verdict respmod(byte[] answer) {
        scanner(seen -> answer);
        return scan(IcapScan.Mode.RESPMOD).scan(FILE);
    }

    @Test
    void theWholeFileIsShownAsAnAnswer() throws Exception {
        var seen = scanner(request -> text("ICAP/1.0 204 No Content\nISTag: \"1\"\n\n"));
        assertThat(scan(IcapScan.Mode.RESPMOD).scan(FILE)).isEqualTo(Verdict.CLEAN);
        assertThat(seen.get().head())
                .startsWith("RESPMOD icap://127.0.0.1:" + server.getLocalPort() + "/avscan ICAP/1.0\r\n")
                .contains("Host: 127.0.0.1:" + server.getLocalPort(), "Allow: 204")
                .doesNotContain("Preview");
        String wrapped = seen.get().wrapped();
        assertThat(wrapped).startsWith("GET /file HTTP/1.1").contains("HTTP/1.1 200 OK", "Content-Length: 200000");
        // the second head begins where the first line says
        var at = Pattern.compile("res-hdr=(\\d+)").matcher(seen.get().head());
        assertThat(at.find()).isTrue();
        assertThat(wrapped.substring(Integer.parseInt(at.group(1)))).startsWith("HTTP/1.1 200 OK");
        assertThat(seen.get().body()).isEqualTo(FILE);
    }

    @Test
    void orAsSomethingSent() throws Exception {
        var seen = scanner(request -> text("ICAP/1.0 204 No Content\n\n"));
        assertThat(scan(IcapScan.Mode.REQMOD).scan(FILE)).isEqualTo(Verdict.CLEAN);
        assertThat(seen.get().head()).startsWith("REQMOD ").contains("Encapsulated: req-hdr=0, req-body=");
        assertThat(seen.get().wrapped()).startsWith("POST /file HTTP/1.1").endsWith("200000\r\n\r\n");
        assertThat(seen.get().body()).isEqualTo(FILE);
    }

    @Test
    void theSameFileSentBackIsClean() {
        String heads = "HTTP/1.1 200 OK\nContent-Type: application/octet-stream\n\n";
        assertThat(respmod(returned("res-hdr=0, res-body=60", heads, FILE))).isEqualTo(Verdict.CLEAN);
        scanner(seen -> returned("req-hdr=0, req-body=40", "POST /file HTTP/1.1\nHost: a\n\n", seen.body()));
        assertThat(scan(IcapScan.Mode.REQMOD).scan(FILE)).isEqualTo(Verdict.CLEAN);
    }

    @Test
    void aFindIsAFind() {
        assertThat(respmod(text("ICAP/1.0 200 OK\nX-Infection-Found: Type=0; Resolution=2; Threat=Eicar;\n"
                        + "Encapsulated: res-hdr=0, res-body=30\n\nHTTP/1.1 403 Forbidden\n\n0\n\n")))
                .isEqualTo(Verdict.INFECTED);
        // without a word of its own the scanner answers with a page instead of the file
        String heads = "HTTP/1.1 403 Forbidden\nContent-Type: text/html\n\n";
        assertThat(respmod(returned("res-hdr=0, res-body=50", heads, "held back".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Verdict.INFECTED);
        // a file that was repaired is another file
        byte[] repaired = FILE.clone();
        repaired[199_999] = 0;
        assertThat(respmod(returned("res-hdr=0, res-body=20", "HTTP/1.1 200 OK\n\n", repaired)))
                .isEqualTo(Verdict.INFECTED);
        assertThat(respmod(returned("res-hdr=0, res-body=20", "HTTP/1.1 200 OK\n\n", new byte[300_000])))
                .isEqualTo(Verdict.INFECTED);
        scanner(seen -> returned("res-hdr=0, res-body=20", "HTTP/1.1 200 OK\n\n", seen.body()));
        assertThat(scan(IcapScan.Mode.REQMOD).scan(FILE)).isEqualTo(Verdict.INFECTED);
    }

    @Test
    void noClearAnswerIsNotClean() throws Exception {
        for (String answer : List.of(
                "ICAP/1.0 404 ICAP Service not found\n\n",
                "ICAP/1.0 503 Service overloaded\n\n",
                "HTTP/1.1 nonsense\n\n",
                "",
                "ICAP/1.0 200 OK\nEncapsulated: res-hdr=0, res-body=20\n\nHTTP/1.1 200 OK\n\n30d40\nshort")) {
            assertThatThrownBy(() -> respmod(text(answer)))
                    .as(answer)
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.type()).isEqualTo("scan-unavailable"));
        }
        server.close();
        assertThatThrownBy(() -> scan(IcapScan.Mode.RESPMOD).scan(FILE)).isInstanceOf(Problem.class);
    }

    @Test
    void twoScannersMustAgree() {
        MalwareScan clean = content -> Verdict.CLEAN;
        MalwareScan infected = content -> Verdict.INFECTED;
        assertThat(AttachmentConfiguration.all(List.of()).scan(FILE)).isEqualTo(Verdict.NOT_SCANNED);
        assertThat(AttachmentConfiguration.all(List.of(clean)).scan(FILE)).isEqualTo(Verdict.CLEAN);
        assertThat(AttachmentConfiguration.all(List.of(clean, infected)).scan(FILE))
                .isEqualTo(Verdict.INFECTED);
        assertThat(AttachmentConfiguration.all(List.of(infected, clean)).scan(FILE))
                .isEqualTo(Verdict.INFECTED);
        assertThatThrownBy(() ->
                        new IcapScan(URI.create("http://scanner/avscan"), IcapScan.Mode.RESPMOD, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
