package org.greenchannel.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.cmd.DeployCmd;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stands before every engine command. Refuses expressions in queries, also inside {@code or()} parts, which the
 * engine's own switch forgets (CVE-2026-109432), stored filters, which the product does not use and which would run
 * queries unseen, and every deployment except the one at start-up.
 */
@Component
class CommandGuard extends CommandInterceptor {

    /** Of the thread that deploys: the door is not open for others meanwhile. */
    private final ThreadLocal<Boolean> deploying;

    /** The guard of the ordinary chain. */
    CommandGuard() {
        this.deploying = ThreadLocal.withInitial(() -> false);
    }

    /** A guard for another chain that shares the state of the first. */
    CommandGuard(CommandGuard shared) {
        this.deploying = shared.deploying;
    }

    /** Runs the one deployment that is allowed. */
    <T> T whileDeploying(Supplier<T> deployment) {
        deploying.set(true);
        try {
            return deployment.get();
        } finally {
            deploying.remove();
        }
    }

    @Override
    public <T> T execute(Command<T> command) {
        refuseExpressions(command);
        if (command instanceof DeployCmd && !deploying.get()) {
            throw new IllegalStateException("models are deployed at start-up only");
        }
        if (command instanceof SaveFilterCmd || command instanceof AbstractExecuteFilterCmd) {
            throw new IllegalStateException("stored filters are not used");
        }
        return getNext().execute(command);
    }

    private static void refuseExpressions(@Nullable Object command) {
        if (command instanceof AbstractQuery<?, ?> query
                && !query.getExpressions().isEmpty()) {
            throw new IllegalStateException("expressions in queries are refused");
        }
        if (command instanceof TaskQueryImpl tasks) {
            // the parts share one list with the root: looking one level deep sees all of them
            for (TaskQueryImpl part : tasks.getQueries()) {
                if (!part.getExpressions().isEmpty()) {
                    throw new IllegalStateException("expressions in queries are refused");
                }
            }
        }
    }
}
