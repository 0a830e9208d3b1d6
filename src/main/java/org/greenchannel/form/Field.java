package org.greenchannel.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One component of a form that groups or holds data.
 *
 * @param key key of the value; for a list its path; empty for a group
 * @param hide FEEL condition without the leading {@code =} that hides it, or null
 * @param source the component as written in the form
 */
record Field(
        Kind kind,
        String key,
        String id,
        String label,
        @Nullable String hide,
        Map<String, Object> validate,
        Map<String, String> properties,
        List<Option> options,
        List<Field> children,
        Map<String, Object> source) {

    /** What a component holds. */
    enum Kind {
        TEXT,
        TEXTAREA,
        NUMBER,
        CHECKBOX,
        CHOICE,
        CHOICES,
        DATE,
        TIME,
        DATETIME,
        COMPUTED,
        LIST,
        GROUP
    }

    /** A value that may be chosen. */
    record Option(Object value, String label) {}

    boolean required() {
        return Boolean.TRUE.equals(validate.get("required"));
    }

    boolean readonly() {
        return Boolean.TRUE.equals(source.get("readonly"));
    }

    /** Where the value goes besides the submission, for example {@code fact}; empty if nowhere. */
    String store() {
        return properties.getOrDefault("store", "");
    }

    boolean fact() {
        return store().equals("fact");
    }

    /** A whole-number setting of the validation, or the fallback. */
    int limit(String name, int fallback) {
        return validate.get(name) instanceof Number number ? number.intValue() : fallback;
    }

    /** The fields of a scope with groups opened, in form order. */
    static List<Field> leaves(List<Field> fields) {
        var leaves = new ArrayList<Field>();
        for (Field field : fields) {
            if (field.kind == Kind.GROUP) {
                leaves.addAll(leaves(field.children));
            } else {
                leaves.add(field);
            }
        }
        return leaves;
    }
}
