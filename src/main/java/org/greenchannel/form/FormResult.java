package org.greenchannel.form;

import java.util.List;
import java.util.Map;
import org.greenchannel.kernel.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * Accepted data of a form.
 *
 * @param data every visible field, cleaned and converted (strings, booleans, numbers, lists, maps; dates as ISO strings)
 * @param facts fields stored as process variables (dates as {@link java.util.Date})
 * @param person fields stored to the person, by field name
 * @param guardian fields stored to the guardian, by field name
 * @param warnings rules of level warning that did not hold
 */
public record FormResult(
        Map<String, @Nullable Object> data,
        Map<String, @Nullable Object> facts,
        Map<String, String> person,
        Map<String, String> guardian,
        List<FieldError> warnings) {}
