package org.greenchannel.dossier;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.audit.AuditQuery;
import org.greenchannel.audit.AuditRow;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.casefile.StoryFilter;
import org.greenchannel.casefile.TimelineEntry;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.document.DocumentSummary;
import org.greenchannel.document.Documents;
import org.greenchannel.document.PdfPress;
import org.greenchannel.engine.Processes;
import org.greenchannel.form.Forms;
import org.greenchannel.form.Submission;
import org.greenchannel.kernel.Page;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.person.Persons;
import org.greenchannel.platform.LegalBasis;
import org.springframework.stereotype.Component;

/** Sets the whole case on paper: cover, contents, chronology, clocks, forms, papers, attachments, extract of the audit chain. */
@Component
class DossierPrint {

    private static final int MOST_LINES = 2000;
    private static final int MOST_ROWS = 1000;
    private static final List<String> LABELS = List.of(
            "title",
            "warning",
            "contents",
            "when",
            "what",
            "who",
            "basis",
            "clock",
            "from",
            "until",
            "state",
            "withheld",
            "withheld-note",
            "none",
            "nth",
            "paper",
            "number",
            "chain",
            "place",
            "action",
            "hash");
    private static final List<String> CHAPTERS =
            List.of("participants", "chronology", "clocks", "forms", "papers", "attachments", "notes", "audit");

    private final CaseFiles cases;
    private final LegalClocks clocks;
    private final Forms forms;
    private final Processes processes;
    private final Documents documents;
    private final DossierFiles files;
    private final Persons persons;
    private final AuditLog audit;
    private final LegalBasis bases;
    private final PdfPress press;
    private final DossierNotes notes;
    private final PrintWords words;
    private final Clock clock;

    DossierPrint(
            CaseFiles cases,
            LegalClocks clocks,
            Forms forms,
            Processes processes,
            Documents documents,
            DossierFiles files,
            Persons persons,
            AuditLog audit,
            LegalBasis bases,
            PdfPress press,
            DossierNotes notes,
            PrintWords words,
            Clock clock) {
        this.cases = cases;
        this.clocks = clocks;
        this.forms = forms;
        this.processes = processes;
        this.documents = documents;
        this.files = files;
        this.persons = persons;
        this.audit = audit;
        this.bases = bases;
        this.press = press;
        this.notes = notes;
        this.words = words;
        this.clock = clock;
    }

    /** Label and value of a line. */
    public record Pair(String label, String value) {}

    /** A form. */
    public record Form(String title, String signed, List<Pair> answers) {}

    /** What decides what goes in, and for what. */
    record Order(
            CaseSummary file,
            Viewer viewer,
            String purpose,
            String reference,
            Locale locale,
            Predicate<Submission> form,
            Predicate<DocumentSummary> paper,
            boolean notes) {}

    byte[] print(Order order) {
        List<DocumentSummary> papers =
                new ArrayList<>(documents.list(order.file().id()));
        Collections.reverse(papers);
        var files = new ArrayList<byte[]>();
        files.add(press.print("_layout/dossier.html", order.locale(), model(order, papers)));
        for (DocumentSummary paper : papers) {
            if (order.paper().test(paper)) {
                files.add(documents.pdf(order.file().id(), paper.id(), order.viewer()));
            }
        }
        return press.join(files);
    }

    private Map<String, Object> model(Order order, List<DocumentSummary> papers) {
        Locale locale = order.locale();
        var labels = new HashMap<String, String>();
        LABELS.forEach(key -> labels.put(key, words.said("dossier.print." + key, locale)));
        var model = new HashMap<String, Object>();
        model.put("t", labels);
        model.put("english", locale.getLanguage().equals("en"));
        model.put(
                "contents",
                CHAPTERS.stream()
                        .map(c -> words.said("dossier.print.chapter." + c, locale))
                        .toList());
        model.put("facts", facts(order));
        model.put("participants", participants(order));
        model.put("story", story(order));
        model.put("clocks", clocks(order));
        model.put("forms", forms(order));
        model.put(
                "papers",
                papers.stream()
                        .map(d -> Map.of(
                                "title", d.title().in(locale),
                                "number", d.number(),
                                "at", words.time(d.issuedAt()),
                                "state",
                                        words.said("dossier.print.paper." + d.status(), locale)
                                                + (order.paper().test(d)
                                                        ? ""
                                                        : words.said("dossier.print.not-enclosed", locale))))
                        .toList());
        model.put("attachments", files.of(order));
        model.put("notes", notes.of(order));
        model.put("audit", audit(order));
        return model;
    }

