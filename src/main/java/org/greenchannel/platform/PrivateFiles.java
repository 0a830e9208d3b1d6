package org.greenchannel.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Files and folders nobody else on the machine can read. */
final class PrivateFiles {

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** Creates the folder if it is missing and closes it to others. */
    static Path folder(Path path) throws IOException {
        Files.createDirectories(path);
        if (posix(path)) {
            Files.setPosixFilePermissions(path, FOLDER);
        }
        return path;
    }

    /** Creates the folder closed to others if it is missing; leaves an existing one as it is. */
    static void folderWhereMissing(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            folder(path);
        }
    }

    /** Writes a new or replaced file whole or not at all, readable by its owner only, and forces it to the disk. */
    static void write(Path target, String text) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("no folder for " + target);
        }
        Files.createDirectories(parent);
        Path fresh = posix(parent)
                ? Files.createTempFile(parent, ".new", ".tmp", PosixFilePermissions.asFileAttribute(FILE))
                : Files.createTempFile(parent, ".new", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            move(fresh, target);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether group or others can read or change it. */
    static boolean openToOthers(Path path) throws IOException {
        if (!posix(path)) {
            return false;
        }
        return Files.getPosixFilePermissions(path).stream()
                .anyMatch(p -> p.name().startsWith("GROUP") || p.name().startsWith("OTHERS"));
    }

    /** Deletes a folder and everything in it. */
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (var walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
