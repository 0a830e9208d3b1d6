package org.greenchannel.help;

import org.greenchannel.kernel.Viewer;

/** Whether somebody still has to be offered the guided tour; remembered with the account, on every device. */
public interface Tours {

    /** How an account dealt with the tour. */
    enum Outcome {
        /** Seen to its end. */
        DONE,
        /** Not wanted. */
        SKIPPED
    }

    /** Whether it has neither been seen nor refused. */
    boolean offered(Viewer viewer);

    /** Notes it; who has seen it to its end has seen it, whatever comes later. */
    void note(Outcome outcome, Viewer viewer);
}
