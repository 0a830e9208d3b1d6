package org.greenchannel.casefile;

import java.time.Instant;
import java.util.UUID;

/**
 * A case that belongs to another, seen from one of them.
 *
 * @param caseId the other case
 * @param number its number
 * @param processKey its process
 * @param kind {@code FOLLOWS}, {@code PART_OF} or {@code CAUSED_BY}: what the later case is to the earlier one
 * @param origin whether the other one is the earlier
 * @param at when the link was made
 */
public record CaseLink(UUID caseId, String number, String processKey, String kind, boolean origin, Instant at) {}
