package org.greenchannel.worklist;

import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Deputies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may see and who may handle an item. */
@Component
class Access {

    private final CaseFiles cases;
    private final AccessPolicy policy;
    private final Accounts accounts;
    private final Deputies deputies;
    private final HandlingTable handlings;
    private final AuditLog audit;

    Access(
            CaseFiles cases,
            AccessPolicy policy,
            Accounts accounts,
            Deputies deputies,
            HandlingTable handlings,
            AuditLog audit) {
        this.cases = cases;
        this.policy = policy;
        this.accounts = accounts;
        this.deputies = deputies;
        this.handlings = handlings;
        this.audit = audit;
    }

    /** Seen by those it is or was offered to, and by those who may read the case. */
    boolean visible(WorkItem item, Viewer viewer) {
        if (offered(item, viewer)
                || viewer.username().equals(item.assignee())
                || viewer.username().equals(item.closedBy())
                || handlings.asked(item.id(), viewer.username())) {
            return true;
        }
        return cases.byNumber(item.caseNumber())
                .filter(file -> policy.allows(viewer, "case.read", cases.relation(file, viewer)))
                .isPresent();
    }

    private static boolean offered(WorkItem item, Viewer viewer) {
        return item.groups().stream().anyMatch(viewer.groups()::contains);
    }

    /**
     * Requires that the viewer may act on it now: open, offered to him, and nobody else has it, or somebody whose deputy he
     * is today. Returns that one, for whom he acts, or null.
     */
    @Nullable
    String requireHandler(WorkItem item, Viewer viewer) {
        if (!offered(item, viewer)) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            "workitem.handle", item.caseId(), "workitem:" + item.id(), Map.of("task", item.taskKey())));
            throw Problem.forbidden("not-your-task");
        }
        if (!item.status().equals("OPEN")) {
            throw Problem.conflict("work-item-closed", name(item.closedBy()))
                    .with("closedBy", item.closedBy() == null ? "" : item.closedBy());
        }
        if (item.assignee() != null && !item.assignee().equals(viewer.username())) {
            if (deputies.principals(viewer.username()).contains(item.assignee())) {
                return item.assignee();
            }
            throw Problem.conflict("already-claimed", name(item.assignee())).with("assignee", item.assignee());
        }
        return null;
    }

    /** Refuses a change based on an outdated look. */
    void requireVersion(WorkItem item, @Nullable Integer version) {
        if (version != null && version != item.version()) {
            throw Problem.conflict("work-item-changed").with("version", item.version());
        }
    }

    private String name(@Nullable String username) {
        return username == null
                ? ""
                : accounts.find(username).map(account -> account.displayName()).orElse(username);
    }
}
