package org.greenchannel.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.greenchannel.kernel.FieldError;
import org.jspecify.annotations.Nullable;

/** Values of the form, or of one row of a list, while they are being checked. */
final class Scope {

    /** JSON pointer of the values, without a trailing slash. */
    final String pointer;
    /** Checked values by key, null where nothing usable was sent or the field is hidden. */
    final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    /** Refusals by key, void when the field turns out to be hidden. */
    final Map<String, FieldError> refusals = new HashMap<>();
    /** Rows of the lists by key. */
    final Map<String, List<Scope>> rows = new HashMap<>();
    /** Keys of hidden fields. */
    final Set<String> hidden = new HashSet<>();

    Scope(String pointer) {
        this.pointer = pointer;
    }

    String at(String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    void hide(List<Field> fields) {
        for (Field field : Field.leaves(fields)) {
            hidden.add(field.key());
            values.put(field.key(), null);
            refusals.remove(field.key());
            rows.remove(field.key());
        }
    }

    /** Values of the visible fields, rows as lists of maps. */
    Map<String, @Nullable Object> visible(List<Field> fields) {
        var visible = new LinkedHashMap<String, @Nullable Object>();
        for (Field field : Field.leaves(fields)) {
            if (!hidden.contains(field.key())) {
                List<Scope> found = rows.get(field.key());
                visible.put(field.key(), found == null ? values.get(field.key()) : list(field, found));
            }
        }
        return visible;
    }

    private static List<Object> list(Field field, List<Scope> rows) {
        var list = new ArrayList<Object>();
        rows.forEach(row -> list.add(row.visible(field.children())));
        return list;
    }
}
