package org.greenchannel.platform;

/** The inside database cannot be started or must not be used; says what to do about it. */
final class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    DatabaseUnavailable(String message, String action) {
        super(message);
        this.action = action;
    }

    DatabaseUnavailable(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What the operator can do. */
    String action() {
        return action;
    }
}
