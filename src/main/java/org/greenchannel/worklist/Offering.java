package org.greenchannel.worklist;

import java.util.List;
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
        @Nullable Problem notPausable,
        @Nullable Problem notResumable) {

    @Nullable
    Problem refusal(Verb verb, VerbRules rules, Signing signing, Deputies deputies, Moving moving) {
        try {
            rules.requireAllowed(row, verb.code());
            if (verb.forHandlers()) {
                if (notHandler != null) {
                    return notHandler;
                }
                rules.requireNotDelegated(handling);
            }
            if (verb.whileFree()) {
                rules.requireFree(handling);
            }
            return own(verb, rules, signing, deputies, moving);
        } catch (Problem refused) {
            return refused;
        }
    }

    private @Nullable Problem own(Verb verb, VerbRules rules, Signing signing, Deputies deputies, Moving moving) {
        boolean open = row.item().status().equals("OPEN");
        String by = row.item().closedBy();
        Problem closed = Problem.conflict("work-item-closed", by == null ? "" : rules.name(by));
        switch (verb) {
            case SIGN -> {
                if (!open) {
                    return closed;
                }
                signing.slot(row, viewer, deputies.principals(viewer.username()));
            }
            case GIVE_BACK -> {
                if (!open || !handling.delegated()) {
                    return open ? Problem.conflict("not-delegated") : closed;
                }
                boolean mine = viewer.username().equals(handling.owner())
                        || viewer.username().equals(row.item().assignee());
                return mine ? null : Problem.forbidden("not-your-delegation");
            }
            case REMOVE_SIGNER -> {
                boolean any = signatures.stream().anyMatch(s -> s.active() && !s.signed());
                return any ? null : Problem.conflict("signers-none");
            }
            case SEND_BACK -> {
                var targets = moving.targets(row);
                if (targets.isEmpty()) {
                    return Problem.conflict("send-back-first");
                }
                return targets.stream().anyMatch(target -> target.refusal() == null)
                        ? null
                        : targets.get(0).refusal();
            }
            case WITHDRAW -> {
                boolean held = open && viewer.username().equals(handling.heldBy());
                boolean done = row.item().status().equals("DONE")
                        && viewer.username().equals(row.item().closedBy());
                return held || done ? null : Problem.forbidden("withdraw-not-yours");
            }
            case NUDGE -> {
                return open ? null : closed;
            }
            case PAUSE_CLOCK -> {
                return notPausable;
            }
            case RESUME_CLOCK -> {
                return notResumable;
            }
            default -> {}
        }
        return null;
    }
}
