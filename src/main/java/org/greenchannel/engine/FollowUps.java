package org.greenchannel.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a run of the engine leads to in other instances: done in order once the run has reached its wait states and
 * is written to the database, in the same transaction. Inside the run the engine would look for receivers in a
 * database that does not know yet what the run has changed.
 */
@Component
class FollowUps {

    /** Two processes that answer each other for ever are a mistake of the models, not a reason to hang. */
    private static final int MOST = 1_000;

    /** Does the action after the present run, or now if there is none. */
    void then(Runnable action) {
        Pending pending = pending();
        pending.actions.add(action);
        drain(pending);
    }

    /** Does the action, once for its key, when nothing else is left to do. */
    void atLast(Object key, Runnable action) {
        Pending pending = pending();
        pending.last.putIfAbsent(key, action);
        drain(pending);
    }

    /** Does what the run that just ended has asked for; nothing while an outer run goes on. */
    void settle() {
        for (TransactionSynchronization each : TransactionSynchronizationManager.isSynchronizationActive()
                ? TransactionSynchronizationManager.getSynchronizations()
                : java.util.List.<TransactionSynchronization>of()) {
            if (each instanceof Pending pending) {
                drain(pending);
            }
        }
    }

    /** One list for each transaction: a suspended transaction takes its own away with it. */
    private static Pending pending() {
        for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof Pending pending) {
                return pending;
            }
        }
        var pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    private static void drain(Pending pending) {
        if (pending.draining || Context.getCommandContext() != null) {
            return;
        }
        pending.draining = true;
        try {
            while (pending.next()) {
                if (++pending.done > MOST) {
                    throw new IllegalStateException("processes keep answering each other");
                }
            }
        } finally {
            pending.draining = false;
        }
    }

    private static final class Pending implements TransactionSynchronization {
        private final Deque<Runnable> actions = new ArrayDeque<>();
        private final Map<Object, Runnable> last = new LinkedHashMap<>();
        private boolean draining;
        private int done;

        /** Does one action. */
        private boolean next() {
            Runnable action = actions.poll();
            if (action == null && !last.isEmpty()) {
                action = last.remove(last.keySet().iterator().next());
            }
            if (action == null) {
                return false;
            }
            action.run();
            return true;
        }

        /** Runs of the job executor end here: nobody of the product stands around them. */
        @Override
        public void beforeCommit(boolean readOnly) {
            drain(this);
        }
    }
}
