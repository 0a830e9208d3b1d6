package org.greenchannel.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the engine's job executor.
 *
 * @param jobsActive whether timers and asynchronous steps run on this node
 * @param jobThreads worker threads
 * @param jobQueue jobs waiting in memory; small, because queued jobs stay locked after a stop
 * @param jobWait shortest pause between two looks for due jobs
 * @param jobMaxWait longest pause when nothing is due
 */
@ConfigurationProperties("greenchannel.engine")
record EngineProperties(
        @DefaultValue("true") boolean jobsActive,
        @DefaultValue("3") int jobThreads,
        @DefaultValue("3") int jobQueue,
        @DefaultValue("1s") Duration jobWait,
        @DefaultValue("5s") Duration jobMaxWait) {}
