package org.greenchannel.engine;

/** Where people may start a process: property {@code startIn} of the model. */
public enum StartIn {
    /** As a new case only. */
    NEW,
    /** On an existing case only. */
    CASE,
    /** Both, which is the default. */
    BOTH;

    /** Whether people may open a new case with it. */
    public boolean opensCases() {
        return this != CASE;
    }

    /** Whether people may start it on an existing case. */
    public boolean joinsCases() {
        return this != NEW;
    }
}
