package org.greenchannel.rights;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.greenchannel.audit.AuditEntry;
import org.greenchannel.audit.AuditLog;
import org.greenchannel.casefile.CaseFiles;
import org.greenchannel.casefile.CaseSummary;
import org.greenchannel.clock.LegalClock;
import org.greenchannel.clock.LegalClocks;
import org.greenchannel.document.DocumentSummary;
import org.greenchannel.document.Documents;
import org.greenchannel.form.FormView;
import org.greenchannel.kernel.Problem;
import org.greenchannel.kernel.Text;
import org.greenchannel.kernel.Viewer;
import org.greenchannel.organisation.Organisation;
import org.greenchannel.organisation.Organisations;
import org.greenchannel.platform.Idempotency;
import org.greenchannel.worklist.CaseRequests;
import org.greenchannel.worklist.WorkItems;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The rights page from the case, the clocks and the proofs of service; what is not listed in {@code seeds/rights.yaml} is not shown. */
@Service
class StoredRightsDesk implements RightsDesk {

    private final Visits visits;
    private final CodeTable table;
    private final RightsTexts texts;
    private final CaseFiles cases;
    private final LegalClocks clocks;
    private final Documents documents;
    private final CaseRequests requests;
    private final Organisations organisations;
    private final Idempotency idempotency;
    private final AuditLog audit;
    private final JsonMapper json;
    private final Clock clock;

