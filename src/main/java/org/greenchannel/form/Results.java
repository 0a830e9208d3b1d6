package org.greenchannel.form;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.greenchannel.kernel.FieldError;
import org.jspecify.annotations.Nullable;

/** Sorts accepted values to where they belong: submission, process, person, guardian. */
final class Results {

    private static final String PERSON = "person.";
    private static final String GUARDIAN = "guardian.";

    private Results() {}

    static FormResult of(FormDefinition form, Scope root, List<FieldError> warnings, ZoneId zone) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        var person = new HashMap<String, String>();
        var guardian = new HashMap<String, String>();
        for (Field field : Field.leaves(form.fields())) {
            Object value = root.values.get(field.key());
            String store = field.store();
            if (field.fact()) {
                // a hidden fact is set to null, so that what an earlier round said does not live on
                facts.put(field.key(), fact(field, value, zone));
            } else if (value != null && store.startsWith(PERSON)) {
                person.put(store.substring(PERSON.length()), text(value));
            } else if (value != null && store.startsWith(GUARDIAN)) {
                guardian.put(store.substring(GUARDIAN.length()), text(value));
            }
        }
        return new FormResult(root.visible(form.fields()), facts, person, guardian, warnings);
    }

    private static @Nullable Object fact(Field field, @Nullable Object value, ZoneId zone) {
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        boolean date = field.kind() == Field.Kind.DATE || field.kind() == Field.Kind.DATETIME;
        return date && value instanceof String iso ? Dates.variable(field.kind(), iso, zone) : value;
    }

    private static String text(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
