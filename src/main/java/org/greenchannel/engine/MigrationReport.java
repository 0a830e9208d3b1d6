package org.greenchannel.engine;

import java.util.List;

/**
 * What a migration did or, in a dry run, would do.
 *
 * @param process process key
 * @param targetVersion newest version
 * @param dryRun whether nothing was kept
 * @param versions older versions with running instances, oldest first
 */
public record MigrationReport(String process, int targetVersion, boolean dryRun, List<Version> versions) {

    /**
     * One older version.
     *
     * @param version version of the engine
     * @param running instances found
     * @param migrated instances moved
     * @param unmapped activities of this version that the newest has not: an instance that waits there stays
     * @param problems why the version as a whole cannot be moved; empty if it can
     * @param failures instances that stay
     */
    public record Version(
            int version,
            int running,
            int migrated,
            List<String> unmapped,
            List<String> problems,
            List<Failure> failures) {}

    /**
     * An instance that stays.
     *
     * @param processInstanceId engine instance
     * @param reasons activities and why, or {@code changed} when somebody acted on it meanwhile: try again
     */
    public record Failure(String processInstanceId, List<String> reasons) {}
}
