package org.greenchannel.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL run by this application in its data directory. It outlives a crash of either side: a server left
 * over by a killed application is stopped at the next start, a killed server is started again under the same port.
 */
final class EmbeddedPostgres implements AutoCloseable {

    /** Role the application uses; owns its database and is no superuser. */
    static final String ROLE = "greenchannel";

    private static final String SUPERUSER = "postgres";
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final PostgresOptions options;
    private final PostgresCluster cluster;
    private final String superPassword;
    private final String password;
    private final FileChannel lockFile;
    private final Thread watch;
    private final int port;
    private volatile boolean closed;

    private EmbeddedPostgres(PostgresOptions options, FileChannel lockFile) throws IOException, InterruptedException {
        this.options = options;
        this.lockFile = lockFile;
        this.superPassword = secret(options.home().resolve("superuser.password"));
        this.password = secret(options.home().resolve("password"));
        this.cluster = new PostgresCluster(options, PostgresUser.find());
        cluster.initialise(superPassword);
        cluster.stopLeftover();
        this.port = cluster.start(options.port());
        try {
            prepare();
        } catch (SQLException | RuntimeException e) {
            cluster.stop();
            throw e instanceof RuntimeException known ? known : unusable((SQLException) e);
        }
        this.watch = new Thread(this::keepAlive, "postgres-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Starts the server, creating the cluster and the database when they are missing. */
    static EmbeddedPostgres start(PostgresOptions options) {
        long begin = System.nanoTime();
        FileChannel lock = null;
        try {
            PrivateFiles.folderWhereMissing(options.home());
            lock = lock(options.home());
            var server = new EmbeddedPostgres(options, lock);
            LOG.info(
                    "PostgreSQL is ready on 127.0.0.1:{} after {} ms, data in {}",
                    server.port,
                    (System.nanoTime() - begin) / 1_000_000,
                    options.home());
            return server;
        } catch (IOException e) {
            release(lock);
            throw new DatabaseUnavailable(
                    "The database in " + options.home() + " cannot be started: " + e.getMessage(),
                    "See that the folder can be written and that there is space on the disk.",
                    e);
        } catch (InterruptedException e) {
            release(lock);
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** Address of the database of the application. */
    String url() {
        return url(options.database());
    }

    /** Address of any database of the cluster. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database
                + "?ApplicationName=green-channel&logServerErrorDetail=false";
    }

    String password() {
        return password;
    }

    int port() {
        return port;
    }

    /** Process id of the server, or null while it is down. */
    @Nullable
    Long serverPid() {
        return cluster.pid();
    }

    /** Creates a database owned by the application's role. */
    void createDatabase(String name) {
        try (Connection connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute("create database " + quoted(name) + " owner " + ROLE);
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    /** Removes a database and whoever is connected to it. */
    void dropDatabase(String name) {
        try (Connection connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + quoted(name) + " with (force)");
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.interrupt();
        try {
            cluster.stop();
        } finally {
            release(lockFile);
        }
    }

    private Connection superuser() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", superPassword);
        return DriverManager.getConnection(url("postgres"), properties);
    }

    private void prepare() throws SQLException {
        try (Connection connection = superuser();
                var statement = connection.createStatement()) {
            List<String> unsafe = options.durable() ? SafeSettings.violations(connection) : List.of();
            if (!unsafe.isEmpty()) {
                throw new DatabaseUnavailable(
                        "The database must not be used with these settings: " + String.join("; ", unsafe),
                        "Undo changes to the configuration of the database below " + options.home() + ".");
            }
            boolean role = exists(connection, "select 1 from pg_roles where rolname = ?", ROLE);
            // the password is our own random hexadecimal, so it needs no quoting
            statement.execute((role ? "alter" : "create") + " role " + ROLE
                    + " login nosuperuser nocreatedb nocreaterole password '" + password + "'");
            if (!exists(connection, "select 1 from pg_database where datname = ?", options.database())) {
                createDatabase(options.database());
            }
        }
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void keepAlive() {
        while (!closed) {
            try {
                Thread.sleep(500);
                restartIfGone();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.error("PostgreSQL could not be started again, trying on: {}", e.getMessage());
            }
        }
    }

    private synchronized void restartIfGone() throws IOException, InterruptedException {
        if (!closed && cluster.pid() == null) {
            LOG.error("PostgreSQL has gone away, starting it again");
            cluster.restart(port);
            LOG.info("PostgreSQL is back on 127.0.0.1:{}", port);
        }
    }

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("the lock is held by this process", e);
        }
        channel.close();
        throw new DatabaseUnavailable(
                "Another running instance uses the data directory " + home + ".",
                "Stop it, or start this one with another --data-dir.");
    }

    private static void release(@Nullable FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            PrivateFiles.write(file, HexFormat.of().formatHex(random));
        }
        if (PrivateFiles.openToOthers(file)) {
            throw new DatabaseUnavailable(
                    "The password file " + file + " can be read by others.", "Run: chmod 600 " + file);
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-f]{48}")) {
            throw new DatabaseUnavailable(
                    "The password file " + file + " is damaged.", "Restore it from the backup of the data directory.");
        }
        return text;
    }

    private static String quoted(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        return '"' + name + '"';
    }

    private static DatabaseUnavailable unusable(SQLException e) {
        return new DatabaseUnavailable(
                "The database runs but cannot be used: " + e.getMessage(),
                "If the password files were replaced, restore the whole data directory from one backup.",
                e);
    }
}
