package org.greenchannel.personfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.community.ColourName;
import org.greenchannel.community.CommunityCare;
import org.greenchannel.community.Registration;
import org.greenchannel.dossier.Dossiers;
import org.greenchannel.engine.ProcessInfo;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a person lives: community care, visits, medicines, dates; what happens now is for those who have an open case with him. */
@Component
class PersonLife {

    private static final int VISITS = 12;
    private static final int DATES = 20;

    private final CommunityCare community;
    private final CaseFiles cases;
    private final LegalClocks clocks;
    private final Forms forms;
    private final Dossiers dossiers;
    private final Processes processes;
    private final AccessPolicy access;
    private final PersonPageRules rules;

    PersonLife(
            CommunityCare community,
            CaseFiles cases,
            LegalClocks clocks,
            Forms forms,
            Dossiers dossiers,
            Processes processes,
            AccessPolicy access,
            PersonPageRules rules) {
        this.community = community;
        this.cases = cases;
        this.clocks = clocks;
        this.forms = forms;
        this.dossiers = dossiers;
        this.processes = processes;
        this.access = access;
        this.rules = rules;
    }

    /** Registrations as the register itself would show them; null for those who may see neither state nor risk. */
    @Nullable
    List<PersonPage.Care> care(Standing.Of of) {
        Sight risk = of.sightNow("RSK");
        boolean full = risk.compareTo(Sight.READ) >= 0;
        boolean colour = risk.compareTo(Sight.STATUS) >= 0;
        boolean state = full || of.sightNow("LEG") != Sight.NONE;
        if (!state && !colour) {
            return null;
        }
        Set<UUID> readable = of.files.keySet().stream().map(CaseSummary::id).collect(Collectors.toSet());
        return community.registrations(of.id).stream()
                .map(now -> new PersonPage.Care(
                        now.id(),
                        readable.contains(now.caseId())
                                ? cases.byId(now.caseId()).number()
                                : null,
                        now.areaCode(),
                        state ? now.status() : null,
                        colour ? now.colour() : null,
                        colour ? colourName(now.colour()) : null,
                        full ? now.stability() : null,
                        full ? now.dangerLevel() : null,
                        now.nextDue(),
                        now.lastContact(),
                        community.team(now.id()),
                        !now.managed()))
                .toList();
    }

    private @Nullable Text colourName(@Nullable String code) {
        return code == null
                ? null
                : community.colourNames().stream()
                        .filter(name -> name.code().equals(code))
                        .map(ColourName::name)
                        .findFirst()
                        .orElse(Text.same(code));
    }

    /** Visits are care, not control: for those who see the clinical summary at least in outline. */
    @Nullable
    List<PersonPage.Visit> visits(Standing.Of of) {
        Sight clinical = of.sightNow("CLS");
        if (clinical.compareTo(Sight.STATUS) < 0) {
            return null;
        }
        boolean risk = of.sightNow("RSK").compareTo(Sight.READ) >= 0;
        boolean full = clinical.compareTo(Sight.READ) >= 0;
        return community.registrations(of.id).stream()
                .map(Registration::id)
                .flatMap(id -> community.visits(id, VISITS).stream())
                .sorted(Comparator.comparing(CommunityCare.Visit::on).reversed())
                .limit(VISITS)
                .map(visit -> new PersonPage.Visit(
                        visit.on(),
                        visit.mode(),
                        visit.found(),
                        risk ? visit.dangerLevel() : null,
                        full ? visit.adherence() : null,
                        risk ? visit.incidents() : null,
                        visit.username()))
                .toList();
    }

    /** What the newest readable forms say of medicines; null for those who do not see the clinical summary. */
    @Nullable
    List<PersonPage.Medicines> medicines(Standing.Of of, Viewer viewer, Locale locale) {
        if (of.sight("CLS").compareTo(Sight.READ) < 0) {
            return null;
        }
        record Found(CaseSummary file, Submission submission) {}
        List<Found> found = of.files.keySet().stream()
                .flatMap(file -> forms.list(file.id()).stream()
                        .filter(submission -> rules.medicines().containsKey(submission.formId()))
                        .map(submission -> new Found(file, submission)))
                .sorted(Comparator.comparing((Found one) -> one.submission().at())
                        .reversed())
                .toList();
        var shown = new ArrayList<PersonPage.Medicines>();
        for (Found one : found) {
            if (shown.size() == rules.mostForms()) {
                break;
            }
            if (dossiers.reads(one.file(), one.submission(), viewer)) {
                forms.find(one.submission().id())
                        .map(whole -> answers(whole, locale))
                        .filter(answers -> !answers.isEmpty())
                        .ifPresent(answers -> shown.add(new PersonPage.Medicines(
                                one.submission().at(),
                                one.file().number(),
                                one.submission().id(),
                                processes
                                        .find(one.submission().processKey())
                                        .map(ProcessInfo::name)
                                        .orElse(Text.same(one.submission().processKey())),
                                answers)));
            }
        }
        return shown;
    }

    private List<PersonPage.Answer> answers(Submission submission, Locale locale) {
        Set<String> keys = rules.medicines().getOrDefault(submission.formId(), Set.of());
        return forms
                .answers(submission, processes.form(submission.deploymentId(), submission.formId()), locale)
                .stream()
                .filter(answer -> !answer.value().isBlank() && keys.contains(top(answer.key())))
                .map(answer -> new PersonPage.Answer(
                        answer.key().contains("[") ? answer.section() : "", answer.label(), answer.value()))
                .toList();
    }

    private static String top(String key) {
        int list = key.indexOf('[');
        return list < 0 ? key : key.substring(0, list);
    }

    /** Running clocks of the open cases whose clocks the viewer may read, the next end first. */
    List<PersonPage.Date> dates(Standing.Of of, Viewer viewer) {
        Map<UUID, String> open = of.files.entrySet().stream()
                .filter(entry ->
                        entry.getKey().closedAt() == null && access.allows(viewer, "case.clocks", entry.getValue()))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().id(), entry -> entry.getKey().number()));
        return clocks.running(open.keySet()).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(clock -> new PersonPage.Date(open.getOrDefault(entry.getKey(), ""), clock)))
                .sorted(Comparator.comparing(date -> date.clock().due().hard()))
                .limit(DATES)
                .toList();
    }
}
