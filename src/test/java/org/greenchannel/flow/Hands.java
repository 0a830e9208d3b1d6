package org.greenchannel.flow;

import java.util.Map;

/** Somebody who completes a task of a played case otherwise than over the REST API: as a person at a screen does. */
public interface Hands {

    /** Nobody: everything goes over the REST API. */
    Hands NONE = task -> false;

    /**
     * A task to complete.
     *
     * @param user account that does it
     * @param task id of the task in its model
     * @param caseNumber case that it belongs to
     * @param data what the form holds when it is sent
     */
    record Task(String user, String task, String itemId, String caseNumber, Map<String, Object> data) {}

    /** Completes the task, or answers false and leaves it alone. */
    boolean complete(Task task);
}
