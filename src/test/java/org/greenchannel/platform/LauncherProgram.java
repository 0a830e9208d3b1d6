package org.greenchannel.platform;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A process of its own that runs the database and writes rows; prints a row's number once the database has
 * acknowledged it, so that whoever kills it knows what must not be lost.
 */
public final class LauncherProgram {

    private LauncherProgram() {}

    /** Expects the folder of the database. */
    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        EmbeddedPostgres server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        long next = prepare(server);
        System.out.println("READY " + server.serverPid() + " " + next);
        while (true) {
            try (Connection connection = connect(server);
                    var insert = connection.prepareStatement("insert into kept values (?)")) {
                while (true) {
                    insert.setLong(1, next);
                    insert.executeUpdate();
                    System.out.println("ACK " + next);
                    next++;
                    Thread.sleep(2);
                }
            } catch (SQLException e) {
                // the row may have been written without us hearing of it; never try it again
                next++;
                System.out.println("LOST CONNECTION " + e.getSQLState());
                Thread.sleep(50);
            }
        }
    }

    private static long prepare(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists kept (n bigint primary key)");
            try (var rows = statement.executeQuery("select coalesce(max(n), 0) + 1 from kept")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static Connection connect(EmbeddedPostgres server) throws SQLException {
        return DriverManager.getConnection(server.url(), EmbeddedPostgres.ROLE, server.password());
    }

    /** The rows that are there; starts and stops the database for it. */
    public static java.util.Set<Long> rows(Path home) throws SQLException {
        var found = new java.util.HashSet<Long>();
        try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"));
                Connection connection = connect(server);
                var rows = connection.createStatement().executeQuery("select n from kept")) {
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
        }
        return found;
    }
}
