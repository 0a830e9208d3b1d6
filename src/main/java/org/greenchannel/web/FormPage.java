package org.greenchannel.web;

import java.util.HashMap;
import java.util.Map;
import org.greenchannel.attachment.Attachments;
import org.greenchannel.form.Draft;
import org.greenchannel.form.FormView;
import org.greenchannel.worklist.WorkItems.TaskForm;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import tools.jackson.databind.json.JsonMapper;

/** Puts a form into a page, as JSON in an escaped attribute. */
@Component
class FormPage {

    private final JsonMapper json;
    private final OfflineForms offline;

    FormPage(JsonMapper json, OfflineForms offline) {
        this.json = json;
        this.offline = offline;
    }

    void fill(Model model, TaskForm form) {
        FormView view = form.view();
        if (view == null) {
            return;
        }
        var values = new HashMap<String, @Nullable Object>(view.data());
        Draft draft = form.draft();
        if (draft != null) {
            values.putAll(draft.data());
        }
        model.addAttribute("schema", json(view.schema()));
        model.addAttribute("values", json(values));
        model.addAttribute("draft", draft);
        model.addAttribute("offline", offline.allows(view.schema()));
        model.addAttribute("warns", form.warns());
        model.addAttribute("photoMost", Attachments.MOST_BYTES);
        model.addAttribute(
                "photo", view.schema().get("properties") instanceof Map<?, ?> about ? about.get("photo") : null);
    }

    String json(Object value) {
        return json.writeValueAsString(value);
    }
}
