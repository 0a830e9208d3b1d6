package org.greenchannel.platform;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with reference data, so that whoever edits it sees all of it at once. */
public final class SeedErrors {

    private final List<String> errors = new ArrayList<>();

    /** Adds an error that already names its place. */
    public void add(String error) {
        errors.add(error);
    }

    /** What was found so far. */
    public List<String> all() {
        return List.copyOf(errors);
    }

    /** Stops the start of the application when anything was found. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new IllegalStateException("Reference data are wrong:\n  " + String.join("\n  ", errors));
        }
    }
}
