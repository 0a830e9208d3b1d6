package org.greenchannel.casefile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whose act led to what the models decided: one user action is one transaction, so what is decided in it was caused by
 * the task, message or start that was told in it before. What a timer or a job decides has nobody behind it.
 */
@Component
class PersonalActs {

    /** Username of the person behind a line of the story that the system wrote. */
    static final String BY = "by";

    /** Submission that led to the line. */
    static final String CAUSE = "cause";

    private static final String SUBMISSION = "submission";
    private static final Set<String> ACTS = Set.of("TASK_DONE", "MESSAGE", "CASE");

    /** Lives as long as its transaction, and sleeps while another one runs within it. */
    private record Act(UUID caseId, String actor, @Nullable String submission) implements TransactionSynchronization {}

    /** Detail of a line about to be written, with the act behind it where there is one. */
    Map<String, String> with(UUID caseId, String kind, @Nullable String actor, Map<String, String> detail) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return detail;
        }
        if (actor != null) {
            if (ACTS.contains(kind)) {
                TransactionSynchronizationManager.registerSynchronization(
                        new Act(caseId, actor, detail.get(SUBMISSION)));
            }
            return detail;
        }
        Act act = StoryFilter.DECIDED_KINDS.contains(kind) ? last() : null;
        if (act == null) {
            return detail;
        }
        var more = new HashMap<>(detail);
        more.put(BY, act.actor());
        if (act.submission() != null && act.caseId().equals(caseId)) {
            more.put(CAUSE, act.submission());
        }
        return more;
    }

    private static @Nullable Act last() {
        List<Act> acts = TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Act.class::isInstance)
                .map(Act.class::cast)
                .toList();
        return acts.isEmpty() ? null : acts.get(acts.size() - 1);
    }
}
