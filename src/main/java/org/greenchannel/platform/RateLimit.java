package org.greenchannel.platform;

import java.time.Duration;
import java.util.UUID;

/** How often an account may do something within a sliding window; counted in the database, for all nodes together. */
public interface RateLimit {
    /**
     * Takes one of the allowed times, in a transaction of its own, so that it counts whatever comes of the action.
     *
     * @param what code of the action
     * @param most how often within the window
     * @return seconds until the next one is allowed; 0 when this one was
     */
    long take(String what, UUID accountId, int most, Duration window);
}
