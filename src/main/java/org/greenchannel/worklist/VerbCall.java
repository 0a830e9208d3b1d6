package org.greenchannel.worklist;

import org.jspecify.annotations.Nullable;

/**
 * What every verb is called with.
 *
 * @param version version of the item the caller saw; a stale one is refused
 * @param idempotencyKey the same key gets the first answer again
 * @param reason in free words, stored encrypted with the history of the item; most verbs need one
 */
public record VerbCall(@Nullable Integer version, @Nullable String idempotencyKey, @Nullable String reason) {}
