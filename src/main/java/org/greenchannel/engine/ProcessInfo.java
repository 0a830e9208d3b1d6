package org.greenchannel.engine;

import java.util.Set;
import org.greenchannel.kernel.Text;
import org.jspecify.annotations.Nullable;

/**
 * A deployed process.
 *
 * @param key process key
 * @param name name in both languages
 * @param description one sentence in both languages
 * @param version version of the engine
 * @param starterRoles roles that may start it
 * @param startFormId id of its start form, or null when it is only called
 * @param deploymentId deployment its forms belong to
 */
public record ProcessInfo(
        String key,
        Text name,
        Text description,
        int version,
        Set<String> starterRoles,
        @Nullable String startFormId,
        String deploymentId) {}
