package org.greenchannel.engine;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${variable}} in properties of models by the variable's value: names only, no expressions. */
final class Templates {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9]*)}");

    private Templates() {}

    static String fill(String template, Function<String, @Nullable Object> variables) {
        if (!template.contains("${")) {
            return template;
        }
        Matcher places = PLACE.matcher(template);
        var filled = new StringBuilder();
        while (places.find()) {
            Object value = variables.apply(places.group(1));
            places.appendReplacement(filled, Matcher.quoteReplacement(value == null ? "" : value.toString()));
        }
        places.appendTail(filled);
        return filled.toString();
    }
}
