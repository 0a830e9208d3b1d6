package org.greenchannel.engine;

import org.greenchannel.kernel.Viewer;

/** Brings running instances of older versions of a process to the newest one. */
public interface ProcessMigration {

    /**
     * Moves what can be moved, by equal ids of activities, in portions that are a transaction each; what cannot be moved
     * goes on as it is, in its own version, and is named in the report. Legal clocks and timers keep their ends: a change
     * of the model never buys time. Problem {@code process-unknown} otherwise.
     *
     * @param dryRun whether everything is tried and nothing kept
     * @param viewer who does it, for the audit log
     */
    MigrationReport migrate(String processKey, boolean dryRun, Viewer viewer);
}
