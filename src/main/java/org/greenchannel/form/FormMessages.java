package org.greenchannel.form;

import java.util.Arrays;
import java.util.Locale;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Text;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The module's own messages, always in both languages. */
@Component
class FormMessages {

    private final MessageSource messages;

    FormMessages(MessageSource messages) {
        this.messages = messages;
    }

    /** The text of a code; numbers are written as they are, without grouping. */
    Text text(String code, Object... args) {
        return new Text(in(Locale.CHINESE, code, args), in(Locale.ENGLISH, code, args));
    }

    /** The text of a code in one language. */
    String in(Locale locale, String code, Object... args) {
        return messages.getMessage(
                code, Arrays.stream(args).map(String::valueOf).toArray(), locale);
    }

    /** A refused field. */
    FieldError error(String pointer, String rule, Object... args) {
        return new FieldError(pointer, rule, text("form.error." + rule, args));
    }
}
