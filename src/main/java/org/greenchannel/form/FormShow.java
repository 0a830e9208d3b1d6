package org.greenchannel.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.greenchannel.form.Field.Kind;
import org.greenchannel.form.Field.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a form ready to show: options of references, messages of patterns, values to start with. */
@Component
class FormShow {

    private final References references;
    private final Prefill prefill;
    private final FormMessages messages;

    FormShow(References references, Prefill prefill, FormMessages messages) {
        this.references = references;
        this.prefill = prefill;
        this.messages = messages;
    }

    FormView show(FormDefinition form, FormContext context, Locale locale) {
        Map<String, Object> schema = FormReader.map(FormTexts.copy(form.schema()));
        complete(schema, form.fields(), false, context, locale);
        var data = new LinkedHashMap<String, @Nullable Object>();
        for (Field field : Field.leaves(form.fields())) {
            Object value = prefill.value(field, context);
            if (value != null) {
                data.put(field.key(), value);
            }
        }
        return new FormView(schema, data);
    }

    @SuppressWarnings("unchecked")
    private void complete(
            Map<String, Object> parent, List<Field> fields, boolean inList, FormContext context, Locale locale) {
        for (Object item : FormReader.list(parent.get("components"))) {
            if (!(item instanceof Map<?, ?> raw)) {
                continue;
            }
            var component = (Map<String, Object>) raw;
            for (Field field : fields) {
                if (field.id().equals(component.get("id"))) {
                    complete(component, field, context, locale);
                    // the rows of a list do not exist yet: what each of them starts with is a default
                    Object start = inList ? prefill.value(field, context) : null;
                    if (start != null) {
                        component.put("defaultValue", start);
                    }
                    complete(component, field.children(), inList || field.kind() == Kind.LIST, context, locale);
                }
            }
        }
    }

    /** What may be chosen, and always what is prefilled: a read-only field shows who signs. */
    private List<Option> options(Field field, FormContext context, Locale locale) {
        var options = new ArrayList<>(references.options(field, context, locale));
        if (prefill.value(field, context) instanceof String code
                && options.stream().noneMatch(option -> option.value().equals(code))) {
            options.add(new Option(code, references.name(field, code, locale)));
        }
        return options;
    }

    @SuppressWarnings("unchecked")
    private void complete(Map<String, Object> component, Field field, FormContext context, Locale locale) {
        if (References.is(field)) {
            component.put(
                    "values",
                    options(field, context, locale).stream()
                            .map(option -> Map.of("label", option.label(), "value", option.value()))
                            .toList());
        }
        // form-js would show the bare expression
        if (component.get("validate") instanceof Map<?, ?> validate && validate.containsKey("pattern")) {
            ((Map<String, Object>) validate)
                    .putIfAbsent("patternErrorMessage", messages.in(locale, "form.error.pattern"));
        }
    }
}
