package org.greenchannel.worklist;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of an item.
 *
 * @param verb code of the verb
 * @param actor who did it
 * @param actedFor for whom, as his deputy
 * @param target whom or what it concerns: a username, several separated by commas, or a task of the model
 * @param reason reason in free words, or null
 */
public record VerbEntry(
        UUID id,
        String verb,
        String actor,
        @Nullable String actedFor,
        @Nullable String target,
        Instant at,
        @Nullable String reason) {}
