package org.greenchannel.integration;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.kernel.FieldError;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.CurrentUser;
import org.greenchannel.platform.Texts;
import org.jspecify.annotations.Nullable;
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

    private final Persons persons;
    private final CaseFiles cases;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Texts texts;
    private final CurrentUser user;

    PersonController(
            Persons persons, CaseFiles cases, AccessPolicy access, AuditLog audit, Texts texts, CurrentUser user) {
        this.persons = persons;
        this.cases = cases;
        this.access = access;
        this.audit = audit;
        this.texts = texts;
        this.user = user;
    }

    /** A search. */
    record Search(@Nullable String term) {}

    /** Why identity data are wanted. */
    record Purpose(@Nullable String purpose) {}

    @PostMapping("/api/v1/persons/search")
    @Operation(summary = "Exact search by id number or full name; masked; audited")
    List<MaskedPerson> search(@RequestBody Search body) {
        Viewer viewer = user.require();
        if (!access.allows(viewer, "person.search", Relation.NONE)) {
            audit.recordApart(viewer, AuditEntry.denied("person.search", null, null, Map.of()));
            throw Problem.forbidden("forbidden", "person.search");
        }
        if (body.term() == null || body.term().isBlank()) {
            throw Problem.invalid(
                    "form-invalid", List.of(new FieldError("/term", "required", texts.of("integration.term"))));
        }
        return persons.search(body.term().strip(), viewer);
    }

    @PostMapping("/api/v1/cases/{number}/person/reveal")
    @Operation(summary = "Identity and contacts of the person of a case, for a purpose; audited")
    Map<String, String> reveal(@PathVariable String number, @RequestBody Purpose body) {
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
