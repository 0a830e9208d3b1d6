package org.greenchannel.engine;

/** SPI: told of every user task, in the same transaction; a failure fails the action. */
public interface TaskObserver {
    /** A task waits for somebody. */
    void created(TaskEvent task);

    /** Somebody completed it. */
    void completed(TaskEvent task);

    /** The model withdrew it (timer, message, end of its scope). */
    void withdrawn(TaskEvent task);

    /** An open task belongs to another version of its model now: other texts, form and properties, the same task. */
    default void migrated(TaskEvent task) {}
}
