package org.greenchannel.form;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form ready to show.
 *
 * @param schema Camunda Form in the asked language, options of references filled in
 * @param data prefilled values
 */
public record FormView(Map<String, Object> schema, Map<String, @Nullable Object> data) {}
