package org.greenchannel.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code postmaster.pid} and finds out whether the process it names is really the server of this cluster. */
final class PidFile {

    private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);
    private static final Duration START_TOLERANCE = Duration.ofMinutes(10);

    private final Path data;
    private final Path file;

    PidFile(Path data) {
        this.data = data;
        this.file = data.resolve("postmaster.pid");
    }

    /** Process id of the living server of this cluster, or null. */
    @Nullable
    Long server() {
        List<String> lines = lines();
        Long pid = pid(lines);
        return pid != null && isOurs(pid, lines) ? pid : null;
    }

    /**
     * Removes the file when the process it names is a zombie or belongs to something else: PostgreSQL itself would
     * take either for a running server and refuse to start. A file that names no process at all is left to PostgreSQL,
     * which then also looks for children that have outlived their server.
     */
    void removeIfMisleading() throws IOException {
        List<String> lines = lines();
        if (lines.isEmpty()) {
            if (Files.deleteIfExists(file)) {
                LOG.warn("Removed an empty postmaster.pid");
            }
            return;
        }
        Long pid = pid(lines);
        if (pid == null || (exists(pid) && !isOurs(pid, lines))) {
            LOG.warn("Removed a stale postmaster.pid: process {} is not the server of this database", pid);
            Files.deleteIfExists(file);
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static @Nullable Long pid(List<String> lines) {
        try {
            return lines.isEmpty() ? null : Long.valueOf(lines.get(0).strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean exists(long pid) {
        return ProcessHandle.of(pid).isPresent() || Files.exists(Path.of("/proc", Long.toString(pid)));
    }

    private boolean isOurs(long pid, List<String> lines) {
        if (!runs(pid)) {
            return false;
        }
        Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
        if (Files.isReadable(commandLine)) {
            try {
                List<String> words = List.of(Files.readString(commandLine).split("\0"));
                return words.get(0).endsWith("postgres") && words.contains(data.toString());
            } catch (IOException | IndexOutOfBoundsException e) {
                return false;
            }
        }
        var info = ProcessHandle.of(pid).map(ProcessHandle::info);
        return info.flatMap(ProcessHandle.Info::command)
                        .filter(c -> c.contains("postgres"))
                        .isPresent()
                && info.flatMap(ProcessHandle.Info::startInstant)
                        .map(at -> near(at, lines))
                        .orElse(true);
    }

    private static boolean near(Instant started, List<String> lines) {
        try {
            Instant written = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            return Duration.between(started, written).abs().compareTo(START_TOLERANCE) < 0;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return true;
        }
    }

    /** Whether the process exists and is more than a zombie. */
    static boolean runs(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (Files.exists(stat)) {
            try {
                String text = Files.readString(stat);
                // the state follows the name, which is in brackets and may itself hold brackets
                char state = text.charAt(text.lastIndexOf(')') + 2);
                return state != 'Z' && state != 'X';
            } catch (IOException | IndexOutOfBoundsException e) {
                return false;
            }
        }
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
