package org.greenchannel.form;

import java.util.List;
import org.greenchannel.kernel.FieldError;

/**
 * What the rules of a form say to answers that are not sent yet.
 *
 * @param errors rules that would refuse them
 * @param warnings rules that only warn
 */
public record Advice(List<FieldError> errors, List<FieldError> warnings) {

    /** Nothing to say. */
    public static final Advice NONE = new Advice(List.of(), List.of());
}
