package org.greenchannel.worklist;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.platform.Idempotency;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The facade of the verbs, one transaction each: passing on, going back, telling and clocks; signatures are {@link Signers}. */
@Component
class StoredWorkVerbs implements WorkVerbs {

    private final Turns turns;
    private final WorkItemTable table;
    private final HandlingTable handlings;
    private final Access access;
    private final VerbRules rules;
    private final Signers signers;
    private final Standings standings;
    private final Moving moving;
    private final Talking talking;
    private final Suspending suspending;
    private final VerbLog log;
    private final Forms forms;
    private final Deputies deputies;
    private final Idempotency idempotency;
    private final JsonMapper json;

    StoredWorkVerbs(
            Turns turns,
            WorkItemTable table,
            HandlingTable handlings,
            Access access,
            VerbRules rules,
            Signers signers,
            Standings standings,
            Moving moving,
            Talking talking,
            Suspending suspending,
            VerbLog log,
            Forms forms,
            Deputies deputies,
            Idempotency idempotency,
            JsonMapper json) {
        this.turns = turns;
        this.table = table;
        this.handlings = handlings;
        this.access = access;
        this.rules = rules;
        this.signers = signers;
        this.standings = standings;
        this.moving = moving;
        this.talking = talking;
        this.suspending = suspending;
        this.log = log;
        this.forms = forms;
        this.deputies = deputies;
        this.idempotency = idempotency;
        this.json = json;
    }

    @Override
    @Transactional
    public WorkItem assign(UUID id, String to, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return turns.handling(id, "assign", call, viewer, to, turn -> {
            rules.requireFree(turn.handling());
            if (to.equals(turn.item().assignee())) {
                throw Problem.conflict("has-it-already", rules.name(to));
            }
            rules.requireCandidate(turn.row(), to);
            table.assign(id, to);
            log.done("assign", turn.item(), viewer, turn.actsFor(), to, reason);
            talking.call(turn.item(), "assigned", List.of(to), viewer);
            return id;
        });
    }

    @Override
    @Transactional
    public WorkItem delegate(UUID id, String to, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return turns.handling(id, "delegate", call, viewer, to, turn -> {
            rules.requireFree(turn.handling());
            String owner = turn.actsFor() != null ? turn.actsFor() : viewer.username();
            if (to.equals(owner) || to.equals(viewer.username())) {
                throw Problem.conflict("delegate-self");
            }
            rules.requireCandidate(turn.row(), to);
            Handling h = turn.handling();
            handlings.save(new Handling(id, owner, h.mode(), h.round(), null, null, null, h.digest(), h.nudgedAt()));
            table.assign(id, to);
            log.done("delegate", turn.item(), viewer, turn.actsFor(), to, reason);
            talking.call(turn.item(), "delegated", List.of(to), viewer);
            return id;
        });
    }

    @Override
    @Transactional
    public WorkItem giveBack(UUID id, VerbCall call, Viewer viewer) {
        return turns.once(id, "give-back", call, viewer, "", row -> {
            WorkItem item = row.item();
            Handling h = handlings.of(id);
            turns.requireOpen(item);
            if (h.owner() == null) {
                throw Problem.conflict("not-delegated");
            }
            Set<String> mine = new java.util.HashSet<>(deputies.principals(viewer.username()));
            mine.add(viewer.username());
            boolean offered = item.groups().stream().anyMatch(viewer.groups()::contains);
            if (!offered || !mine.contains(h.owner()) && !mine.contains(String.valueOf(item.assignee()))) {
                throw Problem.forbidden("not-your-delegation");
            }
            access.requireVersion(item, call.version());
            prepared(item, h.owner());
            handlings.save(new Handling(id, null, h.mode(), h.round(), null, null, null, h.digest(), h.nudgedAt()));
            table.assign(id, h.owner());
            log.done("give-back", item, viewer, null, h.owner(), call.reason());
            talking.call(item, "given-back", List.of(h.owner()), viewer);
            return id;
        });
    }

    /** What the delegate prepared becomes the owner's draft. */
    private void prepared(WorkItem item, String owner) {
        String delegate = item.assignee();
        if (delegate == null || !rules.enabled(delegate) || !rules.enabled(owner)) {
            return;
        }
        Viewer from = rules.viewer(delegate);
        forms.draft(Items.scope(item.id()), from).ifPresent(draft -> {
            forms.saveDraft(Items.scope(item.id()), rules.viewer(owner), draft.data(), null);
            forms.dropDraft(Items.scope(item.id()), from);
        });
    }

    @Override
    @Transactional
    public WorkItem countersign(UUID id, String mode, List<String> people, VerbCall call, Viewer viewer) {
        return signers.countersign(id, mode, people, call, viewer);
    }

