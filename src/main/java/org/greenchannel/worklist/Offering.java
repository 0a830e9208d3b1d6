package org.greenchannel.worklist;

import java.util.List;
import java.util.Set;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Deputies;
import org.jspecify.annotations.Nullable;

/** Says of each verb whether it is possible now, without doing it: what the menu of a task shows. */
record Offering(
        WorkItemRow row,
        Handling handling,
        List<Signature> signatures,
        Viewer viewer,
        @Nullable Problem notHandler,
        String clock) {

    /** In the order of the menu. */
    static final List<String> VERBS = List.of(
            "sign",
            "assign",
            "delegate",
            "give-back",
            "countersign",
            "add-signer",
            "remove-signer",
            "send-back",
            "withdraw",
            "copy",
            "nudge",
            "pause-clock",
            "resume-clock",
            "comment");

    private static final Set<String> HANDLERS = Set.of(
            "assign",
            "delegate",
            "countersign",
            "add-signer",
            "remove-signer",
            "send-back",
            "pause-clock",
            "resume-clock");
    private static final Set<String> FREE = Set.of("assign", "delegate", "countersign");

    @Nullable
    Problem refusal(String verb, VerbRules rules, Signing signing, Deputies deputies, Moving moving) {
        try {
            rules.requireAllowed(row, verb);
            if (HANDLERS.contains(verb)) {
                if (notHandler != null) {
                    return notHandler;
                }
                rules.requireNotDelegated(handling);
            }
            if (FREE.contains(verb)) {
                rules.requireFree(handling);
            }
            return own(verb, signing, deputies, moving);
        } catch (Problem refused) {
            return refused;
        }
    }

    private @Nullable Problem own(String verb, Signing signing, Deputies deputies, Moving moving) {
        boolean open = row.item().status().equals("OPEN");
        switch (verb) {
            case "sign" -> {
                if (!open) {
                    return Problem.forbidden("not-asked-to-sign");
                }
                signing.slot(row, viewer, deputies.principals(viewer.username()));
            }
            case "give-back" -> {
                boolean mine = viewer.username().equals(handling.owner())
                        || handling.delegated()
                                && viewer.username().equals(row.item().assignee());
                return mine ? null : Problem.conflict("not-delegated");
            }
            case "remove-signer" -> {
                boolean any = signatures.stream().anyMatch(s -> s.active() && !s.signed());
                return any ? null : Problem.conflict("signers-none");
            }
            case "send-back" -> {
                var targets = moving.targets(row);
                if (targets.isEmpty()) {
                    return Problem.conflict("send-back-first");
                }
                return targets.stream().anyMatch(target -> target.refusal() == null)
                        ? null
                        : targets.get(0).refusal();
            }
            case "withdraw" -> {
                boolean held = open && viewer.username().equals(handling.heldBy());
                boolean done = row.item().status().equals("DONE")
                        && viewer.username().equals(row.item().closedBy());
                return held || done ? null : Problem.forbidden("withdraw-not-yours");
            }
            case "nudge" -> {
                return open ? null : Problem.conflict("work-item-closed", "");
            }
            case "pause-clock" -> {
                return clock.equals("RUNNING") ? null : Problem.conflict("clock-none");
            }
            case "resume-clock" -> {
                return clock.equals("PAUSED") ? null : Problem.conflict("clock-not-paused", "");
            }
            default -> {}
        }
        return null;
    }
}
