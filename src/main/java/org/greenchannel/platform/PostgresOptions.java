package org.greenchannel.platform;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to run a PostgreSQL of our own.
 *
 * @param home folder with the cluster, its password and its lock
 * @param port preferred port, 0 for any
 * @param database database to make sure of
 * @param durable whether acknowledged data survive a crash; only tests say no
 * @param maxConnections limit of the server
 * @param patience how long a start may take, crash recovery included
 */
record PostgresOptions(Path home, int port, String database, boolean durable, int maxConnections, Duration patience) {

    /** The only way a deployment runs it. */
    static PostgresOptions durable(Path home, int port, String database) {
        return new PostgresOptions(home, port, database, true, 100, Duration.ofSeconds(300));
    }

    /** Fast and forgetful, for tests. */
    static PostgresOptions forgetful(Path home, String database) {
        return new PostgresOptions(home, 0, database, false, 300, Duration.ofSeconds(120));
    }
}
