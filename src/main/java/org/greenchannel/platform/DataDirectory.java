package org.greenchannel.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** The folder in which everything that must survive lives beside the database. */
@Component
public class DataDirectory {

    private final Path home;

    DataDirectory(PlatformProperties properties) {
        this.home = properties.home();
    }

    /** A folder of its own for a purpose, made when missing, closed to other users of the machine. */
    public Path folder(String name) {
        try {
            return PrivateFiles.folder(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + home.resolve(name) + " cannot be used", e);
        }
    }
}
