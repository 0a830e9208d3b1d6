package org.greenchannel.engine;

import java.util.List;

/**
 * Answer of a decision table.
 *
 * @param decision decision key
 * @param version version of the engine
 * @param rows rules that matched, in table order; empty if none did
 */
public record DecisionAnswer(String decision, int version, List<DecisionRow> rows) {}
