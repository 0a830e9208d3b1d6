package org.greenchannel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTests {

    @TempDir
    Path folder;

    @Test
    void keepsDataOverARestartAndIsClosedToOthers() throws Exception {
        Path home = folder.resolve("city/postgres");
        try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"))) {
            execute(server, "create table kept (n int)", "insert into kept values (41)", "create extension pg_trgm");
            assertThat(text(server, "select array_length(show_trgm('北京市政务'), 1)::text"))
                    .isNotNull();
            assertThat(text(server, "select string_agg(x, '' order by x) from (values ('张'), ('李'), ('王')) v(x)"))
                    .isEqualTo("李王张");
            assertThat(text(server, "select current_setting('is_superuser')")).isEqualTo("off");
            assertThatThrownBy(() -> DriverManager.getConnection(server.url(), EmbeddedPostgres.ROLE, "wrong"))
                    .hasMessageContaining("password authentication failed");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("data"))))
                .isEqualTo("rwx------");
        for (String secret : List.of("password", "superuser.password")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"))) {
            assertThat(text(server, "select n::text from kept")).isEqualTo("41");
        }
    }

    @Test
    void refusesASecondInstanceOnTheSameData() {
        Path home = folder.resolve("postgres");
        try (var first = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"))) {
            assertThat(first.serverPid()).isNotNull();
            assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("Another running instance");
        }
    }

    @Test
    void refusesAnotherMajorVersion() throws Exception {
        Path home = folder.resolve("postgres");
        EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")).close();
        Files.writeString(home.resolve("data/PG_VERSION"), "12\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("were written by PostgreSQL 12");
    }

    @Test
    void refusesAnOpenPasswordFileAndLinesWithoutPassword() throws Exception {
        Path home = folder.resolve("postgres");
        EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")).close();
        Path access = home.resolve("data/pg_hba.conf");
        String strict = Files.readString(access);
        Files.writeString(access, strict + "\nhost all all 127.0.0.1/32 trust\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("without scram");
        Files.writeString(access, strict);

        Path password = home.resolve("password");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("can be read by others");
    }

    @Test
    void isSafeEvenWhenSomebodyWeakensItsConfiguration() throws Exception {
        Path home = folder.resolve("postgres");
        EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")).close();
        Path configuration = home.resolve("data/postgresql.auto.conf");
        Files.writeString(configuration, "fsync = 'off'\nlisten_addresses = '*'\nlog_statement = 'all'\n");
        try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"))) {
            assertThat(text(server, "show fsync")).isEqualTo("on");
            assertThat(text(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(text(server, "show log_statement")).isEqualTo("none");
        }
    }

    @Test
    void readingTheSettingsBackFindsUnsafeOnes() throws Exception {
        Path home = folder.resolve("postgres");
        try (var server = EmbeddedPostgres.start(PostgresOptions.forgetful(home, "greenchannel"));
                Connection connection = superuser(server, home)) {
            assertThat(SafeSettings.violations(connection))
                    .anyMatch(v -> v.startsWith("fsync=off"))
                    .anyMatch(v -> v.startsWith("full_page_writes=off"))
                    .anyMatch(v -> v.startsWith("synchronous_commit=off"))
                    .hasSize(3);
        }
    }

    @Test
    void valuesNeverReachTheServerLog() throws Exception {
        Path home = folder.resolve("postgres");
        try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"));
                Connection connection = connect(server)) {
            execute(server, "create table person (id int primary key, name text unique check (length(name) < 20))");
            for (int i = 0; i < 3; i++) {
                try (var insert = connection.prepareStatement("insert into person values (?, ?)")) {
                    insert.setInt(1, i);
                    insert.setString(2, "canary-4711");
                    insert.executeUpdate();
                } catch (java.sql.SQLException e) {
                    assertThat(e.getMessage()).contains("person_name_key").doesNotContain("canary-4711");
                }
            }
            try (var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("insert into person values ('canary-4711', 'x')"))
                        .isInstanceOf(java.sql.SQLException.class);
            }
        }
        assertThat(Files.readString(home.resolve("data/server.log")))
                .contains("person_name_key")
                .doesNotContain("insert into person");
        assertThat(Files.readString(home.resolve("data/server.log"))
                        .lines()
                        .filter(line -> line.contains("canary-4711")))
                .as("only the message of the type error, which quotes a literal of our own")
                .hasSizeLessThan(2);
    }

    @Test
    void startsWithAPidFileOfAnotherOrNoProcess() throws Exception {
        Path home = folder.resolve("postgres");
        EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")).close();
        for (String pid : List.of(Long.toString(ProcessHandle.current().pid()), "999999", "", "rubbish")) {
            Files.writeString(home.resolve("data/postmaster.pid"), pid + "\n");
            try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"))) {
                assertThat(text(server, "select 'alive'")).isEqualTo("alive");
            }
        }
    }

    @Test
    void startsWithAPidFileThatNamesAZombie() throws Exception {
        if (!Files.exists(Path.of("/proc/self/stat"))) {
            return; // only Linux shows the state of a process as a file
        }
        Path home = folder.resolve("postgres");
        EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel")).close();
        // the child ends at once, and its parent, by then another program, never asks for its result
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 120").start();
        try {
            String zombie = parent.inputReader().readLine();
            for (int i = 0; i < 100 && PidFile.runs(Long.parseLong(zombie)); i++) {
                Thread.sleep(50);
            }
            assertThat(Files.readString(Path.of("/proc", zombie, "stat"))).contains(") Z ");
            Files.writeString(home.resolve("data/postmaster.pid"), zombie + "\n" + home.resolve("data") + "\n");
            try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"))) {
                assertThat(text(server, "select 'alive'")).isEqualTo("alive");
            }
        } finally {
            parent.destroy();
        }
    }

    @Test
    void runsAsNobodyWhereRootHasNoUserNamespace() throws Exception {
        if (!"0".equals(Commands.output("id", "-u"))) {
            return; // an ordinary user needs neither way
        }
        Path reachable = Files.createTempDirectory(Path.of("/var/tmp"), "green-channel-test-");
        Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty("greenchannel.user-namespace", "false");
        System.setProperty(
                "greenchannel.postgres-binaries", reachable.resolve("bin").toString());
        try {
            Path home = reachable.resolve("postgres");
            try (var server = EmbeddedPostgres.start(PostgresOptions.durable(home, 0, "greenchannel"))) {
                assertThat(text(server, "select 'alive'")).isEqualTo("alive");
                Long pid = server.serverPid();
                assertThat(pid).isNotNull();
                assertThat(Files.getOwner(Path.of("/proc/" + pid)).getName()).isEqualTo("nobody");
            }
            Path closed = folder.resolve("closed");
            PrivateFiles.folder(closed);
            assertThatThrownBy(() ->
                            EmbeddedPostgres.start(PostgresOptions.durable(closed.resolve("db"), 0, "greenchannel")))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("cannot enter");
        } finally {
            System.clearProperty("greenchannel.user-namespace");
            System.clearProperty("greenchannel.postgres-binaries");
            PrivateFiles.deleteTree(reachable);
        }
    }

    private static Connection connect(EmbeddedPostgres server) throws Exception {
        return DriverManager.getConnection(server.url(), EmbeddedPostgres.ROLE, server.password());
    }

    private static Connection superuser(EmbeddedPostgres server, Path home) throws Exception {
        return DriverManager.getConnection(
                server.url("postgres"), "postgres", Files.readString(home.resolve("superuser.password")));
    }

    private static void execute(EmbeddedPostgres server, String... sql) throws Exception {
        try (Connection connection = connect(server);
                var statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    private static String text(EmbeddedPostgres server, String sql) throws Exception {
        try (Connection connection = connect(server);
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
