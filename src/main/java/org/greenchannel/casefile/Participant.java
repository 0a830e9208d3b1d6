package org.greenchannel.casefile;

/**
 * An organisation that takes part in a case.
 *
 * @param role function it has in the case, for example {@code hospital}, {@code police}
 */
public record Participant(String role, String organisation) {}
