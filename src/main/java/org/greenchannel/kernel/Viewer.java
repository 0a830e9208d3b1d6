package org.greenchannel.kernel;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who is acting or looking: every query and every command takes one, so that nothing can be read without access rules.
 *
 * @param accountId account
 * @param username sign-in name, also the engine's authenticated user
 * @param displayName name shown to colleagues
 * @param organisation code of the organisation the account belongs to
 * @param roles role codes of {@code seeds/roles.yaml}
 * @param areas area codes the organisation is responsible for (each covers all areas whose code starts with it)
 */
public record Viewer(
        UUID accountId,
        String username,
        String displayName,
        String organisation,
        Set<String> roles,
        Set<String> areas) {

    /** Copies the sets. */
    public Viewer {
        roles = Set.copyOf(roles);
        areas = Set.copyOf(areas);
    }

    /** Candidate groups of this viewer: {@code role@organisation} for each role. */
    public Set<String> groups() {
        var groups = new TreeSet<String>();
        for (String role : roles) {
            groups.add(role + "@" + organisation);
        }
        return groups;
    }

    /** Whether the viewer holds the role. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }
}
