package org.greenchannel.casefile;

import java.util.Map;
import java.util.UUID;
import org.greenchannel.kernel.CaseRef;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a case: telling it that something happened, and starting more. For other modules; models use the steps
 * {@code sendMessage} and {@code startProcess}. Everything joins the caller's transaction, which must exist, and happens
 * as soon as the present run of the engine, if there is one, has reached its wait states. It runs as who is signed in,
 * else as the system.
 */
public interface CaseProcesses {

    /**
     * Tells everything in the case that waits for the message: running processes, called ones and event sub-processes
     * alike. That nothing waits is no error. The facts become variables of the receivers.
     *
     * @param message name of the message, for example {@code clock-breached}
     * @param facts codes, booleans, numbers and dates; never personal data
     */
    void tell(UUID caseId, String message, Map<String, ? extends @Nullable Object> facts);

    /** The same for every open case of the person. */
    void tellPerson(UUID personId, String message, Map<String, ? extends @Nullable Object> facts);

    /** Starts a process on the case with the variables of the case's first instance and these facts. */
    void start(UUID caseId, String processKey, Map<String, ? extends @Nullable Object> facts);

    /**
     * Opens another case for the same person that is linked to this one, and starts the process there.
     *
     * @param link what the new case is to this one: {@code FOLLOWS}, {@code PART_OF} or {@code CAUSED_BY}
     * @param areaCode area of the new case, or null: the same
     */
    CaseRef startLinked(
            UUID caseId,
            String processKey,
            String link,
            @Nullable String areaCode,
            Map<String, ? extends @Nullable Object> facts);
}
