package org.greenchannel.form;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unfinished answers.
 *
 * @param version counts the times it was saved, from 1
 * @param username who wrote it
 */
public record Draft(Map<String, @Nullable Object> data, Instant savedAt, int version, String username) {}
