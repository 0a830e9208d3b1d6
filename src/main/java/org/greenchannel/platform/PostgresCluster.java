package org.greenchannel.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one PostgreSQL cluster and the programs that work on them. */
final class PostgresCluster {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final long LOG_LIMIT = 20L * 1024 * 1024;

    private final PostgresOptions options;
    private final PostgresUser user;
    private final Path bin;
    private final Path data;
    private final PidFile pidFile;

    PostgresCluster(PostgresOptions options, PostgresUser user) throws IOException {
        this.options = options;
        this.user = user;
        this.bin = PostgresBinaries.unpack(user);
        this.data = options.home().resolve("data");
        this.pidFile = new PidFile(data);
    }

    /** Process id of the running server, or null. */
    @Nullable
    Long pid() {
        return pidFile.server();
    }

    /** Creates the cluster when there is none; refuses one of another major version. */
    void initialise(String password) throws IOException, InterruptedException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            checkMajor();
            return;
        }
        if (user.isOther()) {
            openToServerUser();
        }
        // initdb works beside the real place, so that a kill in the middle never leaves half a cluster
        Path fresh = options.home().resolve("data.new");
        PrivateFiles.deleteTree(fresh);
        PrivateFiles.folder(fresh);
        user.own(fresh);
        Path passwordFile = options.home().resolve("initdb.password");
        try {
            PrivateFiles.write(passwordFile, password);
            user.own(passwordFile);
            initdb(fresh, passwordFile);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void openToServerUser() throws IOException {
        // files inside stay private; only the way to the data folder is opened
        Files.setPosixFilePermissions(
                options.home(), java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
        user.mustReach(options.home(), "--data-dir");
    }

    private void initdb(Path target, Path passwordFile) throws IOException, InterruptedException {
        String failure = "";
        // trigram search needs a UTF-8 character type; not every system knows the same names. Order comes from ICU.
        for (String locale : List.of("C.UTF-8", "en_US.UTF-8", "C")) {
            var command = new ArrayList<>(
                    List.of(program("initdb"), "-D", target.toString(), "-U", "postgres", "-E", "UTF8"));
            command.addAll(List.of("--locale=" + locale, "--locale-provider=icu", "--icu-locale=zh-Hans-CN"));
            command.addAll(List.of("-A", "scram-sha-256", "--pwfile=" + passwordFile, "-T", "simple"));
            command.addAll(List.of("--data-checksums", options.durable() ? "--no-instructions" : "--no-sync"));
            Commands.Answer answer = Commands.run(user.as(command), bin, Duration.ofMinutes(3));
            if (answer.code() == 0) {
                return;
            }
            failure = answer.text();
            LOG.debug("initdb with {} failed: {}", locale, failure);
        }
        throw new DatabaseUnavailable(
                "The database cannot be created in " + options.home() + ": " + failure,
                "See that there is space on the disk and that the folder is on a local file system.");
    }

    private void checkMajor() throws IOException {
        String have = Files.readString(data.resolve("PG_VERSION")).strip();
        String text = Commands.output(program("postgres"), "--version");
        if (text == null) {
            throw new DatabaseUnavailable(
                    "The built-in PostgreSQL does not run on this system.",
                    "It needs glibc 2.27 or newer and libstdc++; or give --database-url.");
        }
        String want = text.replaceAll("^\\D*(\\d+).*$", "$1");
        if (!have.equals(want)) {
            throw new DatabaseUnavailable(
                    "The data in " + data + " were written by PostgreSQL " + have + ", this version brings " + want
                            + ".",
                    "Start the old version, back up, and restore the backup with this version: docs/operations.md.");
        }
    }

    /** Stops a server that a killed application has left behind, and clears what would hinder a start. */
    void stopLeftover() throws IOException {
        Long left = pidFile.server();
        if (left != null) {
            LOG.warn("Stopping PostgreSQL (process {}) left over by an application that was killed", left);
            stop();
        }
        pidFile.removeIfMisleading();
    }

    /** Starts on the preferred port or, when it is taken, on a free one; returns the port. */
    int start(int preferred) throws IOException, InterruptedException {
        rotateLog();
        int port = free(preferred) ? preferred : anyPort();
        if (preferred != 0 && port != preferred) {
            LOG.warn("Port {} is taken, the database uses {}", preferred, port);
        }
        long limit = System.nanoTime() + options.patience().toNanos();
        while (true) {
            Commands.Answer answer = tryStart(port);
            if (answer.code() == 0) {
                return port;
            }
            String log = lastLines();
            if (System.nanoTime() > limit || !transientFailure(log)) {
                throw new DatabaseUnavailable(
                        "PostgreSQL does not start: " + answer.text() + System.lineSeparator() + log,
                        "The whole log is " + serverLog() + ".");
            }
            port = log.contains("could not bind") ? anyPort() : port;
            LOG.info("PostgreSQL does not start yet, trying again");
            Thread.sleep(500);
        }
    }

    /** Starts again after the server died, under the same port. */
    void restart(int port) throws IOException, InterruptedException {
        pidFile.removeIfMisleading();
        Commands.Answer answer = tryStart(port);
        if (answer.code() != 0) {
            throw new IOException(answer.text() + " " + lastLines());
        }
    }

    private Commands.Answer tryStart(int port) throws IOException, InterruptedException {
        return Commands.run(
                user.as(List.of(
                        program("pg_ctl"),
                        "start",
                        "-w",
                        "-s",
                        "-t",
                        Long.toString(options.patience().toSeconds()),
                        "-D",
                        data.toString(),
                        "-l",
                        serverLog().toString(),
                        "-o",
                        String.join(" ", SafeSettings.options(options, port)))),
                bin,
                options.patience().plusSeconds(10));
    }

    /** Children of a killed server let go of the shared memory a moment later; a port may be taken in between. */
    private static boolean transientFailure(String log) {
        return log.contains("still in use") || log.contains("could not bind") || log.contains("already exists");
    }

    /** Stops the server, at first politely. */
    void stop() {
        for (String mode : List.of("fast", "immediate")) {
            try {
                Commands.Answer answer = Commands.run(
                        user.as(List.of(
                                program("pg_ctl"), "stop", "-w", "-s", "-m", mode, "-t", "30", "-D", data.toString())),
                        bin,
                        STOP);
                if (answer.code() == 0 || pidFile.server() == null) {
                    return;
                }
                LOG.warn("PostgreSQL did not stop ({}): {}", mode, answer.text());
            } catch (IOException e) {
                LOG.warn("PostgreSQL could not be stopped: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return port != 0 && socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private Path serverLog() {
        return data.resolve("server.log");
    }

    private void rotateLog() throws IOException {
        if (Files.exists(serverLog()) && Files.size(serverLog()) > LOG_LIMIT) {
            Files.move(serverLog(), data.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String lastLines() throws IOException {
        if (!Files.exists(serverLog())) {
            return "";
        }
        List<String> lines = Files.readAllLines(serverLog());
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    private String program(String name) {
        return bin.resolve(name).toString();
    }
}
