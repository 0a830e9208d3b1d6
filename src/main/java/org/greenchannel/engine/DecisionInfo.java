package org.greenchannel.engine;

import java.util.List;

/**
 * A deployed decision table.
 *
 * @param key decision key
 * @param name name
 * @param hitPolicy hit policy
 * @param inputs input names with types
 * @param outputs output names with types
 */
public record DecisionInfo(String key, String name, String hitPolicy, List<Column> inputs, List<Column> outputs) {
    /** A column. */
    public record Column(String name, String label, String type) {}
}
