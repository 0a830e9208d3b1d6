package org.greenchannel.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which user the server runs. PostgreSQL refuses the superuser of the machine: as root it is started in a user
 * namespace where root is nobody, and where that is forbidden, as the user {@code nobody}.
 */
final class PostgresUser {

    private static final String NOBODY = "nobody";

    private final List<String> prefix;
    private final boolean other;

    private PostgresUser(List<String> prefix, boolean other) {
        this.prefix = prefix;
        this.other = other;
    }

    /** Finds what works on this machine. */
    static PostgresUser find() {
        if (!"0".equals(Commands.output("id", "-u"))) {
            return new PostgresUser(List.of(), false);
        }
        // a way for operators and for the tests to rule the name space out
        boolean namespaces = !"false".equals(System.getProperty("greenchannel.user-namespace"));
        if (namespaces && isOrdinary(List.of("unshare", "-U"))) {
            return new PostgresUser(List.of("unshare", "-U"), false);
        }
        String group = Commands.output("id", "-g", NOBODY);
        for (List<String> way : List.of(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + group, "--clear-groups"),
                List.of("runuser", "-u", NOBODY, "--"))) {
            if (isOrdinary(way)) {
                return new PostgresUser(way, true);
            }
        }
        throw new DatabaseUnavailable(
                "PostgreSQL must not run as root, and neither a user namespace nor the user nobody is available.",
                "Start as an ordinary user, or give --database-url for a PostgreSQL that runs already.");
    }

    private static boolean isOrdinary(List<String> prefix) {
        var probe = new ArrayList<>(prefix);
        probe.addAll(List.of("id", "-u"));
        String uid = Commands.output(probe.toArray(String[]::new));
        return uid != null && !uid.equals("0");
    }

    /** Whether files of the server belong to another user than ours. */
    boolean isOther() {
        return other;
    }

    /** Hands the file to the server's user, where that is another one. */
    void own(Path path) throws IOException {
        if (other) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
        }
    }

    /** Fails with advice when the server's user cannot enter the folder. */
    void mustReach(Path folder, String option) {
        if (other && run("test", "-x", folder.toString()) == null) {
            throw new DatabaseUnavailable(
                    "The database runs as the user nobody, who cannot enter " + folder + ".",
                    "Give " + option + " a folder that every user can enter, for example /var/lib/green-channel.");
        }
    }

    private @Nullable String run(String... command) {
        return Commands.output(as(List.of(command)).toArray(String[]::new));
    }

    /** The command as it has to be called. */
    List<String> as(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }
}
