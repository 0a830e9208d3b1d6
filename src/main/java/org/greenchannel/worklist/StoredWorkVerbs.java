package org.greenchannel.worklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Deputies;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The facade of the verbs: one transaction, locks in one order (case, item), checks, one step, one line of history. */
@Component
class StoredWorkVerbs implements WorkVerbs {

    private static final Set<String> MODES = Set.of("ALL", "ANY", "SEQUENCE");
    private static final int MOST_SIGNERS = 20;

    private final WorkItemTable table;
    private final HandlingTable handlings;
    private final WorkItems items;
    private final Access access;
    private final VerbRules rules;
    private final Signing signing;
    private final Moving moving;
    private final Talking talking;
    private final Suspending suspending;
    private final Completing completing;
    private final VerbLog log;
    private final CaseFiles cases;
    private final Processes processes;
    private final Forms forms;
    private final Deputies deputies;
    private final Idempotency idempotency;
    private final AuditLog audit;
    private final Texts texts;
    private final JsonMapper json;

    StoredWorkVerbs(
            WorkItemTable table,
            HandlingTable handlings,
            WorkItems items,
            Access access,
            VerbRules rules,
            Signing signing,
            Moving moving,
            Talking talking,
            Suspending suspending,
            Completing completing,
            VerbLog log,
            CaseFiles cases,
            Processes processes,
            Forms forms,
            Deputies deputies,
            Idempotency idempotency,
            AuditLog audit,
            Texts texts,
            JsonMapper json) {
        this.table = table;
        this.handlings = handlings;
        this.items = items;
        this.access = access;
        this.rules = rules;
        this.signing = signing;
        this.moving = moving;
        this.talking = talking;
        this.suspending = suspending;
        this.completing = completing;
        this.log = log;
        this.cases = cases;
        this.processes = processes;
        this.forms = forms;
        this.deputies = deputies;
        this.idempotency = idempotency;
        this.audit = audit;
        this.texts = texts;
        this.json = json;
    }

    /** Which item to answer with. */
    private record Done(UUID item) {}

    /** What a verb works on: the locked item, how it is handled, for whom the viewer acts. */
    private record Turn(WorkItemRow row, Handling handling, @Nullable String actsFor) {
        WorkItem item() {
            return row.item();
        }
    }

    /** For those who handle the item now. */
    private WorkItem handling(
            UUID id, String verb, VerbCall call, Viewer viewer, Object body, Function<Turn, UUID> step) {
        return once(id, verb, call, viewer, body, row -> {
            String actsFor = access.requireHandler(row.item(), viewer);
            access.requireVersion(row.item(), call.version());
            rules.requireAllowed(row, verb);
            return step.apply(new Turn(row, handlings.of(id), actsFor));
        });
    }

    /** For those who may see the item. */
    private WorkItem once(
            UUID id, String verb, VerbCall call, Viewer viewer, Object body, Function<WorkItemRow, UUID> step) {
        WorkItem seen = visible(id, viewer).item();
        Done done = idempotency.once(
                call.idempotencyKey(),
                viewer.accountId(),
                verb + ":" + id,
                json.writeValueAsString(Map.of("body", body, "reason", String.valueOf(call.reason()))),
                Done.class,
                () -> {
                    cases.lock(seen.caseId());
                    WorkItemRow row = table.lock(id).orElseThrow(() -> Problem.notFound("work-item-unknown"));
                    return new Done(step.apply(row));
                });
        return answer(done.item(), id, viewer);
    }

    /** What is open now may be none of the viewer's business: then he gets the item he acted on. */
    private WorkItem answer(UUID id, UUID before, Viewer viewer) {
        WorkItem item = table.find(id).orElseThrow().item();
        return access.visible(item, viewer)
                ? items.get(id, viewer)
                : table.find(before).orElseThrow().item();
    }

