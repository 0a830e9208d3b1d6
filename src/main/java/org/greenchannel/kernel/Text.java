package org.greenchannel.kernel;

import java.util.Locale;

/**
 * A text for people in the two languages of the product. Chinese is the language of record.
 *
 * @param zh Chinese
 * @param en English
 */
public record Text(String zh, String en) {

    /** The text in the language of the locale: English for {@code en}, otherwise Chinese. */
    public String in(Locale locale) {
        return locale.getLanguage().equals("en") && !en.isBlank() ? en : zh;
    }

    /** The same text in both languages, for codes and numbers. */
    public static Text same(String value) {
        return new Text(value, value);
    }
}
