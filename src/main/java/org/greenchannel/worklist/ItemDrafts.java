package org.greenchannel.worklist;

import java.util.Map;
import java.util.Optional;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.form.Draft;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Viewer;
import org.springframework.stereotype.Component;

/** The draft of a task: one's own; who has taken the task goes on with what the one before him had written. */
@Component
class ItemDrafts {

    private final Forms forms;
    private final AuditLog audit;

    ItemDrafts(Forms forms, AuditLog audit) {
        this.forms = forms;
        this.audit = audit;
    }

    /** The draft this handler goes on with; another one's is audited before it is shown. */
    Optional<Draft> of(WorkItem item, Viewer viewer) {
        Optional<Draft> own = forms.draft(Items.scope(item.id()), viewer);
        if (own.isPresent() || !viewer.username().equals(item.assignee())) {
            return own;
        }
        Optional<Draft> other = forms.lastDraft(Items.scope(item.id()));
        other.ifPresent(draft -> audit.record(
                viewer,
                AuditEntry.done(
                        "draft.read",
                        item.caseId(),
                        "workitem:" + item.id(),
                        Map.of("task", item.taskKey(), "author", draft.username()))));
        return other;
    }
}
