package org.greenchannel.dossier;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Forms.BriefField;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.AccessPolicy;
import org.greenchannel.organisation.AccessPolicy.Relation;
import org.greenchannel.organisation.AccessPolicy.Sight;
import org.greenchannel.organisation.Accounts;
import org.greenchannel.person.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the parts of a case through their modules, each within its rights. */
@Service
class CaseDossiers implements Dossiers {

    private final Story story;
    private final DossierPrint print;
    private final CaseFiles cases;
    private final Forms forms;
    private final Processes processes;
    private final Accounts accounts;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final Persons persons;

    CaseDossiers(
            Story story,
            DossierPrint print,
            CaseFiles cases,
            Forms forms,
            Processes processes,
            Accounts accounts,
            AccessPolicy access,
            AuditLog audit,
            Persons persons) {
        this.story = story;
        this.print = print;
        this.cases = cases;
        this.forms = forms;
        this.processes = processes;
        this.accounts = accounts;
        this.access = access;
        this.audit = audit;
        this.persons = persons;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<TimelineEntry> story(
            CaseSummary file, Viewer viewer, StoryFilter filter, int limit, @Nullable String cursor) {
        return story.page(file, viewer, filter, limit, cursor);
    }

    @Override
    public boolean reads(CaseSummary file, Submission submission, Viewer viewer) {
        Relation relation = cases.relation(file, viewer);
        if (access.allows(viewer, "case.submissions", relation)) {
            return access.sight(viewer, submission.dataClass(), relation).compareTo(Sight.READ) >= 0;
        }
        return access.allows(viewer, "case.submissions.own", relation)
                && accounts.find(submission.username())
                        .filter(account -> account.organisation().equals(viewer.organisation()))
                        .isPresent();
    }

    @Override
    public boolean mayBrief(CaseSummary file, Viewer viewer) {
        return !briefs(file, viewer, Locale.CHINESE).isEmpty();
    }

    /** By submission what the viewer reads; nobody needs it any more when the case is closed. */
    private Map<UUID, List<BriefField>> briefs(CaseSummary file, Viewer viewer, Locale locale) {
        Relation relation = cases.relation(file, viewer);
        boolean takesPart = relation == Relation.TASK || relation == Relation.PARTICIPANT;
        if (!takesPart || file.closedAt() != null || !access.allows(viewer, "case.read", relation)) {
            return Map.of();
        }
        var found = new LinkedHashMap<UUID, List<BriefField>>();
        for (Submission head : forms.list(file.id())) {
            List<BriefField> fields = forms.brief(processes.form(head.deploymentId(), head.formId()), locale).stream()
                    .filter(field ->
                            access.sight(viewer, field.dataClass(), relation).compareTo(Sight.READ) >= 0)
                    .toList();
            if (!fields.isEmpty()) {
                found.put(head.id(), fields);
            }
        }
        return found;
    }

    @Override
    @Transactional
    public List<Said> brief(CaseSummary file, Viewer viewer, Locale locale) {
        var lines = new ArrayList<Said>();
        briefs(file, viewer, locale).forEach((id, fields) -> lines.addAll(said(file, id, fields, viewer, locale)));
        if (lines.isEmpty()) {
            throw Problem.notFound("not-found");
        }
        audit.recordApart(
                viewer,
                AuditEntry.done(
                        "case.brief",
                        file.id(),
                        "case:" + file.number(),
                        Map.of("lines", String.valueOf(lines.size()))));
        return lines;
    }

    private List<Said> said(CaseSummary file, UUID id, List<BriefField> fields, Viewer viewer, Locale locale) {
        Submission submission = find(file, id);
        var values = new HashMap<String, String>();
        forms.answers(submission, processes.form(submission.deploymentId(), submission.formId()), locale)
                .forEach(answer -> values.put(answer.key(), answer.value()));
        Set<String> kept = fields.stream()
                .map(BriefField::store)
                .filter(store -> store.startsWith("person."))
                .collect(Collectors.toSet());
        Map<String, String> person = file.personId() == null || kept.isEmpty()
                ? Map.of()
                : persons.reveal(file.person(), kept, viewer, "IDENTITY_CHECK");
        return fields.stream()
                .map(field -> new Said(
                        field.label(), person.getOrDefault(field.store(), values.getOrDefault(field.key(), ""))))
                .filter(line -> !line.value().isBlank())
                .toList();
    }

    @Override
    public boolean mayPrint(CaseSummary file, Viewer viewer) {
        return access.allows(viewer, "case.export", cases.relation(file, viewer));
    }

    @Override
    public byte[] print(CaseSummary file, String purpose, String reference, Viewer viewer, Locale locale) {
        if (!PURPOSES.contains(purpose)) {
            throw Problem.badRequest("bad-parameter", "purpose");
        }
        String why = reference.strip();
        if (why.length() < 4 || why.length() > 60 || why.chars().anyMatch(Character::isISOControl)) {
            throw Problem.badRequest("bad-parameter", "reference");
        }
        Relation relation = cases.require(file, "case.export", viewer);
        boolean papers = access.allows(viewer, "case.documents", relation);
        byte[] pdf = print.print(new DossierPrint.Order(
                cases.seenBy(file, viewer),
                viewer,
                purpose,
                why,
                locale,
                submission -> reads(file, submission, viewer),
                paper -> papers
                        && access.sight(viewer, paper.dataClass(), relation).compareTo(Sight.READ) >= 0,
                access.allows(viewer, "case.notes", relation)));
        audit.recordApart(
                viewer,
                AuditEntry.done(
                                "dossier.print",
                                file.id(),
                                "case:" + file.number(),
                                Map.of("reference", why, "sha256", sha256(pdf)))
                        .purpose(purpose));
        return pdf;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Change> changes(CaseSummary file, UUID submissionId, Viewer viewer, Locale locale) {
        Submission after = find(file, submissionId);
        UUID earlier = story.before(file).get(submissionId);
        if (!reads(file, after, viewer) || earlier != null && !reads(file, find(file, earlier), viewer)) {
            audit.recordApart(
                    viewer,
                    AuditEntry.denied(
                            "submission.read",
                            file.id(),
                            "submission:" + submissionId,
                            Map.of("class", after.dataClass())));
            throw Problem.forbidden("forbidden", "case.submissions");
        }
        if (earlier == null) {
            return List.of();
        }
        audit.recordApart(
                viewer,
                AuditEntry.done(
                        "submission.read",
                        file.id(),
                        "submission:" + submissionId,
                        Map.of("form", after.formId(), "compared", earlier.toString())));
        return differences(find(file, earlier), after, locale);
    }

    private Submission find(CaseSummary file, UUID id) {
        return forms.find(id)
                .filter(s -> s.caseId().equals(file.id()))
                .orElseThrow(() -> Problem.notFound("not-found"));
    }

    private List<Change> differences(Submission before, Submission after, Locale locale) {
        var old = new LinkedHashMap<String, Forms.Answer>();
        answers(before, locale).forEach(answer -> old.put(answer.key(), answer));
        var changes = new ArrayList<Change>();
        for (Forms.Answer now : answers(after, locale)) {
            Forms.Answer was = old.remove(now.key());
            String value = was == null ? "" : was.value();
            if (!value.equals(now.value())) {
                changes.add(new Change(now.section(), now.label(), value, now.value()));
            }
        }
        old.values().stream()
                .filter(was -> !was.value().isEmpty())
                .forEach(was -> changes.add(new Change(was.section(), was.label(), was.value(), "")));
        return changes;
    }

    private List<Forms.Answer> answers(Submission submission, Locale locale) {
        return forms.answers(submission, processes.form(submission.deploymentId(), submission.formId()), locale);
    }
}
