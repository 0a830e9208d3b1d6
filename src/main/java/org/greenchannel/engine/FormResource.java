package org.greenchannel.engine;

/**
 * A form as deployed beside its process.
 *
 * @param id form id
 * @param deploymentId deployment it belongs to
 * @param schema Camunda Form, JSON
 * @param english texts in English, JSON ({@code {}} when there is none)
 * @param rules cross-field rules, YAML (empty when there are none)
 */
public record FormResource(String id, String deploymentId, String schema, String english, String rules) {}
