package org.greenchannel.platform;

import java.nio.file.Path;

/** Opens reference data of the repository, or of a folder a test has written. */
public final class SeedFiles {

    private SeedFiles() {}

    /** The files of the repository. */
    public static Seeds ofRepository() {
        return in(Path.of("seeds"));
    }

    /** The files below a folder. */
    public static Seeds in(Path folder) {
        return new YamlSeeds(new PlatformProperties("zhengzhou", false, null, null, null, null, 0, folder, null));
    }
}
