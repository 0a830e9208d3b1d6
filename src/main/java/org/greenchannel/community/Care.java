package org.greenchannel.community;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.engine.StepContext;
import org.greenchannel.kernel.Text;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.person.Identities;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What all steps and outcomes of community care share: the registration of a case's person, the story, the audit log. */
@Component
class Care {

    /** Colours that say where a person is, not how much care he needs. */
    static final List<String> PLACES = List.of("BLUE", "GREY");

    private static final String KIND = "COMMUNITY";

    private final RegistrationTable table;
    private final CaseFiles cases;
    private final Identities identities;
    private final Organisations organisations;
    private final AuditLog audit;
    private final Texts texts;
    private final ZoneId zone;

    Care(
            RegistrationTable table,
            CaseFiles cases,
            Identities identities,
            Organisations organisations,
            AuditLog audit,
            Texts texts,
            ZoneId zone) {
        this.table = table;
        this.cases = cases;
        this.identities = identities;
        this.organisations = organisations;
        this.audit = audit;
        this.texts = texts;
        this.zone = zone;
    }

    /** The registration of the case's person, locked. */
    Optional<Registration> find(UUID caseId) {
        UUID person = cases.byId(caseId).person();
        return table.lock(person, identities.same(List.of(person)));
    }

    /** Ids under which the person of the case was entered. */
    Set<UUID> entries(UUID caseId) {
        return identities.same(List.of(cases.byId(caseId).person()));
    }

    /** The same; a model that needs one must have enrolled the person. */
    Registration require(UUID caseId) {
        return find(caseId).orElseThrow(() -> new IllegalStateException("the person is not enrolled"));
    }

    LocalDate today(Instant now) {
        return now.atZone(zone).toLocalDate();
    }

    /** Last minute of the day, as a date of the engine. */
    Date endOf(LocalDate day) {
        return Date.from(day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(60));
    }

    /** Begin of the working day, as a date of the engine. */
    Date morningOf(LocalDate day) {
        return Date.from(day.atTime(8, 0).atZone(zone).toInstant());
    }

    LocalDate day(Date date) {
        return date.toInstant().atZone(zone).toLocalDate();
    }

    /** A day as a form says it: a date, or a moment. */
    LocalDate day(@Nullable Object value, LocalDate otherwise) {
        if (value == null || value.toString().isBlank()) {
            return otherwise;
        }
        String text = value.toString();
        return text.length() > 10
                ? OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDate()
                : LocalDate.parse(text);
    }

    /** What the codes of all areas inside an area begin with: city 4 digits, district 6, town 9, village 12. */
    static String inside(String area) {
        for (int digits : new int[] {4, 6, 9}) {
            if (area.length() == 12 && area.substring(digits).matches("0+")) {
                return area.substring(0, digits);
            }
        }
        return area;
    }

    /** A line of the story and an entry of the audit log, both without anything personal. */
    void tell(StepContext step, String key, String basis, Map<String, String> detail, Object... args) {
        cases.tell(step.caseId(), step.now(), KIND, texts.of("community.story." + key, args), basis, null, detail);
        audit.record(
                null,
                AuditEntry.done("community." + key, step.caseId(), "process:" + step.processKey(), detail)
                        .on(basis));
    }

    Text text(String key, Object... args) {
        return texts.of(key, args);
    }

    /** Colours of the city's set, most severe first. */
    List<ColourName> colours() {
        Object set = organisations.settings("colour").get("set");
        return !(set instanceof List<?> list)
                ? List.of()
                : list.stream().map(Care::colour).toList();
    }

    private static ColourName colour(Object entry) {
        Map<?, ?> colour = (Map<?, ?>) entry;
        Text name = new Text(String.valueOf(colour.get("zh")), String.valueOf(colour.get("en")));
        Text label = colour.get("label") instanceof Map<?, ?> words
                ? new Text(String.valueOf(words.get("zh")), String.valueOf(words.get("en")))
                : name;
        int days = colour.get("intervalDays") instanceof Number number ? number.intValue() : 30;
        return new ColourName(String.valueOf(colour.get("code")), name, label, days);
    }

    Optional<ColourName> colour(@Nullable String code) {
        return colours().stream().filter(one -> one.code().equals(code)).findFirst();
    }

    /** Name of a colour, or its code. */
    Text colourName(@Nullable String code) {
        return colour(code).map(ColourName::name).orElse(Text.same(code == null ? "-" : code));
    }

    /** Place in the order of severity, 0 the most severe; -1 for colours that say where a person is. */
    int severity(@Nullable String code) {
        List<String> order = colours().stream()
                .map(ColourName::code)
                .filter(one -> !PLACES.contains(one))
                .toList();
        return code == null ? -1 : order.indexOf(code);
    }

    RegistrationTable table() {
        return table;
    }
}
