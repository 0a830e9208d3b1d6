package org.greenchannel.engine;

import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.context.SmartLifecycle;

/** Deploys the models and starts the job executor; may be started again after a pause. */
final class EngineLifecycle implements SmartLifecycle {

    private final ModelDeployment deployment;
    private final JobExecutor jobs;
    private final boolean jobsActive;
    private volatile boolean running;

    EngineLifecycle(ModelDeployment deployment, JobExecutor jobs, boolean jobsActive) {
        this.deployment = deployment;
        this.jobs = jobs;
        this.jobsActive = jobsActive;
    }

    @Override
    public void start() {
        deployment.deploy();
        if (jobsActive) {
            jobs.start();
        }
        running = true;
    }

    @Override
    public void stop() {
        if (jobs.isActive()) {
            jobs.shutdown();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
