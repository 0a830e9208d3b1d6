package org.greenchannel.platform;

import java.util.Locale;
import org.greenchannel.kernel.Text;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Texts of the message bundles in both languages at once, for what is stored or sent. */
@Component
public class Texts {

    private final MessageSource messages;

    Texts(MessageSource messages) {
        this.messages = messages;
    }

    /** The text of a key; arguments that are texts themselves appear in the language of each side. An unknown key is its own text. */
    public Text of(String key, Object... args) {
        return new Text(one(key, Locale.SIMPLIFIED_CHINESE, args), one(key, Locale.ENGLISH, args));
    }

    private String one(String key, Locale locale, Object... args) {
        Object[] said = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            said[i] = args[i] instanceof Text text ? text.in(locale) : args[i];
        }
        String text = messages.getMessage(key, said, key, locale);
        return text == null ? key : text;
    }
}
