package org.greenchannel.form;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.greenchannel.form.Field.Kind;
import org.greenchannel.form.Field.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Values a form starts with ({@code properties.prefill}). */
@Component
class Prefill {

    private static final String VARIABLE = "variable:";
    private static final String TASK = "task:";

    private final JsonMapper json;
    private final ZoneId zone;

    Prefill(JsonMapper json, ZoneId zone) {
        this.json = json;
        this.zone = zone;
    }

    /** Sources that somebody else has to look up. */
    static Set<String> outside(List<Field> fields) {
        var sources = new TreeSet<String>();
        for (Field field : Field.leaves(fields)) {
            String source = source(field);
            if (!source.isEmpty() && !source.equals("now") && !own(source)) {
                sources.add(source);
            }
        }
        return sources;
    }

    /** Whether the server itself knows the value, whatever a browser sends: the viewer, a variable, the task. */
    static boolean known(Field field) {
        return own(source(field));
    }

    /** The value to start with, or null. */
    @Nullable
    Object value(Field field, FormContext context) {
        Object found = find(source(field), context);
        return found == null || found.equals("") ? null : fit(field, found);
    }

    private static @Nullable Object find(String source, FormContext context) {
        if (source.startsWith(VARIABLE)) {
            return context.variables().get(source.substring(VARIABLE.length()));
        }
        if (source.startsWith(TASK)) {
            return context.properties().get(source.substring(TASK.length()));
        }
        return switch (source) {
            case "" -> null;
            case "now" -> context.now();
            case "viewer.name" -> context.viewer().displayName();
            case "viewer.account" -> context.viewer().username();
            case "viewer.organisation" -> context.viewer().organisation();
            default -> context.values().get(source);
        };
    }

    private @Nullable Object fit(Field field, Object found) {
        String text = found.toString();
        return switch (field.kind()) {
            case CHECKBOX -> found instanceof Boolean ? found : text.equals("true");
            case NUMBER -> number(field, text);
            case DATE, TIME, DATETIME -> date(field.kind(), found);
            case CHOICE -> option(field, found);
            case CHOICES, LIST -> found instanceof Collection<?> ? found : list(text);
            case TEXT, TEXTAREA -> text;
            case COMPUTED, GROUP -> null;
        };
    }

    private static Object option(Field field, Object found) {
        for (Option option : field.options()) {
            if (option.value().toString().equals(found.toString())) {
                return option.value();
            }
        }
        return found;
    }

    private @Nullable Object date(Kind kind, Object found) {
        ZonedDateTime at = moment(found);
        if (at != null) {
            return Dates.form(kind, at);
        }
        try {
            return Dates.read(kind, found);
        } catch (Refused e) {
            return null;
        }
    }

    private @Nullable ZonedDateTime moment(Object found) {
        if (found instanceof Date date) {
            return date.toInstant().atZone(zone);
        }
        if (found instanceof Instant instant) {
            return instant.atZone(zone);
        }
        return found instanceof LocalDate date ? date.atStartOfDay(zone) : null;
    }

    /** Written as an answer is, so that the two can be compared. */
    private static @Nullable Object number(Field field, String text) {
        try {
            return Numbers.read(field, new BigDecimal(text));
        } catch (NumberFormatException | Refused e) {
            return null;
        }
    }

    private @Nullable Object list(String text) {
        try {
            return text.startsWith("[") ? json.readValue(text, List.class) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String source(Field field) {
        return field.properties().getOrDefault("prefill", "");
    }

    private static boolean own(String source) {
        return source.startsWith("viewer.") || source.startsWith(VARIABLE) || source.startsWith(TASK);
    }
}
