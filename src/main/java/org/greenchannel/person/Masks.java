package org.greenchannel.person;

/** What remains of personal values in lists. */
final class Masks {

    private Masks() {}

    /** First character of the name and one star, whatever its length; nothing of a name of one character. */
    static String name(String name) {
        boolean single = name.codePointCount(0, name.length()) < 2;
        return (single ? "" : Character.toString(name.codePointAt(0))) + "*";
    }

    /** First three and last four of an identity number; short numbers of other documents only their last one. */
    static String idNo(String number) {
        return number.length() >= 12 ? ends(number, 3, 4) : ends(number, 0, Math.min(1, number.length() - 1));
    }

    /** First three and last four of a mobile number; less of shorter ones. */
    static String phone(String number) {
        return number.length() >= 11 ? ends(number, 3, 4) : ends(number, 0, Math.min(2, number.length() - 1));
    }

    private static String ends(String text, int first, int last) {
        int hidden = Math.max(text.length() - first - Math.max(last, 0), 0);
        return text.substring(0, first) + "*".repeat(hidden) + text.substring(first + hidden);
    }
}