    @Override
    @Transactional
    public WorkItem addSigner(UUID id, String signer, String phase, VerbCall call, Viewer viewer) {
        return signers.addSigner(id, signer, phase, call, viewer);
    }

    @Override
    @Transactional
    public WorkItem removeSigner(UUID id, String signer, VerbCall call, Viewer viewer) {
        return signers.removeSigner(id, signer, call, viewer);
    }

    @Override
    @Transactional
    public WorkItem sign(UUID id, boolean agree, VerbCall call, Viewer viewer) {
        return signers.sign(id, agree, call, viewer);
    }

    @Override
    @Transactional
    public WorkItem sendBack(UUID id, String to, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return turns.handling(id, "send-back", call, viewer, to, turn -> {
            rules.requireNotDelegated(turn.handling());
            WorkItem again = moving.sendBack(turn.row(), to, viewer, turn.actsFor(), reason);
            List<String> called = again.assignee() == null ? rules.holders(again.groups()) : List.of(again.assignee());
            talking.call(again, "sent-back", called, viewer);
            return again.id();
        });
    }

    @Override
    @Transactional(readOnly = true)
    public List<BackTarget> backTargets(UUID id, Viewer viewer) {
        return moving.targets(turns.visible(id, viewer));
    }

    @Override
    @Transactional
    public WorkItem withdraw(UUID id, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return turns.once(id, "withdraw", call, viewer, "", row -> {
            rules.requireAllowed(row, "withdraw");
            access.requireVersion(row.item(), call.version());
            Handling h = handlings.of(id);
            if (row.item().status().equals("OPEN") && viewer.username().equals(h.heldBy())) {
                return moving.recall(row, viewer, reason).id();
            }
            return moving.withdraw(row, viewer, reason).id();
        });
    }

    @Override
    @Transactional
    public WorkItem copy(UUID id, List<String> to, VerbCall call, Viewer viewer) {
        return telling(id, "copy", call, viewer, to, item -> talking.copy(item, to, call, viewer));
    }

    @Override
    @Transactional
    public WorkItem nudge(UUID id, VerbCall call, Viewer viewer) {
        return telling(id, "nudge", call, viewer, "", item -> talking.nudge(item, call, viewer));
    }

    private WorkItem telling(UUID id, String verb, VerbCall call, Viewer viewer, Object body, Consumer<WorkItem> step) {
        return turns.once(id, verb, call, viewer, body, row -> {
            rules.requireAllowed(row, verb);
            step.accept(row.item());
            return id;
        });
    }

    @Override
    @Transactional
    public WorkItem pauseClock(UUID id, String code, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return turns.handling(id, "pause-clock", call, viewer, code, turn -> {
            rules.requireNotDelegated(turn.handling());
            suspending.pause(turn.row(), code);
            turns.changed(turn.item(), "pause-clock", viewer, turn.actsFor(), code, reason);
            return id;
        });
    }

    @Override
    @Transactional
    public WorkItem resumeClock(UUID id, VerbCall call, Viewer viewer) {
        return turns.handling(id, "resume-clock", call, viewer, "", turn -> {
            rules.requireNotDelegated(turn.handling());
            suspending.resume(turn.row());
            turns.changed(turn.item(), "resume-clock", viewer, turn.actsFor(), null, call.reason());
            return id;
        });
    }

    @Override
    @Transactional
    public Comment comment(UUID id, String text, List<String> mentions, VerbCall call, Viewer viewer) {
        WorkItem item = turns.visible(id, viewer).item();
        return idempotency.once(
                call.idempotencyKey(),
                viewer.accountId(),
                "comment:" + id,
                json.writeValueAsString(Map.of("text", text, "mentions", mentions)),
                Comment.class,
                () -> talking.comment(item, text, mentions, viewer));
    }

    @Override
    @Transactional
    public List<Comment> comments(UUID id, Viewer viewer) {
        WorkItem item = turns.visible(id, viewer).item();
        talking.read(item, viewer);
        return talking.comments(id);
    }

    @Override
    @Transactional(readOnly = true)
    public List<VerbEntry> history(UUID id, Viewer viewer) {
        turns.visible(id, viewer);
        return log.of(id);
    }

    @Override
    @Transactional(readOnly = true)
    public Standing standing(UUID id, Viewer viewer) {
        return standings.standing(id, viewer);
    }

    @Override
    @Transactional(readOnly = true)
    public List<WorkItem> toSign(Viewer viewer) {
        return standings.toSign(viewer);
    }

    @Override
    @Transactional
    public List<Forms.Answer> submitted(UUID id, Viewer viewer, Locale locale) {
        return standings.submitted(id, viewer, locale);
    }

    @Override
    @Transactional(readOnly = true)
    public List<WorkItem> asDeputy(Viewer viewer) {
        return standings.asDeputy(viewer);
    }
}
