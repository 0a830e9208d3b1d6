package org.greenchannel.person;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.greenchannel.platform.Texts;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** How a person appears to others: masked in lists, with derived values on papers. */
@Component
class PersonFaces {

    private final Texts texts;
    private final PersonCheck check;

    PersonFaces(Texts texts, PersonCheck check) {
        this.texts = texts;
        this.check = check;
    }

    /** {@code KNOWN} with name and number, {@code UNKNOWN} with neither. */
    static String status(Map<String, String> values) {
        boolean name = values.containsKey("name");
        boolean number = values.containsKey("idNo");
        return name && number ? "KNOWN" : name || number ? "PARTIAL" : "UNKNOWN";
    }

    MaskedPerson masked(PersonTable.Row row) {
        Map<String, String> values = row.values();
        String name = values.get("name");
        String number = values.get("idNo");
        String phone = values.get("phone");
        Locale locale = reader();
        return new MaskedPerson(
                row.id(),
                name == null ? unknown(row, locale) : Masks.name(name),
                values.getOrDefault("sex", "0"),
                age(values, locale),
                number == null ? "" : Masks.idNo(number),
                phone == null ? "" : Masks.phone(phone),
                row.identityStatus());
    }

    /** Values for papers beyond the stored ones: name of an unknown person, age, whether a minor, temporary id. */
    Map<String, String> derived(PersonTable.Row row) {
        var derived = new HashMap<String, String>();
        Map<String, String> values = row.values();
        if (!values.containsKey("name")) {
            derived.put("person.name", unknown(row, Locale.CHINESE));
        }
        if (row.tempId() != null) {
            derived.put("person.tempId", row.tempId());
        }
        derived.put("person.age", age(values, Locale.CHINESE));
        derived.put("person.minor", String.valueOf(Ages.isMinor(values, check.today())));
        return derived;
    }

    /** The language of the request; Chinese outside one, whatever the machine speaks. */
    private static Locale reader() {
        LocaleContext context = LocaleContextHolder.getLocaleContext();
        Locale locale = context == null ? null : context.getLocale();
        return locale == null ? Locale.CHINESE : locale;
    }

    private String unknown(PersonTable.Row row, Locale locale) {
        return texts.of("person.unknown", String.valueOf(row.tempId())).in(locale);
    }

    private String age(Map<String, String> values, Locale locale) {
        OptionalInt years = Ages.years(values, check.today());
        if (years.isEmpty()) {
            return "";
        }
        String number = String.valueOf(years.getAsInt());
        return values.containsKey("birthDate")
                ? number
                : texts.of("person.about", number).in(locale);
    }
}
