package org.greenchannel.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ConfigurableApplicationContext;

/** One PostgreSQL for the whole test run, with a fresh database for whoever asks. */
public final class TestDatabase {

    /** A database of its own. */
    public record Database(String name, String url, String user, String password) {
        /** Connects as the application would. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }
    }

    private static final AtomicInteger COUNT = new AtomicInteger();
    /** Held weakly: a context that was closed, or never came up, is 100 MB of models to let go. */
    private static final Set<ConfigurableApplicationContext> CONTEXTS =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private static EmbeddedPostgres server;

    private TestDatabase() {}

    /** Creates an empty database. */
    public static Database fresh() {
        EmbeddedPostgres running = server();
        String name = "t" + COUNT.incrementAndGet();
        running.createDatabase(name);
        return new Database(name, running.url(name), EmbeddedPostgres.ROLE, running.password());
    }

    /** Makes sure that the context is closed before the server stops. */
    public static void closeFirst(ConfigurableApplicationContext context) {
        CONTEXTS.add(context);
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                Path home = Files.createTempDirectory("green-channel-test-");
                server = EmbeddedPostgres.start(PostgresOptions.forgetful(home, "tests"));
                // one hook for all: a hook beside those of the contexts would stop the server under their feet
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(home)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    private static void stop(Path home) {
        List.copyOf(CONTEXTS).forEach(ConfigurableApplicationContext::close);
        server.close();
        try {
            PrivateFiles.deleteTree(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
