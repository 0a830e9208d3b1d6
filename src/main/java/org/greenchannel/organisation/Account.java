package org.greenchannel.organisation;

import java.util.Set;
import java.util.UUID;

/**
 * An account.
 *
 * @param language preferred language, {@code zh} or {@code en}
 * @param licences licence codes such as {@code PSYCHIATRY}, valid today
 */
public record Account(
        UUID id,
        String username,
        String displayName,
        String organisation,
        Set<String> roles,
        Set<String> licences,
        String language,
        boolean enabled) {}
