package org.greenchannel.platform;

import java.util.List;
import java.util.Map;

/** Reads reference data: YAML files below {@code seeds/} on the class path, or below the folder given by configuration. */
public interface Seeds {
    /** The document as maps, lists and scalars; an empty map if the file does not exist. */
    Map<String, Object> read(String path);

    /** A file that is no YAML, as it is. {@link java.io.UncheckedIOException} if it does not exist. */
    byte[] bytes(String path);

    /** Whether the file exists. */
    boolean exists(String path);

    /** Paths of all files in the folder, sorted. */
    List<String> list(String folder);

    /**
     * Where something stands in a file, for messages to whoever edits it.
     *
     * @param keys keys of maps and positions in lists, from the top of the document
     * @return the line, the first is 1; 0 if unknown
     */
    default int line(String path, List<String> keys) {
        return 0;
    }
}
