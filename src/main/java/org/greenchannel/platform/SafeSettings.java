package org.greenchannel.platform;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings a database with people's records must have: nothing acknowledged is lost in a crash, damage is noticed,
 * nobody connects without a password or from another machine, and values never reach the server's log.
 */
final class SafeSettings {

    private static final Map<String, String> REQUIRED = new TreeMap<>(Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("log_statement", "none"),
            Map.entry("log_min_duration_statement", "-1"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_parameter_max_length", "0"),
            Map.entry("log_parameter_max_length_on_error", "0"),
            Map.entry("log_error_verbosity", "terse")));

    private SafeSettings() {}

    /** Options of the server's command line; they win over every file and over {@code alter system}. */
    static List<String> options(PostgresOptions wanted, int port) {
        var settings = new TreeMap<>(REQUIRED);
        settings.put("port", Integer.toString(port));
        settings.put("max_connections", Integer.toString(wanted.maxConnections()));
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("jit", "off");
        settings.put("logging_collector", "off");
        settings.put("shared_buffers", "256MB");
        settings.put("random_page_cost", "1.1");
        settings.put("max_wal_size", "2GB");
        // one forgotten transaction must not hold the sealing of the audit log back
        settings.put("idle_in_transaction_session_timeout", "60s");
        if (!wanted.durable()) {
            for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                settings.put(name, "off");
            }
            settings.put("shared_buffers", "128MB");
        }
        var options = new ArrayList<String>();
        settings.forEach((name, value) -> options.add("-c '" + name + "=" + value + "'"));
        return options;
    }

    /** Names of the settings that are not as they must be, with what they are; empty when the database is safe. */
    static List<String> violations(Connection connection) throws SQLException {
        var bad = new ArrayList<String>();
        try (Statement statement = connection.createStatement()) {
            for (var entry : REQUIRED.entrySet()) {
                String actual = show(statement, "show " + entry.getKey());
                if (!actual.equals(entry.getValue())) {
                    bad.add(entry.getKey() + "=" + actual + " (must be '" + entry.getValue() + "')");
                }
            }
            if (!show(statement, "show data_checksums").equals("on")) {
                bad.add("data_checksums=off (must be 'on')");
            }
            String open = show(
                    statement,
                    "select coalesce(string_agg(line_number || ': ' || auth_method, ', '), '') from pg_hba_file_rules"
                            + " where auth_method is distinct from 'scram-sha-256' and auth_method <> 'reject'");
            if (!open.isEmpty()) {
                bad.add("pg_hba.conf lines without scram: " + open);
            }
        }
        return bad;
    }

    private static String show(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
