package org.greenchannel.person;

import java.text.Normalizer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.platform.Texts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Cleans and checks what is to be written about a person. */
@Component
class PersonCheck {

    static final List<String> PERSON =
            List.of("name", "sex", "birthDate", "estimatedAge", "idType", "idNo", "phone", "address", "description");
    static final List<String> GUARDIAN = List.of("name", "relation", "phone", "address");

    private static final String RESIDENT_ID = "RESIDENT_ID";
    private static final Set<String> SEXES = Set.of("0", "1", "2", "9");
    private static final int LONGEST = 2000;
    private static final int LONGEST_NUMBER = 40;

    private final Texts texts;
    private final Clock clock;
    private final ZoneId zone;
    private final boolean demo;

    PersonCheck(Texts texts, Clock clock, ZoneId zone, @Value("${greenchannel.demo:false}") boolean demo) {
        this.texts = texts;
        this.clock = clock;
        this.zone = zone;
        this.demo = demo;
    }

    /** Today where people live. */
    LocalDate today() {
        return clock.instant().atZone(zone).toLocalDate();
    }

    /**
     * The values to write: cleaned, blank ones left out, day of birth and sex taken from a resident's number where
     * nothing else says them; problem {@code person-invalid} otherwise.
     *
     * @param known what is stored already
     */
    Map<String, String> person(Map<String, String> sent, Map<String, String> known) {
        Map<String, String> values = clean(sent, PERSON);
        var errors = new ArrayList<FieldError>();
        values.computeIfPresent("idNo", (field, number) -> number(number));
        Optional<ResidentId> resident = resident(values, known, errors);
        require(SEXES.contains(values.getOrDefault("sex", "9")), "sex", errors);
        require(isDay(values.get("birthDate")), "birthDate", errors);
        require(values.getOrDefault("estimatedAge", "0").matches("[0-9]{1,2}|1[0-4][0-9]"), "estimatedAge", errors);
        refuse(errors);
        resident.ifPresent(id -> {
            if (!known.containsKey("birthDate")) {
                values.putIfAbsent("birthDate", id.birthDate().toString());
            }
            if (!known.containsKey("sex")) {
                values.putIfAbsent("sex", id.sex());
            }
        });
        return values;
    }

    /** The same for a guardian. */
    Map<String, String> guardian(Map<String, String> sent) {
        return clean(sent, GUARDIAN);
    }

    /** An identity number as it is stored and searched. */
    static String number(String raw) {
        return Normalizer.normalize(raw, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toUpperCase(Locale.ROOT);
    }

    /** A name as it is searched: width of letters, blanks and case do not count. */
    static String name(String raw) {
        return Normalizer.normalize(raw, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT);
    }

    /** A telephone number as it is searched: digits only, without the code of the country. */
    static String phone(String raw) {
        String digits = Normalizer.normalize(raw, Normalizer.Form.NFKC).replaceAll("\\D", "");
        return digits.length() == 13 && digits.startsWith("86") ? digits.substring(2) : digits;
    }

    private Optional<ResidentId> resident(
            Map<String, String> values, Map<String, String> known, List<FieldError> errors) {
        String number = values.get("idNo");
        if (number == null) {
            return Optional.empty();
        }
        String type = values.getOrDefault("idType", known.getOrDefault("idType", ""));
        Optional<ResidentId> resident = ResidentId.read(number, today(), demo);
        if (type.isEmpty() && resident.isPresent()) {
            values.put("idType", RESIDENT_ID);
        }
        require(!type.equals(RESIDENT_ID) || resident.isPresent(), "idNo", errors);
        require(number.length() <= LONGEST_NUMBER, "idNo", errors);
        return type.isEmpty() || type.equals(RESIDENT_ID) ? resident : Optional.empty();
    }

    private boolean isDay(@org.jspecify.annotations.Nullable String day) {
        if (day == null) {
            return true;
        }
        try {
            LocalDate date = LocalDate.parse(day);
            return date.getYear() >= 1900 && !date.isAfter(today());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Map<String, String> clean(Map<String, String> sent, List<String> fields) {
        var values = new TreeMap<String, String>();
        var errors = new ArrayList<FieldError>();
        sent.forEach((field, raw) -> {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException("no such field of a person: " + field);
            }
            String value = raw.strip();
            require(value.length() <= LONGEST, field, errors);
            if (!value.isEmpty()) {
                values.put(field, value);
            }
        });
        refuse(errors);
        return values;
    }

    private void require(boolean fine, String field, List<FieldError> errors) {
        if (!fine) {
            errors.add(new FieldError("/data/" + field, field, texts.of("person.error." + field)));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problem.invalid("person-invalid", errors);
        }
    }
}