    private WorkItemRow visible(UUID id, Viewer viewer) {
        WorkItemRow row = table.find(id).orElseThrow(() -> Problem.notFound("work-item-unknown"));
        if (!access.visible(row.item(), viewer)) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            "workitem.look",
                            row.item().caseId(),
                            "workitem:" + id,
                            Map.of("task", row.item().taskKey())));
            throw Problem.notFound("work-item-unknown");
        }
        return row;
    }

    @Override
    @Transactional
    public WorkItem assign(UUID id, String to, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return handling(id, "assign", call, viewer, to, turn -> {
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
        return handling(id, "delegate", call, viewer, to, turn -> {
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
        return once(id, "give-back", call, viewer, "", row -> {
            WorkItem item = row.item();
            Handling h = handlings.of(id);
            requireOpen(item);
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

    private void requireOpen(WorkItem item) {
        if (!item.status().equals("OPEN")) {
            throw Problem.conflict("work-item-closed", item.closedBy() == null ? "" : rules.name(item.closedBy()))
                    .with("closedBy", item.closedBy() == null ? "" : item.closedBy());
        }
    }

    @Override
    @Transactional
    public WorkItem countersign(UUID id, String mode, List<String> signers, VerbCall call, Viewer viewer) {
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
        return handling(id, "countersign", call, viewer, mode + people, turn -> {
            rules.requireFree(turn.handling());
            if (signing.needed(id)) {
                throw Problem.conflict("countersign-exists");
            }
            Handling h = turn.handling();
            people.forEach(signer -> requireNewSigner(turn, signer, viewer));
            handlings.save(new Handling(id, null, mode, h.round(), null, null, null, null, h.nudgedAt()));
            people.forEach(signer -> handlings.ask(id, h.round(), "AFTER", signer, viewer.username(), log.now()));
            changed(turn.item(), "countersign", viewer, turn.actsFor(), mode + ":" + String.join(",", people), reason);
            return id;
        });
    }

    private void requireNewSigner(Turn turn, String signer, Viewer viewer) {
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

    /** A change of the signatures: a new version of the item, one line. */
    private void changed(
            WorkItem item,
            String verb,
            Viewer viewer,
            @Nullable String actsFor,
            @Nullable String target,
            @Nullable String reason) {
        table.touch(item.id());
        log.done(verb, item, viewer, actsFor, target, reason);
    }

    @Override
    @Transactional
    public WorkItem addSigner(UUID id, String signer, String phase, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        if (!Set.of("BEFORE", "AFTER").contains(phase)) {
            throw Problem.badRequest("sign-phase-unknown", phase);
        }
        return handling(id, "add-signer", call, viewer, phase + signer, turn -> {
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
            changed(turn.item(), "add-signer", viewer, turn.actsFor(), signer, reason);
            if (before || h.held()) {
                talking.call(turn.item(), "signature-asked", List.of(signer), viewer);
            }
            return id;
        });
    }

    @Override
    @Transactional
    public WorkItem removeSigner(UUID id, String signer, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return handling(id, "remove-signer", call, viewer, signer, turn -> {
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
            changed(turn.item(), "remove-signer", viewer, turn.actsFor(), signer, reason);
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

    @Override
    @Transactional
    public WorkItem sign(UUID id, boolean agree, VerbCall call, Viewer viewer) {
        @Nullable String reason = agree ? call.reason() : rules.reason(call);
        return once(id, agree ? "sign" : "refuse", call, viewer, agree, row -> {
            requireOpen(row.item());
            access.requireVersion(row.item(), call.version());
            Signature slot = signing.slot(row, viewer, deputies.principals(viewer.username()));
            @Nullable String actsFor = slot.signer().equals(viewer.username()) ? null : slot.signer();
            signing.answer(row.item(), slot, agree, viewer);
            changed(row.item(), agree ? "sign" : "refuse", viewer, actsFor, null, reason);
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

    @Override
    @Transactional
    public WorkItem sendBack(UUID id, String to, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return handling(id, "send-back", call, viewer, to, turn -> {
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
        return moving.targets(visible(id, viewer));
    }

    @Override
    @Transactional
    public WorkItem withdraw(UUID id, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return once(id, "withdraw", call, viewer, "", row -> {
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
        return once(id, verb, call, viewer, body, row -> {
            rules.requireAllowed(row, verb);
            step.accept(row.item());
            return id;
        });
    }

    @Override
    @Transactional
    public WorkItem pauseClock(UUID id, String code, VerbCall call, Viewer viewer) {
        String reason = rules.reason(call);
        return handling(id, "pause-clock", call, viewer, code, turn -> {
            rules.requireNotDelegated(turn.handling());
            suspending.pause(turn.row(), code);
            changed(turn.item(), "pause-clock", viewer, turn.actsFor(), code, reason);
            return id;
        });
    }

    @Override
    @Transactional
    public WorkItem resumeClock(UUID id, VerbCall call, Viewer viewer) {
        return handling(id, "resume-clock", call, viewer, "", turn -> {
            rules.requireNotDelegated(turn.handling());
            suspending.resume(turn.row());
            changed(turn.item(), "resume-clock", viewer, turn.actsFor(), null, call.reason());
            return id;
        });
    }

    @Override
    @Transactional
    public Comment comment(UUID id, String text, List<String> mentions, VerbCall call, Viewer viewer) {
        WorkItem item = visible(id, viewer).item();
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
        WorkItem item = visible(id, viewer).item();
        talking.read(item, viewer);
        return talking.comments(id);
    }

    @Override
    @Transactional(readOnly = true)
    public List<VerbEntry> history(UUID id, Viewer viewer) {
        visible(id, viewer);
        return log.of(id);
    }

    @Override
    @Transactional(readOnly = true)
    public Standing standing(UUID id, Viewer viewer) {
        WorkItemRow row = visible(id, viewer);
        WorkItem item = row.item();
        Handling h = handlings.of(id);
        @Nullable String actsFor = null;
        @Nullable Problem notHandler = null;
        boolean offered = item.groups().stream().anyMatch(viewer.groups()::contains);
        try {
            if (offered) {
                actsFor = access.requireHandler(item, viewer);
            } else {
                notHandler = Problem.forbidden("not-your-task");
            }
        } catch (Problem refused) {
            notHandler = refused;
        }
        List<Signature> signatures = handlings.signatures(id);
        var offers = new ArrayList<Offer>();
        var offering = new Offering(
                row, h, signatures, viewer, notHandler, suspending.notPausable(item), suspending.notResumable(item));
        for (Verb verb : Verb.values()) {
            offers.add(new Offer(verb.code(), offering.refusal(verb, rules, signing, deputies, moving)));
        }
        return new Standing(
                notHandler == null,
                actsFor,
                h.owner(),
                h.heldBy(),
                h.heldAt(),
                h.mode(),
                signatures,
                offers,
                rules.candidates(item.groups(), viewer.username()),
                suspending.reasons(item));
    }

    @Override
    @Transactional(readOnly = true)
    public List<WorkItem> toSign(Viewer viewer) {
        var names = new java.util.HashSet<>(deputies.principals(viewer.username()));
        names.add(viewer.username());
        return table.toSign(names).stream()
                .filter(row -> access.visible(row.item(), viewer))
                .filter(row -> signable(row, viewer))
                .map(row -> items.get(row.item().id(), viewer))
                .toList();
    }

    private boolean signable(WorkItemRow row, Viewer viewer) {
        try {
            signing.slot(row, viewer, deputies.principals(viewer.username()));
            return true;
        } catch (Problem notNow) {
            return false;
        }
    }

    @Override
    @Transactional
    public List<Forms.Answer> submitted(UUID id, Viewer viewer, Locale locale) {
        WorkItemRow row = visible(id, viewer);
        WorkItem item = row.item();
        Handling h = handlings.of(id);
        boolean signer = signable(row, viewer) || handlings.asked(id, viewer.username());
        if (h.heldBy() == null
                || item.formId() == null
                || !signer && !viewer.username().equals(h.heldBy())) {
            return List.of();
        }
        Viewer submitter = rules.viewer(h.heldBy());
        audit.recordApart(
                viewer,
                AuditEntry.done(
                        "workitem.read-submitted", item.caseId(), "workitem:" + id, Map.of("task", item.taskKey())));
        var submission = new Submission(
                id,
                item.caseId(),
                id,
                item.process(),
                item.taskKey(),
                item.formId(),
                row.deploymentId(),
                h.heldBy(),
                java.util.Objects.requireNonNullElse(h.heldAt(), log.now()),
                "LEG",
                String.valueOf(h.digest()),
                signing.heldData(item, submitter));
        return forms.answers(submission, processes.form(row.deploymentId(), item.formId()), locale);
    }

    @Override
    @Transactional(readOnly = true)
    public List<WorkItem> asDeputy(Viewer viewer) {
        Set<String> principals = deputies.principals(viewer.username());
        return table.openOf(principals).stream()
                .filter(row -> row.item().groups().stream().anyMatch(viewer.groups()::contains))
                .map(row -> items.get(row.item().id(), viewer))
                .toList();
    }
}
