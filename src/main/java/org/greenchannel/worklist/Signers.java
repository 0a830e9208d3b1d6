package org.greenchannel.worklist;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The verbs of signatures: who is asked, who is not asked any more, who signs or refuses, and what comes of it. */
@Component
class Signers {

    private static final Set<String> MODES = Set.of("ALL", "ANY", "SEQUENCE");
    private static final int MOST_SIGNERS = 20;

    private final Turns turns;
    private final HandlingTable handlings;
    private final Access access;
    private final VerbRules rules;
    private final Signing signing;
    private final Talking talking;
    private final Completing completing;
    private final VerbLog log;
    private final Deputies deputies;
    private final Texts texts;

    Signers(
            Turns turns,
            HandlingTable handlings,
            Access access,
            VerbRules rules,
            Signing signing,
            Talking talking,
            Completing completing,
            VerbLog log,
            Deputies deputies,
            Texts texts) {
        this.turns = turns;
        this.handlings = handlings;
        this.access = access;
        this.rules = rules;
        this.signing = signing;
        this.talking = talking;
        this.completing = completing;
        this.log = log;
        this.deputies = deputies;
        this.texts = texts;
    }

    WorkItem countersign(UUID id, String mode, List<String> signers, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        if (!MODES.contains(mode)) {
            throw Problem.badRequest("sign-mode-unknown", mode);
        }
        List<String> people = signers.stream()
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .distinct()
                .toList();
        if (people.isEmpty() || people.size() > MOST_SIGNERS) {
            throw Problem.invalid(
                    "people-missing",
                    List.of(new FieldError("/signers", "required", texts.of("worklist.people-missing"))));
        }
        return turns.handling(id, "countersign", call, viewer, mode + people, turn -> {
            rules.requireFree(turn.handling());
            if (signing.needed(id)) {
                throw Problem.conflict("countersign-exists");
            }
            Handling h = turn.handling();
            people.forEach(signer -> requireNewSigner(turn, signer, viewer));
            handlings.save(new Handling(id, null, mode, h.round(), null, null, null, null, h.nudgedAt()));
            people.forEach(signer -> handlings.ask(id, h.round(), "AFTER", signer, viewer.username(), log.now()));
            turns.changed(
                    turn.item(), "countersign", viewer, turn.actsFor(), mode + ":" + String.join(",", people), reason);
            return id;
        });
    }

    private void requireNewSigner(Turns.Turn turn, String signer, Viewer viewer) {
        WorkItem item = turn.item();
        Handling h = turn.handling();
        boolean own = signer.equals(viewer.username())
                || signer.equals(item.assignee())
                || signer.equals(h.heldBy())
                || signer.equals(h.heldFor());
        if (own) {
            throw Problem.conflict("own-work");
        }
        rules.requireSigner(turn.row(), signer);
        boolean asked = handlings.signatures(item.id()).stream()
                .filter(s -> s.before() || s.round() == h.round())
                .anyMatch(s -> s.active()
                        && !s.status().equals("REFUSED")
                        && s.signer().equals(signer));
        if (asked) {
            throw Problem.conflict("signer-asked", rules.name(signer));
        }
    }

    WorkItem addSigner(UUID id, String signer, String phase, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        if (!Set.of("BEFORE", "AFTER").contains(phase)) {
            throw Problem.badRequest("sign-phase-unknown", phase);
        }
        return turns.handling(id, "add-signer", call, viewer, phase + signer, turn -> {
            Handling h = turn.handling();
            rules.requireNotDelegated(h);
            boolean before = phase.equals("BEFORE");
            if (before) {
                rules.requireFree(h);
            }
            requireNewSigner(turn, signer, viewer);
            // somebody who refused before is asked anew
            handlings.signatures(id).stream()
                    .filter(s -> s.signer().equals(signer) && s.status().equals("REFUSED"))
                    .filter(s -> s.before() || s.round() == h.round())
                    .forEach(s -> handlings.status(s.id(), "VOIDED"));
            handlings.ask(id, before ? 0 : h.round(), phase, signer, viewer.username(), log.now());
            if (!before && h.mode() == null) {
                handlings.save(new Handling(
                        id, null, "ALL", h.round(), h.heldBy(), h.heldFor(), h.heldAt(), h.digest(), h.nudgedAt()));
            }
            turns.changed(turn.item(), "add-signer", viewer, turn.actsFor(), signer, reason);
            if (before || h.held()) {
                talking.call(turn.item(), "signature-asked", List.of(signer), viewer);
            }
            return id;
        });
    }

