package org.greenchannel.community;

/**
 * A member of a care team.
 *
 * @param role role of those who visit
 * @param organisation code
 */
public record TeamMember(String role, String organisation) {}
