package org.greenchannel.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.Participant;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.person.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Collects the values a paper may show. Sources: {@code person.*}, {@code guardian.*}, {@code case.*},
 * {@code submission:<form>.<key>}, {@code participant:<function>}, {@code signer:<task>}, {@code setting:<key>}, {@code holders:<function>},
 * {@code given:<name>}, {@code issuer}, {@code now}.
 */
@Component
class PaperData {

    private final CaseFiles cases;
    private final Persons persons;
    private final Forms forms;
    private final Organisations organisations;
    private final Accounts accounts;
    private final ZoneId zone;

    PaperData(
            CaseFiles cases,
            Persons persons,
            Forms forms,
            Organisations organisations,
            Accounts accounts,
            ZoneId zone) {
        this.cases = cases;
        this.persons = persons;
        this.forms = forms;
        this.organisations = organisations;
        this.accounts = accounts;
        this.zone = zone;
    }

    /** Values of one paper; reads each submission and the person once. */
    Reader of(CaseSummary file, Instant now, Map<String, String> given) {
        return new Reader(file, now, given);
    }

    /** Reads sources for one case. */
    class Reader {
        private final CaseSummary file;
        private final Instant now;
        private final Map<String, String> given;
        private final Map<String, Optional<Submission>> submissions = new HashMap<>();
        private @Nullable Map<String, String> personal;
        private @Nullable Map<String, String> participants;

        private Reader(CaseSummary file, Instant now, Map<String, String> given) {
            this.file = file;
            this.now = now;
            this.given = given;
        }

        /** Values of the first source that has any; an answer with several options has several. */
        List<String> values(List<String> sources) {
            for (String source : sources) {
                List<String> values = read(source);
                if (!values.isEmpty()) {
                    return values;
                }
            }
            return List.of();
        }

        private List<String> read(String source) {
            int colon = source.indexOf(':');
            String kind = colon < 0 ? source : source.substring(0, colon);
            String rest = source.substring(colon + 1);
            return switch (kind) {
                case "now" -> List.of(now.toString());
                case "submission" -> submitted(rest);
                case "holders" -> holders(rest);
                case "participant" -> one(participants().get(rest));
                case "signer" -> last(cases.signers(file.id()).getOrDefault(rest, List.of()));
                case "setting" -> one(organisations.setting(rest, ""));
                case "given" -> one(given.get(rest));
                default -> colon < 0 ? field(source) : unknown(source);
            };
        }

        private List<String> field(String source) {
            return switch (source) {
                case "case.number" -> one(file.number());
                case "case.area" -> one(file.areaCode());
                case "case.hospital" -> one(file.hospital());
                case "case.admissionType" -> one(file.admissionType());
                case "case.openedAt" -> one(file.openedAt().toString());
                default ->
                    source.startsWith("person.") || source.startsWith("guardian.")
                            ? one(personal().get(source))
                            : unknown(source);
            };
        }

        private List<String> submitted(String rest) {
            int dot = rest.indexOf('.');
            String form = rest.substring(0, dot);
            Object value = submissions
                    .computeIfAbsent(form, id -> forms.latest(file.id(), id))
                    .map(submission -> submission.data().get(rest.substring(dot + 1)))
                    .orElse(null);
            if (value instanceof Collection<?> several) {
                var texts = new ArrayList<String>();
                several.forEach(item -> texts.addAll(one(item == null ? null : words(item))));
                return texts;
            }
            return one(value == null ? null : value.toString());
        }

        /** A row of a list in one line: its answers in the order of their keys. */
        private static String words(Object item) {
            return item instanceof Map<?, ?> row
                    ? new TreeMap<Object, Object>(row)
                            .values().stream()
                                    .filter(Objects::nonNull)
                                    .map(Object::toString)
                                    .collect(Collectors.joining(" "))
                    : item.toString();
        }

        private List<String> holders(String function) {
            LocalDate today = now.atZone(zone).toLocalDate();
            return organisations.holders(function, file.areaCode(), today).stream()
                    .map(Organisation::code)
                    .toList();
        }

        private Map<String, String> personal() {
            if (personal == null) {
                personal = file.personId() == null ? Map.of() : persons.forPaper(file.person());
            }
            return personal;
        }

        private Map<String, String> participants() {
            if (participants == null) {
                var found = new HashMap<String, String>();
                for (Participant participant : cases.participants(file.id())) {
                    found.put(participant.role(), participant.organisation());
                }
                participants = found;
            }
            return participants;
        }

        private static List<String> one(@Nullable String value) {
            return value == null || value.isBlank() ? List.of() : List.of(value);
        }

        private static List<String> last(List<String> values) {
            return values.isEmpty() ? List.of() : List.of(values.get(values.size() - 1));
        }

        private List<String> unknown(String source) {
            throw new IllegalStateException("unknown source " + source);
        }
    }

    /** Display name of an account, or the value itself. */
    String account(String username) {
        return accounts.displayNames(List.of(username)).getOrDefault(username, username);
    }

    /** Organisations, for names and telephones. */
    Organisations organisations() {
        return organisations;
    }

    /** A date or moment as submitted; empty when it is neither. */
    static Optional<Instant> moment(String value) {
        try {
            return Optional.of(java.time.OffsetDateTime.parse(value).toInstant());
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A date as submitted. */
    static Optional<LocalDate> date(String value) {
        try {
            return Optional.of(LocalDate.parse(value));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
