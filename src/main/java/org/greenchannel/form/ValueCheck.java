package org.greenchannel.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.greenchannel.form.Field.Kind;
import org.greenchannel.form.Field.Option;
import org.greenchannel.kernel.FieldError;
import org.jspecify.annotations.Nullable;

/** First pass over what was sent: each value by the type of its field, whether or not the field will be visible. */
final class ValueCheck {

    private static final int MOST_ROWS = 50;
    private static final int LONGEST_KEY = 40;

    private final FormMessages messages;
    private final References references;
    private final Prefill prefill;
    private final FormContext context;
    /** Keys no form knows; these are refused wherever they stand. */
    final List<FieldError> unknown = new ArrayList<>();

    ValueCheck(FormMessages messages, References references, Prefill prefill, FormContext context) {
        this.messages = messages;
        this.references = references;
        this.prefill = prefill;
        this.context = context;
    }

    Scope read(List<Field> fields, Map<?, ?> sent, String pointer) {
        var scope = new Scope(pointer);
        List<Field> leaves = Field.leaves(fields);
        for (Field field : leaves) {
            scope.values.put(field.key(), null);
            try {
                scope.values.put(field.key(), field(field, sent.get(field.key()), scope));
            } catch (Refused refused) {
                scope.refusals.put(field.key(), messages.error(scope.at(field.key()), refused.rule(), refused.args()));
            }
        }
        for (Object key : sent.keySet()) {
            if (key == null || !scope.values.containsKey(key.toString())) {
                String name = String.valueOf(key);
                unknown.add(messages.error(
                        scope.at(name.length() > LONGEST_KEY ? name.substring(0, LONGEST_KEY) : name), "unknown"));
            }
        }
        return scope;
    }

    private @Nullable Object field(Field field, @Nullable Object raw, Scope scope) throws Refused {
        if (field.kind() == Kind.COMPUTED) {
            return null;
        }
        if (raw == null || raw instanceof String text && text.isBlank()) {
            return field.kind() == Kind.CHECKBOX ? false : null;
        }
        return switch (field.kind()) {
            case TEXT, TEXTAREA -> text(field, raw);
            case NUMBER -> Numbers.read(field, raw);
            case CHECKBOX -> bool(raw);
            case CHOICE -> choice(field, raw);
            case CHOICES -> choices(field, raw);
            case LIST -> rows(field, raw, scope);
            default -> Dates.read(field.kind(), raw);
        };
    }

    private static @Nullable String text(Field field, Object raw) throws Refused {
        if (!(raw instanceof String sent)) {
            throw new Refused("type");
        }
        String text = PlainText.clean(sent, field.kind() == Kind.TEXTAREA);
        if (text.isEmpty()) {
            return null;
        }
        PlainText.check(field, text);
        // a fact goes to the process engine, where no free text may go
        if (field.fact() && !text.matches("[A-Za-z0-9_.:-]{1,64}")) {
            throw new Refused("code");
        }
        return text;
    }

    private static Boolean bool(Object raw) throws Refused {
        if (raw instanceof Boolean bool) {
            return bool;
        }
        throw new Refused("type");
    }

    private Object choice(Field field, Object raw) throws Refused {
        if (References.is(field)) {
            if (raw instanceof String code && code.length() <= 100 && allowed(field, code)) {
                return code;
            }
            throw new Refused(raw instanceof String ? "option" : "type");
        }
        for (Option option : field.options()) {
            if (same(option.value(), raw)) {
                return option.value();
            }
        }
        throw new Refused(raw instanceof Map || raw instanceof List ? "type" : "option");
    }

    private boolean allowed(Field field, String code) {
        return code.equals(prefill.value(field, context)) || references.allows(field, code, context);
    }

    private static boolean same(Object option, Object raw) {
        if (!(option instanceof Number && raw instanceof Number)) {
            return option.equals(raw);
        }
        BigDecimal left = Numbers.exact(option);
        BigDecimal right = Numbers.exact(raw);
        return left != null && right != null && left.compareTo(right) == 0;
    }

    private @Nullable Object choices(Field field, Object raw) throws Refused {
        if (!(raw instanceof List<?> list)) {
            throw new Refused("type");
        }
        var chosen = new ArrayList<Object>();
        for (Object item : list) {
            if (item == null) {
                throw new Refused("type");
            }
            Object value = choice(field, item);
            if (chosen.contains(value)) {
                throw new Refused("distinct");
            }
            chosen.add(value);
        }
        return chosen.isEmpty() ? null : chosen;
    }

    private Object rows(Field field, Object raw, Scope scope) throws Refused {
        if (!(raw instanceof List<?> list)) {
            throw new Refused("type");
        }
        int most = Math.min(MOST_ROWS, setting(field, "max", MOST_ROWS));
        if (list.size() > most) {
            throw new Refused("maxItems", most);
        }
        var rows = new ArrayList<Scope>();
        var values = new ArrayList<Object>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new Refused("type");
            }
            Scope row = read(field.children(), map, scope.at(field.key()) + "/" + rows.size());
            rows.add(row);
            values.add(row.values);
        }
        scope.rows.put(field.key(), rows);
        return values;
    }

    /** A number among the properties or the validation of a list. */
    static int setting(Field field, String name, int fallback) {
        String property = field.properties().getOrDefault(name, "");
        return property.matches("[0-9]{1,4}") ? Integer.parseInt(property) : field.limit(name, fallback);
    }
}
