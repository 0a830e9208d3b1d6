package org.greenchannel.document;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The fonts that ship with the product, as files: unpacked once when they sit inside the jar. */
@Component
class PaperFonts {

    private final Map<String, File> files = new ConcurrentHashMap<>();

    File serif() {
        return file("serif-400.ttf");
    }

    File serifBold() {
        return file("serif-700.ttf");
    }

    File sans() {
        return file("sans-400.ttf");
    }

    private File file(String name) {
        return files.computeIfAbsent(name, PaperFonts::locate);
    }

    private static File locate(String name) {
        var resource = new ClassPathResource("fonts/" + name);
        if (!resource.exists()) {
            throw new IllegalStateException(
                    "font " + name
                            + " is missing: run a build without -Dexec.skip, or node documents/fonts/subset.mjs target/classes/fonts");
        }
        try {
            if (resource.isFile()) {
                return resource.getFile();
            }
            Path copy = Files.createTempFile("green-channel-", "-" + name);
            copy.toFile().deleteOnExit();
            try (InputStream in = resource.getInputStream()) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            return copy.toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
