package org.greenchannel.worklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Deputies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where items stand for a viewer: what he may do with them and why not, what he is to sign, whose deputy he is. */
@Component
class Standings {

    private final Turns turns;
    private final WorkItemTable table;
    private final HandlingTable handlings;
    private final WorkItems items;
    private final Access access;
    private final VerbRules rules;
    private final Signing signing;
    private final Moving moving;
    private final Suspending suspending;
    private final VerbLog log;
    private final Processes processes;
    private final Forms forms;
    private final Deputies deputies;
    private final AuditLog audit;

    Standings(
            Turns turns,
            WorkItemTable table,
            HandlingTable handlings,
            WorkItems items,
            Access access,
            VerbRules rules,
            Signing signing,
            Moving moving,
            Suspending suspending,
            VerbLog log,
            Processes processes,
            Forms forms,
            Deputies deputies,
            AuditLog audit) {
        this.turns = turns;
        this.table = table;
        this.handlings = handlings;
        this.items = items;
        this.access = access;
        this.rules = rules;
        this.signing = signing;
        this.moving = moving;
        this.suspending = suspending;
        this.log = log;
        this.processes = processes;
        this.forms = forms;
        this.deputies = deputies;
        this.audit = audit;
    }

    WorkVerbs.Standing standing(UUID id, Viewer viewer) {
        WorkItemRow row = turns.visible(id, viewer);
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
        var offers = new ArrayList<WorkVerbs.Offer>();
        var offering = new Offering(
                row, h, signatures, viewer, notHandler, suspending.notPausable(item), suspending.notResumable(item));
        for (Verb verb : Verb.values()) {
            offers.add(new WorkVerbs.Offer(verb.code(), offering.refusal(verb, rules, signing, deputies, moving)));
        }
        return new WorkVerbs.Standing(
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

    List<WorkItem> toSign(Viewer viewer) {
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

    List<Forms.Answer> submitted(UUID id, Viewer viewer, Locale locale) {
        WorkItemRow row = turns.visible(id, viewer);
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

    List<WorkItem> asDeputy(Viewer viewer) {
        Set<String> principals = deputies.principals(viewer.username());
        return table.openOf(principals).stream()
                .filter(row -> row.item().groups().stream().anyMatch(viewer.groups()::contains))
                .map(row -> items.get(row.item().id(), viewer))
                .toList();
    }
}