    WorkItem removeSigner(UUID id, String signer, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return turns.handling(id, "remove-signer", call, viewer, signer, turn -> {
            Handling h = turn.handling();
            rules.requireNotDelegated(h);
            List<Signature> of = handlings.signatures(id).stream()
                    .filter(s -> s.before() || s.round() == h.round())
                    .filter(s -> s.active() && s.signer().equals(signer))
                    .toList();
            Signature slot = of.stream()
                    .filter(s -> !s.signed())
                    .findFirst()
                    .orElseThrow(() -> notRemovable(id, of.isEmpty(), signer));
            if (slot.addedBy().equals(Signature.MODEL)) {
                throw Problem.forbidden("signer-required", rules.name(signer));
            }
            boolean last = !slot.before()
                    && h.held()
                    && signing.after(id).stream().filter(Signature::active).count() == 1;
            if (last) {
                throw Problem.conflict("signer-last");
            }
            handlings.status(slot.id(), "REMOVED");
            turns.changed(turn.item(), "remove-signer", viewer, turn.actsFor(), signer, reason);
            conclude(turn.item(), viewer);
            return id;
        });
    }

    private Problem notRemovable(UUID id, boolean unknown, String signer) {
        boolean none = handlings.signatures(id).stream().noneMatch(s -> s.active() && !s.signed());
        if (unknown) {
            return none ? Problem.conflict("signers-none") : Problem.conflict("signer-unknown", rules.name(signer));
        }
        return Problem.conflict("signature-given", rules.name(signer));
    }

    WorkItem sign(UUID id, boolean agree, VerbCall call, Viewer viewer) {
        @Nullable String reason = agree ? call.reason() : rules.reason(call);
        return turns.once(id, agree ? "sign" : "refuse", call, viewer, agree, row -> {
            turns.requireOpen(row.item());
            access.requireVersion(row.item(), call.version());
            Signature slot = signing.slot(row, viewer, deputies.principals(viewer.username()));
            @Nullable String actsFor = slot.signer().equals(viewer.username()) ? null : slot.signer();
            signing.answer(row.item(), slot, agree, viewer);
            turns.changed(row.item(), agree ? "sign" : "refuse", viewer, actsFor, null, reason);
            conclude(row.item(), viewer);
            return id;
        });
    }

    /** What the signatures have come to, if anything waits for them. */
    private void conclude(WorkItem item, Viewer viewer) {
        switch (signing.state(item.id())) {
            case COMPLETE -> {
                String by = String.valueOf(handlings.of(item.id()).heldBy());
                Viewer submitter = rules.viewer(by);
                Map<String, @Nullable Object> data = signing.heldData(item, submitter);
                signing.finish(item);
                try {
                    completing.completeSigned(item.id(), data, submitter);
                } catch (Problem refused) {
                    // rolled back as a whole: nobody's signature is lost, the submitter must take it back and correct
                    // it
                    throw refused.kind() == Problem.Kind.INVALID
                            ? Problem.conflict("held-outdated", rules.name(by)).with("fields", broken(refused))
                            : refused;
                }
            }
            case REFUSED -> {
                String by = String.valueOf(handlings.of(item.id()).heldBy());
                signing.reopen(item);
                talking.call(item, "given-back", List.of(by), viewer);
            }
            case OPEN -> {}
        }
    }

    private static List<String> broken(Problem refused) {
        return refused.errors().stream()
                .map(error -> error.pointer() + " " + error.rule())
                .toList();
    }
}
