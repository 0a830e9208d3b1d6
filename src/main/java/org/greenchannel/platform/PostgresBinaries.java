package org.greenchannel.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL that comes on the class path, once per version, into a folder named by its digest. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The folder with {@code initdb}, {@code pg_ctl} and {@code postgres}. */
    static Path unpack(PostgresUser user) throws IOException {
        String resource = "postgres-" + platform() + ".txz";
        byte[] archive;
        try (InputStream in = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new DatabaseUnavailable(
                        "No PostgreSQL for this machine is built in (" + resource + ").",
                        "Give --database-url for a PostgreSQL that runs already.");
            }
            archive = in.readAllBytes();
        }
        Path root = root(user);
        Path target = root.resolve(digest(archive));
        if (!Files.exists(target.resolve("bin/postgres"))) {
            unpack(archive, root, target);
        }
        user.mustReach(target.resolve("bin"), "the system property greenchannel.postgres-binaries");
        return target.resolve("bin");
    }

    private static Path root(PostgresUser user) throws IOException {
        String configured = System.getProperty("greenchannel.postgres-binaries");
        Path root;
        if (configured != null) {
            root = Path.of(configured);
        } else if (user.isOther()) {
            // not below the private home of root, and not where others may have put something before us
            root = Path.of("/var/lib/green-channel/postgres-binaries");
        } else {
            root = Path.of(System.getProperty("user.home"), ".cache", "green-channel", "postgres");
        }
        Files.createDirectories(root);
        if (PrivateFiles.posix(root)) {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return root.toAbsolutePath();
    }

    private static void unpack(byte[] archive, Path root, Path target) throws IOException {
        Path fresh = Files.createTempDirectory(root, "unpack-");
        try {
            if (PrivateFiles.posix(fresh)) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    extract(tar, entry, fresh);
                }
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // another process may have been faster
            if (!Files.exists(target.resolve("bin/postgres"))) {
                throw e;
            }
        } finally {
            PrivateFiles.deleteTree(fresh);
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            openFolders(path, root);
            return;
        }
        openFolders(java.util.Objects.requireNonNull(path.getParent()), root);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if (PrivateFiles.posix(path)) {
            boolean program = (entry.getMode() & 0100) != 0 || path.getParent().endsWith("bin");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Makes the folders down to this one; the server's user must be able to enter them whatever the umask is. */
    private static void openFolders(Path folder, Path root) throws IOException {
        Files.createDirectories(folder);
        if (!PrivateFiles.posix(folder)) {
            return;
        }
        for (Path path = folder; path != null && !path.equals(root); path = path.getParent()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch =
                switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> System.getProperty("os.arch");
                };
        if (os.contains("win")) {
            return "windows-" + arch;
        }
        if (os.contains("mac")) {
            return "darwin-" + arch;
        }
        return "linux-" + arch + (Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "");
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(archive))
                    .substring(0, 24);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
