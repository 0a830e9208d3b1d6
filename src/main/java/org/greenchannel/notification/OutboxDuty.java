package org.greenchannel.notification;

import java.time.Duration;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Delivers events again whose listener failed or whose node went down; listeners know an event they have seen. */
@Component
class OutboxDuty {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final IncompleteEventPublications outbox;

    OutboxDuty(IncompleteEventPublications outbox) {
        this.outbox = outbox;
    }

    @Scheduled(fixedDelayString = "PT30S", initialDelayString = "PT30S")
    void resubmit() {
        outbox.resubmitIncompletePublicationsOlderThan(PATIENCE);
    }
}
