package org.greenchannel.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.greenchannel.platform.LauncherProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the application or its database without warning: what was acknowledged is still there, and it goes on. */
class DatabaseKillTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Process> started = new ArrayList<>();
    private volatile long serverPid;
    private volatile boolean ready;

    @AfterEach
    void stop() throws Exception {
        for (Process process : started) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void theApplicationIsKilledFiveTimes() throws Exception {
        for (int round = 0; round < 5; round++) {
            Process program = start();
            awaitRows(40);
            long orphan = serverPid;
            program.destroyForcibly().waitFor();
            assertThat(alive(orphan))
                    .as("the server outlives a killed application")
                    .isTrue();
        }
        assertNothingLost();
    }

    @Test
    void theDatabaseIsKilledFiveTimesUnderARunningApplication() throws Exception {
        Process program = start();
        for (int round = 0; round < 5; round++) {
            awaitRows(40);
            long before = serverPid(program);
            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            awaitRows(40);
            assertThat(serverPid(program)).isNotEqualTo(before);
        }
        program.destroy();
        assertThat(program.waitFor()).isEqualTo(143);
        assertNothingLost();
    }

    @Test
    void bothAreKilledAtOnce() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process program = start();
            awaitRows(40);
            ProcessHandle.of(serverPid).orElseThrow().destroyForcibly();
            program.destroyForcibly().waitFor();
        }
        assertNothingLost();
    }

    private void assertNothingLost() throws Exception {
        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertThat(LauncherProgram.rows(folder.resolve("postgres"))).containsAll(acknowledged);
    }

    private Process start() throws IOException, InterruptedException {
        ready = false;
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LauncherProgram.class.getName(),
                        folder.resolve("postgres").toString())
                .redirectError(new File("target/launcher-program.log"))
                .start();
        started.add(program);
        var reader = new Thread(() -> read(program));
        reader.setDaemon(true);
        reader.start();
        await("the program to start", () -> ready || !program.isAlive());
        assertThat(program.isAlive()).isTrue();
        return program;
    }

    private void read(Process program) {
        try (var lines = new BufferedReader(new InputStreamReader(program.getInputStream()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("ACK")) {
                    acknowledged.add(Long.valueOf(words[1]));
                } else if (words[0].equals("READY")) {
                    serverPid = Long.parseLong(words[1]);
                    ready = true;
                }
            }
        } catch (IOException e) {
            // the process was killed in the middle of a line
        }
    }

    /** After a restart by the application itself: the pid file names the new server. */
    private long serverPid(Process program) throws IOException {
        assertThat(program.isAlive()).isTrue();
        Path file = folder.resolve("postgres/data/postmaster.pid");
        return Long.parseLong(java.nio.file.Files.readAllLines(file).get(0).strip());
    }

    private void awaitRows(int more) throws InterruptedException {
        int goal = acknowledged.size() + more;
        await(more + " more rows", () -> acknowledged.size() >= goal);
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(20);
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