    private List<Pair> facts(Order order) {
        CaseSummary file = order.file();
        Locale locale = order.locale();
        var facts = new ArrayList<Pair>();
        facts.add(fact("case", file.number(), locale));
        facts.add(fact(
                "process",
                processes.find(file.processKey()).map(p -> p.name().in(locale)).orElse(file.processKey()),
                locale));
        if (file.personId() != null) {
            var person = persons.masked(List.of(file.person())).get(file.person());
            facts.add(fact("person", person == null ? "" : person.name(), locale));
        }
        if (file.legalStatus() != null) {
            facts.add(fact("status", cases.statusName(file.legalStatus()).in(locale), locale));
        }
        facts.add(fact("opened", words.time(file.openedAt()), locale));
        facts.add(fact("closed", file.closedAt() == null ? "—" : words.time(file.closedAt()), locale));
        facts.add(fact("purpose", words.said("dossier.purpose." + order.purpose(), locale), locale));
        facts.add(fact("reference", order.reference(), locale));
        facts.add(fact(
                "by",
                order.viewer().displayName() + "，"
                        + words.organisation(order.viewer().organisation(), locale),
                locale));
        facts.add(fact("at", words.time(clock.instant()), locale));
        return facts;
    }

    private Pair fact(String key, String value, Locale locale) {
        return new Pair(words.said("dossier.print.fact." + key, locale), value);
    }

    private List<Pair> participants(Order order) {
        return cases.participants(order.file().id()).stream()
                .map(p -> new Pair(
                        words.said("code.function." + p.role(), order.locale()),
                        words.organisation(p.organisation(), order.locale())))
                .toList();
    }

    private List<Map<String, String>> story(Order order) {
        var entries = new ArrayList<TimelineEntry>();
        String cursor = null;
        do {
            Page<TimelineEntry> page = cases.story(order.file(), order.viewer(), StoryFilter.ALL, 200, cursor);
            entries.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null && entries.size() < MOST_LINES);
        Collections.reverse(entries);
        return entries.stream()
                .map(e -> Map.of(
                        "at", words.time(e.at()),
                        "title", e.title().in(order.locale()),
                        "who", who(e, order.locale()),
                        "basis", e.basis().isBlank() ? "" : bases.of(e.basis()).in(order.locale())))
                .toList();
    }

    private String who(TimelineEntry entry, Locale locale) {
        String person = entry.person();
        return entry.actor() == null && person != null
                ? words.said("dossier.print.after", locale, words.account(person, locale))
                : words.account(person, locale);
    }

    private List<Map<String, String>> clocks(Order order) {
        return clocks.of(order.file().id()).stream()
                .map(c -> Map.of(
                        "name", c.definition().name().in(order.locale()),
                        "basis", c.definition().basis().in(order.locale()),
                        "from", words.time(c.startedAt()),
                        "until", words.time(c.due().hard()),
                        "state",
                                words.said("dossier.print.clock." + c.status(), order.locale())
                                        + (c.breachedAt() == null
                                                ? ""
                                                : words.said("dossier.print.breached", order.locale()))))
                .toList();
    }

    private List<Form> forms(Order order) {
        var names = new HashMap<String, Text>();
        processes.states(order.file().id()).forEach(state -> {
            names.put(state.processKey(), state.name());
            state.steps().forEach(step -> names.putIfAbsent(step.activityId(), step.name()));
        });
        return forms.list(order.file().id()).stream()
                .map(head -> form(order, head, names))
                .toList();
    }

    private Form form(Order order, Submission head, Map<String, Text> names) {
        String title =
                names.getOrDefault(head.taskKey(), Text.same(head.formId())).in(order.locale());
        String signed = words.account(head.username(), order.locale()) + "  " + words.time(head.at()) + "  SHA-256 "
                + head.digest();
        if (!order.form().test(head)) {
            return new Form(title, signed, List.of());
        }
        return new Form(
                title,
                signed,
                forms.find(head.id()).stream()
                        .flatMap(
                                full -> forms
                                        .answers(
                                                full,
                                                processes.form(full.deploymentId(), full.formId()),
                                                order.locale())
                                        .stream())
                        .filter(answer -> !answer.value().isBlank())
                        .map(answer -> new Pair(answer.label(), answer.value()))
                        .toList());
    }

    /** The rows of the case as the chain has them, oldest first; what is not sealed yet has no place. */
    private List<Map<String, String>> audit(Order order) {
        audit.seal();
        var rows = new ArrayList<AuditRow>();
        String cursor = null;
        do {
            Page<AuditRow> page = audit.search(new AuditQuery(order.file().id(), null, null, null, null, 100, cursor));
            rows.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null && rows.size() < MOST_ROWS);
        Collections.reverse(rows);
        return rows.stream()
                .map(r -> Map.of(
                        "place",
                        r.position() == null ? "—" : Long.toString(r.position()),
                        "at",
                        words.time(r.at()),
                        "who",
                        words.account(r.username(), order.locale()),
                        "action",
                        r.action() + (r.outcome().equals("DONE") ? "" : " " + r.outcome()),
                        "hash",
                        r.hash() == null ? "—" : r.hash()))
                .toList();
    }
}
