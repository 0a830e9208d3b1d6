package org.greenchannel.engine;

import java.util.Map;

/**
 * A rule that matched.
 *
 * @param id row id, for example {@code D2-8}
 * @param basis articles, from the annotation column
 * @param outputs outputs by name
 */
public record DecisionRow(String id, String basis, Map<String, Object> outputs) {}
