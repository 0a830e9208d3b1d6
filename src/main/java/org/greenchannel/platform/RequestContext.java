package org.greenchannel.platform;

import org.jspecify.annotations.Nullable;

/** Facts about the current request for the audit log: set by a filter, empty outside a request. */
public final class RequestContext {

    /**
     * @param requestId correlation id
     * @param address remote address
     * @param device coarse device class, for example {@code phone}
     */
    public record Request(String requestId, String address, String device) {}

    private static final ThreadLocal<@Nullable Request> CURRENT = new ThreadLocal<>();

    private RequestContext() {}

    /** The request being served on this thread, or null. */
    public static @Nullable Request current() {
        return CURRENT.get();
    }

    /** Sets or, with null, clears the request of this thread. */
    public static void set(@Nullable Request request) {
        if (request == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(request);
        }
    }
}
