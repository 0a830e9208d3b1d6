package org.greenchannel.worklist;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.engine.FormResource;
import org.greenchannel.form.FormResult;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What every action that moves a process does: keeps what was filled in, and says what comes next. */
@Component
class Aftermath {

    private final WorkItemTable table;
    private final Access access;
    private final Forms forms;
    private final Persons persons;

    Aftermath(WorkItemTable table, Access access, Forms forms, Persons persons) {
        this.table = table;
        this.access = access;
        this.forms = forms;
        this.persons = persons;
    }

    Submission store(
            CaseSummary file,
            @Nullable UUID itemId,
            String process,
            String task,
            FormResource form,
            FormResult accepted,
            Viewer viewer,
            Instant now) {
        Submission submission = forms.submit(file.id(), itemId, process, task, form, accepted, viewer, now);
        if (!accepted.person().isEmpty()) {
            persons.update(file.person(), accepted.person(), viewer);
        }
        if (!accepted.guardian().isEmpty()) {
            persons.updateGuardian(file.person(), accepted.guardian(), viewer);
        }
        return submission;
    }

    List<Completed.NextItem> next(UUID caseId, Viewer viewer, Locale locale) {
        return table.openOfCase(caseId).stream()
                .map(WorkItemRow::item)
                .filter(item -> access.visible(item, viewer))
                .map(item -> new Completed.NextItem(
                        item.id(),
                        item.taskKey(),
                        item.name().in(locale),
                        item.groups(),
                        item.groups().stream().anyMatch(viewer.groups()::contains)))
                .toList();
    }

    static List<String> texts(List<FieldError> warnings, Locale locale) {
        return warnings.stream().map(warning -> warning.message().in(locale)).toList();
    }
}
