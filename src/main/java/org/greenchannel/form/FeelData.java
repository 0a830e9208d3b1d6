package org.greenchannel.form;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.form.Field.Kind;
import org.jspecify.annotations.Nullable;

/** What the rules of a form look at: its data with real dates, the case, the viewer, earlier signers, the task and the time. */
final class FeelData {

    private final ZoneId zone;

    FeelData(ZoneId zone) {
        this.zone = zone;
    }

    /** Everything a rule may name. @param licences professional licences the viewer holds today */
    Map<String, @Nullable Object> rules(List<Field> fields, Scope scope, FormContext context, List<String> licences) {
        Map<String, @Nullable Object> data = values(fields, scope);
        ZonedDateTime now = context.now().atZone(zone);
        data.put("case", plain(context.variables()));
        data.put(
                "viewer",
                Map.of(
                        "username", context.viewer().username(),
                        "role", List.copyOf(context.viewer().roles()),
                        "organisation", context.viewer().organisation(),
                        "licences", licences));
        data.put("signers", context.signers());
        data.put("task", Map.of("key", context.taskKey(), "properties", context.properties()));
        data.put("now", now);
        data.put("today", now.toLocalDate());
        return data;
    }

    private Map<String, @Nullable Object> values(List<Field> fields, Scope scope) {
        var data = new HashMap<String, @Nullable Object>();
        for (Field field : Field.leaves(fields)) {
            data.put(field.key(), value(field, scope));
        }
        return data;
    }

    private @Nullable Object value(Field field, Scope scope) {
        Object value = scope.values.get(field.key());
        if (value instanceof String iso && isDate(field.kind())) {
            return Dates.feel(field.kind(), iso, zone);
        }
        List<Scope> rows = scope.rows.get(field.key());
        if (rows == null) {
            return value;
        }
        // a list without rows was not filled in
        return rows.isEmpty()
                ? null
                : rows.stream().map(row -> values(field.children(), row)).toList();
    }

    static boolean isDate(Kind kind) {
        return kind == Kind.DATE || kind == Kind.TIME || kind == Kind.DATETIME;
    }

    /** Process variables with dates FEEL can compare. */
    private @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Date date) {
            return date.toInstant().atZone(zone);
        }
        if (value instanceof Instant instant) {
            return instant.atZone(zone);
        }
        if (value instanceof Map<?, ?> map) {
            var copy = new HashMap<String, @Nullable Object>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), plain(v)));
            return copy;
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        return value;
    }
}
