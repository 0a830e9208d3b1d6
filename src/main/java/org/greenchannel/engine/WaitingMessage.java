package org.greenchannel.engine;

import java.util.Map;
import java.util.Set;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A message a case waits for.
 *
 * @param name message name
 * @param processInstanceId instance that waits
 * @param label name in both languages
 * @param groups who may send it
 * @param formId form of its data, or null
 * @param deploymentId deployment of the form
 * @param properties further properties of the catching element
 */
public record WaitingMessage(
        String name,
        String processInstanceId,
        Text label,
        Set<String> groups,
        @Nullable String formId,
        String deploymentId,
        Map<String, String> properties) {}
