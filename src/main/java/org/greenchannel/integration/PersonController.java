package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.person.Persons;
import org.greenchannel.personfile.PersonFiles;
import org.greenchannel.personfile.PersonRow;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** People: found by exact value, masked; revealed for a purpose, on record. Search terms travel in the body, never in the URL. */
@RestController
@Tag(name = "persons")
class PersonController {

    private static final List<String> FIELDS = List.of(
            "person.name",
            "person.sex",
            "person.birthDate",
            "person.idNo",
            "person.phone",
            "person.address",
            "guardian.name",
            "guardian.relation",
            "guardian.phone",
            "guardian.address");

    private final PersonFiles files;
    private final Persons persons;
    private final CaseFiles cases;
    private final AuditLog audit;
    private final Texts texts;
    private final CurrentUser user;

    PersonController(
            PersonFiles files, Persons persons, CaseFiles cases, AuditLog audit, Texts texts, CurrentUser user) {
        this.files = files;
        this.persons = persons;
        this.cases = cases;
        this.audit = audit;
        this.texts = texts;
        this.user = user;
    }

    /** A search. */
    record Search(@Nullable String term) {}

    /** Why identity data are wanted. */
    record Purpose(@Nullable String purpose) {}

    /** A person found, masked. @param latest number of the newest case the caller may read */
    record Found(
            UUID id,
            String name,
            String sex,
            String age,
            String idNo,
            String phone,
            String identityStatus,
            int cases,
            int open,
            String areaCode,
            String latest,
            @Nullable String legalStatus,
            Instant lastAt) {
        static Found of(PersonRow row) {
            MaskedPerson who = row.person();
            return new Found(
                    who.id(),
                    who.name(),
                    who.sex(),
                    who.age(),
                    who.idNo(),
                    who.phone(),
                    who.identityStatus(),
                    row.cases(),
                    row.open(),
                    row.areaCode(),
                    row.latest(),
                    row.legalStatus(),
                    row.lastAt());
        }
    }

    @PostMapping("/api/v1/persons/search")
    @Operation(
            summary = "Exact search by id number, full name or telephone; masked; audited",
            description =
                    "Only people with a case the caller may read. At most 30 searches a minute and account (problem"
                            + " too-many-searches, 429 with Retry-After).")
    List<Found> search(@RequestBody Search body) {
        return files.search(body.term() == null ? "" : body.term(), user.require()).stream()
                .map(Found::of)
                .toList();
    }

    @GetMapping("/api/v1/persons/{id}")
    @Operation(
            summary = "What is known of a person, masked",
            description = "By any of the person's ids. Parts the caller may not see are null. Recorded as a look.")
    PersonAnswer one(@PathVariable UUID id, HttpServletRequest request) {
        Locale locale = Requests.language(request);
        return PersonAnswer.of(files.get(id, user.require(), locale), locale);
    }

    @PostMapping("/api/v1/persons/{id}/reveal")
    @Operation(summary = "Identity and contacts in plain words, for a purpose; audited")
    Map<String, String> reveal(@PathVariable UUID id, @RequestBody Purpose body) {
        return files.reveal(id, body.purpose() == null ? "" : body.purpose(), user.require());
    }

    @PostMapping("/api/v1/cases/{number}/person/reveal")
    @Operation(summary = "Identity and contacts of the person of a case, for a purpose; audited")
    Map<String, String> revealOfCase(@PathVariable String number, @RequestBody Purpose body) {
        Viewer viewer = user.require();
        CaseSummary file = cases.get(number, viewer);
        cases.require(file, "person.reveal", viewer);
        if (body.purpose() == null || !Persons.PURPOSES.contains(body.purpose())) {
            throw Problem.invalid(
                    "form-invalid",
                    List.of(new FieldError(
                            "/purpose",
                            "options",
                            texts.of("integration.purpose", String.join(", ", Persons.PURPOSES)))));
        }
        // the person's own entry knows no case; the story of the case tells of the look too
        audit.recordApart(
                viewer,
                AuditEntry.done("case.reveal", file.id(), "case:" + file.number(), Map.of())
                        .purpose(body.purpose()));
        return persons.reveal(file.person(), FIELDS, viewer, body.purpose());
    }
}
