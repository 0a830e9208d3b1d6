package org.greenchannel.form;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as people may enter it: no control characters, no broken surrogate pairs, nothing that turns the reading direction. */
final class PlainText {

    private static final Pattern LINE_END = Pattern.compile("\r\n?");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{4,20}");

    private PlainText() {}

    /** The text without surrounding blanks; line ends become {@code \n} where several lines are allowed. */
    static String clean(String raw, boolean lines) throws Refused {
        String text = lines && raw.indexOf('\r') >= 0
                ? LINE_END.matcher(raw).replaceAll(Matcher.quoteReplacement("\n"))
                : raw;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (!allowed(point, lines)) {
                throw new Refused("characters");
            }
            i += Character.charCount(point);
        }
        return text.strip();
    }

    private static boolean allowed(int point, boolean lines) {
        if (lines && (point == '\n' || point == '\t')) {
            return true;
        }
        boolean direction = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> !direction && (point & 0xFFFE) != 0xFFFE && point != 0xFEFF;
        };
    }

    /** Length in characters as people count them, format of form-js, code for facts. */
    static void check(Field field, String text) throws Refused {
        boolean lines = field.kind() == Field.Kind.TEXTAREA;
        int length = text.codePointCount(0, text.length());
        int min = field.limit("minLength", 0);
        int max = field.limit("maxLength", lines ? 10_000 : 500);
        if (length < min) {
            throw new Refused("minLength", min);
        }
        if (length > max) {
            throw new Refused("maxLength", max);
        }
        if (field.validate().get("pattern") instanceof String pattern
                && !Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS)
                        .matcher(text)
                        .find()) {
            throw new Refused("pattern");
        }
        Object type = field.validate().get("validationType");
        if ("email".equals(type) && !EMAIL.matcher(text).matches()
                || "phone".equals(type) && !PHONE.matcher(text).matches()) {
            throw new Refused("pattern");
        }
    }
}
