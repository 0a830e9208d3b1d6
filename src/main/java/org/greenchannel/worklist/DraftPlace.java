package org.greenchannel.worklist;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What unfinished answers are for. */
public sealed interface DraftPlace {

    /** A task. */
    record OfItem(UUID id) implements DraftPlace {}

    /** The start of a process: a new case, or on the one named. */
    record OfStart(String process, @Nullable String caseNumber) implements DraftPlace {}

    /** A message to a case. */
    record OfMessage(String caseNumber, String message) implements DraftPlace {}
}
