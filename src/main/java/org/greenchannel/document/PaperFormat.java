package org.greenchannel.document;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Area;
import org.greenchannel.organisation.Organisation;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes values the way papers show them: dates as 2026年11月21日, codes in words. */
@Component
class PaperFormat {

    private final PaperData data;
    private final MessageSource messages;
    private final ZoneId zone;

    PaperFormat(PaperData data, MessageSource messages, ZoneId zone) {
        this.data = data;
        this.messages = messages;
        this.zone = zone;
    }

    String show(List<String> values, String as, Locale locale) {
        if (values.isEmpty()) {
            // a paper shows the gap instead of hiding it
            return gap(locale);
        }
        String separator = english(locale) ? ", " : "、";
        return values.stream().map(value -> one(value, as, locale)).collect(Collectors.joining(separator));
    }

    String date(Instant at, Locale locale) {
        return pattern(english(locale) ? "d MMMM uuuu" : "uuuu年M月d日", locale).format(at);
    }

    String time(Instant at, Locale locale) {
        return pattern(english(locale) ? "d MMMM uuuu, HH:mm" : "uuuu年M月d日 HH:mm", locale)
                .format(at);
    }

    String message(String key, Locale locale, Object... args) {
        return messages.getMessage(key, args, locale);
    }

    /** A message in both languages; arguments that are texts appear in the language of each side. */
    Text both(String key, Object... args) {
        return new Text(side(key, Locale.CHINESE, args), side(key, Locale.ENGLISH, args));
    }

    private String side(String key, Locale locale, Object... args) {
        Object[] said = Arrays.stream(args)
                .map(arg -> arg instanceof Text text ? text.in(locale) : arg)
                .toArray();
        return message(key, locale, said);
    }

    Text organisation(String code) {
        return data.organisations().find(code).map(Organisation::name).orElse(Text.same(code));
    }

    private String gap(Locale locale) {
        return message("document.gap", locale);
    }

    private String one(String value, String as, Locale locale) {
        if (as.startsWith("code:")) {
            String word = messages.getMessage("document.code." + as.substring(5) + "." + value, null, value, locale);
            return word == null ? value : word;
        }
        return switch (as) {
            case "date" -> day(value, locale);
            case "time" -> PaperData.moment(value).map(at -> time(at, locale)).orElseGet(() -> day(value, locale));
            case "yes-no" -> message("document.code.yes-no." + value, locale);
            case "account" -> data.account(value);
            case "organisation" -> organisation(value).in(locale);
            case "telephone" ->
                data.organisations().find(value).map(Organisation::phone).orElseGet(() -> gap(locale));
            case "contact" -> contact(value, locale);
            case "area" ->
                data.organisations()
                        .area(value)
                        .map(Area::name)
                        .orElse(Text.same(value))
                        .in(locale);
            default -> value;
        };
    }

    private String contact(String code, Locale locale) {
        String phone = data.organisations().find(code).map(Organisation::phone).orElse(null);
        String name = organisation(code).in(locale);
        if (phone == null) {
            return name;
        }
        return english(locale) ? name + " (" + phone + ")" : name + "（" + phone + "）";
    }

    private String day(String value, Locale locale) {
        return PaperData.moment(value)
                .map(at -> date(at, locale))
                .or(() -> PaperData.date(value)
                        .map(day -> date(day.atStartOfDay(zone).toInstant(), locale)))
                .orElse(value);
    }

    private DateTimeFormatter pattern(String pattern, Locale locale) {
        return DateTimeFormatter.ofPattern(pattern, english(locale) ? Locale.ENGLISH : Locale.CHINESE)
                .withZone(zone);
    }

    private static boolean english(Locale locale) {
        return locale.getLanguage().equals("en");
    }
}
