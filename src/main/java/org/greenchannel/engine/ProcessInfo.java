package org.greenchannel.engine;

import java.util.Map;
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
 * @param startIn whether people start it as a new case, on an existing one, or both
 * @param startWhen FEEL over {@code case.*} that must be true of an existing case, or null
 * @param aboutPerson whether its cases are about a person
 * @param defaults variables that are set at start when they are missing
 */
public record ProcessInfo(
        String key,
        Text name,
        Text description,
        int version,
        Set<String> starterRoles,
        @Nullable String startFormId,
        String deploymentId,
        StartIn startIn,
        @Nullable String startWhen,
        boolean aboutPerson,
        Map<String, @Nullable Object> defaults) {

    /** A process that may be started everywhere and has no defaults. */
    public ProcessInfo(
            String key,
            Text name,
            Text description,
            int version,
            Set<String> starterRoles,
            @Nullable String startFormId,
            String deploymentId) {
        this(
                key,
                name,
                description,
                version,
                starterRoles,
                startFormId,
                deploymentId,
                StartIn.BOTH,
                null,
                true,
                Map.of());
    }
}
