package org.greenchannel.integration;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.community.TeamMember;
import org.greenchannel.person.Identities;
import org.greenchannel.person.MaskedPerson;
import org.greenchannel.personfile.PersonPage;
import org.jspecify.annotations.Nullable;

/** A person as the API tells; null where the caller may not see that class of data. */
record PersonAnswer(
        MaskedPerson person,
        List<Case> cases,
        @Nullable Integer otherCases,
        @Nullable List<Identities.Guardian> guardians,
        @Nullable List<Care> care,
        @Nullable List<PersonPage.Visit> visits,
        @Nullable List<Medicines> medicines,
        List<Date> dates,
        @Nullable List<Identities.Change> changes,
        List<PersonPage.Alike> alike,
        @Nullable Integer alikeHidden,
        List<UUID> merged,
        boolean mayReveal,
        boolean mayMerge) {

    record Case(
            String number,
            String process,
            @Nullable String legalStatus,
            @Nullable String stage,
            @Nullable String outcome,
            String areaCode,
            @Nullable String hospital,
            Instant openedAt,
            @Nullable Instant closedAt) {
        static Case of(CaseSummary file) {
            return new Case(
                    file.number(),
                    file.processKey(),
                    file.legalStatus(),
                    file.stage(),
                    file.outcome(),
                    file.areaCode(),
                    file.hospital(),
                    file.openedAt(),
                    file.closedAt());
        }
    }

    record Care(
            @Nullable String caseNumber,
            String areaCode,
            @Nullable String status,
            @Nullable String colour,
            @Nullable String colourName,
            @Nullable String stability,
            @Nullable Integer dangerLevel,
            @Nullable LocalDate nextDue,
            @Nullable LocalDate lastContact,
            List<TeamMember> team,
            boolean closed) {
        static Care of(PersonPage.Care care, Locale locale) {
            return new Care(
                    care.caseNumber(),
                    care.areaCode(),
                    care.status(),
                    care.colour(),
                    care.colourName() == null ? null : care.colourName().in(locale),
                    care.stability(),
                    care.dangerLevel(),
                    care.nextDue(),
                    care.lastContact(),
                    care.team(),
                    care.closed());
        }
    }

    record Medicines(Instant at, String caseNumber, UUID submission, String form, List<PersonPage.Answer> answers) {}

    record Date(
            String caseNumber,
            String clock,
            String name,
            @Nullable String recipient,
            Instant dueSoft,
            Instant dueHard) {
        static Date of(PersonPage.Date date, Locale locale) {
            LegalClock clock = date.clock();
            return new Date(
                    date.caseNumber(),
                    clock.definition().id(),
                    clock.definition().name().in(locale),
                    clock.recipient(),
                    clock.due().soft(),
                    clock.due().hard());
        }
    }

    static PersonAnswer of(PersonPage page, Locale locale) {
        return new PersonAnswer(
                page.person(),
                page.cases().stream().map(Case::of).toList(),
                page.others(),
                page.guardians(),
                page.care() == null
                        ? null
                        : page.care().stream()
                                .map(care -> Care.of(care, locale))
                                .toList(),
                page.visits(),
                page.medicines() == null
                        ? null
                        : page.medicines().stream()
                                .map(one -> new Medicines(
                                        one.at(),
                                        one.caseNumber(),
                                        one.submission(),
                                        one.form().in(locale),
                                        one.answers()))
                                .toList(),
                page.dates().stream().map(date -> Date.of(date, locale)).toList(),
                page.changes(),
                page.alike(),
                page.alikeHidden(),
                page.merged().stream().map(MaskedPerson::id).toList(),
                page.mayReveal(),
                page.mayMerge());
    }
}
