package org.greenchannel.engine;

/** SPI: told when an instance went back, in the same transaction; a failure fails the action. */
public interface SendBackObserver {
    /** What was done after {@link SentBack#since()} by the steps in between does not hold any more. */
    void sentBack(SentBack event);
}
