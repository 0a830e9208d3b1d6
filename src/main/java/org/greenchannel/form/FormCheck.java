package org.greenchannel.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.greenchannel.engine.Expressions;
import org.greenchannel.form.Field.Kind;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second pass, in form order as the browser goes: decides what is visible, drops the rest, reports what is wrong or
 * missing in what remains. One object serves one check.
 */
final class FormCheck {

    private static final Logger LOG = LoggerFactory.getLogger(FormCheck.class);

    private final FormDefinition form;
    private final FormContext context;
    private final Expressions expressions;
    private final FormMessages messages;
    private final Prefill prefill;
    private final Scope root;
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    FormCheck(
            FormDefinition form,
            FormContext context,
            Expressions expressions,
            FormMessages messages,
            Prefill prefill,
            Scope root) {
        this.form = form;
        this.context = context;
        this.expressions = expressions;
        this.messages = messages;
        this.prefill = prefill;
        this.root = root;
    }

    /** Errors in form order; the scope then holds only what counts. */
    List<FieldError> run() {
        scope(form.fields(), root, Map.of());
        return errors;
    }

    /** Keys of top-level fields in error: rules over these would only confuse. */
    Set<String> refused() {
        return refused;
    }

    private void scope(List<Field> fields, Scope scope, Map<String, ? extends @Nullable Object> local) {
        for (Field field : fields) {
            if (isHidden(field, local)) {
                scope.hide(field.kind() == Kind.GROUP ? field.children() : List.of(field));
            } else if (field.kind() == Kind.GROUP) {
                scope(field.children(), scope, local);
            } else {
                visible(field, scope, local);
            }
        }
    }

    private void visible(Field field, Scope scope, Map<String, ? extends @Nullable Object> local) {
        if (field.kind() == Kind.COMPUTED) {
            scope.values.put(field.key(), computed(field, local));
            return;
        }
        if (scope == root && field.readonly() && Prefill.known(field)) {
            given(field);
        }
        FieldError refusal = scope.refusals.get(field.key());
        if (refusal == null) {
            refusal = missing(field, scope);
        }
        if (refusal != null) {
            refuse(field, refusal);
        }
        List<Scope> rows = scope.rows.getOrDefault(field.key(), List.of());
        for (int i = 0; i < rows.size(); i++) {
            Scope row = rows.get(i);
            var inner = new HashMap<String, @Nullable Object>();
            inner.put("this", row.values);
            inner.put("parent", root.values);
            inner.put("i", List.of(i + 1));
            int before = errors.size();
            scope(field.children(), row, inner);
            if (errors.size() > before) {
                refused.add(field.key());
            }
        }
    }

    private void refuse(Field field, FieldError refusal) {
        errors.add(refusal);
        refused.add(field.key());
    }

    /** A value the server itself knows may be left out, but not changed: the signer has seen something else. */
    private void given(Field field) {
        Object known = prefill.value(field, context);
        if (known == null || root.refusals.containsKey(field.key())) {
            return;
        }
        Object sent = root.values.get(field.key());
        boolean unset = field.kind() == Kind.CHECKBOX && Boolean.FALSE.equals(sent);
        if (sent == null || unset) {
            root.values.put(field.key(), known);
        } else if (!Objects.equals(sent.toString(), known.toString())) {
            root.refusals.put(field.key(), messages.error(root.at(field.key()), "stale"));
        }
    }

    private @Nullable FieldError missing(Field field, Scope scope) {
        Object value = scope.values.get(field.key());
        if (field.kind() == Kind.CHECKBOX) {
            boolean tick = field.required() && !Boolean.TRUE.equals(value);
            return tick ? new FieldError(scope.at(field.key()), "required", messages.text("form.error.tick")) : null;
        }
        int least = ValueCheck.setting(field, "min", 0);
        boolean several = field.kind() == Kind.LIST || field.kind() == Kind.CHOICES;
        int size = value instanceof List<?> list ? list.size() : 0;
        if (field.required() && (value == null || several && size == 0)) {
            return messages.error(scope.at(field.key()), "required");
        }
        return several && size < least ? messages.error(scope.at(field.key()), "minItems", least) : null;
    }

    private boolean isHidden(Field field, Map<String, ? extends @Nullable Object> local) {
        return field.hide() != null && Boolean.TRUE.equals(evaluate(field, field.hide(), local));
    }

    private @Nullable Object computed(Field field, Map<String, ? extends @Nullable Object> local) {
        String expression = String.valueOf(field.source().getOrDefault("expression", ""));
        Object value = evaluate(field, expression.startsWith("=") ? expression.substring(1) : expression, local);
        if (value instanceof Number) {
            BigDecimal exact = Numbers.exact(value);
            return exact == null ? null : Numbers.plain(exact);
        }
        return value instanceof String || value instanceof Boolean ? value : null;
    }

    private @Nullable Object evaluate(Field field, String feel, Map<String, ? extends @Nullable Object> local) {
        var data = new HashMap<String, @Nullable Object>(root.values);
        data.putAll(local);
        try {
            return expressions.evaluate(feel, data);
        } catch (Problem e) {
            // shown rather than hidden: nothing that was asked for may get lost
            LOG.warn("Form {}: condition of {} cannot be read", form.id(), field.id());
            return null;
        }
    }
}
