package org.greenchannel.casefile;

/** A change of legal status that the law does not allow; rolls the whole action back. */
public final class IllegalLegalStatus extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param from status now, or {@code -} */
    public IllegalLegalStatus(String from, String to) {
        super("legal status " + from + " -> " + to + " is not a transition of C9");
    }
}