    StoredRightsDesk(
            Visits visits,
            CodeTable table,
            RightsTexts texts,
            CaseFiles cases,
            LegalClocks clocks,
            Documents documents,
            CaseRequests requests,
            Organisations organisations,
            Idempotency idempotency,
            AuditLog audit,
            JsonMapper json,
            Clock clock) {
        this.visits = visits;
        this.table = table;
        this.texts = texts;
        this.cases = cases;
        this.clocks = clocks;
        this.documents = documents;
        this.requests = requests;
        this.organisations = organisations;
        this.idempotency = idempotency;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Sheet sheet(String pass) {
        RightsCode code = visits.open(pass);
        CaseSummary file = cases.byId(code.caseId());
        audit.recordApart(
                Visits.viewer(code, file),
                AuditEntry.done(
                        "rights.view",
                        file.id(),
                        "rights-code:" + code.id(),
                        Map.of("holder", code.holder().name())));
        RightsTexts.Meaning meaning = texts.meaning(file.legalStatus(), code.holder());
        Optional<Organisation> hospital = Optional.ofNullable(file.hospital()).flatMap(organisations::find);
        return new Sheet(
                file.number(),
                code.holder(),
                file.legalStatus() == null ? null : cases.statusName(file.legalStatus()),
                meaning.plain(),
                meaning.basis(),
                cases.statusSince(file.id()).orElse(null),
                hospital.map(Organisation::name).orElse(null),
                hospital.map(Organisation::phone).orElse(null),
                code.expiresAt(),
                dates(code),
                notices(code),
                remedies(code, file),
                receipts(code, file),
                texts.phones());
    }

    private List<Date> dates(RightsCode code) {
        Instant now = clock.instant();
        Map<String, List<LegalClock>> lines = clocks.of(code.caseId()).stream()
                .filter(running -> running.status().equals("RUNNING"))
                .filter(running -> concerns(running.recipient(), code.holder()))
                .filter(running -> texts.dated(running.definition().id()))
                .sorted(Comparator.comparing(running -> running.due().hard()))
                .collect(Collectors.groupingBy(
                        running -> texts.line(running.definition().id()), LinkedHashMap::new, Collectors.toList()));
        return lines.values().stream()
                .map(line -> date(line, code.holder(), now))
                .toList();
    }

    /** Clocks of one line, the first to end first. */
    private Date date(List<LegalClock> line, Holder holder, Instant now) {
        LegalClock first = line.get(0);
        Instant end = first.due().hard();
        Text basis = first.definition().basis();
        return new Date(
                texts.date(first.definition().id(), holder),
                end,
                basis.zh() + " | " + basis.en(),
                end.isBefore(now),
                line.stream().skip(1).map(running -> running.due().hard()).toList());
    }

    /** A period of the patient is none of the guardian's, and the other way round; a lawyer acts for the patient. */
    private static boolean concerns(@Nullable String recipient, Holder holder) {
        return recipient == null
                || recipient.equals(holder.name())
                || holder == Holder.LAWYER && recipient.equals(Holder.PATIENT.name());
    }

    private List<Notice> notices(RightsCode code) {
        Map<UUID, Instant> served = served(code);
        return documents.list(code.caseId()).stream()
                .filter(paper -> served.containsKey(paper.id()))
                .map(paper -> notice(paper, served.getOrDefault(paper.id(), paper.issuedAt())))
                .sorted(Comparator.comparing(Notice::deliveredAt).reversed())
                .toList();
    }

    private static Notice notice(DocumentSummary paper, Instant deliveredAt) {
        return new Notice(paper.id(), paper.title(), paper.number(), paper.language(), deliveredAt);
    }

    /** Papers that were handed to this holder, with proof. What was only attempted is not in his hands. */
    private Map<UUID, Instant> served(RightsCode code) {
        return documents.services(code.caseId()).stream()
                .filter(org.greenchannel.document.Service::delivered)
                .filter(service -> service.recipient().equals(code.holder().name()))
                .collect(Collectors.toMap(
                        org.greenchannel.document.Service::documentId,
                        org.greenchannel.document.Service::deliveredAt,
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    @Override
    public byte[] notice(String pass, UUID documentId) {
        RightsCode code = visits.open(pass);
        CaseSummary file = cases.byId(code.caseId());
        Viewer holder = Visits.viewer(code, file);
        if (!served(code).containsKey(documentId)) {
            audit.recordApart(
                    holder, AuditEntry.denied("document.read", file.id(), "document:" + documentId, Map.of()));
            throw Problem.notFound("document-unknown", documentId);
        }
        return documents.pdf(file.id(), documentId, holder);
    }

    private List<Remedy> remedies(RightsCode code, CaseSummary file) {
        List<String> offered = requests.offers(file.id(), Visits.viewer(code, file)).stream()
                .map(CaseRequests.Offer::form)
                .toList();
        List<String> running = requests.underWay(file.id());
        var remedies = new ArrayList<Remedy>();
        for (RightsTexts.Way way : texts.ways()) {
            boolean underWay = way.single() && way.form() != null && running.contains(way.form());
            if (way.open(file.legalStatus()) || underWay) {
                String form = !underWay && way.form() != null && offered.contains(way.form()) ? way.form() : null;
                remedies.add(
                        new Remedy(way.id(), way.title(), way.text().of(code.holder()), way.basis(), form, underWay));
            }
        }
        return remedies;
    }

    private List<Receipt> receipts(RightsCode code, CaseSummary file) {
        return table.filed(code.id()).stream()
                .map(filed -> new Receipt(number(file, filed.serial()), filed.form(), named(filed.form()), filed.at()))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean filed(String pass, String form, String requestId) {
        return table.filedWith(visits.open(pass).id(), form, requestId);
    }

    private static String number(CaseSummary file, int serial) {
        return file.number() + "-R" + serial;
    }

    private Text named(String form) {
        return texts.ways().stream()
                .filter(way -> form.equals(way.form()))
                .findFirst()
                .map(RightsTexts.Way::title)
                .orElse(Text.same(form));
    }

    @Override
    @Transactional
    public Ask ask(String pass, String form, Locale locale) {
        RightsCode code = visits.open(pass);
        CaseSummary file = cases.byId(code.caseId());
        return new Ask(remedy(code, file, form), HolderForm.asked(view(code, file, form, locale)));
    }

    private Remedy remedy(RightsCode code, CaseSummary file, String form) {
        boolean single = texts.ways().stream().anyMatch(way -> form.equals(way.form()) && way.single());
        if (single && requests.underWay(file.id()).contains(form)) {
            throw Problem.conflict("rights-under-way");
        }
        return remedies(code, file).stream()
                .filter(way -> form.equals(way.form()))
                .findFirst()
                .orElseThrow(() -> Problem.conflict("rights-not-offered"));
    }

    private FormView view(RightsCode code, CaseSummary file, String form, Locale locale) {
        return requests.form(file.id(), form, Visits.viewer(code, file), locale)
                .map(WorkItems.TaskForm::view)
                .orElseThrow(() -> Problem.conflict("rights-not-offered"));
    }

    @Override
    @Transactional
    public Receipt file(
            String pass,
            String form,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String requestId,
            Locale locale) {
        RightsCode code = visits.open(pass);
        // the same click twice, or two browsers at once: the second waits here and finds what the first did
        cases.lock(code.caseId());
        return idempotency.once(
                requestId,
                code.id(),
                "rights.file:" + form,
                json.writeValueAsString(data),
                Receipt.class,
                () -> fileOnce(code, form, data, requestId, locale));
    }

    private Receipt fileOnce(
            RightsCode code,
            String form,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String requestId,
            Locale locale) {
        CaseSummary file = cases.byId(code.caseId());
        Viewer holder = Visits.viewer(code, file);
        Remedy remedy = remedy(code, file, form);
        Instant now = clock.instant();
        Map<String, @Nullable Object> complete =
                HolderForm.complete(view(code, file, form, locale), data, code.holder(), now);
        requests.file(file.id(), form, complete, holder, locale);
        int serial = table.file(code, form, requestId, now);
        String number = number(file, serial);
        audit.record(
                holder,
                AuditEntry.done(
                                "rights.file",
                                file.id(),
                                "rights-code:" + code.id(),
                                Map.of("form", form, "receipt", number))
                        .on(remedy.basis()));
        return new Receipt(number, form, remedy.title(), now);
    }
}
