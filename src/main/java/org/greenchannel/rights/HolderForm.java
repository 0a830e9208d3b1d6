package org.greenchannel.rights;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.greenchannel.form.FormView;
import org.jspecify.annotations.Nullable;

/**
 * A form as the holder of a code fills it in. The property {@code rights} of a field says that it is not asked:
 * {@code holder:A,B,C} is the answer of patient, guardian and lawyer, {@code value:X} always X, {@code now} the moment of
 * filing, {@code prefilled} what the case knows, {@code omitted} nothing, {@code confirmed} that the filing
 * itself is the signature.
 */
final class HolderForm {

    private static final String RULE = "rights";
    private static final String COMPONENTS = "components";

    private HolderForm() {}

    /** The form without what is not asked. */
    static FormView asked(FormView view) {
        return new FormView(without(view.schema()), view.data());
    }

    private static Map<String, Object> without(Map<?, ?> component) {
        var copy = new LinkedHashMap<String, Object>();
        component.forEach((key, value) -> copy.put(String.valueOf(key), value));
        if (component.get(COMPONENTS) instanceof List<?> children) {
            var kept = new ArrayList<Object>();
            for (Object child : children) {
                if (!(child instanceof Map<?, ?> map)) {
                    kept.add(child);
                } else if (rule(map) == null) {
                    kept.add(without(map));
                }
            }
            copy.put(COMPONENTS, kept);
        }
        return copy;
    }

    /** What was answered together with what is not asked; an answer to what is not asked does not count. */
    static Map<String, @Nullable Object> complete(
            FormView view, Map<String, ? extends @Nullable Object> answers, Holder holder, Instant now) {
        Map<String, @Nullable Object> data = new HashMap<>(answers);
        fill(view.schema(), view.data(), data, holder, now);
        return data;
    }

    private static void fill(
            Map<?, ?> component,
            Map<String, ? extends @Nullable Object> known,
            Map<String, @Nullable Object> data,
            Holder holder,
            Instant now) {
        String rule = rule(component);
        if (rule != null && component.get("key") instanceof String key) {
            Object value = value(rule, known.get(key), holder, now);
            if (value == null) {
                data.remove(key);
            } else {
                data.put(key, value);
            }
        }
        if (component.get(COMPONENTS) instanceof List<?> children) {
            for (Object child : children) {
                if (child instanceof Map<?, ?> map) {
                    fill(map, known, data, holder, now);
                }
            }
        }
    }

    private static @Nullable Object value(String rule, @Nullable Object known, Holder holder, Instant now) {
        int colon = rule.indexOf(':');
        String argument = rule.substring(colon + 1);
        return switch (colon < 0 ? rule : rule.substring(0, colon)) {
            case "holder" -> argument.split(",")[holder.ordinal()].strip();
            case "value" -> argument;
            case "now" -> now.truncatedTo(ChronoUnit.SECONDS).toString();
            case "prefilled" -> known;
            case "confirmed" -> true;
            case "omitted" -> null;
            default -> throw new IllegalStateException("a form says rights: " + rule);
        };
    }

    private static @Nullable String rule(Map<?, ?> component) {
        return component.get("properties") instanceof Map<?, ?> properties
                        && properties.get(RULE) instanceof String rule
                ? rule
                : null;
    }
}
