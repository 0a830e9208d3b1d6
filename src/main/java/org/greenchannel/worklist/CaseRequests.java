package org.greenchannel.worklist;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who holds no account may set going on his own case. Which messages and processes these are, the models
 * say with their groups and starter roles ({@code patient}, {@code guardian}, {@code representative-lawyer}); the caller
 * has made sure that the case is the holder's.
 */
public interface CaseRequests {

    /**
     * Something that may be asked for now.
     *
     * @param form id of its form
     * @param message message the case waits for, or null when a process is started
     * @param process process that is started, or null when a message is sent
     * @param label name in both languages
     */
    record Offer(String form, @Nullable String message, @Nullable String process, Text label) {}

    /** What the case offers to the holder now: one for each form, a waiting message before a start. */
    List<Offer> offers(UUID caseId, Viewer holder);

    /** Forms of processes that run in the case, called ones included. */
    List<String> underWay(UUID caseId);

    /** The form of an offer; empty when the case does not offer it (any more). */
    Optional<WorkItems.TaskForm> form(UUID caseId, String form, Viewer holder, Locale locale);

    /** Sends or starts it. Problem {@code request-not-offered}; {@code form-invalid} with every refused field. */
    Offer file(UUID caseId, String form, Map<String, ? extends @Nullable Object> data, Viewer holder, Locale locale);
}
