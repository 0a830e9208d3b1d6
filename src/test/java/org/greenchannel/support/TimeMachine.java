package org.greenchannel.support;

import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** Lets time pass for the product and its engine alike, and runs what comes due. */
public final class TimeMachine {

    private static final int ROUNDS = 50;

    private final TestClock clock;
    private final ManagementService management;

    public TimeMachine(TestClock clock, ManagementService management) {
        this.clock = clock;
        this.management = management;
    }

    /** Moves both clocks; afterwards no job is due. */
    public void pass(Duration time) {
        clock.advance(time);
        ClockUtil.offset(Duration.between(Instant.now(), clock.instant()).toMillis());
        runDue();
    }

    /** Runs what is due and not held; the job executor may be faster, which is fine. */
    public void runDue() {
        for (int round = 0; round < ROUNDS; round++) {
            var due = management.createJobQuery().active().executable().listPage(0, 100);
            if (due.isEmpty()) {
                return;
            }
            due.forEach(job -> execute(job.getId()));
        }
        throw new AssertionError("jobs stay due");
    }

    /** Back to the real time. */
    public void realTime() {
        clock.reset();
        ClockUtil.reset();
    }

    private void execute(String job) {
        try {
            management.executeJob(job);
        } catch (RuntimeException e) {
            // the job executor does the same job in the meantime: whoever comes second fails, and how depends
        }
    }
}
