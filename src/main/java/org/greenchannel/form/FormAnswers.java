package org.greenchannel.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.greenchannel.form.Field.Kind;
import org.greenchannel.form.Field.Option;
import org.greenchannel.form.Forms.Answer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns stored values into words for reading. */
@Component
class FormAnswers {

    private final References references;
    private final FormMessages messages;
    private final ZoneId zone;

    FormAnswers(References references, FormMessages messages, ZoneId zone) {
        this.references = references;
        this.messages = messages;
        this.zone = zone;
    }

    /** Answers in form order; fields that were hidden are left out, unanswered ones have an empty value. */
    List<Answer> of(FormDefinition form, Map<String, ? extends @Nullable Object> data, Locale locale) {
        var answers = new ArrayList<Answer>();
        collect(form.fields(), data, "", "", locale, answers);
        return answers;
    }

    private void collect(
            List<Field> fields, Map<?, ?> data, String section, String path, Locale locale, List<Answer> answers) {
        for (Field field : fields) {
            if (field.kind() == Kind.GROUP) {
                collect(field.children(), data, field.label(), path, locale, answers);
            } else if (field.kind() == Kind.LIST) {
                List<?> rows = FormReader.list(data.get(field.key()));
                for (int i = 0; i < rows.size(); i++) {
                    if (rows.get(i) instanceof Map<?, ?> row) {
                        String name = messages.in(locale, "form.row", field.label(), i + 1);
                        String inner = path + field.key() + "[" + i + "].";
                        collect(field.children(), row, name, inner, locale, answers);
                    }
                }
            } else if (data.containsKey(field.key())) {
                String value = value(field, data.get(field.key()), locale);
                answers.add(new Answer(path + field.key(), section, field.label(), value));
            }
        }
    }

    private String value(Field field, @Nullable Object value, Locale locale) {
        if (value == null) {
            return "";
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> value(field, item, locale))
                    .collect(Collectors.joining(messages.in(locale, "form.separator")));
        }
        return switch (field.kind()) {
            case CHECKBOX -> messages.in(locale, Boolean.TRUE.equals(value) ? "form.yes" : "form.no");
            case CHOICE, CHOICES -> option(field, value, locale);
            case DATE, TIME, DATETIME -> date(field.kind(), value.toString(), locale);
            case NUMBER, COMPUTED -> number(field, value);
            default -> value.toString();
        };
    }

    private String option(Field field, Object value, Locale locale) {
        if (References.is(field)) {
            return references.name(field, value.toString(), locale);
        }
        return field.options().stream()
                .filter(option -> option.value().toString().equals(value.toString()))
                .map(Option::label)
                .findFirst()
                .orElse(value.toString());
    }

    private String date(Kind kind, String iso, Locale locale) {
        String name =
                switch (kind) {
                    case DATE -> "date";
                    case TIME -> "time";
                    default -> "datetime";
                };
        var format = DateTimeFormatter.ofPattern(messages.in(locale, "form." + name), locale);
        return switch (kind) {
            case DATE -> LocalDate.parse(iso).format(format);
            case TIME -> LocalTime.parse(iso).format(format);
            default -> OffsetDateTime.parse(iso).atZoneSameInstant(zone).format(format);
        };
    }

    private static String number(Field field, Object value) {
        String number = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        Object unit = FormReader.map(field.source().get("appearance")).get("suffixAdorner");
        return unit == null ? number : number + " " + unit;
    }
}
