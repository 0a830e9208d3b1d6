package org.greenchannel.platform;

import java.util.List;
import java.util.Map;

/**
 * A problem as people and clients see it, in one language (RFC 9457).
 *
 * @param type stable address of the kind of problem, {@code /problems/<slug>}
 * @param status HTTP status
 * @param title short text
 * @param detail what happened and what to do
 * @param errors refused fields
 * @param properties further machine-readable members, for example {@code reference}, {@code retryAfter}
 */
public record ProblemView(
        String type, int status, String title, String detail, List<Item> errors, Map<String, Object> properties) {

    /**
     * One refused field.
     *
     * @param pointer JSON pointer into the submitted data
     * @param rule id of the rule
     * @param message what is wrong
     */
    public record Item(String pointer, String rule, String message) {}
}
