package org.greenchannel.worklist;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.form.Draft;
import org.greenchannel.form.Forms;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Drafts behind the same doors as their forms. */
@Component
class StoredDrafts implements Drafts {

    private final WorkItems items;
    private final Access access;
    private final ItemDrafts ofItems;
    private final Forms forms;

    StoredDrafts(WorkItems items, Access access, ItemDrafts ofItems, Forms forms) {
        this.items = items;
        this.access = access;
        this.ofItems = ofItems;
        this.forms = forms;
    }

    @Override
    @Transactional
    public Draft save(
            DraftPlace place, Map<String, ? extends @Nullable Object> data, @Nullable Integer seen, Viewer viewer) {
        return forms.saveDraft(scope(place, viewer), viewer, data, seen);
    }

    @Override
    @Transactional
    public Optional<Draft> find(DraftPlace place, Viewer viewer) {
        String scope = scope(place, viewer);
        return place instanceof DraftPlace.OfItem item
                ? ofItems.of(items.get(item.id(), viewer), viewer)
                : forms.draft(scope, viewer);
    }

    @Override
    @Transactional
    public void drop(DraftPlace place, Viewer viewer) {
        forms.dropDraft(scope(place, viewer), viewer);
    }

    /** Where it is kept; refuses whoever may not fill in that form now. */
    private String scope(DraftPlace place, Viewer viewer) {
        if (place instanceof DraftPlace.OfItem item) {
            access.requireHandler(items.get(item.id(), viewer), viewer);
            return Items.scope(item.id());
        }
        if (place instanceof DraftPlace.OfStart start) {
            String number = start.caseNumber();
            List<ProcessInfo> offered = number == null ? items.startable(viewer) : items.startableOn(number, viewer);
            if (offered.stream().noneMatch(process -> process.key().equals(start.process()))) {
                throw Problem.notFound("process-unknown", start.process());
            }
            return Items.startScope(start.process(), number);
        }
        var message = (DraftPlace.OfMessage) place;
        if (items.messages(message.caseNumber(), viewer).stream()
                .noneMatch(waiting -> waiting.name().equals(message.message()))) {
            throw Problem.notFound("message-unknown", message.message());
        }
        return Items.messageScope(message.caseNumber(), message.message());
    }
}
